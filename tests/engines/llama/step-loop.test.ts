import { describe, expect, test } from "bun:test";
import { type Lane, StepLoop } from "../../../src/engines/llama/step-loop.ts";

/** Reads its prompt in the chunks it is allowed, then takes part in `steps` steps. */
function lane(prompt: number, steps: number, log: string[], name: string) {
  const ended = Promise.withResolvers<void>();
  let left = prompt;
  const made: Lane = {
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

describe("The step loop", () => {
  test("lanes go in lock-step: every batch holds all of them", async () => {
    const loop = new StepLoop(512);
    const lanes = ["a", "b", "c", "d"].map((name) => lane(0, 10, [], name));
    for (const { made } of lanes) loop.join(made);
    await Promise.all(lanes.map(({ ended }) => ended));
    // The last step is counted when it is over.
    await Bun.sleep(0);
    const { steps, laneSteps } = loop.counters;
    // The first lane may start a step before the others have joined.
    expect(laneSteps).toBe(40);
    expect(steps).toBeLessThanOrEqual(11);
  });

  test("a long prompt is read in chunks while the others go on", async () => {
    const log: string[] = [];
    const loop = new StepLoop(512);
    const writer = lane(0, 40, log, "writer");
    const reader = lane(400, 1, log, "reader");
    loop.join(writer.made);
    loop.join(reader.made);
    await reader.ended;
    const chunks = log.filter((entry) => entry.startsWith("reader:"));
    expect(chunks.length).toBeGreaterThan(1);
    for (const [index, entry] of log.entries())
      if (entry.startsWith("reader:")) expect(log.slice(index - 1, index + 2)).toContain("writer");
    await writer.ended;
  });

  test("a lane that joins later takes part, and the loop rests when all have ended", async () => {
    const loop = new StepLoop(512);
    const first = lane(0, 3, [], "first");
    loop.join(first.made);
    await first.ended;
    const second = lane(0, 3, [], "second");
    loop.join(second.made);
    await second.ended;
    await Bun.sleep(0);
    expect(loop.lanes).toBe(0);
  });
});
