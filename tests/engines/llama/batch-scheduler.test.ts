import { describe, expect, test } from "bun:test";
import { BatchScheduler, type ScheduledRun } from "../../../src/engines/llama/batch-scheduler.ts";

/** Reads its prompt in the chunks it is allowed, then takes part in `steps` steps. */
function run(prompt: number, steps: number, log: string[], name: string) {
  const ended = Promise.withResolvers<void>();
  let left = prompt;
  const made: ScheduledRun = {
    get promptTokensLeft() {
      return left;
    },
    async step(promptTokens) {
      await Promise.resolve();
      if (left > 0) {
        const taken = Math.min(left, promptTokens);
        left -= taken;
        log.push(`${name}:prompt ${taken}`);
        return true;
      }
      log.push(name);
      if (--steps > 0) return true;
      ended.resolve();
      return false;
    },
  };
  return { made, ended: ended.promise };
}

describe("The batch scheduler", () => {
  test("runs go in lock-step: every batch holds all of them", async () => {
    const loop = new BatchScheduler(512);
    const runs = ["a", "b", "c", "d"].map((name) => run(0, 10, [], name));
    for (const { made } of runs) loop.join(made);
    await Promise.all(runs.map(({ ended }) => ended));
    // The last step is counted when it is over.
    await Bun.sleep(0);
    const { steps, runSteps } = loop.counters;
    // The first run may start a step before the others have joined.
    expect(runSteps).toBe(40);
    expect(steps).toBeLessThanOrEqual(11);
  });

  test("a long prompt is read in chunks while the others go on", async () => {
    const log: string[] = [];
    const loop = new BatchScheduler(512);
    const writer = run(0, 40, log, "writer");
    const reader = run(400, 1, log, "reader");
    loop.join(writer.made);
    loop.join(reader.made);
    await reader.ended;
    const chunks = log.filter((entry) => entry.startsWith("reader:"));
    expect(chunks.length).toBeGreaterThan(1);
    for (const [index, entry] of log.entries())
      if (entry.startsWith("reader:")) expect(log.slice(index - 1, index + 2)).toContain("writer");
    await writer.ended;
  });

  test("a run that joins later takes part, and the loop rests when all have ended", async () => {
    const loop = new BatchScheduler(512);
    const first = run(0, 3, [], "first");
    loop.join(first.made);
    await first.ended;
    const second = run(0, 3, [], "second");
    loop.join(second.made);
    await second.ended;
    await Bun.sleep(0);
    expect(loop.runs).toBe(0);
  });
});
