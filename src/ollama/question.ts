/** How a request of /api/chat or /api/generate becomes a question. */
import type { ApiRequest } from "../chat/api-request.ts";
import type { ChatMessage } from "../chat/engine.ts";
import { IgnoredFields } from "../dialects/ignored-fields.ts";
import { refuseEndless } from "../dialects/prompt-size.ts";
import { samplingOf, tokenLimitOf } from "../dialects/sampling.ts";
import { schemaForm } from "../dialects/schema-form.ts";
import { onlyBlankQuestion } from "../dialects/sent-messages.ts";
import type { Question } from "../generations/question.ts";
import { BadFieldError } from "../http/openai-error.ts";
import { messagesFrom, toolsFrom, withImages } from "./messages.ts";
import { plainName } from "./model-name.ts";
import { type ChatRequest, type GenerateRequest, Options } from "./shapes.ts";

/** Ollama's own, where a request does not say otherwise. */
const usual = { temperature: 0.8, top_k: 40, top_p: 0.9 };

type Common = Pick<
  ChatRequest,
  "model" | "options" | "format" | "think" | "logprobs" | "top_logprobs" | "keep_alive"
>;

/** @throws BadFieldError */
export function questionFromChat(request: ChatRequest, ignored: IgnoredFields): Question {
  const messages = messagesFrom(request.messages ?? []);
  if (onlyBlankQuestion(messages) !== null)
    throw new BadFieldError("messages", "must hold a text of the user that is not empty.");
  const tools = toolsFrom(request.tools ?? [], ignored);
  return questionOf(request, { messages, ...(tools.length === 0 ? {} : { tools }) }, ignored);
}

/**
 * @param before what was said in an earlier reply
 * @throws BadFieldError
 */
export function questionFromGenerate(
  request: GenerateRequest,
  before: readonly ChatMessage[],
  ignored: IgnoredFields,
): Question {
  const { prompt, suffix, system, images, raw } = request;
  if (suffix) throw new BadFieldError("suffix", "cannot be used: the models here write forwards only.");
  const text = prompt ?? "";
  if (raw === true) return questionOf(request, { messages: [], prompt: text }, ignored);
  const messages: ChatMessage[] = [
    ...(system ? [{ role: "system" as const, content: system }] : []),
    ...before.filter(({ role }) => role !== "system" || !system),
    { role: "user", ...withImages(text, images ?? [], "images") },
  ];
  return questionOf(request, { messages }, ignored);
}

function questionOf(request: Common, asked: ApiRequest, ignored: IgnoredFields): Question {
  refuseEndless(asked.messages);
  const { model, options, logprobs, top_logprobs: top } = request;
  if (request.keep_alive != null) ignored.note("keep_alive");
  noteOptions(options ?? {}, ignored);
  const last = asked.messages.findLast(({ role }) => role === "user") ?? asked.messages.at(-1);
  return {
    message: asked.prompt === undefined ? (last?.content ?? "") : String(asked.prompt),
    model: plainName(model),
    memoryContext: 0,
    sampling: samplingOf(
      { ...usual, ...withoutNulls(options ?? {}) },
      {
        maxTokens: tokenLimitOf(options?.num_predict),
        topLogprobs: logprobs === true || (top ?? 0) > 0 ? (top ?? 0) : null,
      },
    ),
    request: { ...asked, ...formOf(request), ...thinkingOf(request) },
    isKept: false,
  };
}

function noteOptions(options: Options, ignored: IgnoredFields): void {
  for (const field of new IgnoredFields(options, Options).named) ignored.note(`options.${field}`);
  // How much a model holds is decided when it is loaded.
  if (options.num_ctx != null) ignored.note("options.num_ctx");
}

const withoutNulls = (options: Options) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));

function formOf({ format }: Common): Pick<ApiRequest, "format"> {
  if (format == null || format === "") return {};
  if (format === "json") return { format: { type: "json" } };
  if (typeof format === "string") throw new BadFieldError("format", 'must be "json" or a JSON schema.');
  return { format: schemaForm(format, "format") };
}

/** As templates ask for it. */
function thinkingOf({ think }: Common): Pick<ApiRequest, "templateFields"> {
  if (think == null || think === "") return {};
  if (typeof think === "boolean") return { templateFields: { enable_thinking: think } };
  if (!["low", "medium", "high", "max"].includes(think))
    throw new BadFieldError("think", "must be true, false, low, medium or high.");
  return { templateFields: { enable_thinking: true, reasoning_effort: think } };
}
