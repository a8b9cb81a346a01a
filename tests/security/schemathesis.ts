/**
 * Schemathesis reads /openapi.json and asks the server whatever it allows, and much that it forbids: no reply may be a
 * server's error, nor anything that is not documented.
 *
 *   bun tests/security/schemathesis.ts [--short] [--seed N] [--only REGEX]
 *
 * @see https://schemathesis.readthedocs.io/
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { pythonWith } from "../api/clients/python-with.ts";
import { ScriptedServer } from "./scripted-server.ts";

const fixtures = join(import.meta.dir, "fixtures");

export interface SchemathesisResult {
  readonly cases: number;
  /** Sentences; empty when nothing went wrong. */
  readonly problems: readonly string[];
}

/**
 * short: every example and every limit of every field, and a few at random; long: at random and in sequences, until the
 * time is over.
 */
const extents = {
  short: ["--max-examples", "3"],
  long: ["--max-examples", "100", "--max-time", "900"],
} as const;

/** With fewer something has kept it from trying: a long run made 35,508 on two slow cores. */
const fewestCases = { short: 500, long: 10_000 } as const;

export async function runSchemathesis(
  extent: keyof typeof extents,
  seed: number,
  only: string | null = null,
): Promise<SchemathesisResult> {
  const python = await pythonWith(["schemathesis==4.32.5"]);
  await using server = await ScriptedServer.start({ LOGINS: "1" });
  const words = [
    ...["-m", "schemathesis.cli", "--config-file", join(fixtures, "schemathesis.toml"), "run"],
    ...[`${server.url}/openapi.json`, "--header", `Authorization: Bearer ${server.key}`],
    // One worker: Python 3.11's parser is not safe beside itself.
    ...["--seed", String(seed), "--workers", "1", "--continue-on-failure", "--max-response-time", "10"],
    ...["--generation-database", "none", ...extents[extent]],
    // Some operations alone do not lead to each other.
    ...(only === null ? [] : ["--include-path-regex", only, "--phases", "examples,coverage,fuzzing"]),
  ];
  const child = Bun.spawn([...python.command, ...words], {
    env: {
      ...python.environment,
      PYTHONPATH: `${python.environment.PYTHONPATH}:${fixtures}`,
      SCHEMATHESIS_HOOKS: "schemathesis_hooks",
      PYTHONDONTWRITEBYTECODE: "1",
    },
    // It leaves files behind.
    cwd: mkdtempSync(join(tmpdir(), "schemathesis-")),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [output, errors] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  const code = await child.exited;
  const ended = await server.stop();
  const cases = Number(/(\d+) generated/.exec(output)?.[1] ?? 0);
  const failures = output.slice(output.search(/=+ (?:ERRORS|FAILURES) =+/)).slice(0, 6_000);
  return {
    cases,
    problems: [
      ...(code === 0 ? [] : [`Schemathesis ended with ${code}.\n${failures}\n${errors.slice(-2_000)}`]),
      ...(only === null && cases < fewestCases[extent]
        ? [`Only ${cases} cases were tried, of ${fewestCases[extent]} at least.`]
        : []),
      ...(ended.code === 0 ? [] : [`The server ended with ${ended.code}.`]),
      ...(ended.defects === 0
        ? []
        : [`The server logged ${ended.defects} defects: ${JSON.stringify(ended.first)}`]),
    ],
  };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      short: { type: "boolean", default: false },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
      only: { type: "string" },
    },
  });
  console.log(`--seed ${values.seed}`);
  const { cases, problems } = await runSchemathesis(
    values.short ? "short" : "long",
    Number(values.seed),
    values.only ?? null,
  );
  for (const problem of problems) console.error(problem);
  console.log(`${cases} cases, ${problems.length} problems`);
  process.exit(problems.length === 0 ? 0 : 1);
}
