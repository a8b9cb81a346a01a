/**
 * `bun run clients`: the programs of table.ts, with libraries from PyPI and npm at these versions, against the real server with a real
 * model, and one whose model is a script. Libraries are installed once, into a folder outside the project. `--short` leaves out what
 * takes minutes and is what `./run.sh test` runs; `--only NAME` runs one program; `--pictures FOLDER` puts there what Open WebUI shows. It fails where a program fails, and where one
 * did not do what the table says of it.
 */
import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startRealServer } from "../../real-server.ts";
import { javaScriptWith } from "./javascript-with.ts";
import { openWebUiChecks, whyNoWebUi } from "./open-webui.ts";
import { pythonWith } from "./python-with.ts";
import { openScriptedApp } from "./scripted-app.ts";
import { checksOf, rows } from "./table.ts";
import type { Told } from "./told.ts";

/** Programs whose libraries agree: they share a process, which reads each library once. */
interface Group {
  readonly script: string;
  readonly packages: readonly string[];
  /** Of the script's programs; left out: all. */
  readonly only?: string;
  readonly isLong?: true;
}

const groups: readonly Group[] = [
  {
    script: "programs_structured.py",
    packages: [
      ...["instructor[anthropic]==1.17.0", "litellm==1.110.2", "ollama==0.6.3"],
      ...["llama-index-llms-openai-like==0.8.1", "llama-index-embeddings-openai==0.7.0"],
      ...["llama-index-llms-anthropic==0.12.3", "llama-index-llms-ollama==0.11.0"],
    ],
  },
  {
    script: "programs_now.py",
    packages: [
      ...["openai==3.57.0", "anthropic==2.14.0", "ollama==0.6.3", "langchain==1.5.2"],
      ...["langchain-openai==1.7.4", "langchain-anthropic==1.7.10", "langchain-ollama==1.1.0"],
      ...["pydantic-ai-slim[openai,anthropic]==2.68.0", "openai-agents==0.24.0", "haystack-ai==3.4.1"],
    ],
  },
  {
    script: "programs.mjs",
    packages: [
      ...["openai@7.57.0", "@anthropic-ai/sdk@1.14.0", "ollama@0.6.4", "zod@4.6.7", "ai@7.0.173"],
      ...["@ai-sdk/openai-compatible@3.0.92", "@ai-sdk/openai@4.0.118", "@ai-sdk/anthropic@4.0.105"],
      ...["ollama-ai-provider-v2@4.0.1", "langchain@1.5.14", "@langchain/core@1.4.0"],
      ...["@langchain/openai@1.6.0", "@langchain/anthropic@1.5.11", "@langchain/ollama@1.3.0"],
      ...["@openai/agents@0.20.0", "@llamaindex/openai@0.4.23", "@llamaindex/core@0.6.22"],
    ],
  },
  { script: "programs_llm.py", packages: ["llm==0.36", "llm-ollama==0.19.1", "llm-anthropic==0.30"] },
  { script: "programs_mcp.py", packages: ["mcp==2.3.0"] },
  {
    script: "programs_old.py",
    packages: ["openai==0.28.1", "numpy==2.4.6"],
    only: "openai_028",
    isLong: true,
  },
  {
    script: "programs_old.py",
    packages: ["openai==1.3.0", "httpx==0.25.2"],
    only: "openai_13",
    isLong: true,
  },
];
/** More than this is a program that hangs. */
const longestMs = 400_000;
/** So many at once: each waits most of the time. */
const atOnce = 2;
const cache = join(homedir(), ".cache/local-financial-assistant/clients");

/** What starts a group's programs, its libraries installed. */
async function commandOf({ script, packages }: Group) {
  if (script.endsWith(".mjs")) {
    const folder = await javaScriptWith(packages, cache);
    for (const name of [script, "checks.mjs"])
      await Bun.write(join(folder, name), Bun.file(join(import.meta.dir, name)));
    return { command: [process.execPath, join(folder, script)], environment: process.env };
  }
  const { command, environment } = await pythonWith(packages, cache);
  return { command: [...command, join(import.meta.dir, script)], environment };
}

/** @returns what its programs told, and what else went wrong */
async function ran(group: Group, real: string, only: string | undefined): Promise<readonly Told[]> {
  const broken = (problem: string): Told => ({ program: group.script, check: "", problem, seconds: 0 });
  await using scripted = openScriptedApp();
  const chosen = group.only ?? only;
  const told: Told[] = [];
  try {
    const { command, environment } = await commandOf(group);
    const child = Bun.spawn([...command, real, scripted.url, ...(chosen === undefined ? [] : [chosen])], {
      env: { ...environment, BUN: process.execPath },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: longestMs,
    });
    const [said, complaints] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
    ]);
    for (const line of said.split("\n")) if (line.startsWith("{")) told.push(JSON.parse(line));
    const code = await child.exited;
    if (code !== 0) told.push(broken(`It ended with ${code}.\n${complaints.slice(-2000)}`));
    const defects = scripted.logLines.filter(({ level }) => level === "error");
    if (defects.length > 0) told.push(broken(`The server logged ${JSON.stringify(defects[0])}`));
  } catch (cause) {
    told.push(broken(String(cause)));
  }
  return told;
}

const { values } = parseArgs({
  options: { only: { type: "string" }, short: { type: "boolean" }, pictures: { type: "string" } },
});
const whyNot = values.short ? null : await whyNoWebUi();
if (whyNot !== null) console.log(`Skipped. ${whyNot}`);
const wantedRows = rows.filter(
  ({ isLong, runs }) => !(isLong && (values.short || (whyNot !== null && runs[0]?.startsWith("open_webui")))),
);
const known = wantedRows.flatMap(({ runs }) => runs);
if (values.only !== undefined && !known.includes(values.only))
  throw new Error(`There is no ${values.only}. There is ${known.join(", ")}.`);

await using server = await startRealServer({ environment: { LLAMA_PARALLEL: "4" } });
const waiting = groups.filter(
  ({ isLong, only }) => !(values.short && isLong) && (only === undefined || (values.only ?? only) === only),
);
const told: Told[] = [];
const worker = async () => {
  for (let group = waiting.shift(); group !== undefined; group = waiting.shift())
    told.push(...(await ran(group, server.url, values.only)));
};
await Promise.all(Array.from({ length: atOnce }, worker));
const wantsWebUi = values.only === undefined || values.only.startsWith("open_webui");
if (wantsWebUi && !values.short && whyNot === null) {
  const failed = (cause: unknown) => [
    { program: "open-webui", check: "", problem: String(cause), seconds: 0 },
  ];
  told.push(...(await openWebUiChecks(server.url, cache, values.pictures ?? null).catch(failed)));
}

const results = wantedRows.flatMap((row) =>
  row.runs
    .filter((run) => values.only === undefined || run === values.only)
    .map((run) => {
      const own = told.filter(({ program }) => program === run);
      const missing = checksOf(row).filter((check) => own.every((one) => one.check !== check));
      return { run, own, missing, seconds: own.reduce((sum, { seconds }) => sum + seconds, 0) };
    }),
);
console.table(
  results.map(({ run, own, missing, seconds }) => ({
    program: run,
    passed: own.filter(({ problem }) => problem === null).length,
    failed: own
      .filter(({ problem }) => problem !== null)
      .map(({ check }) => check)
      .join(" "),
    "not seen": missing.join(" "),
    seconds: Math.round(seconds * 10) / 10,
  })),
);
const failures = [
  ...told.flatMap(({ program, check, problem }) =>
    problem === null ? [] : [`${program}, ${check}: ${problem.slice(0, 1500)}`],
  ),
  ...results.flatMap(({ run, missing }) =>
    missing.map((check) => `${run}, ${check}: README's table says that it is tried, and it was not.`),
  ),
];
for (const failure of failures) console.log(failure);
const passed = told.filter(({ problem }) => problem === null).length;
console.log(`${passed} passed, ${failures.length} failed`);
if (failures.length > 0) process.exitCode = 1;
