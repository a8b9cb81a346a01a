/**
 * A disk that becomes full at any write: nothing is shown that is not stored, nothing is half-written, the server says
 * what is wrong, and goes on without a restart once there is room, with the answer that was cut too.
 */
import { Database } from "bun:sqlite";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startFakeVllm } from "../fakes/fake-vllm-process.ts";
import { type RealServer, startRealServer } from "../real-server.ts";
import { type Fault, Losses } from "./fault.ts";

const words = Array.from({ length: 300 }, (_, index) => `word${index}`).join(" ");
const diskMegabytes = 24;

export const fullDisk: Fault = {
  name: "a disk that becomes full at any write",
  times: { long: 100, short: 10 },
  skip: () => {
    if (process.platform !== "linux" || process.getuid?.() !== 0)
      return "A disk of its own can be mounted by root on Linux only.";
    return null;
  },
  async run(times, random) {
    const losses = new Losses();
    const disk = mkdtempSync(join(tmpdir(), "small-disk-"));
    mount(disk);
    try {
      const dataDir = join(disk, "data");
      await using vllm = await startFakeVllm();
      const server = await startRealServer({ dataDir, environment: { ENGINE: "vllm", VLLM_URL: vllm.url } });
      try {
        for (let time = 0; time < times; time++) await fillAndAsk(server, disk, random, losses);
        if ((await server.stop()) !== 0) losses.add("the server did not end as asked");
      } finally {
        await server[Symbol.asyncDispose]();
      }
      using database = new Database(join(dataDir, "assistant.db"), { readonly: true });
      const [check] = database.query<{ integrity_check: string }, []>("PRAGMA integrity_check").all();
      if (check?.integrity_check !== "ok") losses.add(`integrity_check: ${check?.integrity_check}`);
    } finally {
      Bun.spawnSync(["umount", disk]);
      rmSync(disk, { recursive: true, force: true });
    }
    return losses.result(times);
  },
};

async function fillAndAsk(server: RealServer, disk: string, random: () => number, losses: Losses) {
  const filler = join(disk, "filler");
  const { bavail, bsize } = statfsSync(disk);
  const left = Math.floor(random() * 120_000);
  const size = bavail * bsize - left;
  if (size > 0) fill(filler, size);
  const shown = await ask(server);
  rmSync(filler, { force: true });

  const { status, memory_status } = await (await fetch(`${server.url}/health`)).json();
  if (typeof status !== "string" || typeof memory_status !== "string") losses.add("/health tells nothing");
  if (shown.id !== null) {
    const { text } = await (await fetch(`${server.url}/api/generations/${shown.id}`)).json();
    if (!text.startsWith(shown.text))
      losses.add(`${shown.id}: ${shown.text.length - text.length} characters shown and not stored`);
  }
  // There is room again: what was cut becomes whole by itself, and the very next question is answered whole.
  if (shown.id !== null && !(await becomesWhole(server, shown.id)))
    losses.add(`${shown.id} is not gone on with`);
  const next = await ask(server);
  if (next.text !== words) losses.add(`after room was made: ${next.problem ?? "the answer is not whole"}`);
}

async function becomesWhole(server: RealServer, id: string): Promise<boolean> {
  const deadline = performance.now() + 10_000;
  while (performance.now() < deadline) {
    const { state, text } = await (await fetch(`${server.url}/api/generations/${id}`)).json();
    if (state === "done" && text === words) return true;
    await Bun.sleep(25);
  }
  return false;
}

/** What does not fit is left out: then the disk is as full as it can be. */
function fill(file: string, size: number): void {
  try {
    writeFileSync(file, Buffer.alloc(size));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  }
}

async function ask(server: RealServer): Promise<{ id: string | null; text: string; problem: string | null }> {
  const response = await fetch(`${server.url}/chat/stream`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ message: `say: ${words}`, memory_context: 0 }),
  });
  const body = await response.text();
  if (!response.ok) return { id: null, text: "", problem: body.slice(0, 200) };
  const text = [...body.matchAll(/^data: (\{.*)$/gm)]
    .map(([, chunk = "{}"]) => JSON.parse(chunk).choices?.[0]?.delta?.content ?? "")
    .join("");
  return { id: response.headers.get("x-generation-id"), text, problem: null };
}

function mount(folder: string): void {
  const { exitCode, stderr } = Bun.spawnSync([
    "mount",
    "-t",
    "tmpfs",
    "-o",
    `size=${diskMegabytes}m`,
    "tmpfs",
    folder,
  ]);
  if (exitCode !== 0) throw new Error(`A small disk cannot be mounted: ${stderr.toString()}`);
}
