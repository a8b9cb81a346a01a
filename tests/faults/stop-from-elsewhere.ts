/** Stop from another connection: the answer has ended within a second, keeps its text, and its slot is free. */
import { startFakeVllm } from "../fakes/fake-vllm-process.ts";
import { startRealServer } from "../real-server.ts";
import { type Fault, Losses } from "./fault.ts";

const words = Array.from({ length: 2_000 }, (_, index) => `word${index}`).join(" ");

export const stopFromElsewhere: Fault = {
  name: "Stop from a second tab",
  times: { long: 100, short: 20 },
  async run(times, random) {
    const losses = new Losses();
    await using vllm = await startFakeVllm({ paceMs: 2 });
    await using server = await startRealServer({ environment: { ENGINE: "vllm", VLLM_URL: vllm.url } });
    for (let time = 0; time < times; time++) {
      const asked = await fetch(`${server.url}/chat/stream`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ message: `say: ${words}`, memory_context: 0, max_tokens: 1_000 }),
      });
      const id = asked.headers.get("x-generation-id") ?? "";
      const read = asked.text();
      await Bun.sleep(random() * 150);
      const stoppedAt = performance.now();
      await fetch(`${server.url}/generations/${id}/stop`, { method: "POST" });
      const shown = await read;
      const took = performance.now() - stoppedAt;
      const { state, text } = await (await fetch(`${server.url}/api/generations/${id}`)).json();
      if (took > 1_000) losses.add(`${id} went on for ${Math.round(took)} ms`);
      if (state !== "stopped") losses.add(`${id} is ${state}`);
      if (!words.startsWith(text)) losses.add(`${id} has another text`);
      if (textIn(shown) !== text) losses.add(`${id}: what was shown is not what is stored`);
      const { engines } = await (await fetch(`${server.url}/api/status`)).json();
      if (engines[0].busy_slots !== 0) losses.add(`${id}: its slot is still busy`);
    }
    return losses.result(times);
  },
};

const textIn = (stream: string) =>
  [...stream.matchAll(/^data: (\{.*)$/gm)]
    .map(([, chunk = "{}"]) => JSON.parse(chunk).choices?.[0]?.delta?.content ?? "")
    .join("");
