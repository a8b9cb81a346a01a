/**
 * Two and three starts at one moment over what a killed program left: a pid file that names nobody or was never written
 * to its end, and the file of its lock. One of them owns the folder, always.
 */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { instanceFile, ownerLockFile } from "../../src/process/instance.ts";
import { type Fault, Losses } from "./fault.ts";
import { newDataFolder } from "./server-under-test.ts";

const stale = JSON.stringify({ pid: 4_000_000, started: "gone", marker: "", since: 0, url: null });
/** What lies there; the lock's file is empty in every case. */
const leftovers = [stale, stale.slice(0, 20), ""];

export const twoOwners: Fault = {
  name: "two and three starts at once over a stale lock",
  times: { long: 200, short: 10 },
  async run(times) {
    const losses = new Losses();
    for (let time = 0; time < times; time++) {
      const said = await startTogether(2 + (time % 2), leftovers[time % leftovers.length] ?? "");
      const owners = said.filter((line) => line === "owner").length;
      const refused = said.filter((line) => line === "refused").length;
      if (owners !== 1 || owners + refused !== said.length) losses.add(`round ${time}: ${said.join(", ")}`);
    }
    return losses.result(times);
  },
};

/** @returns what each of them said */
async function startTogether(count: number, leftover: string): Promise<string[]> {
  const dataDir = newDataFolder();
  const go = join(dataDir, "go");
  writeFileSync(instanceFile(dataDir), leftover);
  writeFileSync(ownerLockFile(dataDir), "");
  const children = Array.from({ length: count }, () =>
    Bun.spawn([process.execPath, join(import.meta.dir, "fixtures/claim-folder.ts"), dataDir, go], {
      stdio: ["pipe", "pipe", "inherit"],
    }),
  );
  const readers = children.map(({ stdout }) => lines(stdout));
  for (const reader of readers) await reader.next();
  writeFileSync(go, "");
  const said = await Promise.all(readers.map(async (reader) => (await reader.next()).value ?? "nothing"));
  for (const child of children) await child.stdin.end();
  await Promise.all(children.map(({ exited }) => exited));
  rmSync(dataDir, { recursive: true, force: true });
  return said;
}

async function* lines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  const reader = stream.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const complete = (rest + decoder.decode(chunk.value, { stream: true })).split("\n");
    rest = complete.pop() ?? "";
    yield* complete;
  }
}
