/** Readers who lose their connection at any moment and come back with their cursor: each must have read the stored text. */
import { startFakeVllm } from "../fakes/fake-vllm-process.ts";
import { startRealServer } from "../real-server.ts";
import { readFrames } from "./answer-frames.ts";
import { type Fault, Losses } from "./fault.ts";

const words = Array.from({ length: 150 }, (_, index) => `word${index}`).join(" ");
const together = 50;

export const reattachReaders: Fault = {
  name: "a reader dropped and reattached at random",
  times: { long: 1_000, short: 100 },
  async run(times, random) {
    const losses = new Losses();
    await using vllm = await startFakeVllm({ paceMs: 4 });
    await using server = await startRealServer({ environment: { ENGINE: "vllm", VLLM_URL: vllm.url } });
    for (let done = 0; done < times; done += together) {
      const asked = await fetch(`${server.url}/chat/stream`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ message: `say: ${words}`, memory_context: 0 }),
      });
      const id = asked.headers.get("x-generation-id") ?? "";
      await asked.body?.cancel();
      const url = `${server.url}/generations/${id}/events`;
      const readers = Math.min(together, times - done);
      const read = await Promise.all(Array.from({ length: readers }, () => readWithBreaks(url, random)));
      const whole = await readWithBreaks(url, () => 1);
      const stored = await (await fetch(`${server.url}/api/generations/${id}`)).json();
      if (stored.text !== words) losses.add(`${id} is stored as ${stored.text}`);
      for (const frames of read)
        if (frames !== whole) losses.add(`${id}: a reader has read other bytes than a whole reading`);
    }
    return losses.result(times);
  },
};

/** @returns all frames to the letter, however often the connection broke */
async function readWithBreaks(url: string, random: () => number): Promise<string> {
  const frames: string[] = [];
  let cursor = "";
  for (;;) {
    const gone = new AbortController();
    const headers: Record<string, string> = cursor === "" ? {} : { "last-event-id": cursor };
    const response = await fetch(url, { headers, signal: gone.signal });
    let left = random() < 0.8 ? Math.ceil(random() * 40) : Number.POSITIVE_INFINITY;
    if (response.body === null) throw new Error("The answer cannot be read.");
    for await (const frame of readFrames(response.body)) {
      frames.push(frame.raw);
      if (frame.kind === "done") return frames.join("\n");
      if (frame.id !== null) cursor = String(frame.id);
      if (--left === 0) break;
    }
    gone.abort();
  }
}
