/**
 * A llama-server as an engine: the model's own template makes the prompt, and an answer is continued from the ids of its
 * tokens, as the llama engine continues it. It knows nothing of processes: whoever launches it says what is the matter.
 */
import type { ChatEvent } from "../../chat/chat-event.ts";
import type { ChatMessage, Engine, EngineStatus, GenerateRequest, Vocabulary } from "../../chat/engine.ts";
import { showsPictures } from "../../chat/message-parts.ts";
import { prefilled } from "../../chat/prefill.ts";
import { AppError, PromptTooLongError, UnsupportedRequestError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { LaunchStatus } from "../upstream/launch-status.ts";
import { UpstreamPresence } from "../upstream/upstream-presence.ts";
import { answerEvents, finishAtOnce } from "../vllm/answer-events.ts";
import { DoubledBeginning, RepeatedBeginning } from "../vllm/repeated-beginning.ts";
import { begunAnswer } from "./begun-answer.ts";
import { type CompletionPrompt, chatBody, completionBody, picturesIn } from "./completion-body.ts";
import { reportIn } from "./completion-chunk.ts";
import type { LlamaServerClient, ServedGguf } from "./llama-server-client.ts";
import { withThoughts } from "./thought-events.ts";

interface LlamaServerEngineOptions {
  readonly name: string;
  readonly client: LlamaServerClient;
  readonly slots: number;
  readonly launched: () => LaunchStatus;
  /** sha256 of the file that is served under this id; null: not known. */
  readonly hashOf: (model: string) => Promise<string | null>;
  /** Has another model served, by a restart; `loaded` rejects when the former one comes back. */
  readonly replace: (model: string, signal: AbortSignal) => Promise<{ readonly loaded: Promise<void> }>;
  readonly probeIntervalMs?: number;
  readonly log: Log;
}

interface Model extends ServedGguf {
  readonly hash: string | null;
}

/** What an answer begins with. */
interface Prepared {
  readonly prompt: CompletionPrompt;
  readonly promptTokens: number;
  readonly continuedTokens: number;
  /** null: no thoughts are to be told from the answer. */
  readonly isThinking: boolean | null;
}

export class LlamaServerEngine implements Engine {
  readonly name: string;
  /** Its grammars begin with the first token that is drawn, whatever stands before that. */
  readonly beginsFormsAnew = true;
  readonly #client: LlamaServerClient;
  readonly #launched: () => LaunchStatus;
  readonly replace: LlamaServerEngineOptions["replace"];
  readonly #presence: UpstreamPresence<Model>;
  /** What was counted for a prompt, so that building it and asking with it do not ask for it twice. */
  readonly #prompts = new WeakMap<
    readonly ChatMessage[],
    { readonly model: string; readonly text: string; readonly ids: readonly number[] }
  >();

  constructor(options: LlamaServerEngineOptions) {
    const { name, client, launched, hashOf, replace } = options;
    this.name = name;
    this.replace = replace;
    this.#client = client;
    this.#launched = launched;
    this.#presence = new UpstreamPresence({
      ...options,
      shownUrl: client.shownUrl,
      look: async (signal) => {
        const served = await client.model(signal);
        return { ...served, hash: await hashOf(served.id) };
      },
    });
  }

  status(): EngineStatus {
    const status = this.#presence.status();
    const { known } = this.#presence;
    const { serves } = this.#launched().details;
    return {
      ...status,
      // Known before it is loaded, so that answers of that model wait for it.
      model: typeof serves === "string" ? serves : status.model,
      modelHash: known?.hash ?? null,
      details: { ...status.details, build: known?.build ?? null, sees_pictures: known?.seesPictures ?? null },
    };
  }

  readonly vocabulary: Vocabulary = {
    tokenize: (text, { addsSpecial }, signal) => this.#client.tokens(text, { isPrompt: addsSpecial }, signal),
    detokenize: (ids, signal) => this.#client.text(ids, signal),
    promptText: (messages, tools, templateFields, signal) =>
      this.#client.templated(messages, { tools, templateFields }, signal),
    // It has an address of its own for that, which answers at once.
    between: async () => null,
  };

  async ensureReady(signal: AbortSignal): Promise<void> {
    await this.#presence.ensureReady(signal);
  }

  async countTokens(...[messages, signal, , tools = []]: Parameters<Engine["countTokens"]>): Promise<number> {
    const model = await this.#presence.served(signal);
    return (await this.#promptOf(model, { messages, tools }, signal)).ids.length;
  }

  async *generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<ChatEvent, void, void> {
    await this.ensureReady(signal);
    const model = await this.#presence.served(signal);
    if (!model.seesPictures && request.messages.some(showsPictures))
      throw new UnsupportedRequestError(
        "This model cannot see pictures. Leave them out, or ask a vLLM that serves a vision model.",
        { param: "messages" },
      );
    using _busy = this.#presence.answering();
    try {
      // Not yield*: it costs several turns for each token.
      for await (const event of this.#answer(model, callable(model, request), signal)) yield event;
    } catch (error) {
      // What goes wrong between us and a server is told in vLLM's name.
      if (error instanceof AppError) error.message = error.message.replace(/\bvLLM\b/, "llama-server");
      await this.#presence.failedWith(error);
      throw error;
    }
  }

  async *#answer(
    model: Model,
    request: GenerateRequest,
    signal: AbortSignal,
  ): AsyncGenerator<ChatEvent, void, void> {
    const isForm = request.format !== undefined;
    // A form is begun anew: the same seed draws the same words again.
    const repeated = new RepeatedBeginning(isForm ? (request.continueFrom?.text ?? "") : "");
    const { continueFrom: _, ...anew } = request;
    const asked = repeated.isOver ? request : anew;
    const prepared = await this.#prepare(model, asked, signal);
    const { prompt, promptTokens, continuedTokens, isThinking } = prepared;
    const room = (model.contextSize ?? Number.POSITIVE_INFINITY) - promptTokens - continuedTokens;
    if (promptTokens + 1 >= (model.contextSize ?? Number.POSITIVE_INFINITY))
      throw new PromptTooLongError(
        `The conversation takes ${promptTokens} tokens, but the model holds ${model.contextSize}. Start a new conversation or shorten the question.`,
        { prompt_tokens: promptTokens, context_size: model.contextSize ?? 0 },
      );
    const maxTokens = Math.min(request.sampling.maxTokens - continuedTokens, room);
    yield { type: "prompt-progress", processed: 0, total: promptTokens, cached: 0 };
    yield* this.#echo(request, signal);
    if (maxTokens <= 0) {
      yield finishAtOnce(promptTokens, continuedTokens);
      return;
    }
    const chunks = isByChat(asked)
      ? this.#client.chat(chatBody(model.id, asked, maxTokens), signal)
      : this.#client.complete(completionBody(prompt, asked, maxTokens), request.sampling.topLogprobs, signal);
    const plan = { promptTokens, continuedTokens, repeated, doubled: new DoubledBeginning("") };
    const events = answerEvents(chunks, { ...plan, check: () => {}, reportIn }, signal);
    for await (const event of withThoughts(events, isByChat(asked) ? null : isThinking)) yield event;
  }

  async #prepare(model: Model, request: GenerateRequest, signal: AbortSignal): Promise<Prepared> {
    const { text, ids } = await this.#promptOf(model, request, signal);
    const mayThink = request.prompt === undefined && request.format === undefined;
    const begun = begunAnswer(request.continueFrom, { modelHash: model.hash, asked: text, mayThink });
    const written = await Promise.all(
      begun.pieces.map((piece) =>
        piece.ids.length > 0
          ? piece.ids
          : this.#client.tokens(piece.text, { isPrompt: piece.isMark }, signal),
      ),
    );
    const pictures = picturesIn(request);
    const begunText = begun.pieces.map((piece) => piece.text).join("");
    return {
      prompt:
        pictures.length === 0
          ? [...ids, ...written.flat()]
          : { prompt_string: text + begunText, multimodal_data: pictures },
      promptTokens: ids.length,
      continuedTokens: written.flat().length,
      isThinking: mayThink ? begun.isThinking : null,
    };
  }

  /** The prompt, with the beginning of the answer that a program wrote; its text is '' where it is not needed. */
  async #promptOf(
    model: Model,
    { messages, prompt, tools = [], toolChoice, templateFields }: PromptRequest,
    signal: AbortSignal,
  ): Promise<{ readonly text: string; readonly ids: readonly number[] }> {
    if (typeof prompt === "string")
      return { text: "", ids: await this.#client.tokens(prompt, { isPrompt: true }, signal) };
    if (prompt !== undefined) return { text: "", ids: prompt };
    const offered = toolChoice === "none" ? [] : tools;
    const isPlain = offered.length === 0 && templateFields === undefined;
    const counted = isPlain ? this.#prompts.get(messages) : undefined;
    if (counted?.model === model.id) return counted;
    const asked = prefilled(messages);
    const templated = await this.#client.templated(
      asked.messages,
      { tools: offered, ...(templateFields === undefined ? {} : { templateFields }) },
      signal,
    );
    const [ids, begun] = await Promise.all([
      this.#client.tokens(templated, { isPrompt: true }, signal),
      this.#client.tokens(asked.prefill, { isPrompt: false }, signal),
    ]);
    const found = { model: model.id, text: templated + asked.prefill, ids: [...ids, ...begun] };
    if (isPlain) this.#prompts.set(messages, found);
    return found;
  }

  /** The prompt's own text, where the request wants it. An answer that is resumed has told it. */
  async *#echo(
    { prompt, echo, continueFrom, sampling }: GenerateRequest,
    signal: AbortSignal,
  ): AsyncGenerator<ChatEvent, void, void> {
    if (!echo || prompt === undefined || continueFrom) return;
    if (sampling.topLogprobs !== null)
      throw new UnsupportedRequestError(
        "llama-server tells no log-probabilities of a prompt. Leave echo or logprobs out, or use the llama engine or a vLLM.",
        { param: "echo" },
      );
    const text = typeof prompt === "string" ? prompt : await this.#client.text(prompt, signal);
    yield { type: "prompt-tokens", tokens: [{ text }] };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#presence[Symbol.asyncDispose]();
  }
}

type PromptRequest = Pick<GenerateRequest, "messages" | "prompt" | "tools" | "toolChoice" | "templateFields">;

/** Calls of tools and JSON have a form that follows from the model's template, which its chat interface knows. */
const isByChat = ({ tools = [], toolChoice, format }: GenerateRequest) =>
  (tools.length > 0 && toolChoice !== "none") || format?.type === "json" || format?.type === "json-schema";

/** The request without tools that the model's template cannot show. @throws UnsupportedRequestError where one must be called */
function callable({ callsTools }: ServedGguf, request: GenerateRequest): GenerateRequest {
  const { tools = [], toolChoice, ...rest } = request;
  if (callsTools || tools.length === 0) return request;
  if (toolChoice === "required" || typeof toolChoice === "object")
    throw new UnsupportedRequestError(
      "The template of this model knows no tools, so llama-server cannot have it call one. Use the llama engine, or another model.",
      { param: "tools" },
    );
  return rest;
}
