/**
 * One answer on one sequence: reads the prompt in chunks, then draws a token a step, and puts events on a
 * queue. The step loop calls it; it never rejects.
 */
import type { ChatEvent, FinishReason } from "../../chat/chat-event.ts";
import type { GenerateRequest } from "../../chat/engine.ts";
import { EngineFailedError } from "../../errors.ts";
import type { EventQueue } from "../event-queue.ts";
import { type Piece, StopStrings } from "../stop-strings.ts";
import type { LlamaRuntime, ModelSequence, SampledToken } from "./llama-runtime.ts";
import { seedAt } from "./sampling-seed.ts";
import type { Lane } from "./step-loop.ts";
import { TokenText } from "./token-text.ts";

interface Carried {
  readonly ids: readonly number[];
  readonly sampled: SampledToken;
}

export interface AnswerLaneOptions {
  readonly runtime: LlamaRuntime;
  readonly sequence: ModelSequence;
  readonly request: GenerateRequest;
  /** The prompt's tokens, those of the continued text included. */
  readonly prompt: readonly number[];
  /** How many of them are the continued answer's own. */
  readonly continuedTokens: number;
  /** How many of the prompt's first tokens are in the sequence's cache. */
  readonly cachedTokens: number;
  readonly stopStrings: readonly string[];
  readonly events: EventQueue<ChatEvent>;
  readonly signal: AbortSignal;
  /** Called once, when the lane leaves its sequence. */
  readonly onLeave: () => void;
}

export class AnswerLane implements Lane {
  readonly #options: AnswerLaneOptions;
  readonly #text: TokenText;
  readonly #stops: StopStrings<Carried>;
  readonly #startedAt = performance.now();
  #firstTokenAt: number | null = null;
  /** Tokens to evaluate next: the rest of the prompt, later the token just drawn. */
  #next: readonly number[];
  #generated = 0;

  constructor(options: AnswerLaneOptions) {
    this.#options = options;
    this.#next = options.prompt.slice(options.cachedTokens);
    this.#text = new TokenText((ids, before) => options.runtime.detokenize(ids, before), options.prompt);
    this.#stops = new StopStrings(options.stopStrings);
  }

  get promptTokensLeft(): number {
    return this.#generated === 0 ? this.#next.length : 0;
  }

  async step(promptTokens: number): Promise<boolean> {
    const { signal, events } = this.#options;
    try {
      if (!signal.aborted) {
        if (this.promptTokensLeft > promptTokens) return await this.#readPrompt(promptTokens);
        if (await this.#drawToken()) return true;
      }
    } catch (cause) {
      events.fail(
        new EngineFailedError("The model stopped working on this answer. Try again.", {}, { cause }),
      );
    }
    if (signal.aborted) events.fail(signal.reason);
    this.#options.onLeave();
    events.end();
    return false;
  }

  async #readPrompt(promptTokens: number): Promise<boolean> {
    const chunk = this.#next.slice(0, promptTokens);
    await this.#options.sequence.evaluate(chunk);
    this.#next = this.#next.slice(chunk.length);
    const total = this.#options.prompt.length;
    this.#options.events.push({
      type: "prompt-progress",
      processed: total - this.#next.length,
      total,
      cached: this.#options.cachedTokens,
    });
    return true;
  }

  /** @returns false when the answer has ended */
  async #drawToken(): Promise<boolean> {
    const { runtime, sequence, request, continuedTokens } = this.#options;
    const position = continuedTokens + this.#generated;
    if (position >= request.sampling.maxTokens) return this.#finish("length");
    const sampled = await sequence.sample(this.#next, {
      temperature: request.sampling.temperature,
      topP: request.sampling.topP,
      seed: seedAt(request.sampling.seed, position),
      topLogprobs: request.sampling.topLogprobs,
    });
    this.#firstTokenAt ??= performance.now();
    this.#next = [sampled.id];
    this.#generated += 1;
    if (runtime.isEndOfGeneration(sampled.id)) {
      this.#generated -= 1;
      return this.#finish("stop");
    }
    if (this.#show(sampled)) return this.#end("stop");
    if (position + 1 >= request.sampling.maxTokens) return this.#finish("length");
    if (sequence.length + 1 >= runtime.contextSize) return this.#finish("length");
    return true;
  }

  /** @returns true when a stop string has appeared */
  #show(sampled: SampledToken): boolean {
    const decoded = this.#text.push(sampled.id);
    if (!decoded) return false;
    const check = this.#stops.push({ text: decoded.text, carried: { ids: decoded.ids, sampled } });
    for (const piece of check.released) this.#emit(piece);
    if (check.stoppedWith === null) return false;
    // Only part of the last token is shown, so its ids would not be the text's.
    if (check.stoppedWith !== "")
      this.#options.events.push({ type: "token", text: check.stoppedWith, ids: [] });
    return true;
  }

  #finish(reason: FinishReason): false {
    for (const piece of this.#stops.flush()) this.#emit(piece);
    const unfinished = this.#text.flush();
    if (unfinished) this.#options.events.push({ type: "token", ...unfinished });
    return this.#end(reason);
  }

  #emit({ text, carried: { ids, sampled } }: Piece<Carried>): void {
    this.#options.events.push({
      type: "token",
      text,
      ids,
      ...(sampled.logprob === undefined ? {} : { logprob: sampled.logprob }),
      ...(sampled.alternatives === undefined ? {} : { alternatives: sampled.alternatives }),
    });
  }

  #end(reason: FinishReason): false {
    const { prompt, cachedTokens, continuedTokens, events } = this.#options;
    const endedAt = performance.now();
    const firstTokenAt = this.#firstTokenAt ?? endedAt;
    const promptMs = firstTokenAt - this.#startedAt;
    const decodeMs = endedAt - firstTokenAt;
    events.push({
      type: "finish",
      reason,
      usage: {
        promptTokens: prompt.length - continuedTokens,
        cachedTokens: Math.min(cachedTokens, prompt.length - continuedTokens),
        completionTokens: continuedTokens + this.#generated,
      },
      timings: {
        promptMs,
        promptPerSecond: perSecond(prompt.length - cachedTokens, promptMs),
        decodeMs,
        decodePerSecond: perSecond(Math.max(0, this.#generated - 1), decodeMs),
        timeToFirstTokenMs: promptMs,
      },
    });
    return false;
  }
}

function perSecond(tokens: number, milliseconds: number): number {
  return milliseconds > 0 ? (tokens * 1000) / milliseconds : 0;
}
