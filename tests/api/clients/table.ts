/**
 * Which programs are tried with which interface, and what of each: README's table, and what suite.ts wants to have seen. A check
 * that a program lacks is here with its reason. Run it to write README's table anew.
 */
import { join } from "node:path";

export const checks = ["plain", "streamed", "tools", "schema", "error", "abort", "resume"] as const;
export type Check = (typeof checks)[number];

interface Row {
  /** As README has it. */
  readonly program: string;
  /** Names in PROGRAMS of the scripts: all of them are tried with all that the row says. */
  readonly runs: readonly string[];
  /** Tried with `bun run clients` alone, and not in the tests as well. */
  readonly isLong?: true;
  readonly without?: Partial<Readonly<Record<Check, string>>>;
}

const noTools = "It asks for objects by a tool or a form, runs no tools and hands on no text.";
const noText = "A protocol of tools: nothing is written, and a call is whole.";
const unseen = "The library does this itself, out of sight of this program.";
const part = "They are those of OpenAI's package below it.";
const old = "The library is of a time before it.";

export const rows: readonly Row[] = [
  { program: "`openai` (PyPI)", runs: ["openai_chat", "openai_responses"] },
  { program: "`openai` (npm)", runs: ["openai_js"] },
  { program: "`anthropic` (PyPI)", runs: ["anthropic_messages"] },
  { program: "`@anthropic-ai/sdk` (npm)", runs: ["anthropic_js"] },
  { program: "`ollama` (PyPI)", runs: ["ollama_chat"] },
  { program: "`ollama` (npm)", runs: ["ollama_js"] },
  {
    program: "`llm`, with `llm-anthropic` and `llm-ollama`",
    runs: ["llm_openai", "llm_anthropic", "llm_ollama"],
  },
  {
    program: "LangChain (Python): OpenAI, Anthropic, Ollama",
    runs: ["langchain_openai", "langchain_anthropic", "langchain_ollama"],
  },
  {
    program: "LangChain (JavaScript): OpenAI, Anthropic, Ollama",
    runs: ["langchain_js_openai", "langchain_js_anthropic", "langchain_js_ollama"],
  },
  {
    program: "LlamaIndex (Python): OpenAI, Anthropic, Ollama",
    runs: ["llamaindex_openai", "llamaindex_anthropic", "llamaindex_ollama"],
  },
  {
    program: "LlamaIndex (JavaScript): OpenAI",
    runs: ["llamaindex_js"],
    without: {
      ...{ tools: part, schema: part },
      abort: "Its chat takes no signal.",
    },
  },
  {
    program: "Vercel's AI SDK: OpenAI (chat, Responses), OpenAI-compatible, Anthropic, Ollama",
    runs: ["ai_openai_chat", "ai_openai_responses", "ai_compatible", "ai_anthropic", "ai_ollama"],
  },
  {
    program: "`litellm`: OpenAI, Anthropic, Ollama",
    runs: ["litellm_openai", "litellm_anthropic", "litellm_ollama"],
  },
  {
    program: "`instructor`: OpenAI (tools, schema), Anthropic, Ollama",
    runs: ["instructor_openai", "instructor_openai_schema", "instructor_anthropic", "instructor_ollama"],
    without: { plain: noTools, tools: noTools, abort: noTools, resume: noTools },
  },
  {
    program: "`pydantic-ai`: OpenAI (chat, Responses), Anthropic",
    runs: ["pydantic_ai_openai", "pydantic_ai_responses", "pydantic_ai_anthropic"],
  },
  {
    program: "OpenAI's Agents SDK (Python): chat, Responses",
    runs: ["openai_agents_chat", "openai_agents_responses"],
  },
  {
    program: "OpenAI's Agents SDK (JavaScript): chat, Responses",
    runs: ["openai_agents_js_chat", "openai_agents_js_responses"],
  },
  {
    program: "MCP SDK (PyPI), as a client over HTTP and of `bun run mcp`",
    runs: ["mcp_http", "mcp_stdio"],
    without: { plain: noText, streamed: noText, abort: noText, resume: noText },
  },
  {
    program: "MCP SDK (PyPI), as a server whose tools an answer calls",
    runs: ["mcp_server"],
    without: {
      plain: noText,
      streamed: noText,
      schema: unseen,
      error: unseen,
      abort: noText,
      resume: noText,
    },
  },
  {
    program: "Open WebUI, over HTTP and in a browser: OpenAI, Ollama",
    runs: ["open_webui_openai", "open_webui_ollama"],
    isLong: true,
    without: { tools: unseen, schema: unseen, resume: unseen },
  },
  {
    program: "Haystack: OpenAI",
    runs: ["haystack"],
    without: { tools: part, schema: part, error: part, abort: part, resume: part },
  },
  {
    program: "`openai` 0.28 (PyPI)",
    runs: ["openai_028"],
    isLong: true,
    without: { schema: old, abort: old, resume: old },
  },
  { program: "`openai` 1.3 (PyPI)", runs: ["openai_13"], isLong: true, without: { schema: old } },
];

/** What a program must tell of. */
export const checksOf = ({ without = {} }: Row): readonly Check[] =>
  checks.filter((check) => without[check] === undefined);

const head = `| program | ${checks.join(" | ")} |\n|---|${checks.map(() => "---|").join("")}\n`;

/** As README must have it: the table, and the reasons below it. */
export function wantedTable(): string {
  const reasons = [...new Set(rows.flatMap(({ without = {} }) => Object.values(without)))];
  const cellOf = (row: Row, check: Check) => {
    const reason = row.without?.[check];
    return reason === undefined ? (row.isLong ? "clients" : "test") : `– (${reasons.indexOf(reason) + 1})`;
  };
  const lines = rows.map(
    (row) => `| ${row.program} | ${checks.map((check) => cellOf(row, check)).join(" | ")} |\n`,
  );
  return `${head}${lines.join("")}\n${reasons.map((reason, at) => `(${at + 1}) ${reason}`).join(" ")}\n`;
}

/** As README has it. */
export function shownTable(text: string): string {
  const start = text.indexOf(head);
  const reasons = text.indexOf("\n(1) ", start);
  return start < 0 || reasons < 0 ? "" : text.slice(start, text.indexOf("\n", reasons + 1) + 1);
}

if (import.meta.main) {
  const readme = join(import.meta.dir, "../../../README.md");
  const text = await Bun.file(readme).text();
  await Bun.write(readme, text.replace(shownTable(text), wantedTable));
}
