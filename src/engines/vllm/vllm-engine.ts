/**
 * vLLM as an engine, or another OpenAI-compatible server: launched by us or external. What it is asked, and how its answer
 * is read.
 */
import type { ChatEvent } from "../../chat/chat-event.ts";
import type { ChatMessage, Engine, EngineStatus, GenerateRequest, Tool } from "../../chat/engine.ts";
import { AppError, EngineFailedError, PromptTooLongError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { LaunchStatus } from "../upstream/launch-status.ts";
import { UpstreamPresence } from "../upstream/upstream-presence.ts";
import { answerEvents, finishAtOnce } from "./answer-events.ts";
import { estimatedTextTokens, estimatedTokens, mostTokens } from "./estimated-tokens.ts";
import { continuedInIds, promptEcho } from "./plain-prompt.ts";
import { DoubledBeginning, RepeatedBeginning } from "./repeated-beginning.ts";
import { begunText, requestBody, withoutSystem } from "./request-body.ts";
import type { UpstreamChunk } from "./upstream-chunk.ts";
import { refusedField, refusesSystem } from "./upstream-refusals.ts";
import type { ServedModel, VllmClient } from "./vllm-client.ts";
import { checkFormat, checkWithoutDigits } from "./without-digits.ts";

interface VllmEngineOptions {
  /** Unique in the pool: vllm, or vllm-1, vllm-2 for replicas. */
  readonly name: string;
  readonly client: VllmClient;
  /** How many answers are asked of it at once; it batches them itself. */
  readonly slots: number;
  /** null: an external one. */
  readonly launched: (() => LaunchStatus) | null;
  readonly probeIntervalMs?: number;
  readonly log: Log;
}

export class VllmEngine implements Engine {
  readonly name: string;
  readonly #options: VllmEngineOptions;
  readonly #client: VllmClient;
  readonly #presence: UpstreamPresence<ServedModel>;
  /** Not every OpenAI-compatible server has /tokenize. */
  #counts = true;
  /** What was counted for a prompt, so that building it and asking with it do not count it twice. */
  readonly #counted = new WeakMap<
    readonly ChatMessage[],
    { readonly model: string; readonly tokens: number }
  >();

  constructor(options: VllmEngineOptions) {
    this.name = options.name;
    this.#options = options;
    this.#client = options.client;
    const { client } = options;
    this.#presence = new UpstreamPresence({
      ...options,
      shownUrl: client.shownUrl,
      look: (signal) => client.model(signal),
    });
  }

  status(): EngineStatus {
    return this.#presence.status();
  }

  async ensureReady(signal: AbortSignal): Promise<void> {
    await this.#presence.ensureReady(signal);
  }

  async countTokens(
    ...[messages, signal, room = null, tools = []]: Parameters<Engine["countTokens"]>
  ): Promise<number> {
    return await this.#count(messages, tools, room, signal);
  }

  /**
   * A request upstream costs more than all else that a short answer needs: what surely fits is not counted.
   * @param tools in the prompt
   * @param room @see countTokens
   */
  async #count(
    messages: readonly ChatMessage[],
    tools: readonly Tool[],
    room: number | null,
    signal: AbortSignal,
  ): Promise<number> {
    const most = room === null ? null : mostTokens(messages, tools);
    if (room !== null && most !== null && most <= room) return estimatedTokens(messages, tools);
    const { id } = await this.#presence.served(signal);
    const counted = tools.length === 0 ? this.#counted.get(messages) : undefined;
    if (counted?.model === id) return counted.tokens;
    if (this.#counts) {
      try {
        const tokens = await this.#client.countTokens(id, messages, tools, signal);
        if (tools.length === 0) this.#counted.set(messages, { model: id, tokens });
        return tokens;
      } catch (error) {
        this.#estimateAfter(error);
      }
    }
    return estimatedTokens(messages, tools);
  }

  async *generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<ChatEvent, void, void> {
    await this.ensureReady(signal);
    const served = await this.#presence.served(signal);
    const { id, contextSize, isVllm } = served;
    checkFormat(request, isVllm);
    const promptTokens = await this.#promptTokens(served, request, signal);
    if (contextSize !== null && promptTokens + 1 >= contextSize)
      throw new PromptTooLongError(
        `The conversation takes ${promptTokens} tokens, but the model holds ${contextSize}. Start a new conversation or shorten the question.`,
        { prompt_tokens: promptTokens, context_size: contextSize },
      );
    using _busy = this.#presence.answering();
    try {
      const { asked, repeated, continuedTokens } = await this.#begun(id, request, signal);
      const room = contextSize === null ? Number.POSITIVE_INFINITY : contextSize - promptTokens;
      const maxTokens = Math.min(request.sampling.maxTokens, room) - continuedTokens;
      yield { type: "prompt-progress", processed: 0, total: promptTokens, cached: 0 };
      yield* promptEcho(this.#client, id, request, signal);
      if (maxTokens <= 0) {
        yield finishAtOnce(promptTokens, continuedTokens);
        return;
      }
      const inIds = await continuedInIds(this.#client, id, asked, signal);
      const doubled = new DoubledBeginning(
        // A vLLM continues; of others some begin anew.
        this.#presence.known?.isVllm === true || inIds.prompt !== undefined ? "" : begunText(inIds),
      );
      const chunks = this.#chunks(pathOf(inIds), requestBody(id, inIds, maxTokens), signal);
      const check = (text: string) => checkWithoutDigits(inIds, text);
      const plan = { promptTokens, continuedTokens, repeated, doubled, check };
      // Not yield*: it costs several turns for each token.
      for await (const event of answerEvents(chunks, plan, signal)) yield event;
    } catch (error) {
      this.#name(error);
      await this.#presence.failedWith(error);
      throw error;
    }
  }

  /** Other servers speak the interface, too: their failures are not told as vLLM's. */
  #name(error: unknown): void {
    if (error instanceof AppError && this.#presence.known?.isVllm === false)
      error.message = error.message.replace(/^vLLM\b/, "The model server");
  }

  /** What is asked, and what of the answer is there. */
  async #begun(model: string, request: GenerateRequest, signal: AbortSignal) {
    const isForm = request.format !== undefined;
    const repeated = new RepeatedBeginning(isForm ? (request.continueFrom?.text ?? "") : "");
    const { continueFrom: _, ...anew } = request;
    const asked: GenerateRequest = repeated.isOver ? request : anew;
    return { asked, repeated, continuedTokens: await this.#continuedTokens(model, asked, signal) };
  }

  /** The prompt tokens, without the text that the answer continues: then they have to be known, since usage has them together. */
  async #promptTokens(
    { id, contextSize }: ServedModel,
    { messages, prompt, tools = [], sampling, continueFrom }: GenerateRequest,
    signal: AbortSignal,
  ): Promise<number> {
    if (typeof prompt === "string") return await this.#countText(id, prompt, signal);
    if (prompt !== undefined) return prompt.length;
    const room =
      contextSize === null || continueFrom !== undefined ? null : contextSize - sampling.maxTokens - 2;
    return await this.#count(messages, tools, room, signal);
  }

  async #countText(model: string, text: string, signal: AbortSignal): Promise<number> {
    try {
      if (this.#counts) return await this.#client.countText(model, text, signal);
    } catch (error) {
      this.#estimateAfter(error);
    }
    return estimatedTextTokens(text);
  }

  /** @throws what is no refusal to count */
  #estimateAfter(error: unknown): void {
    if (!(error instanceof EngineFailedError)) throw error;
    this.#counts = false;
    this.#options.log.warn("tokens-are-estimated", { engine: this.name });
  }

  /** Fields that this server refused, though nobody asked for them. */
  readonly #refusedFields = new Set<string>();
  /** Some templates know no system message. */
  #hasNoSystem = false;

  /** The chunks of an answer, asked without the fields that this server does not know. */
  #chunks(
    path: "/v1/chat/completions" | "/v1/completions",
    body: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): AsyncIterable<UpstreamChunk> {
    let chunks: AsyncGenerator<UpstreamChunk, void, void> | null = null;
    const begin = async (): Promise<IteratorResult<UpstreamChunk, void>> => {
      for (;;) {
        const known = Object.fromEntries(
          Object.entries(body).filter(([name]) => !this.#refusedFields.has(name)),
        );
        const asked = this.#hasNoSystem ? withoutSystem(known) : known;
        chunks = this.#client.stream(path, asked, signal);
        try {
          return await chunks.next();
        } catch (error) {
          if (!this.#isMendable(error, asked)) throw error;
        }
      }
    };
    // Once it has begun each chunk is the stream's own: nothing stands between.
    const next = () => chunks?.next() ?? begin();
    const end = async (): Promise<IteratorResult<UpstreamChunk, void>> =>
      (await chunks?.return()) ?? { done: true, value: undefined };
    return { [Symbol.asyncIterator]: () => ({ next, return: end }) };
  }

  /** Notes what a server has refused. @returns whether the question can be asked without it */
  #isMendable(error: unknown, asked: Readonly<Record<string, unknown>>): boolean {
    const refused = refusedField(error, asked);
    if (refused !== undefined) {
      this.#refusedFields.add(refused);
      this.#options.log.info("field-left-out", { engine: this.name, field: refused });
      return true;
    }
    if (this.#hasNoSystem || !refusesSystem(error, asked)) return false;
    this.#hasNoSystem = true;
    return true;
  }

  /** How long the text is that the answer goes on from, in this model's tokens. */
  async #continuedTokens(
    model: string,
    { continueFrom }: GenerateRequest,
    signal: AbortSignal,
  ): Promise<number> {
    if (!continueFrom || continueFrom.text === "") return 0;
    return await this.#countText(model, continueFrom.text, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#presence[Symbol.asyncDispose]();
  }
}

const pathOf = ({ prompt }: GenerateRequest) =>
  prompt === undefined ? "/v1/chat/completions" : "/v1/completions";
