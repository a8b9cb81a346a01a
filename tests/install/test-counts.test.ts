import { describe, expect, test } from "bun:test";
import {
  countBunTests,
  countPlaywrightTests,
  countStep,
  judged,
  skippedStep,
  totalLine,
} from "./test-counts.ts";

describe("counting what bun test printed", () => {
  test("passes and fails", () => {
    expect(countBunTests(1, "(pass) a\n 12 pass\n 3 fail\n 40 expect() calls\n")).toEqual({
      passed: 12,
      failed: 3,
      skipped: 0,
      unstable: 0,
    });
    expect(countBunTests(0, " 12 pass\n 2 skip\n 0 fail\n")).toEqual({
      passed: 12,
      failed: 0,
      skipped: 2,
      unstable: 0,
    });
  });

  test("a test that prints such a line does not deceive: the last one counts", () => {
    expect(countBunTests(0, " 99 fail\n 12 pass\n 0 fail\n")).toEqual({
      passed: 12,
      failed: 0,
      skipped: 0,
      unstable: 0,
    });
  });

  test("a runner that crashed, or found nothing, has failed", () => {
    expect(countBunTests(139, " 12 pass\n 0 fail\n")).toEqual({
      passed: 12,
      failed: 1,
      skipped: 0,
      unstable: 0,
    });
    expect(countBunTests(0, "")).toEqual({ passed: 0, failed: 1, skipped: 0, unstable: 0 });
  });
});

test("bun test: what passed at the second try is unstable", () => {
  const output =
    "(pass) a (attempt 2) [1.00ms]\n(pass) b [1.00ms]\n(fail) c (attempt 2) [1.00ms]\n 2 pass\n 1 fail\n";
  expect(countBunTests(1, output)).toEqual({ passed: 2, failed: 1, skipped: 0, unstable: 1 });
});

test("more than two unstable tests in a run have failed", () => {
  const unit = { passed: 10, failed: 0, skipped: 0, unstable: 2 };
  const browser = { passed: 5, failed: 0, skipped: 0, unstable: 1 };
  expect(judged([unit])).toEqual([unit]);
  expect(totalLine(judged([unit, browser]))).toBe("12 passed, 3 failed");
});

describe("counting what Playwright printed", () => {
  test("what was interrupted or did not run has failed; what is flaky has passed, and is unstable", () => {
    const output =
      "  1 failed\n    [chat] a test\n  1 flaky\n  1 interrupted\n  2 did not run\n  1 skipped\n  12 passed (3.4s)\n";
    expect(countPlaywrightTests(1, output)).toEqual({ passed: 13, failed: 4, skipped: 1, unstable: 1 });
  });

  test("all passed", () => {
    expect(countPlaywrightTests(0, "  37 passed (1.2m)\n")).toEqual({
      passed: 37,
      failed: 0,
      skipped: 0,
      unstable: 0,
    });
  });
});

test("a step passes or fails as a whole, and the total is one line", () => {
  expect(countStep(0)).toEqual({ passed: 1, failed: 0, skipped: 0, unstable: 0 });
  const counted = { passed: 10, failed: 2, skipped: 0, unstable: 0 };
  expect(totalLine([countStep(0), countStep(2), counted])).toBe("11 passed, 3 failed");
  expect(totalLine([counted, skippedStep])).toBe("10 passed, 2 failed, 1 skipped");
});
