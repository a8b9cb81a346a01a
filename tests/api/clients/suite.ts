/**
 * `bun run clients`: the programs that people write against OpenAI's, Anthropic's and Ollama's interfaces, with libraries from PyPI and npm at these
 * versions, the real server and a real model. Libraries are installed once, into a folder outside the project. `--only NAME` runs one.
 */
import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startRealServer } from "../../real-server.ts";
import { javaScriptWith } from "./javascript-with.ts";
import { pythonWith } from "./python-with.ts";

const programs: Readonly<Record<string, readonly string[]>> = {
  openai_028: ["openai==0.28.1", "numpy==2.4.6"],
  openai_13: ["openai==1.3.0", "httpx==0.25.2"],
  openai_now: ["openai==3.57.0"],
  langchain: ["langchain-openai==1.7.4"],
  instructor: ["instructor==1.17.0"],
  pydantic_ai: ["pydantic-ai-slim[openai]==2.68.0"],
  llm: ["llm==0.36"],
  agents: ["openai-agents==0.24.0"],
  haystack: ["haystack-ai==3.4.1"],
  llamaindex: ["llama-index-llms-openai-like==0.8.1", "llama-index-embeddings-openai==0.7.0"],
};
/** In dialects.py. */
const ofDialects: Readonly<Record<string, readonly string[]>> = {
  anthropic_now: ["anthropic==2.14.0"],
  ollama_now: ["ollama==0.6.3"],
  llm_plugins: ["llm==0.36", "llm-ollama==0.19.1", "llm-anthropic==0.30"],
  langchain_anthropic: ["langchain-anthropic==1.7.10"],
  langchain_ollama: ["langchain-ollama==1.1.0"],
  llamaindex_ollama: ["llama-index-llms-ollama==0.11.0"],
  litellm_now: ["litellm==1.110.2"],
  pydantic_ai_anthropic: ["pydantic-ai-slim[anthropic]==2.68.0"],
};
/** In dialects.mjs. */
const ofDialectsInJavaScript: Readonly<Record<string, readonly string[]>> = {
  ai_anthropic: ["ai@7.0.173", "@ai-sdk/anthropic@4.0.105", "zod@4.6.7"],
  ai_ollama: ["ai@7.0.173", "ollama-ai-provider-v2@4.0.1", "zod@4.6.7"],
  langchain_js_anthropic: ["@langchain/anthropic@1.5.11", "@langchain/core@1.4.0"],
  langchain_js_ollama: ["@langchain/ollama@1.3.0", "@langchain/core@1.4.0"],
};
const inJavaScript: Readonly<Record<string, readonly string[]>> = {
  agents_js: ["@openai/agents@0.20.0", "zod@4.6.7"],
  ai_openai: ["ai@7.0.173", "@ai-sdk/openai@4.0.118", "zod@4.6.7"],
  llamaindex_js: ["@llamaindex/openai@0.4.23", "@llamaindex/core@0.6.22"],
};
/** A model of this size may write for long; more than this is a program that hangs. */
const longestMs = 180_000;
const cache = join(homedir(), ".cache/local-financial-assistant/clients");

const { values } = parseArgs({ options: { only: { type: "string" } } });
const libraries = { ...programs, ...ofDialects, ...inJavaScript, ...ofDialectsInJavaScript };
const known = Object.keys(libraries);
const chosen = known.filter((name) => values.only === undefined || values.only === name);
if (chosen.length === 0) throw new Error(`There is no ${values.only}. There is ${known.join(", ")}.`);

/** What starts a program, its libraries installed. */
async function commandOf(program: string, packages: readonly string[]) {
  const isOfDialects = Object.hasOwn(ofDialectsInJavaScript, program);
  if (Object.hasOwn(inJavaScript, program) || isOfDialects) {
    const name = isOfDialects ? "dialects.mjs" : "programs.mjs";
    const script = join(await javaScriptWith(packages, cache), name);
    await Bun.write(script, Bun.file(join(import.meta.dir, name)));
    return { command: [process.execPath, script], environment: process.env };
  }
  const { command, environment } = await pythonWith(packages, cache);
  const name = Object.hasOwn(ofDialects, program) ? "dialects.py" : "programs.py";
  return { command: [...command, join(import.meta.dir, name)], environment };
}

/** Python says last what was raised; Bun says where, after it. */
const raisedIn = (said: string) =>
  said.split("\n").findLast((line) => /^\w*(?:Error|Exception)\b/.test(line)) ??
  said.trim().split("\n").at(-1);

await using server = await startRealServer();
const results: { program: string; libraries: string; result: string; seconds: number }[] = [];
for (const program of chosen) {
  const packages = libraries[program] ?? [];
  const { command, environment } = await commandOf(program, packages);
  const begunAt = performance.now();
  const child = Bun.spawn([...command, program, `${server.url}/v1`], {
    env: { ...environment, OPENAI_API_KEY: "local", HAYSTACK_TELEMETRY_ENABLED: "False" },
    stdio: ["ignore", "ignore", "pipe"],
    timeout: longestMs,
  });
  const said = await new Response(child.stderr).text();
  const code = await child.exited;
  results.push({
    program,
    libraries: packages.join(" "),
    result: code === 0 ? "ok" : (raisedIn(said) ?? `exit ${code}`).slice(0, 200),
    seconds: Math.round((performance.now() - begunAt) / 1000),
  });
}
console.table(results);
if (results.some(({ result }) => result !== "ok")) process.exitCode = 1;
