import { expect, test } from "bun:test";
import { bunFailures, playwrightFailures, stepFailures } from "./test-failures.ts";

test("bun test: the test's name first, then its error without the source above it", () => {
  const output = [
    "tests/a.test.ts:",
    "(pass) good [0.04ms]",
    "3 | expect(1).toBe(2);",
    "             ^",
    "error: expect(received).toBe(expected)",
    "",
    "Expected: 2",
    "Received: 1",
    "",
    "      at <anonymous> (a.test.ts:3:35)",
    "(fail) a group > bad [0.25ms]",
    "a server says something",
    "(pass) another [0.04ms]",
    "",
    "1 tests failed:",
    "(fail) a group > bad [0.25ms]",
    " 2 pass",
    " 1 fail",
  ].join("\n");
  expect(bunFailures(output)).toEqual([
    [
      "(fail) a group > bad [0.25ms]",
      "error: expect(received).toBe(expected)",
      "Expected: 2",
      "Received: 1",
      "      at <anonymous> (a.test.ts:3:35)",
    ].join("\n"),
  ]);
});

test("bun test: a test that passed at its second try is named with its first failure", () => {
  const output = "error: too late\n(pass) slow (attempt 2) [1.00ms]\n(pass) good [1.00ms]\n 2 pass\n 0 fail";
  expect(bunFailures(output)).toEqual(["(pass) slow (attempt 2) [1.00ms]\nerror: too late"]);
});

test("Playwright: each failure's place, name and first lines", () => {
  const output = [
    "  ✓  1 [pages] › tests/browser/a.e2e.ts:5:1 › good (1.0s)",
    "  ✘  2 [pages] › tests/browser/a.e2e.ts:9:1 › bad (1.0s)",
    "",
    "  1) [pages] › tests/browser/a.e2e.ts:9:1 › bad ──────────────",
    "",
    "    Error: \u001b[31mexpect(locator).toHaveText(expected) failed\u001b[39m",
    "    Locator: locator('#a')",
    ...Array.from({ length: 40 }, (_, at) => `    line ${at} ${"x".repeat(300)}`),
    "",
    "  2) [real model] › tests/browser/b.e2e.ts:9:1 › worse ──────────────",
    "    Test timeout of 60000ms exceeded.",
    "",
    "  2 failed",
    "    [pages] › tests/browser/a.e2e.ts:9:1 › bad ──────────────",
    "  1 passed (2.0s)",
  ].join("\n");
  const [first = "", second] = playwrightFailures(output);
  expect(first.split("\n").slice(0, 3)).toEqual([
    "1) [pages] › tests/browser/a.e2e.ts:9:1 › bad",
    "Error: expect(locator).toHaveText(expected) failed",
    "Locator: locator('#a')",
  ]);
  expect(first.split("\n")).toHaveLength(12);
  expect(Math.max(...first.split("\n").map((line) => line.length))).toBe(160);
  expect(second).toBe(
    "2) [real model] › tests/browser/b.e2e.ts:9:1 › worse\nTest timeout of 60000ms exceeded.",
  );
});

test("a check that passes or fails as a whole: its last lines; one that said nothing: nothing", () => {
  expect(stepFailures("one\n\ntwo\n")).toEqual(["one\ntwo"]);
  expect(stepFailures("\n")).toEqual([]);
});
