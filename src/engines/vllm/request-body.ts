/**
 * What vLLM is asked, in the words of its interface. It knows nothing of HTTP.
 * @see https://docs.vllm.ai/en/stable/serving/openai_compatible_server.html (its extra parameters too)
 */
import type { AnswerFormat, ChatMessage, GenerateRequest, ToolChoice } from "../../chat/engine.ts";

/** The body of /v1/chat/completions, without `stream`. */
export function requestBody(
  model: string,
  request: GenerateRequest,
  maxTokens: number,
): Record<string, unknown> {
  const { messages, sampling, continueFrom, format, tools = [], toolChoice } = request;
  const continued = continueFrom !== undefined && continueFrom.text !== "";
  const asked = messages.map(upstreamMessage);
  return {
    model,
    messages: continued ? [...asked, { role: "assistant", content: continueFrom.text }] : asked,
    ...(continued ? { continue_final_message: true, add_generation_prompt: false } : {}),
    temperature: sampling.temperature,
    top_p: sampling.topP,
    max_tokens: maxTokens,
    seed: sampling.seed,
    stop: sampling.stop,
    stream_options: { include_usage: true },
    // While it looks out for a stop string, vLLM holds text back, and the ids run ahead of it.
    return_token_ids: sampling.stop.length === 0,
    ...(sampling.topLogprobs === null ? {} : { logprobs: true, top_logprobs: sampling.topLogprobs }),
    ...(format === undefined ? {} : { response_format: upstreamFormat(format) }),
    ...(tools.length === 0
      ? {}
      : { tools: tools.map((tool) => ({ type: "function", function: tool })), ...choiceOf(toolChoice) }),
  };
}

/** A message as OpenAI's interface has it. */
export function upstreamMessage({ role, content, toolCalls, toolCallId }: ChatMessage) {
  return {
    role,
    content,
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

function upstreamFormat(format: AnswerFormat) {
  if (format.type === "json") return { type: "json_object" };
  return { type: "json_schema", json_schema: { name: format.name, schema: format.schema } };
}

function choiceOf(choice: ToolChoice | undefined) {
  if (choice === undefined) return {};
  return { tool_choice: typeof choice === "string" ? choice : { type: "function", function: choice } };
}
