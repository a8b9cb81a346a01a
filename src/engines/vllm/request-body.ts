/**
 * The requests to vLLM, in the form of its interface. It knows nothing of HTTP.
 * @see https://docs.vllm.ai/en/stable/serving/openai_compatible_server.html (its extra parameters too)
 */
import type {
  AnswerFormat,
  ChatMessage,
  GenerateRequest,
  MessagePart,
  Tool,
  ToolChoice,
} from "../../chat/engine.ts";
import { partsOf } from "../../chat/message-parts.ts";
import { prefilled } from "../../chat/prefill.ts";
import { digitBan } from "./without-digits.ts";

/** The body of /v1/chat/completions, or of /v1/completions when it continues a plain prompt; without `stream`. */
export function requestBody(
  model: string,
  request: GenerateRequest,
  maxTokens: number,
): Record<string, unknown> {
  const { sampling, continueFrom, format, tools = [], toolChoice, parallelToolCalls } = request;
  return {
    model,
    ...(request.prompt === undefined
      ? conversationOf(request)
      : {
          prompt:
            typeof request.prompt === "string" ? request.prompt + (continueFrom?.text ?? "") : request.prompt,
        }),
    temperature: sampling.temperature,
    top_p: sampling.topP,
    max_tokens: maxTokens,
    seed: sampling.seed,
    // Strict servers refuse an empty list.
    ...(sampling.stop.length === 0 ? {} : { stop: sampling.stop }),
    stream_options: { include_usage: true },
    // While it looks out for a stop string, vLLM holds text back, and the ids run ahead of it.
    ...(sampling.stop.length === 0 ? { return_token_ids: true } : {}),
    ...logprobsOf(request),
    ...(sampling.presencePenalty === undefined ? {} : { presence_penalty: sampling.presencePenalty }),
    ...(sampling.frequencyPenalty === undefined ? {} : { frequency_penalty: sampling.frequencyPenalty }),
    ...(sampling.topK === undefined ? {} : { top_k: sampling.topK }),
    ...(sampling.minP === undefined ? {} : { min_p: sampling.minP }),
    ...(sampling.repeatPenalty === undefined ? {} : { repetition_penalty: sampling.repeatPenalty }),
    ...(sampling.logitBias === undefined ? {} : { logit_bias: sampling.logitBias }),
    ...templateFieldsOf(request),
    ...(format === undefined ? {} : upstreamFormat(format)),
    ...(request.withoutDigits ? digitBan() : {}),
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(upstreamTool),
          ...choiceOf(toolChoice),
          ...(parallelToolCalls === undefined ? {} : { parallel_tool_calls: parallelToolCalls }),
        }),
  };
}

/** What is asked for our own sake: an answer can do without it. */
export const ownFields = ["return_token_ids", "stream_options", "seed", "top_p"] as const;

/** All of the answer that exists already: what the program wrote of it, then what the model wrote. */
export const begunText = ({ messages, continueFrom }: GenerateRequest) =>
  prefilled(messages).prefill + (continueFrom?.text ?? "");

function conversationOf(request: GenerateRequest) {
  const begun = begunText(request);
  if (begun === "") return { messages: request.messages.map(upstreamMessage) };
  const { messages } = prefilled(request.messages);
  return {
    messages: [...messages.map(upstreamMessage), { role: "assistant", content: begun }],
    continue_final_message: true,
    add_generation_prompt: false,
  };
}

/**
 * A thought cannot be handed back to it: where the user or a limit has ended one, and nothing is said yet, the model answers without.
 */
function templateFieldsOf({ templateFields, continueFrom }: GenerateRequest) {
  const mustAnswer = continueFrom?.isThoughtOver === true && continueFrom.text === "";
  const fields = mustAnswer
    ? { ...templateFields, enable_thinking: false, reasoning_effort: "low" }
    : templateFields;
  return fields === undefined ? {} : { chat_template_kwargs: fields };
}

/** /v1/completions has a number where /v1/chat/completions has a switch and a number. */
function logprobsOf({ sampling: { topLogprobs }, prompt }: GenerateRequest) {
  if (topLogprobs === null) return {};
  return prompt === undefined ? { logprobs: true, top_logprobs: topLogprobs } : { logprobs: topLogprobs };
}

/** The instructions stand before the first question's own text, for templates that know no system message. */
export function withoutSystem(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (!Array.isArray(body.messages)) return body;
  const messages: { readonly role: string; readonly content: unknown }[] = body.messages;
  const instructions = messages
    .filter(({ role }) => role === "system")
    .map(({ content }) => content)
    .join("\n\n");
  const others = messages.filter(({ role }) => role !== "system");
  const first = others.findIndex(({ role, content }) => role === "user" && typeof content === "string");
  if (first < 0) return { ...body, messages: [{ role: "user", content: instructions }, ...others] };
  const asked = others.map((message, index) =>
    index === first ? { ...message, content: `${instructions}\n\n${String(message.content)}` } : message,
  );
  return { ...body, messages: asked };
}

/** A message as OpenAI's interface has it: in its parts and their order, of which templates make what they will. */
export function upstreamMessage(message: ChatMessage) {
  const { role, content, toolCalls, toolCallId } = message;
  const parts = partsOf(message);
  return {
    role,
    content: parts.length === 1 && parts[0]?.type === "text" ? content : parts.map(upstreamPart),
    ...(toolCalls === undefined
      ? {}
      : {
          tool_calls: toolCalls.map((call) => ({
            id: call.id,
            type: "function",
            function: { name: call.name, arguments: call.arguments },
          })),
        }),
    ...(toolCallId === undefined ? {} : { tool_call_id: toolCallId }),
  };
}

function upstreamPart(part: MessagePart) {
  if (part.type === "text") return part;
  const { url, detail } = part;
  return { type: "image_url", image_url: { url, ...(detail === undefined ? {} : { detail }) } };
}

export const upstreamTool = ({ custom: _, ...tool }: Tool) => ({ type: "function", function: tool });

function upstreamFormat(format: AnswerFormat) {
  switch (format.type) {
    case "json":
      return { response_format: { type: "json_object" } };
    case "json-schema": {
      const { name, schema, strict } = format;
      return { response_format: { type: "json_schema", json_schema: { name, schema, strict } } };
    }
    case "grammar":
      return { structured_outputs: { grammar: format.grammar } };
    case "regex":
      return { structured_outputs: { regex: format.pattern } };
    case "choice":
      return { structured_outputs: { choice: format.choices } };
    default:
      return format satisfies never;
  }
}

function choiceOf(choice: ToolChoice | undefined) {
  if (choice === undefined) return {};
  return { tool_choice: typeof choice === "string" ? choice : { type: "function", function: choice } };
}
