/**
 * Finds in what a test runner printed the tests that failed and the first lines of why, so that the summary can say
 * them again: of a long log often only its end is kept.
 */

/** As many lines of a failure as usually say what was expected, what came and where. */
const linesOfOne = 12;
const charactersOfLine = 160;

/** bun test prints the error first, then "(fail) the test [12.00ms]", or "(pass) the test (attempt 2) [12.00ms]". */
export function bunFailures(output: string): string[] {
  const failures = new Map<string, string>();
  let before: string[] = [];
  for (const line of plainLines(output)) {
    // A run of many files names its failures once more at the end, without their errors.
    const isUnstable = /^\(pass\) .* \(attempt \d+\)/.test(line);
    if ((line.startsWith("(fail) ") || isUnstable) && !failures.has(line))
      failures.set(line, brief([line, ...fromError(before)]));
    const ended = /^\((pass|fail|skip|todo)\) /.test(line) || /^\S+\.ts:$/.test(line);
    if (ended) before = [];
    else before.push(line);
  }
  return [...failures.values()];
}

/** Playwright lists each as "  1) [project] › file.e2e.ts:12:1 › the test ────", with its error below. */
export function playwrightFailures(output: string): string[] {
  const failures: string[][] = [];
  let open = false;
  for (const line of plainLines(output)) {
    if (/^ {2}\d+\) \[/.test(line)) {
      failures.push([]);
      open = true;
    } else if (/^ {2}\d+ (failed|flaky|interrupted|did not run|skipped|passed)\b/.test(line)) open = false;
    if (open) failures.at(-1)?.push(line.replace(/[\s─]+$/, "").replace(/^ {2,4}/, ""));
  }
  return failures.map(brief);
}

/** A check that only succeeds or fails says why at its end. */
export function stepFailures(output: string): string[] {
  const lines = plainLines(output).filter((line) => line.trim() !== "");
  return lines.length === 0 ? [] : [brief(lines.slice(-linesOfOne))];
}

/** The error itself, without the source lines that Bun shows above it. */
function fromError(lines: readonly string[]): readonly string[] {
  const error = lines.findLastIndex((line) => /^(error|\w*Error)\b/.test(line));
  return error === -1 ? lines.slice(-linesOfOne) : lines.slice(error);
}

function brief(lines: readonly string[]): string {
  const said = lines.filter((line) => line.trim() !== "").slice(0, linesOfOne);
  return said.map((line) => line.slice(0, charactersOfLine)).join("\n");
}

function plainLines(output: string): string[] {
  return Bun.stripANSI(output).split(/\r?\n/);
}
