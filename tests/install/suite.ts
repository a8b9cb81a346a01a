/**
 * `./run.sh test`: runs every check and every test, continues after a failure, and prints at the end how many passed and
 * failed. Unit tests have two processes, and nothing beside them; nor have the faults, of which some have a limit of time, nor the
 * first vLLM, which joins the pieces of its answers and tells of them late when it has no processor to itself. What
 * runs beside another step prints when it has ended. `--only NAME` runs one step, or several when it is given several times. A
 * step whose files are missing has failed, and one that this machine cannot run says why: nothing is skipped in silence.
 * A test that fails is tried once more. One that passes then is named at the end as unstable, with its failure: it is to be
 * mended as any defect; more than two in a run fail it.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runMerged } from "../run-merged.ts";
import { ensureRealVllm, whyNoRealVllm } from "../vllm/real-vllm-place.ts";
import { ensureBrowser, ensureFirefox, ensureLinter, ensureModelForTests } from "./prerequisites.ts";
import {
  type Count,
  countBunTests,
  countPlaywrightTests,
  countStep,
  judged,
  skippedStep,
  totalLine,
} from "./test-counts.ts";
import { bunFailures, playwrightFailures, stepFailures } from "./test-failures.ts";
import { proveXssScan } from "./xss-proof.ts";

const projectRoot = join(import.meta.dir, "../..");
const bun = process.execPath;
const playwright = [bun, "x", "playwright", "test"];

interface Step {
  /** For --only. */
  readonly name: string;
  readonly heading: string;
  /** Without this file there is nothing to run, and that is a failure. */
  readonly needs?: string;
  /** It runs beside the step before it in the list, after others that do so too. */
  readonly isBeside?: true;
  readonly run: (print: Print) => Promise<Outcome>;
}

/** Takes what a step says, as it comes. */
type Print = (output: string | Uint8Array) => void;

interface Outcome {
  readonly count: Count;
  /** What failed, at the first try or at each, and why, briefly. */
  readonly failures: readonly string[];
}

/** How the output of a test runner is read. */
interface Runner {
  readonly count: (exitCode: number, output: string) => Count;
  readonly failures: (output: string) => readonly string[];
}

const oneCheck: Runner = { count: countStep, failures: stepFailures };
const bunTests: Runner = { count: countBunTests, failures: bunFailures };
const playwrightTests: Runner = { count: countPlaywrightTests, failures: playwrightFailures };

function command(words: readonly string[], runner = oneCheck) {
  return async (print: Print): Promise<Outcome> => {
    let output = "";
    const decoder = new TextDecoder();
    const code = await runMerged(words, {
      cwd: projectRoot,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
      print: (piece) => {
        print(piece);
        output += decoder.decode(piece, { stream: true });
      },
    });
    const count = runner.count(code, output);
    if (count.failed === 0 && count.unstable === 0) return { count, failures: [] };
    const failures = runner.failures(output);
    // A runner that crashed names no test.
    return { count, failures: failures.length === 0 ? stepFailures(output) : failures };
  };
}

const steps: readonly Step[] = [
  { name: "prerequisites", heading: "What the checks need", run: prerequisites },
  {
    name: "lint",
    heading: "Format and lint",
    run: command([bun, "x", "biome", "ci", "--error-on-warnings", "."]),
  },
  { name: "types", isBeside: true, heading: "Types", run: command([bun, "x", "tsc", "--noEmit"]) },
  { name: "xss-proof", heading: "Cross-site scripting: the scan can fail", run: proveScan },
  { name: "xss", heading: "Cross-site scripting: no unsafe HTML", run: command([bun, "x", "xss-scan"]) },
  {
    name: "unit",
    heading: "Unit, contract and API tests",
    run: command([bun, "run", "test:unit", "--retry=1"], bunTests),
  },
  {
    name: "vllm",
    heading: "A real vLLM",
    needs: "tests/vllm/real-vllm.ts",
    run: (print) => realVllm("real-vllm.ts", print),
  },
  {
    name: "security",
    heading: "Attacks, in their short form",
    needs: "tests/security/suite.ts",
    // The same requests each time; a run by hand (`bun run security`) takes others.
    run: command([bun, "tests/security/suite.ts", "--short", "--seed", "217203"]),
  },
  {
    name: "vision",
    heading: "A real vLLM that sees pictures",
    needs: "tests/vllm/real-vision.ts",
    run: (print) => realVllm("real-vision.ts", print),
  },
  {
    name: "firefox",
    isBeside: true,
    heading: "A walk in a Firefox",
    needs: "tests/firefox/walk.ts",
    run: command([bun, "test", "--retry=1", "./tests/firefox/walk.ts"], bunTests),
  },
  {
    name: "clients",
    isBeside: true,
    heading: "Other programs' libraries, in their short form",
    needs: "tests/api/clients/suite.ts",
    run: command([bun, "tests/api/clients/suite.ts", "--short"]),
  },
  {
    name: "faults",
    heading: "Faults, in their short form",
    needs: "tests/faults/suite.ts",
    run: command([bun, "tests/faults/suite.ts", "--short"]),
  },
  {
    name: "browser",
    heading: "Browser tests",
    needs: "tests/browser/playwright.config.ts",
    run: command(
      [...playwright, "-c", "tests/browser/playwright.config.ts", "--reporter=list", "--retries=1"],
      playwrightTests,
    ),
  },
];

async function prerequisites(print: Print): Promise<Outcome> {
  const failures: string[] = [];
  const needed = [ensureLinter, ensureBrowser, ensureFirefox, ensureModelForTests];
  for (const ensure of needed) {
    const problem = await ensure(projectRoot);
    if (problem === null) continue;
    print(`${problem}\n`);
    failures.push(problem);
  }
  return {
    count: { passed: needed.length - failures.length, failed: failures.length, skipped: 0, unstable: 0 },
    failures,
  };
}

async function proveScan(print: Print): Promise<Outcome> {
  const problem = await proveXssScan(projectRoot);
  if (problem !== null) return failed(problem, print);
  print("The scan finds the unsafe page.\n");
  return { count: countStep(0), failures: [] };
}

async function realVllm(tests: string, print: Print): Promise<Outcome> {
  const why = whyNoRealVllm(process.env);
  if (why !== null) {
    print(`Skipped. ${why}\n`);
    return { count: skippedStep, failures: [] };
  }
  const problem = await ensureRealVllm(projectRoot, print);
  return problem === null
    ? command([bun, "test", "--retry=1", `./tests/vllm/${tests}`], bunTests)(print)
    : failed(problem, print);
}

function failed(problem: string, print: Print): Outcome {
  print(`${problem}\n`);
  return { count: countStep(1), failures: [problem] };
}

function verdictOf({ passed, failed, skipped, unstable }: Count): string {
  if (failed > 0) return "FAILED ";
  if (unstable > 0) return "UNSTABLE";
  return passed === 0 && skipped > 0 ? "skipped" : "ok     ";
}

/** What every step needs is brought in any case. @throws TypeError for an option that is not known */
function chosenSteps(words: readonly string[]): readonly Step[] {
  const { values } = parseArgs({ args: [...words], options: { only: { type: "string", multiple: true } } });
  if (values.only === undefined) return steps;
  const names = new Set(["prerequisites", ...values.only.flatMap((name) => name.split(","))]);
  const unknown = [...names].filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0)
    throw new TypeError(
      `There is no step ${unknown.join(", ")}. There is ${steps.map(({ name }) => name).join(", ")}.`,
    );
  return steps.filter(({ name }) => names.has(name));
}

interface Result {
  readonly heading: string;
  readonly outcome: Outcome;
  readonly seconds: number;
}

async function runStep({ heading, needs, run }: Step, print: Print): Promise<Result> {
  print(`\n=== ${heading}\n`);
  const started = performance.now();
  const missing = needs !== undefined && !existsSync(join(projectRoot, needs));
  const outcome = missing ? failed(`${needs} is missing.`, print) : await run(print);
  return { heading, outcome, seconds: (performance.now() - started) / 1000 };
}

const printNow: Print = (output) => void process.stdout.write(output);

/** One after the other; what each says comes as a whole. */
async function runBeside(steps: readonly Step[]): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const step of steps) {
    const said: (string | Uint8Array)[] = [];
    results.push(await runStep(step, (output) => void said.push(output)));
    for (const output of said) printNow(output);
  }
  return results;
}

/** A step and those beside it. */
function stagesOf(chosen: readonly Step[]): readonly (readonly [Step, ...Step[]])[] {
  const stages: [Step, ...Step[]][] = [];
  for (const step of chosen) {
    const last = stages.at(-1);
    if (step.isBeside && last !== undefined && last[0].name !== "prerequisites") last.push(step);
    else stages.push([step]);
  }
  return stages;
}

async function main(chosen: readonly Step[]): Promise<number> {
  const results: Result[] = [];
  for (const [first, ...others] of stagesOf(chosen)) {
    const [result, beside] = await Promise.all([runStep(first, printNow), runBeside(others)]);
    results.push(result, ...beside);
  }
  console.log("\n=== Summary");
  for (const { heading, outcome, seconds } of results)
    console.log(
      `${verdictOf(outcome.count)} ${heading}: ${totalLine([outcome.count])} (${seconds.toFixed(1)} s)`,
    );
  for (const { heading, outcome } of results)
    for (const failure of outcome.failures) console.log(`\n${heading}: ${failure}`);
  const counts = judged(results.map(({ outcome }) => outcome.count));
  console.log(`\n${totalLine(counts)}`);
  return counts.some(({ failed }) => failed > 0) ? 1 : 0;
}

let chosen: readonly Step[] = [];
try {
  chosen = chosenSteps(process.argv.slice(2));
} catch (cause) {
  if (!(cause instanceof TypeError)) throw cause;
  console.error(cause.message);
  process.exit(2);
}
process.exitCode = await main(chosen);
