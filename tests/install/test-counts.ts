/** Reads how many tests passed and failed from what the test runners print. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

/** A step that only succeeds or fails. */
export function countStep(exitCode: number): Count {
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** bun test ends with " 12 pass", " 1 fail". */
export function countBunTests(exitCode: number, output: string): Count {
  return honest(exitCode, lastNumber(output, /^\s*(\d+) pass$/gm), lastNumber(output, /^\s*(\d+) fail$/gm));
}

/** Playwright ends with "  1 failed", "  1 flaky", "  2 did not run", "  12 passed (3.4s)"; a flaky test has failed. */
export function countPlaywrightTests(exitCode: number, output: string): Count {
  const failed = [
    /^\s*(\d+) failed$/gm,
    /^\s*(\d+) flaky$/gm,
    /^\s*(\d+) interrupted$/gm,
    /^\s*(\d+) did not run$/gm,
  ];
  const sum = failed.reduce((total, pattern) => total + lastNumber(output, pattern), 0);
  return honest(exitCode, lastNumber(output, /^\s*(\d+) passed\b.*$/gm), sum);
}

/** The one line that whoever runs the tests looks for. */
export function totalLine(counts: readonly Count[]): string {
  const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0);
  return `${sum("passed")} passed, ${sum("failed")} failed`;
}

/** A runner that crashed, or that found no tests, has failed whatever it counted. */
function honest(exitCode: number, passed: number, failed: number): Count {
  const broken = (exitCode !== 0 && failed === 0) || (exitCode === 0 && passed === 0);
  return { passed, failed: broken ? failed + 1 : failed };
}

function lastNumber(output: string, pattern: RegExp): number {
  return Number([...output.matchAll(pattern)].at(-1)?.[1] ?? 0);
}
