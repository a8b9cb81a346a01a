import { describe, expect, test } from "bun:test";
import { type BackoffOptions, RestartBackoff } from "../../src/process/restart-backoff.ts";

const options: BackoffOptions = {
  firstDelayMs: 100,
  longestDelayMs: 1_000,
  healthyAfterMs: 5_000,
  giveUpAfter: 6,
  giveUpUnreadyAfter: 3,
};

function crashes(...readyForMs: number[]): (number | null)[] {
  const backoff = new RestartBackoff(options);
  return readyForMs.map((ready) => backoff.afterCrash(ready));
}

describe("the pause before a crashed process is started again", () => {
  test("doubles up to the longest, and a crash loop is given up", () => {
    expect(crashes(1, 1, 1, 1, 1, 1)).toEqual([100, 200, 400, 800, 1_000, null]);
  });

  test("is short again after a time of good health", () => {
    expect(crashes(1, 1, 5_000, 1)).toEqual([100, 200, 100, 200]);
  });

  test("comes only twice when the process never was ready: somebody waits for the start", () => {
    expect(crashes(0, 0, 0)).toEqual([100, 200, null]);
  });

  test("comes more often for one that was ready once, even if it is not since", () => {
    expect(crashes(1, 0, 0, 0)).toEqual([100, 200, 400, 800]);
  });
});
