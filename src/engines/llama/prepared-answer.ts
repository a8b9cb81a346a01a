/**
 * What an answer begins with: the tokens that are read, and the grammars that hold it. It knows nothing of sequences or of
 * sampling.
 */
import type { ChatMessage, GenerateRequest, Tool } from "../../chat/engine.ts";
import { showsPictures } from "../../chat/message-parts.ts";
import { prefilled } from "../../chat/prefill.ts";
import { UnsupportedRequestError } from "../../errors.ts";
import { checksOf } from "./answer-checks.ts";
import { grammarOfCalls, grammarOfFormat, grammarOfFormatOrCalls } from "./answer-grammar.ts";
import { closingOf, continuedTokens, opensThought } from "./continued-tokens.ts";
import { digitTokens } from "./digit-tokens.ts";
import type { LlamaRuntime } from "./llama-runtime.ts";
import { PromptEcho } from "./prompt-echo.ts";
import { promptTooLong } from "./prompt-length.ts";
import type { SequenceRunOptions } from "./sequence-run.ts";

type Prepared = Pick<
  SequenceRunOptions,
  "prompt" | "askedTokens" | "continued" | "isThinking" | "grammar" | "calls" | "checks" | "banned" | "echo"
>;

/**
 * @param modelHash of the model's file
 * @throws UnsupportedRequestError for pictures, for a bias on a token that does not exist, and for a schema that no grammar
 * can hold; PromptTooLongError
 */
export async function preparedAnswer(
  runtime: LlamaRuntime,
  request: GenerateRequest,
  modelHash: string | null,
): Promise<Prepared> {
  const constraint = await constrained(runtime, request, modelHash);
  const prepared = { ...constraint, ...echoOf(runtime, request, constraint.continued) };
  return request.withoutDigits ? { ...prepared, banned: await digitTokens(runtime.model) } : prepared;
}

/** An answer that is resumed has told its prompt. */
function echoOf(
  runtime: LlamaRuntime,
  { prompt, echo, sampling }: GenerateRequest,
  continued: readonly number[],
): Pick<Prepared, "echo"> {
  if (!echo || prompt === undefined || continued.length > 0) return {};
  const asked = runtime.rawTokens(prompt);
  const { bos, bosString } = runtime.model.tokens;
  const isMarked = typeof prompt === "string" && asked[0] === bos && !prompt.startsWith(bosString ?? "\0");
  return { echo: new PromptEcho({ runtime, asked, isMarked, topLogprobs: sampling.topLogprobs }) };
}

async function constrained(
  runtime: LlamaRuntime,
  request: GenerateRequest,
  modelHash: string | null,
): Promise<Prepared> {
  const { messages, tools = [], toolChoice, parallelToolCalls = true, format } = request;
  if (messages.some(showsPictures))
    throw new UnsupportedRequestError(
      "This model cannot see pictures. Leave them out, or ask a vLLM that serves a vision model.",
      { param: "messages" },
    );
  runtime.checkBias(request.sampling.logitBias);
  const offered = toolChoice === "none" ? [] : tools;
  const opened = toolChoice === "required" || typeof toolChoice === "object";
  const prompted =
    request.prompt === undefined
      ? conversationTokens(runtime, messages, offered, request.templateFields)
      : runtime.rawTokens(request.prompt);
  // A grammar begins with the first token of the answer, so a thought that the template has opened is closed before it.
  const isHeld = format !== undefined || (offered.length > 0 && opened);
  const asked =
    isHeld && request.prompt === undefined && opensThought(runtime, prompted)
      ? [...prompted, ...closingOf(runtime)]
      : prompted;
  const askedTokens = asked.length;
  // Before anything is made of its tools: their schemas are a part of it, so that they are short, too.
  if (askedTokens + 1 >= runtime.contextSize) throw promptTooLong(askedTokens, runtime.contextSize);
  const { continued, isThinking } = continuedTokens(runtime, request, { modelHash, asked });
  const begun = { askedTokens, continued, isThinking, checks: checksOf(format, offered) };
  const { calls: form } = runtime.form;
  const calling = { form, tools: offered, choice: toolChoice, parallel: parallelToolCalls };
  if (offered.length > 0 && format !== undefined && !opened) {
    const constraint = await grammarOfFormatOrCalls(runtime.llama, format, calling);
    const grammar = runtime.follow(constraint);
    return { ...begun, prompt: asked, grammar, calls: { grammar, opened: false, form, tools: offered } };
  }
  // Where a tool has to be called, nothing is said that could have a form.
  if (offered.length > 0) {
    const grammar = await grammarOfCalls(runtime.llama, calling);
    const opening = opened ? runtime.formTokens(form.opening) : [];
    return {
      ...begun,
      prompt: [...asked, ...continued, ...opening],
      grammar: null,
      calls: { grammar: runtime.follow(grammar), opened, form, tools: offered },
    };
  }
  if (format === undefined) return { ...begun, prompt: [...asked, ...continued], grammar: null, calls: null };
  const grammar = runtime.follow(await grammarOfFormat(runtime.llama, format));
  return { ...begun, prompt: asked, grammar, calls: null };
}

/** The prompt, with the beginning of the answer in the assistant's turn. */
function conversationTokens(
  runtime: LlamaRuntime,
  messages: readonly ChatMessage[],
  tools: readonly Tool[],
  templateFields: GenerateRequest["templateFields"],
): readonly number[] {
  const asked = prefilled(messages);
  const tokens = runtime.promptTokens(asked.messages, tools, templateFields);
  return asked.prefill === "" ? tokens : [...tokens, ...runtime.textTokens(asked.prefill)];
}
