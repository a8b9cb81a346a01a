/**
 * One answer on one sequence: reads the prompt in chunks, then draws a token a step, and puts events on a
 * queue. The batch scheduler calls it; it never rejects.
 */
import type { TokenBias } from "node-llama-cpp";
import type { ChatEvent, FinishReason } from "../../chat/chat-event.ts";
import type { GenerateRequest, Tool } from "../../chat/engine.ts";
import { EngineFailedError, SchemaNotMetError } from "../../errors.ts";
import type { EventQueue } from "../event-queue.ts";
import { type Piece, type Stopped, StopStrings } from "../stop-strings.ts";
import type { AnswerChecks } from "./answer-checks.ts";
import { timingsOf } from "./answer-timings.ts";
import type { ScheduledRun } from "./batch-scheduler.ts";
import type { LlamaRuntime } from "./llama-runtime.ts";
import type { ModelSequence, SampledToken } from "./model-sequence.ts";
import { checkpointIn, chunkEnd } from "./prompt-blocks.ts";
import type { PromptEcho } from "./prompt-echo.ts";
import { promptProgress } from "./prompt-progress.ts";
import { type GrammarState, withBanned } from "./sampler-options.ts";
import { seedAt } from "./sampling-seed.ts";
import type { SchemaCheck } from "./schema-check.ts";
import type { CallForm } from "./template/call-form.ts";
import { CallReader } from "./template/call-reader.ts";
import { type ThoughtPiece, ThoughtSplit } from "./thought-split.ts";
import { type DecodedText, TokenText } from "./token-text.ts";

interface Carried {
  readonly ids: readonly number[];
  readonly sampled: SampledToken;
}

export interface SequenceRunOptions {
  readonly runtime: Pick<
    LlamaRuntime,
    "contextSize" | "detokenize" | "formTokens" | "isEndOfGeneration" | "biasOf" | "form"
  >;
  readonly sequence: Pick<
    ModelSequence,
    | "length"
    | "evaluate"
    | "evaluateKnown"
    | "sample"
    | "replay"
    | "truncate"
    | "needsCheckpoints"
    | "takeCheckpoint"
    | "hasThought"
  >;
  readonly request: GenerateRequest;
  /** What the sequence reads before the first token is drawn. */
  readonly prompt: readonly number[];
  /** How many of the prompt's tokens were asked, and are no part of the answer. */
  readonly askedTokens: number;
  /** The tokens of the answer's part that exists already. */
  readonly continued: readonly number[];
  /** The first drawn token continues a thought. */
  readonly isThinking?: boolean;
  /** The grammar of the whole answer. Then `continued` is not in the prompt: the grammar has to follow it. */
  readonly grammar: GrammarState | null;
  /** The grammar of tool calls; null when no tool may be called. */
  readonly calls: OfferedCalls | null;
  /** What is looked at when the answer is whole. */
  readonly checks?: AnswerChecks;
  /** Tokens that are never drawn. */
  readonly banned?: readonly number[];
  /** Gets the prompt's tokens, where the request wants them. */
  readonly echo?: PromptEcho;
  /** How many of the prompt's first tokens are in the sequence's cache. */
  readonly cachedTokens: number;
  /** The prompt is cut at multiples of it while it is read. */
  readonly block?: number;
  readonly stopStrings: readonly string[];
  readonly events: EventQueue<ChatEvent>;
  readonly signal: AbortSignal;
  /** Called once, when the run leaves its sequence. */
  readonly onLeave: () => void;
}

interface OfferedCalls {
  /** Of what follows a call's opening; the answer's own grammar, where that holds the opening too. */
  readonly grammar: GrammarState;
  /** The prompt ends with the opening of a call: the model has no choice. */
  readonly opened: boolean;
  readonly form: CallForm;
  readonly tools: readonly Tool[];
}

export class SequenceRun implements ScheduledRun {
  readonly #options: SequenceRunOptions;
  readonly #text: TokenText;
  readonly #stops: StopStrings<Carried>;
  readonly #startedAt = performance.now();
  #firstTokenAt: number | null = null;
  /** Tokens to evaluate next: the rest of the prompt, later the token just drawn. */
  #next: readonly number[];
  /** What of the continued answer its grammar has not followed yet. */
  #replay: readonly number[];
  readonly #drawn: number[] = [];
  #bias: TokenBias | null = null;
  /** null without thoughts first: a constrained form, a prompt without a template, a text that is continued. */
  readonly #thoughts: ThoughtSplit<Carried> | null;
  readonly #callWatch: StopStrings<Carried> | null;
  /** What is written since a call was opened; null while text is written. */
  #calls: CallReader | null = null;
  #hasBegun: boolean;
  /** After so many tokens a checkpoint is taken; 0: none is needed. */
  readonly #checkpoint: number;
  /** The whole text of the answer, with the text that it continues. */
  #visibleText: string;

  constructor(options: SequenceRunOptions) {
    this.#options = options;
    const { runtime, request, prompt, grammar, continued, isThinking = false, calls } = options;
    this.#next = prompt.slice(options.cachedTokens);
    this.#replay = grammar === null ? [] : continued;
    this.#text = new TokenText(
      (ids, before) => runtime.detokenize(ids, before),
      [...prompt, ...this.#replay],
    );
    this.#stops = new StopStrings(options.stopStrings);
    this.#callWatch = calls === null || grammar !== null ? null : new StopStrings([calls.form.mark]);
    const mayThink =
      request.prompt === undefined && grammar === null && (continued.length === 0 || isThinking);
    this.#thoughts = mayThink ? new ThoughtSplit({ isThinking, form: runtime.form.thought }) : null;
    if (calls?.opened) this.#calls = this.#newCalls();
    this.#hasBegun = continued.length > 0;
    const { sequence, askedTokens, block = 1 } = options;
    this.#checkpoint = sequence.needsCheckpoints ? checkpointIn(askedTokens, block) : 0;
    sequence.hasThought = isThinking;
    this.#visibleText = request.continueFrom?.text ?? "";
    this.#tellProgress(options.cachedTokens);
  }

  get promptTokensLeft(): number {
    return this.#drawn.length === 0 ? this.#next.length : 0;
  }

  async step(promptTokens: number): Promise<boolean> {
    const { signal, events } = this.#options;
    try {
      if (!signal.aborted) {
        const chunk = this.#chunk(promptTokens);
        if (chunk < this.promptTokensLeft) return await this.#readPrompt(chunk);
        if (await this.#drawToken()) return true;
      }
    } catch (cause) {
      events.fail(
        cause instanceof SchemaNotMetError
          ? cause
          : new EngineFailedError("The model stopped working on this answer. Try again.", {}, { cause }),
      );
    }
    if (signal.aborted) events.fail(signal.reason);
    this.#options.onLeave();
    events.end();
    return false;
  }

  /** How many tokens of the prompt are read next. */
  #chunk(most: number): number {
    const { prompt, askedTokens, block = 1, echo } = this.#options;
    const left = this.promptTokensLeft;
    const position = prompt.length - left;
    // Logits of hundreds of tokens at once would take hundreds of megabytes.
    const atOnce = echo?.needsLogits ? block : most;
    const end = chunkEnd(position, { asked: askedTokens, total: prompt.length, most: atOnce, block });
    const length = (position < this.#checkpoint ? Math.min(end, this.#checkpoint) : end) - position;
    // The last one is read by itself: what follows it is drawn.
    return echo?.needsLogits && length === left && left > 1 ? length - 1 : length;
  }

  async #readPrompt(length: number): Promise<boolean> {
    const { sequence, echo, prompt } = this.#options;
    const chunk = this.#next.slice(0, length);
    if (echo === undefined) await sequence.evaluate(chunk);
    else await echo.read(sequence, chunk, prompt.length - this.#next.length);
    this.#next = this.#next.slice(chunk.length);
    if (sequence.length === this.#checkpoint) await sequence.takeCheckpoint();
    this.#tellProgress(prompt.length - this.#next.length);
    return true;
  }

  #tellProgress(read: number): void {
    this.#options.events.push(promptProgress(read, this.#options));
  }

  /** @returns false when the answer has ended */
  async #drawToken(): Promise<boolean> {
    const { runtime, sequence, request, continued, grammar, echo, events } = this.#options;
    const { sampling } = request;
    for (const event of echo?.events() ?? []) events.push(event);
    const position = continued.length + this.#drawn.length;
    if (position >= sampling.maxTokens) return this.#finish("length");
    const [replayed, ...more] = this.#replay;
    if (replayed !== undefined && grammar !== null) {
      await sequence.replay(this.#next, replayed, grammar);
      this.#replay = more;
      this.#next = [replayed];
      return true;
    }
    const sampled = await sequence.sample(this.#next, {
      temperature: sampling.temperature,
      topP: sampling.topP,
      ...(sampling.topK === undefined ? {} : { topK: sampling.topK }),
      ...(sampling.minP === undefined ? {} : { minP: sampling.minP }),
      seed: seedAt(sampling.seed, position),
      topLogprobs: sampling.topLogprobs,
      ...this.#leanings(),
    });
    if (this.#firstTokenAt === null) this.#tellProgress(this.#options.prompt.length);
    this.#firstTokenAt ??= performance.now();
    if (runtime.isEndOfGeneration(sampled.id)) return this.#finish("stop");
    this.#next = [sampled.id];
    this.#drawn.push(sampled.id);
    const decoded = this.#text.push(sampled.id);
    if (decoded !== null && (await this.#take(decoded, sampled))) return this.#end("stop");
    if (position + 1 >= sampling.maxTokens) return this.#finish("length");
    if (sequence.length + this.#next.length >= runtime.contextSize) return this.#finish("length");
    return true;
  }

  /** Changes to tokens' probabilities, in addition to the model. */
  #leanings() {
    const { runtime, request, continued, calls, banned } = this.#options;
    const { presencePenalty = 0, frequencyPenalty = 0, repeatPenalty = 1, logitBias } = request.sampling;
    const grammar = this.#calls === null ? this.#options.grammar : (calls?.grammar ?? null);
    if (logitBias !== undefined || banned !== undefined)
      this.#bias ??= runtime.biasOf(
        withBanned(logitBias, banned),
        this.#options.grammar !== null || calls !== null,
      );
    return {
      ...(grammar === null ? {} : { grammar }),
      ...(this.#bias === null ? {} : { bias: this.#bias }),
      ...(presencePenalty === 0 && frequencyPenalty === 0 && repeatPenalty === 1
        ? {}
        : {
            penalties: {
              tokens: [...continued, ...this.#drawn],
              presence: presencePenalty,
              frequency: frequencyPenalty,
              repeat: repeatPenalty,
            },
          }),
    };
  }

  /** @returns true when a stop string has appeared */
  async #take(decoded: DecodedText, sampled: SampledToken): Promise<boolean> {
    if (this.#isOpening(decoded)) this.#calls = this.#newCalls(false);
    if (this.#calls !== null) {
      for (const piece of this.#calls.push(decoded.text)) this.#options.events.push(piece);
      return false;
    }
    const piece = { text: decoded.text, carried: { ids: decoded.ids, sampled } };
    for (const visible of this.#splitReasoning(
      this.#thoughts?.push(piece) ?? [{ ...piece, reasoning: false }],
      sampled,
    ))
      if (await this.#detectCall(visible, decoded)) return true;
    return false;
  }

  /** Whether an answer with a grammar of its form or of calls has just begun as a call. */
  #isOpening({ text }: DecodedText): boolean {
    const { grammar, calls } = this.#options;
    if (grammar === null || calls === null || this.#hasBegun || text === "") return false;
    this.#hasBegun = true;
    return calls.form.mark.startsWith(text.charAt(0));
  }

  /** Emits thoughts. @returns the text of the answer */
  #splitReasoning(
    pieces: readonly ThoughtPiece<Carried>[],
    sampled: SampledToken,
  ): readonly Piece<Carried>[] {
    return pieces.flatMap(({ text, reasoning, carried }) => {
      if (!reasoning) return [{ text, carried: carried ?? { ids: [], sampled: { id: sampled.id } } }];
      this.#options.sequence.hasThought = true;
      this.#options.events.push({ type: "reasoning", text, ids: carried?.ids ?? [] });
      return [];
    });
  }

  /** @returns true when a stop string has appeared */
  async #detectCall(piece: Piece<Carried>, decoded: DecodedText): Promise<boolean> {
    if (this.#callWatch === null) return this.#filterStops([piece]);
    const { released, stopped } = this.#callWatch.push(piece);
    if (this.#filterStops(released)) return true;
    return stopped !== null && (await this.#openCall(decoded, stopped));
  }

  /** @returns true when a stop string has appeared */
  #filterStops(pieces: readonly Piece<Carried>[]): boolean {
    for (const piece of pieces) {
      const check = this.#stops.push(piece);
      for (const each of check.released) this.#emit(each);
      if (check.stopped === null) continue;
      if (check.stopped.before.text !== "") this.#emit(cutOff(check.stopped.before));
      return true;
    }
    return false;
  }

  /**
   * The model has opened a call. Its last token may say more than the opening: the replacement ends with it, so that
   * the grammar knows all that follows.
   * @returns true when a stop string stands before it
   */
  async #openCall(last: DecodedText, { before, after }: Stopped<Carried>): Promise<boolean> {
    const { runtime, sequence } = this.#options;
    if (before.text !== "" && this.#filterStops([cutOff(before)])) return true;
    for (const piece of this.#stops.flush()) this.#emit(piece);
    // All but the last of its tokens have been read.
    await sequence.truncate(sequence.length - (last.ids.length - 1));
    const { mark = "", opening = "" } = this.#options.calls?.form ?? {};
    this.#next = runtime.formTokens(
      last.text.slice(0, last.text.length - after.length) + opening.slice(mark.length),
    );
    this.#calls = this.#newCalls();
    return false;
  }

  #newCalls(isOpened = true): CallReader | null {
    const { calls } = this.#options;
    return calls === null ? null : new CallReader(calls.form, calls.tools, isOpened);
  }

  #finish(reason: FinishReason): false {
    const unfinished = this.#text.flush();
    if (this.#calls !== null) {
      for (const piece of this.#calls.push(unfinished?.text ?? "")) this.#options.events.push(piece);
      return this.#endCalls(this.#calls, reason);
    }
    const buffered = this.#thoughts?.flush() ?? [];
    if (this.#filterStops(this.#splitReasoning(buffered, { id: this.#drawn.at(-1) ?? 0 })))
      return this.#end("stop");
    if (this.#filterStops(this.#callWatch?.flush() ?? [])) return this.#end("stop");
    for (const piece of this.#stops.flush()) this.#emit(piece);
    if (unfinished) this.#options.events.push({ type: "token", ...unfinished });
    if (reason === "stop") this.#check(this.#options.checks?.answer, this.#visibleText);
    return this.#end(reason);
  }

  /** An answer that was cut inside a call has that call as far as it came. */
  #endCalls(calls: CallReader, reason: FinishReason): false {
    for (const event of calls.end(reason === "length")) {
      if (reason === "stop" && event.type === "tool-call")
        this.#check(this.#options.checks?.calls.get(event.name), event.arguments);
      this.#options.events.push(event);
    }
    return this.#end(reason === "length" ? "length" : "tool_calls");
  }

  /** @throws SchemaNotMetError */
  #check(check: SchemaCheck | null | undefined, text: string): void {
    const problem = check?.(text) ?? null;
    if (problem !== null)
      throw new SchemaNotMetError(
        `The model's answer does not keep to the strict schema: ${problem}. Ask again, or take that limit out of the schema.`,
      );
  }

  #emit({ text, carried: { ids, sampled } }: Piece<Carried>): void {
    this.#visibleText += text;
    this.#options.events.push({
      type: "token",
      text,
      ids,
      ...(sampled.logprob === undefined ? {} : { logprob: sampled.logprob }),
      ...(sampled.alternatives === undefined ? {} : { alternatives: sampled.alternatives }),
    });
  }

  #end(reason: FinishReason): false {
    const { prompt, askedTokens, cachedTokens, continued, events, request } = this.#options;
    const generated = this.#drawn.length;
    events.push({
      type: "finish",
      reason,
      usage: {
        promptTokens: askedTokens,
        cachedTokens: Math.min(cachedTokens, askedTokens),
        completionTokens: continued.length + generated,
        ...this.#stops.foundOf(request.sampling.stop),
      },
      timings: timingsOf({
        startedAt: this.#startedAt,
        firstTokenAt: this.#firstTokenAt,
        endedAt: performance.now(),
        read: prompt.length - cachedTokens,
        written: generated,
      }),
    });
    return false;
  }
}

/** Only part of a token is shown, so its ids would not be the text's. */
const cutOff = ({ text, carried }: Piece<Carried>) => ({ text, carried: { ...carried, ids: [] } });
