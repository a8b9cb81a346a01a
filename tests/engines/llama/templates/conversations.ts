/** Conversations that each template is given; `expected.json` has what another implementation makes of them on `day`. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Tool } from "../../../../src/chat/engine.ts";
import type { Conversation, TemplateMessage } from "../../../../src/engines/llama/template/chat-template.ts";

/** Some templates write the date. */
export const day = new Date("2026-11-30T12:00:00Z");

export const priceTool: Tool = {
  name: "get_price",
  description: 'The price of an instrument, e.g. "XAUUSD".',
  parameters: {
    type: "object",
    properties: { symbol: { type: "string", description: "Its symbol" }, days: { type: "integer" } },
    required: ["symbol"],
  },
};

const system: TemplateMessage = { role: "system", content: "You are careful.\nUse facts." };
const asked: TemplateMessage = { role: "user", content: 'What is gold? It\'s "heavy".' };
const answered: TemplateMessage = { role: "assistant", content: "A metal.\n\n- yes" };
const next: TemplateMessage = { role: "user", content: "  And <|im_end|> silver?\n" };
const called: TemplateMessage = {
  role: "assistant",
  content: "",
  toolCalls: [{ id: "c1", name: "get_price", arguments: '{"symbol": "XAUUSD \\"spot\\"", "days": 3}' }],
};
const result: TemplateMessage = { role: "tool", content: '{"price": 2650.5}', toolCallId: "c1" };

const opensAnswer = true;

export const conversations: Readonly<Record<string, Conversation>> = {
  plain: { messages: [asked], opensAnswer },
  system: { messages: [system, asked], opensAnswer },
  turns: { messages: [system, asked, answered, next], opensAnswer },
  quiet: { messages: [system, asked], fields: { enable_thinking: false }, opensAnswer },
  tools: { messages: [system, asked], tools: [priceTool], opensAnswer },
  called: { messages: [system, asked, called, result], tools: [priceTool], opensAnswer },
  later: {
    messages: [system, asked, called, result, answered, next],
    tools: [priceTool],
    opensAnswer,
  },
};

const folder = import.meta.dir;

/** The names of the families, as their files have them. */
export const families: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith(".jinja"))
  .map((name) => name.replace(".jinja", ""))
  .toSorted();

export const templateOf = (family: string): string => readFileSync(join(folder, `${family}.jinja`), "utf8");
