/**
 * How a model that runs here learns of tools, and how its calls are written and read: as JSON between `<tool_call>` marks,
 * the form that Hermes, Qwen and SmolLM models were trained on, and others follow. It knows nothing of grammars.
 * @see https://github.com/NousResearch/Hermes-Function-Calling#prompt-format-for-function-calling
 */
import type { ToolCallEvent } from "../../chat/chat-event.ts";
import type { ChatMessage, Tool, ToolCall } from "../../chat/engine.ts";

export const callOpen = "<tool_call>";
export const callClose = "</tool_call>";

/** The conversation with one system message, in which the tools are, and with calls and results as the model wrote and got them. */
export function withTools(messages: readonly ChatMessage[], tools: readonly Tool[]): readonly ChatMessage[] {
  const rendered = withOneOpening(messages).map(asText);
  if (tools.length === 0) return rendered;
  const [first, ...rest] = rendered;
  const instructions = instructionsFor(tools);
  return first?.role === "system"
    ? [{ role: "system", content: `${first.content}\n\n${instructions}` }, ...rest]
    : [{ role: "system", content: instructions }, ...rendered];
}

/** Templates of the models that run here know one system message only, the first. */
function withOneOpening(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const opening = messages.findIndex(({ role }) => role !== "system");
  if (opening < 2) return messages;
  const content = messages
    .slice(0, opening)
    .map((message) => message.content)
    .join("\n\n");
  return [{ role: "system", content }, ...messages.slice(opening)];
}

/** Templates of the models that run here know no tools: a result is written as the user's text. */
function asText(message: ChatMessage): ChatMessage {
  if (message.role === "tool")
    return { role: "user", content: `<tool_response>\n${message.content}\n</tool_response>` };
  const { toolCalls = [] } = message;
  if (toolCalls.length === 0) return message;
  const calls = toolCalls.map(writtenCall).join("\n");
  return { role: "assistant", content: message.content === "" ? calls : `${message.content}\n${calls}` };
}

const writtenCall = ({ name, arguments: given }: ToolCall) =>
  `${callOpen}\n${beforeArguments(name)}${given.trim() === "" ? "{}" : given}}\n${callClose}`;

/** How a call begins; its arguments and a brace follow. */
export const beforeArguments = (name: string) => `{"name": ${JSON.stringify(name)}, "arguments": `;

function instructionsFor(tools: readonly Tool[]): string {
  const signatures = tools.map(({ name, description, parameters }) =>
    JSON.stringify({ type: "function", function: { name, description, parameters } }),
  );
  return [
    "# Tools",
    "",
    "You may call one or more functions to assist with the user query.",
    "",
    "You are provided with function signatures within <tools></tools> XML tags:",
    "<tools>",
    ...signatures,
    "</tools>",
    "",
    `For each function call, return a json object with function name and arguments within ${callOpen}${callClose} XML tags:`,
    callOpen,
    '{"name": <function-name>, "arguments": <args-json-object>}',
    callClose,
  ].join("\n");
}

/**
 * The calls in what was written after the first opening mark.
 * @param text constrained by the grammar of calls: no line of JSON in it begins with a mark
 * @param withCut whether one that was cut off is given as far as it came; its name must be whole
 */
export function callsIn(text: string, newId: () => string, withCut = false): ToolCallEvent[] {
  const pieces = text.split(`\n${callClose}`);
  return pieces.flatMap((piece, index) => {
    if (index === pieces.length - 1 && !withCut) return [];
    const json = piece.slice(piece.indexOf("{"));
    const name = nameIn(json);
    if (name === null) return [];
    // As it was written: a number with many digits is another one once it was read and written again.
    const given = json.slice(beforeArguments(name).length);
    const isWhole = index < pieces.length - 1 || isJson(json);
    return [{ type: "tool-call", id: newId(), name, arguments: isWhole ? given.slice(0, -1) : given }];
  });
}

/** The name in a call that begins with its brace; null while it is not whole. */
export function nameIn(json: string): string | null {
  const quoted = /^\{"name": ("(?:\\.|[^"\\])*")/.exec(json)?.[1];
  return quoted === undefined ? null : JSON.parse(quoted);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // It was cut off: that is the answer.
    return false;
  }
}
