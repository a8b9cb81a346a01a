/**
 * The requests to llama-server, in the form of its interface. It knows nothing of HTTP.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md
 */
import type { GenerateRequest, Sampling } from "../../chat/engine.ts";
import { partsOf } from "../../chat/message-parts.ts";
import { grammarText } from "../llama/plain-form.ts";
import { requestBody } from "../vllm/request-body.ts";
import { withoutDigitsPattern } from "../vllm/without-digits.ts";

/** Ids of tokens; or a text in which a mark stands for each picture, with the pictures in base64. */
export type CompletionPrompt =
  | readonly number[]
  | { readonly prompt_string: string; readonly multimodal_data: readonly string[] };

/** As the llama engine draws, unless a request says otherwise. */
const usualTopK = 40;

/**
 * The body of /completion, without `stream`.
 * @throws UnsupportedRequestError for a regular expression that no grammar can express
 */
export function completionBody(
  prompt: CompletionPrompt,
  request: GenerateRequest,
  maxTokens: number,
): Record<string, unknown> {
  const { sampling, format, withoutDigits } = request;
  return {
    prompt,
    n_predict: maxTokens,
    temperature: sampling.temperature,
    top_p: sampling.topP,
    seed: sampling.seed,
    stop: sampling.stop,
    ...(sampling.topLogprobs === null ? {} : { n_probs: Math.max(1, sampling.topLogprobs) }),
    ...ownSampling(sampling),
    ...(sampling.logitBias === undefined
      ? {}
      : { logit_bias: Object.entries(sampling.logitBias).map(([id, bias]) => [Number(id), bias]) }),
    return_tokens: true,
    ...always,
    ...(format === undefined || format.type === "json" || format.type === "json-schema"
      ? {}
      : { grammar: grammarText(format) }),
    ...(withoutDigits ? { grammar: `root ::= ${withoutDigitsPattern()}` } : {}),
  };
}

/**
 * The body of /v1/chat/completions, without `stream`: for calls of tools and for JSON, in the form that the model's template
 * knows. It tells no ids of tokens.
 */
export function chatBody(
  model: string,
  request: GenerateRequest,
  maxTokens: number,
): Record<string, unknown> {
  const { toolChoice, tools = [] } = request;
  // It knows no choice of one tool: that one alone is offered then, and must be called.
  const chosen =
    typeof toolChoice === "object"
      ? { tools: tools.filter(({ name }) => name === toolChoice.name), toolChoice: "required" as const }
      : {};
  const {
    return_token_ids: _,
    repetition_penalty: __,
    ...body
  } = requestBody(model, { ...request, ...chosen }, maxTokens);
  return {
    ...body,
    ...ownSampling(request.sampling),
    ...always,
    ...(tools.length > 0 ? { parallel_tool_calls: request.parallelToolCalls ?? true } : {}),
  };
}

const always = { cache_prompt: true, return_progress: true };

function ownSampling(sampling: Sampling) {
  const { topK, minP, repeatPenalty, presencePenalty, frequencyPenalty } = sampling;
  const hasPenalty = [repeatPenalty, presencePenalty, frequencyPenalty].some((given) => given !== undefined);
  return {
    top_k: topK ?? usualTopK,
    min_p: minP ?? 0,
    // Of all tokens, not of the last 64.
    ...(hasPenalty ? { repeat_last_n: -1 } : {}),
    ...(repeatPenalty === undefined ? {} : { repeat_penalty: repeatPenalty }),
    ...(presencePenalty === undefined ? {} : { presence_penalty: presencePenalty }),
    ...(frequencyPenalty === undefined ? {} : { frequency_penalty: frequencyPenalty }),
  };
}

/** The pictures of a conversation in base64, in their order. */
export const picturesIn = ({ messages }: Pick<GenerateRequest, "messages">): readonly string[] =>
  messages
    .flatMap(partsOf)
    .flatMap((part) => (part.type === "image" ? [part.url.slice(part.url.indexOf(",") + 1)] : []));
