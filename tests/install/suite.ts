/**
 * `./run.sh test`: runs every check and every test in order, goes on after a failure, and says at the end
 * how many passed and failed. A step whose files are missing has failed, and one that this machine cannot run says why:
 * nothing is skipped in silence.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureRealVllm, whyNoRealVllm } from "../vllm/real-vllm-place.ts";
import { ensureBrowser, ensureLinter, ensureModelForTests } from "./prerequisites.ts";
import {
  type Count,
  countBunTests,
  countPlaywrightTests,
  countStep,
  skippedStep,
  totalLine,
} from "./test-counts.ts";
import { proveXssScan } from "./xss-proof.ts";

const projectRoot = join(import.meta.dir, "../..");
const bun = process.execPath;

interface Step {
  readonly heading: string;
  /** Without this file there is nothing to run, and that is a failure. */
  readonly needs?: string;
  readonly run: () => Promise<Count>;
}

/** @param count reads the runner's own counts from its output; without it the step is one check */
function command(words: readonly string[], count: (exitCode: number, output: string) => Count = countStep) {
  return async (): Promise<Count> => {
    const child = Bun.spawn([...words], {
      cwd: projectRoot,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    const decoder = new TextDecoder();
    const reader = child.stdout.getReader();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      process.stdout.write(chunk.value);
      output += decoder.decode(chunk.value, { stream: true });
    }
    return count(await child.exited, output);
  };
}

/** bun test reports on stderr; the shell puts both together in the order in which they come. */
function merged(words: readonly string[]): readonly string[] {
  return ["/bin/sh", "-c", '"$0" "$@" 2>&1', ...words];
}

const steps: readonly Step[] = [
  { heading: "What the checks need", run: async () => prerequisites() },
  { heading: "Format and lint", run: command([bun, "x", "biome", "ci", "--error-on-warnings", "."]) },
  { heading: "Types", run: command([bun, "x", "tsc", "--noEmit"]) },
  { heading: "Cross-site scripting: the scan can fail", run: () => proveXssScan(projectRoot) },
  { heading: "Cross-site scripting: no unsafe HTML", run: command([bun, "x", "xss-scan"]) },
  {
    heading: "Unit, contract and API tests",
    run: command(merged([bun, "test", "--isolate", "--timeout", "30000"]), countBunTests),
  },
  { heading: "A real vLLM", needs: "tests/vllm/real-vllm.ts", run: () => realVllm("real-vllm.ts") },
  {
    heading: "A real vLLM that sees pictures",
    needs: "tests/vllm/real-vision.ts",
    run: () => realVllm("real-vision.ts"),
  },
  {
    heading: "Browser tests",
    needs: "tests/browser/playwright.config.ts",
    run: command(
      merged([bun, "x", "playwright", "test", "-c", "tests/browser/playwright.config.ts", "--reporter=list"]),
      countPlaywrightTests,
    ),
  },
  {
    heading: "Faults, in their short form",
    needs: "tests/faults/suite.ts",
    run: command([bun, "tests/faults/suite.ts", "--short"]),
  },
  {
    heading: "Attacks, in their short form",
    needs: "tests/security/suite.ts",
    run: command([bun, "tests/security/suite.ts", "--short"]),
  },
];

async function prerequisites(): Promise<Count> {
  let failed = 0;
  for (const ensure of [ensureLinter, ensureBrowser, ensureModelForTests]) {
    const problem = await ensure(projectRoot);
    if (problem === null) continue;
    console.error(problem);
    failed++;
  }
  return { passed: 3 - failed, failed, skipped: 0 };
}

async function realVllm(tests: string): Promise<Count> {
  const why = whyNoRealVllm(process.env);
  if (why !== null) {
    console.log(`Skipped. ${why}`);
    return skippedStep;
  }
  const problem = await ensureRealVllm(projectRoot);
  if (problem === null) return command(merged([bun, "test", `./tests/vllm/${tests}`]), countBunTests)();
  console.error(problem);
  return countStep(1);
}

function verdictOf({ passed, failed, skipped }: Count): string {
  if (failed > 0) return "FAILED ";
  return passed === 0 && skipped > 0 ? "skipped" : "ok     ";
}

async function main(): Promise<number> {
  const results: { heading: string; count: Count; seconds: number }[] = [];
  for (const { heading, needs, run } of steps) {
    console.log(`\n=== ${heading}`);
    const started = performance.now();
    let count = countStep(1);
    if (needs !== undefined && !existsSync(join(projectRoot, needs))) console.error(`${needs} is missing.`);
    else count = await run();
    results.push({ heading, count, seconds: (performance.now() - started) / 1000 });
  }
  console.log("\n=== Summary");
  for (const { heading, count, seconds } of results)
    console.log(`${verdictOf(count)} ${heading}: ${totalLine([count])} (${seconds.toFixed(1)} s)`);
  const counts = results.map(({ count }) => count);
  console.log(totalLine(counts));
  return counts.some(({ failed }) => failed > 0) ? 1 : 0;
}

process.exitCode = await main();
