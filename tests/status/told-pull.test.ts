/** What pages say of downloads: what is coming, or what ended a while ago. */
import { expect, test } from "bun:test";
import type { Pull } from "../../src/models/pulls.ts";
import { toldPull } from "../../src/status/engine-summary.ts";

const now = 1_800_000_000_000;
const minutes = 60_000;
const pull = (id: string, change: Partial<Pull> = {}): Pull => ({
  ...{ id, name: id, wanted: id, state: "downloading", doneBytes: 25, totalBytes: 100 },
  ...{ bytesPerSecond: null, problem: null, thenUse: false, endedAt: null },
  ...change,
});

test.each<[string, readonly Pull[], object | null]>([
  ["nothing", [], null],
  ["what was paused", [pull("a", { state: "paused" })], null],
  ["what is coming", [pull("a")], { id: "a", state: "downloading", progress: 0.25 }],
  ["what is looked through is still coming", [pull("a", { state: "verifying" })], { state: "downloading" }],
  ["without a size", [pull("a", { totalBytes: null })], { progress: null }],
  ["what came", [pull("a", { state: "done", endedAt: now - minutes })], { id: "a", state: "done" }],
  ["what failed", [pull("a", { state: "failed", endedAt: now - minutes })], { state: "failed" }],
  ["what came long ago", [pull("a", { state: "done", endedAt: now - 11 * minutes })], null],
  [
    "the last one",
    [
      pull("a", { state: "done", endedAt: now - 2 * minutes }),
      pull("b", { state: "failed", endedAt: now - minutes }),
    ],
    { id: "b" },
  ],
  [
    "what is coming before what came",
    [pull("a", { state: "done", endedAt: now - minutes }), pull("b")],
    { id: "b", state: "downloading" },
  ],
])("%s", (_, pulls, told) => {
  const found = toldPull(pulls, now);
  if (told === null) expect(found).toBeNull();
  else expect(found).toMatchObject(told);
});
