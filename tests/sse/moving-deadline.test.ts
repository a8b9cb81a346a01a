import { expect, test } from "bun:test";
import { MovingDeadline } from "../../src/sse/moving-deadline.ts";

function watched() {
  const began = performance.now();
  const missed: number[] = [];
  let tell = Promise.withResolvers<void>();
  const deadline = new MovingDeadline(() => {
    missed.push(performance.now() - began);
    tell.resolve();
  });
  const next = () => {
    tell = Promise.withResolvers<void>();
    return tell.promise;
  };
  return { deadline, missed, next };
}

test("a deadline that is moved on is missed once, so long after the last sign of life", async () => {
  const { deadline, missed, next } = watched();
  using _ = deadline;
  deadline.expectWithin(40);
  await Bun.sleep(20);
  const end = next();
  deadline.expectWithin(40);
  await end;
  expect(missed).toHaveLength(1);
  expect(missed[0]).toBeGreaterThanOrEqual(59);
});

test("a nearer deadline does not wait for the farther one that was set before", async () => {
  const { deadline, missed, next } = watched();
  using _ = deadline;
  deadline.expectWithin(60_000);
  const end = next();
  deadline.expectWithin(5);
  await end;
  expect(missed[0]).toBeLessThan(30_000);
});

test("what is lifted or disposed of is not missed, and can be set again", async () => {
  const { deadline, missed, next } = watched();
  deadline.expectWithin(5);
  deadline.lift();
  await Bun.sleep(10);
  expect(missed).toEqual([]);
  const end = next();
  deadline.expectWithin(5);
  await end;
  deadline.expectWithin(5);
  deadline[Symbol.dispose]();
  await Bun.sleep(10);
  expect(missed).toHaveLength(1);
});
