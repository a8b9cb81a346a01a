/**
 * vLLM as an engine: one server that is reached over HTTP, launched by us or external. It is probed in the
 * background, so that its state is known before a question finds out. It knows nothing of processes: whoever
 * launches it says what is the matter meanwhile.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { ChatEvent, Usage } from "../../chat/chat-event.ts";
import type {
  ChatMessage,
  Engine,
  EngineState,
  EngineStatus,
  GenerateRequest,
  Tool,
} from "../../chat/engine.ts";
import { AppError, EngineFailedError, EngineUnavailableError, PromptTooLongError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { estimatedTextTokens, estimatedTokens } from "./estimated-tokens.ts";
import { continuedInIds, promptEcho } from "./plain-prompt.ts";
import { DoubledBeginning, RepeatedBeginning } from "./repeated-beginning.ts";
import { begunText, requestBody, withoutSystem } from "./request-body.ts";
import { Stopwatch } from "./stopwatch.ts";
import { ToolCallPieces } from "./tool-call-pieces.ts";
import { finishReasonOf, TextEvents, type UpstreamChunk, type UpstreamUsage } from "./upstream-chunk.ts";
import { refusedField, refusesSystem } from "./upstream-refusals.ts";
import type { ServedModel, VllmClient } from "./vllm-client.ts";
import { checkFormat, checkWithoutDigits } from "./without-digits.ts";

/** What the launcher knows of the process; `state` "ready" means that it may be asked. */
export interface LaunchStatus {
  readonly state: EngineState;
  /** Milliseconds since 1970: when this state began. */
  readonly since: number;
  readonly problem: string | null;
  /** 0 to 1 while it loads. */
  readonly progress: number | null;
  readonly phase: string | null;
  /** Milliseconds since 1970: when it is started again after a crash. */
  readonly retryAt: number | null;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

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

/** A server that has just broken off an answer and does not reply for this long, in milliseconds, counts as gone. */
const lookDeadlineMs = 2_000;

export class VllmEngine implements Engine {
  readonly name: string;
  readonly #options: VllmEngineOptions;
  readonly #client: VllmClient;
  readonly #closing = new AbortController();
  readonly #probing: Promise<void>;
  #served: ServedModel | null = null;
  /** The launch whose model that is: after a restart it may be another one. */
  #servedBy: number | null = null;
  #problem: string | null = null;
  /** When it was last found to be there, or not. */
  #since = Date.now();
  #busy = 0;
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
    this.#probing = this.#probe();
  }

  status(): EngineStatus {
    const launched = this.#options.launched?.() ?? null;
    return {
      engine: this.name,
      state: this.#state(launched),
      since: launched?.since ?? this.#since,
      model: this.#served?.id ?? null,
      modelHash: null,
      problem: launched?.problem ?? this.#problem,
      progress: launched?.progress ?? null,
      phase: launched?.phase ?? null,
      retryAt: launched?.retryAt ?? null,
      slots: this.#options.slots,
      busySlots: this.#busy,
      contextSize: this.#served?.contextSize ?? null,
      details: { url: this.#client.shownUrl, launched: launched !== null, ...launched?.details },
    };
  }

  async ensureReady(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      if (this.status().state === "ready") return;
      const launched = this.#options.launched?.() ?? null;
      if (launched === null || launched.state === "ready") await this.#look(signal);
      if (this.status().state === "ready") return;
      // A launched one may load for minutes; an external one is reachable or is not.
      if (this.status().state !== "starting" || launched === null) throw this.#unavailable();
      await delay(100, undefined, { signal }).catch((cause: unknown) => {
        signal.throwIfAborted();
        throw cause;
      });
    }
  }

  async countTokens(messages: readonly ChatMessage[], signal: AbortSignal): Promise<number> {
    return await this.#count(messages, [], signal);
  }

  /** @param tools in the prompt */
  async #count(
    messages: readonly ChatMessage[],
    tools: readonly Tool[],
    signal: AbortSignal,
  ): Promise<number> {
    const { id } = await this.#model(signal);
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
    const { id, contextSize, isVllm } = await this.#model(signal);
    checkFormat(request, isVllm);
    const promptTokens = await this.#promptTokens(id, request, signal);
    if (contextSize !== null && promptTokens + 1 >= contextSize)
      throw new PromptTooLongError(
        `The conversation takes ${promptTokens} tokens, but the model holds ${contextSize}. Start a new conversation or shorten the question.`,
        { prompt_tokens: promptTokens, context_size: contextSize },
      );
    this.#busy += 1;
    try {
      const repeated = new RepeatedBeginning(
        request.format === undefined ? "" : (request.continueFrom?.text ?? ""),
      );
      const { continueFrom: _, ...anew } = request;
      const asked = repeated.isOver ? request : anew;
      const continuedTokens = await this.#continuedTokens(id, asked, signal);
      const room =
        contextSize === null ? Number.POSITIVE_INFINITY : contextSize - promptTokens - continuedTokens;
      const maxTokens = Math.min(request.sampling.maxTokens - continuedTokens, room);
      yield { type: "prompt-progress", processed: 0, total: promptTokens, cached: 0 };
      yield* promptEcho(this.#client, id, request, signal);
      if (maxTokens <= 0) {
        yield finishEvent(
          "length",
          { promptTokens, cachedTokens: 0, completionTokens: continuedTokens },
          new Stopwatch(),
        );
        return;
      }
      const inIds = await continuedInIds(this.#client, id, asked, signal);
      yield* this.#stream(id, inIds, { maxTokens, promptTokens, continuedTokens, repeated }, signal);
    } catch (error) {
      this.#nameServer(error);
      if (error instanceof EngineUnavailableError) this.#lose(error);
      else if (error instanceof EngineFailedError) await this.#lookAfterFailure();
      throw error;
    } finally {
      this.#busy -= 1;
    }
  }

  /** The prompt tokens, without the text that the answer continues. */
  async #promptTokens(model: string, { messages, prompt, tools = [] }: GenerateRequest, signal: AbortSignal) {
    if (prompt === undefined) return await this.#count(messages, tools, signal);
    if (typeof prompt !== "string") return prompt.length;
    return await this.#countText(model, prompt, signal);
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

  async *#stream(
    model: string,
    request: GenerateRequest,
    { maxTokens, promptTokens, continuedTokens, repeated }: StreamPlan,
    signal: AbortSignal,
  ): AsyncGenerator<ChatEvent, void, void> {
    const watch = new Stopwatch();
    const texts = new TextEvents();
    const toolCalls = new ToolCallPieces();
    let reason: string | null = null;
    let usage: UpstreamUsage | null = null;
    let written = 0;
    const doubled = new DoubledBeginning(
      // A vLLM continues; of others some begin anew.
      this.#served?.isVllm === true || request.prompt !== undefined ? "" : begunText(request),
    );
    for await (const chunk of this.#chunks(pathOf(request), requestBody(model, request, maxTokens), signal)) {
      for (const event of texts.of(chunk)) {
        // Not every server reports the ids; without them each piece counts as one token.
        const tokens = Math.max(1, event.ids.length);
        watch.count(tokens);
        written += tokens;
        const fresh = event.type === "token" ? repeated.newOf(event) : repeated.isOver ? event : null;
        if (fresh?.type === "token") checkWithoutDigits(request, fresh.text);
        if (fresh?.type === "token") yield* doubled.newOf(fresh);
        else if (fresh !== null) yield fresh;
      }
      yield* toolCalls.take(chunk);
      reason = reasonIn(chunk) ?? reason;
      usage = chunk.usage ?? usage;
    }
    signal.throwIfAborted();
    // It ended the stream, but without a reason: some gateways do.
    if (reason === null && written > 0) reason = toolCalls.isEmpty ? "stop" : "tool_calls";
    if (reason === null) throw new EngineFailedError("vLLM ended the answer without saying why. Try again.");
    yield* doubled.end();
    repeated.end();
    yield* toolCalls.events();
    yield finishEvent(
      reason,
      {
        // The server knows best; but its count includes the text that it continued.
        promptTokens: continuedTokens > 0 ? promptTokens : (usage?.prompt_tokens ?? promptTokens),
        cachedTokens: usage?.prompt_tokens_details?.cached_tokens ?? 0,
        completionTokens: continuedTokens + (usage?.completion_tokens ?? written),
      },
      watch,
    );
  }

  /** Fields that this server refused, though nobody asked for them. */
  readonly #refusedFields = new Set<string>();
  /** Some templates know no system message. */
  #hasNoSystem = false;

  /** The chunks of an answer, asked without the fields that this server does not know. */
  async *#chunks(
    path: "/v1/chat/completions" | "/v1/completions",
    body: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): AsyncGenerator<UpstreamChunk, void, void> {
    for (;;) {
      const known = Object.fromEntries(
        Object.entries(body).filter(([name]) => !this.#refusedFields.has(name)),
      );
      const asked = this.#hasNoSystem ? withoutSystem(known) : known;
      let hasBegun = false;
      try {
        for await (const chunk of this.#client.stream(path, asked, signal)) {
          hasBegun = true;
          yield chunk;
        }
        return;
      } catch (error) {
        const refused = hasBegun ? undefined : refusedField(error, asked);
        if (!hasBegun && refused === undefined && !this.#hasNoSystem && refusesSystem(error, asked)) {
          this.#hasNoSystem = true;
          continue;
        }
        if (refused === undefined) throw error;
        this.#refusedFields.add(refused);
        this.#options.log.info("field-left-out", { engine: this.name, field: refused });
      }
    }
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

  #state(launched: LaunchStatus | null): EngineState {
    if (launched !== null && launched.state !== "ready") return launched.state;
    const isKnown = this.#served !== null && this.#servedBy === (launched?.since ?? null);
    if (isKnown && this.#problem === null) return "ready";
    // Its launcher has not noticed yet that it is gone, and will restart it.
    return this.#problem === null || launched !== null ? "starting" : "failed";
  }

  async #model(signal: AbortSignal): Promise<ServedModel> {
    if (this.#served === null) await this.ensureReady(signal);
    if (this.#served === null) throw this.#unavailable();
    return this.#served;
  }

  /** Asks once how it is. It never throws but on abort. */
  async #look(signal: AbortSignal): Promise<void> {
    try {
      const launch = this.#options.launched?.().since ?? null;
      const served = await this.#client.model(signal);
      if (this.#served === null || this.#problem !== null) this.#since = Date.now();
      this.#served = served;
      this.#servedBy = launch;
      if (this.#problem !== null) this.#options.log.info("engine-readmitted", { engine: this.name });
      this.#problem = null;
    } catch (error) {
      signal.throwIfAborted();
      this.#lose(error);
    }
  }

  /** A broken connection may be the end of the server: the next caller must not find that out again. */
  async #lookAfterFailure(): Promise<void> {
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(lookDeadlineMs)]);
    await this.#look(signal).catch((error: unknown) => this.#lose(error));
  }

  #lose(error: unknown): void {
    // All users get the problem, but only admins the address: it is in the details, and in the log.
    const problem = error instanceof AppError ? error.message : String(error);
    if (this.#problem === null) {
      this.#since = Date.now();
      const url = this.#client.shownUrl;
      this.#options.log.warn("engine-ejected", { engine: this.name, url, problem, error });
    }
    this.#problem = problem;
  }

  /** Other servers speak the interface, too: their failures are not told as vLLM's. */
  #nameServer(error: unknown): void {
    if (error instanceof AppError && this.#served?.isVllm === false)
      error.message = error.message.replace(/^vLLM\b/, "The model server");
  }

  #unavailable(): EngineUnavailableError {
    return new EngineUnavailableError(this.status().problem ?? "vLLM is not ready.", { engine: this.name });
  }

  /** Looks again and again, so that a server that is gone is ejected, and one that came back is readmitted. */
  async #probe(): Promise<void> {
    const { signal } = this.#closing;
    const interval = this.#options.probeIntervalMs ?? 2_000;
    while (!signal.aborted) {
      const launched = this.#options.launched?.() ?? null;
      if (launched === null || launched.state === "ready") await this.#look(signal).catch(() => {});
      // One that has just come up is waited for.
      const pause = this.status().state === "starting" ? Math.min(interval, 200) : interval;
      await delay(pause, undefined, { signal }).catch(() => {});
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#probing;
  }
}

interface StreamPlan {
  readonly maxTokens: number;
  readonly promptTokens: number;
  /** Of the text that it continues. */
  readonly continuedTokens: number;
  /** What it writes once more. */
  readonly repeated: RepeatedBeginning;
}

const pathOf = ({ prompt }: GenerateRequest) =>
  prompt === undefined ? "/v1/chat/completions" : "/v1/completions";

const reasonIn = (chunk: UpstreamChunk) => chunk.choices[0]?.finish_reason || null;

function finishEvent(reason: string, usage: Usage, watch: Stopwatch): ChatEvent {
  return { type: "finish", reason: finishReasonOf(reason), usage, timings: watch.timings(usage) };
}
