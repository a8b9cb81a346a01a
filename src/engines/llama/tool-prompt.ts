/**
 * How a model whose template knows no tools learns of them, and of calls and their results: as JSON between `<tool_call>` marks
 * (hermesForm), the form that Hermes, Qwen and SmolLM models were trained on, and others follow. It knows nothing of grammars.
 * @see https://github.com/NousResearch/Hermes-Function-Calling#prompt-format-for-function-calling
 */
import type { ChatMessage, Tool, ToolCall } from "../../chat/engine.ts";

const callOpen = "<tool_call>";
const callClose = "</tool_call>";

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
export function withOneOpening(messages: readonly ChatMessage[]): readonly ChatMessage[] {
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

const beforeArguments = (name: string) => `{"name": ${JSON.stringify(name)}, "arguments": `;

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
