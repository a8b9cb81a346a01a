/**
 * Does to the program what life does to it, and counts what is lost.
 *
 *   bun run faults [--short] [--only TEXT] [--seed N]
 *
 * Exit codes: 0 nothing was lost, 1 something was, 2 wrong use.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { backupUnderLoad } from "./backup-under-load.ts";
import { cutNetwork } from "./cut-network.ts";
import type { Fault, FaultResult } from "./fault.ts";
import { fullDisk } from "./full-disk.ts";
import { kvCaches } from "./kv-caches.ts";
import { lockedDatabase } from "./locked-database.ts";
import { killInSwap, swapUnderLoad } from "./model-swaps.ts";
import { randomFrom } from "./random.ts";
import { readOnly } from "./read-only.ts";
import { reattachReaders } from "./reattach-readers.ts";
import { sameKey } from "./same-key.ts";
import { stopFromElsewhere } from "./stop-from-elsewhere.ts";
import { takenAway } from "./taken-away.ts";
import { twoOwners } from "./two-owners.ts";

/** Those that have a program of their own. */
const byProgram = (
  name: string,
  script: string,
  words: readonly string[],
  long: number,
  short: number,
): Fault => ({
  name,
  times: { long, short },
  async run(times) {
    const child = Bun.spawn(
      [process.execPath, join(import.meta.dir, script), "--times", String(times), ...words],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    const [code, output] = await Promise.all([child.exited, new Response(child.stdout).text()]);
    return { times, lost: code === 0 ? 0 : 1, problems: code === 0 ? [] : [output.slice(-2_000)] };
  },
});

const faults: readonly Fault[] = [
  byProgram("the server killed with -9 in mid-stream", "kill-server.ts", [], 100, 5),
  byProgram("vLLM killed with -9 in mid-stream", "kill-vllm.ts", [], 50, 5),
  byProgram(
    "the orchestrator killed with -9 in mid-stream",
    "kill-vllm.ts",
    ["--kill", "orchestrator"],
    20,
    3,
  ),
  reattachReaders,
  cutNetwork,
  stopFromElsewhere,
  sameKey,
  fullDisk,
  readOnly,
  lockedDatabase,
  ...takenAway,
  twoOwners,
  backupUnderLoad,
  swapUnderLoad,
  killInSwap,
  kvCaches,
];

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      short: { type: "boolean", default: false },
      only: { type: "string", default: "" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
    },
  });
  const chosen = faults.filter(({ name }) => name.includes(values.only));
  if (chosen.length === 0) {
    console.error(`No fault is called so. There are:\n${faults.map(({ name }) => `  ${name}`).join("\n")}`);
    return 2;
  }
  const random = randomFrom(Number(values.seed));
  console.log(`--seed ${values.seed}`);
  let lost = 0;
  for (const fault of chosen) {
    const why = fault.skip?.() ?? null;
    if (why !== null) {
      console.log(`${fault.name.padEnd(50)} skipped: ${why}`);
      continue;
    }
    const result = await attempt(fault, values.short ? fault.times.short : fault.times.long, random);
    lost += result.lost;
    console.log(`${fault.name.padEnd(50)} ${String(result.times).padStart(5)} times, ${result.lost} lost`);
    for (const problem of result.problems) console.error(`  ${problem}`);
  }
  console.log(`${chosen.length} faults, ${lost} lost`);
  return lost === 0 ? 0 : 1;
}

async function attempt(fault: Fault, times: number, random: () => number): Promise<FaultResult> {
  try {
    return await fault.run(times, random);
  } catch (error) {
    return {
      times,
      lost: 1,
      problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
    };
  }
}

process.exitCode = await main();
process.exit();
