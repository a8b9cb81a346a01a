/**
 * Attacks the program in every way that there is a test for, and says how often and what went wrong.
 *
 *   bun run security [--short] [--only TEXT] [--seed N]
 *
 * The short form leaves out what `bun test` and the browser tests do anyway.
 * Exit codes: 0 nothing went wrong, 1 something did, 2 wrong use.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { randomFrom } from "../faults/random.ts";
import { type Count, countBunTests, countPlaywrightTests } from "../install/test-counts.ts";
import { runMerged } from "../run-merged.ts";
import { extents, hardLoad, whyNotMeasured } from "./hard-load.ts";
import { runSchemathesis } from "./schemathesis.ts";

interface PartResult {
  /** What was done, and how often. */
  readonly facts: readonly string[];
  readonly problems: readonly string[];
}

interface Part {
  readonly name: string;
  /** null: other checks run it as it is, so that the short form need not. */
  readonly short: ((seed: number) => Promise<PartResult>) | null;
  readonly long: (seed: number) => Promise<PartResult>;
  /** Why it cannot be done on this machine; null: it can. */
  readonly skip?: () => string | null;
}

const projectRoot = join(import.meta.dir, "../..");

/** @param count reads from what the runner says how many tests there were */
const tests = (
  words: readonly string[],
  count: (exitCode: number, output: string) => Count,
  environment: Readonly<Record<string, string>> = {},
) => {
  return async (): Promise<PartResult> => {
    let output = "";
    const decoder = new TextDecoder();
    const code = await runMerged([process.execPath, ...words], {
      cwd: projectRoot,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, ...environment },
      print: (piece) => {
        output += decoder.decode(piece, { stream: true });
      },
    });
    const { passed, failed, skipped } = count(code, output);
    const isGood = failed === 0 && passed > 0;
    return {
      facts: [`${passed} tests passed, ${failed} failed, ${skipped} skipped`],
      problems: isGood ? [] : [output.slice(-4_000)],
    };
  };
};
const bunTests = (...files: readonly string[]) =>
  tests(
    ["test", "--isolate", "--timeout", "60000", ...files.map((file) => `./tests/${file}`)],
    countBunTests,
  );

const schemathesis = (extent: "short" | "long") => async (seed: number) => {
  const { cases, problems } = await runSchemathesis(extent, seed);
  return { facts: [`${cases} cases`], problems };
};

const parts: readonly Part[] = [
  {
    name: "every route times every credential, and who reaches over to others",
    short: null,
    long: bunTests(
      ...["routes", "authentication", "open-access", "ownership", "left-open", "limits"].map(
        (name) => `security/${name}.test.ts`,
      ),
    ),
  },
  {
    name: "hostile texts as replies and pages have them",
    short: null,
    long: bunTests("security/xss.test.ts", "views/markdown.test.ts"),
  },
  {
    name: "hostile texts in a real browser",
    short: null,
    long: tests(
      [
        "x",
        "playwright",
        "test",
        "-c",
        "tests/browser/playwright.config.ts",
        "--reporter=list",
        "xss.e2e.ts",
      ],
      countPlaywrightTests,
      { XSS_LONG: "1" },
    ),
  },
  {
    name: "requests that are none, or that are taken for something else",
    short: null,
    long: bunTests("security/raw-requests.test.ts", "security/refusals.test.ts"),
  },
  {
    name: "connections that nobody configured",
    short: null,
    long: bunTests("security/no-connections.test.ts"),
  },
  {
    name: "whatever the description of the API allows and forbids (Schemathesis)",
    short: schemathesis("short"),
    long: schemathesis("long"),
  },
  {
    name: "clients that leave, do not read, or send a byte at a time",
    short: (seed) => hardLoad(extents.short, randomFrom(seed)),
    long: (seed) => hardLoad(extents.long, randomFrom(seed)),
    skip: whyNotMeasured,
  },
];

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      short: { type: "boolean", default: false },
      only: { type: "string", default: "" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
    },
  });
  const chosen = parts.filter(({ name }) => name.includes(values.only));
  if (chosen.length === 0) {
    console.error(`No part is called so. There are:\n${parts.map(({ name }) => `  ${name}`).join("\n")}`);
    return 2;
  }
  const seed = Number(values.seed);
  console.log(`--seed ${seed}`);
  let wrong = 0;
  for (const part of chosen) {
    const run = values.short ? part.short : part.long;
    const why = run === null ? "runs with the other tests" : (part.skip?.() ?? null);
    if (run === null || why !== null) {
      console.log(`${part.name}: skipped, ${why}`);
      continue;
    }
    const begunAt = performance.now();
    const { facts, problems } = await attempt(() => run(seed));
    const seconds = ((performance.now() - begunAt) / 1000).toFixed(0);
    wrong += problems.length;
    console.log(`${part.name}: ${facts.join("; ")}; ${problems.length} problems (${seconds} s)`);
    for (const problem of problems) console.error(`  ${problem}`);
  }
  console.log(`${chosen.length} parts, ${wrong} problems`);
  return wrong === 0 ? 0 : 1;
}

async function attempt(run: () => Promise<PartResult>): Promise<PartResult> {
  try {
    return await run();
  } catch (error) {
    return { facts: [], problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  }
}

process.exitCode = await main();
process.exit();
