/** Reads how many tests passed, failed and were skipped from what the test runners print. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  /** Not run on this machine, for a reason that was printed. */
  readonly skipped: number;
  /** Of those that passed: at the second try only. Each is a defect of the test or of the program that is to be mended. */
  readonly unstable: number;
}

/** More in one run are no accident: then they have failed. */
const mostUnstable = 2;

const nothing: Count = { passed: 0, failed: 0, skipped: 0, unstable: 0 };

/** A step that only succeeds or fails. */
export function countStep(exitCode: number): Count {
  return exitCode === 0 ? { ...nothing, passed: 1 } : { ...nothing, failed: 1 };
}

/** A step that cannot run on this machine; whoever skips it prints why. */
export const skippedStep: Count = { ...nothing, skipped: 1 };

/** bun test ends with " 12 pass", " 2 skip", " 1 fail"; with --retry it says "(pass) the test (attempt 2) [1.00ms]". */
export function countBunTests(exitCode: number, output: string): Count {
  return honest(exitCode, {
    passed: lastNumber(output, /^\s*(\d+) pass$/gm),
    failed: lastNumber(output, /^\s*(\d+) fail$/gm),
    skipped: lastNumber(output, /^\s*(\d+) skip$/gm),
    unstable: [...output.matchAll(/^\(pass\) .* \(attempt \d+\)/gm)].length,
  });
}

/** Playwright ends with "  1 failed", "  1 flaky", "  2 did not run", "  1 skipped", "  12 passed (3.4s)". */
export function countPlaywrightTests(exitCode: number, output: string): Count {
  const failed = [/^\s*(\d+) failed$/gm, /^\s*(\d+) interrupted$/gm, /^\s*(\d+) did not run$/gm];
  const sum = failed.reduce((total, pattern) => total + lastNumber(output, pattern), 0);
  const unstable = lastNumber(output, /^\s*(\d+) flaky$/gm);
  return honest(exitCode, {
    passed: lastNumber(output, /^\s*(\d+) passed\b.*$/gm) + unstable,
    unstable,
    failed: sum,
    skipped: lastNumber(output, /^\s*(\d+) skipped$/gm),
  });
}

/** Where more were unstable than an accident explains, they have failed. */
export function judged(counts: readonly Count[]): readonly Count[] {
  const unstable = counts.reduce((total, count) => total + count.unstable, 0);
  if (unstable <= mostUnstable) return counts;
  return counts.map((count) => ({
    ...count,
    passed: count.passed - count.unstable,
    failed: count.failed + count.unstable,
  }));
}

/** The one line that whoever runs the tests looks for. */
export function totalLine(counts: readonly Count[]): string {
  const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0);
  const skipped = sum("skipped");
  return `${sum("passed")} passed, ${sum("failed")} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`;
}

/** A runner that crashed, or that found no tests, has failed whatever it counted. */
function honest(exitCode: number, count: Count): Count {
  const { passed, failed } = count;
  const broken = (exitCode !== 0 && failed === 0) || (exitCode === 0 && passed === 0);
  return broken ? { ...count, failed: failed + 1 } : count;
}

function lastNumber(output: string, pattern: RegExp): number {
  return Number([...output.matchAll(pattern)].at(-1)?.[1] ?? 0);
}
