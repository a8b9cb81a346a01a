import { expect, test } from "bun:test";
import { passes, waitUntilHealthy } from "../../src/process/wait-until-healthy.ts";

const never = new Promise<never>(() => {});
const patient = { exited: never, deadlineMs: 20_000, intervalMs: 1, probeTimeoutMs: 20_000 };
const open = () => new AbortController().signal;

test("it probes until the answer is yes; a probe that throws says no", async () => {
  let asked = 0;
  const probe = async () => {
    if (++asked === 2) throw new Error("connection refused");
    return asked === 4;
  };
  expect(await waitUntilHealthy({ ...patient, probe, signal: open() })).toBe("healthy");
  expect(asked).toBe(4);
});

test("an exit ends the wait at once, in the middle of a probe", async () => {
  const { promise: exited, resolve: exit } = Promise.withResolvers<void>();
  const probe = () => {
    exit();
    return never;
  };
  expect(await waitUntilHealthy({ ...patient, exited, probe, signal: open() })).toBe("exited");
});

test("the deadline ends the wait, even for a probe that ignores its signal", async () => {
  const wait = waitUntilHealthy({ ...patient, deadlineMs: 30, probe: () => never, signal: open() });
  expect(await wait).toBe("deadline");
});

test("whoever waits may give up, with a reason of his own", async () => {
  const giveUp = new AbortController();
  const waiting = waitUntilHealthy({ ...patient, probe: () => never, signal: giveUp.signal }).catch(
    (cause) => cause,
  );
  giveUp.abort(new Error("enough"));
  expect(await waiting).toMatchObject({ message: "enough" });
});

test("a probe that is still under way when the wait ends is told to end", async () => {
  const signals: AbortSignal[] = [];
  const probe = (signal: AbortSignal) => {
    signals.push(signal);
    return never;
  };
  expect(await waitUntilHealthy({ ...patient, deadlineMs: 30, probe, signal: open() })).toBe("deadline");
  expect(signals.map((signal) => signal.aborted)).toEqual([true]);
});

test("one probe that takes too long has failed", async () => {
  expect(await passes(() => never, 10, open())).toBeFalse();
  expect(await passes(async () => true, 10_000, open())).toBeTrue();
});
