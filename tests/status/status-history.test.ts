import { expect, test } from "bun:test";
import type { EngineState } from "../../src/chat/engine.ts";
import { StatusHistory } from "../../src/status/status-history.ts";

function opened() {
  const now = { tokens: 100, waiting: 0, state: "starting" as EngineState, since: 1 };
  const history = new StatusHistory({
    tokens: () => now.tokens,
    sample: () => ({ timeToFirstTokenMs: null, waiting: now.waiting, residentBytes: 5 }),
    engines: () => [{ engine: "llama", state: now.state, model: "demo", since: now.since }],
  });
  return { now, history };
}

test("the last ten minutes are kept: what was written since the sample before, as a speed", () => {
  const { now, history } = opened();
  using _ = history;
  history.look();
  expect(history.samples).toEqual([
    { tokensPerSecond: 0, timeToFirstTokenMs: null, waiting: 0, residentBytes: 5 },
  ]);
  now.tokens += 50;
  now.waiting = 3;
  history.look();
  expect(history.samples[1]?.waiting).toBe(3);
  expect(history.samples[1]?.tokensPerSecond).toBeGreaterThan(0);
  for (let look = 0; look < 200; look++) history.look();
  expect(history.samples).toHaveLength(120);
  expect(history.samples.at(-1)?.tokensPerSecond).toBe(0);
});

test("what became of an engine is told once, newest first", () => {
  const { now, history } = opened();
  using _ = history;
  history.look();
  expect(history.changes.map(({ state }) => state)).toEqual(["starting"]);
  Object.assign(now, { state: "ready", since: 7 });
  history.look();
  history.look();
  expect(history.changes).toEqual([
    { engine: "llama", state: "ready", model: "demo", at: 7 },
    { engine: "llama", state: "starting", model: "demo", at: 1 },
  ]);
  for (let at = 10; at < 60; at++) {
    now.since = at;
    history.look();
  }
  expect(history.changes).toHaveLength(12);
  expect(history.changes[0]?.at).toBe(59);
});
