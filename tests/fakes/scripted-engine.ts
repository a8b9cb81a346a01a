/**
 * An engine without a model: it writes what a script says, a token at a time, and can be told to fail, to wait
 * or to crash at a token. It passes the same contract suite as the real engines.
 */
import { createHash } from "node:crypto";
import type { ChatEvent, PromptToken } from "../../src/chat/chat-event.ts";
import type {
  ChatMessage,
  Engine,
  EngineState,
  EngineStatus,
  GenerateRequest,
  Tool,
  ToolCall,
  Vocabulary,
} from "../../src/chat/engine.ts";
import { prefilled } from "../../src/chat/prefill.ts";
import { EngineUnavailableError, PromptTooLongError } from "../../src/errors.ts";

export interface Script {
  /** The whole answer; what a continued request has already is not written again. */
  readonly answer: string;
  /** What it thinks before the answer's first word. */
  readonly reasoning?: string;
  /** Awaited before each token of it. */
  readonly reasoningPace?: () => Promise<void>;
  /** What it calls after the answer's text. */
  readonly toolCalls?: readonly ToolCall[];
  /** Before the token with this index (of the whole answer) is written, this is thrown. */
  readonly failAt?: { readonly token: number; readonly error: Error };
  /** Before the piece with this index of a call's arguments is written, this is thrown. */
  readonly failInCallAt?: { readonly piece: number; readonly error: Error };
  /** Awaited before each token; the default waits one turn of the event loop. */
  readonly pace?: (token: number, signal: AbortSignal) => Promise<void>;
}

export interface ScriptedEngineOptions {
  readonly name?: string;
  readonly slots?: number;
  readonly contextSize?: number;
  /** Which script answers a request. */
  readonly script?: (request: GenerateRequest) => Script;
  /** Cuts an answer into tokens; the default is as a model's are. */
  readonly cut?: (text: string) => readonly string[];
  /** Rejects while the engine cannot answer. */
  readonly ready?: () => Promise<void>;
}

/** Cut as a model's tokens are: a word with the blank before it. */
export const scriptTokens = (text: string) => text.match(/ ?[^\s]+|\s/gu) ?? [];

const defaultAnswer =
  "Gold is a metal. It is traded in ounces, and its price moves with real interest rates.";

/** The answer to "Count from 1 to 20." */
export const countToTwenty = Array.from({ length: 20 }, (_, at) => String(at + 1)).join(", ");

const defaultAnswerTo = ({ messages }: GenerateRequest) =>
  messages.at(-1)?.content.startsWith("Count from 1 to 20") ? countToTwenty : defaultAnswer;

export class ScriptedEngine implements Engine {
  readonly name: string;
  /** Every request that was made of it, oldest first. */
  readonly requests: GenerateRequest[] = [];
  readonly #options: ScriptedEngineOptions;
  #busy = 0;
  #state: EngineState = "starting";
  readonly #since = Date.now();
  #problem: string | null = null;

  constructor(options: ScriptedEngineOptions = {}) {
    this.#options = options;
    this.name = options.name ?? "scripted";
  }

  get modelHash(): string {
    return createHash("sha256").update(this.name).digest("hex");
  }

  status(): EngineStatus {
    return {
      engine: this.name,
      state: this.#state,
      since: this.#since,
      model: `${this.name}-model`,
      modelHash: this.modelHash,
      problem: this.#problem,
      progress: null,
      phase: null,
      slots: this.#options.slots ?? 4,
      busySlots: this.#busy,
      contextSize: this.#options.contextSize ?? 4096,
      details: {},
    };
  }

  /** A letter a token. */
  readonly vocabulary: Vocabulary = {
    tokenize: async (text, { addsSpecial }) => [
      ...(addsSpecial ? [1] : []),
      ...[...text].map((letter) => letter.codePointAt(0) ?? 0),
    ],
    detokenize: async (ids) => String.fromCodePoint(...ids.map((id) => id % 0x110000)),
    promptText: async (messages) => messages.map(({ role, content }) => `<${role}>${content}`).join(""),
    between: async (before, after) => [...`${before}|${after}`].map((letter) => letter.codePointAt(0) ?? 0),
  };

  async ensureReady(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    try {
      await this.#options.ready?.();
      this.#state = "ready";
      this.#problem = null;
    } catch (cause) {
      this.#state = "failed";
      this.#problem = cause instanceof Error ? cause.message : String(cause);
      throw cause;
    }
  }

  async countTokens(
    messages: readonly ChatMessage[],
    signal: AbortSignal,
    _room: number | null = null,
    tools: readonly Tool[] = [],
  ): Promise<number> {
    signal.throwIfAborted();
    const offered = tools.length === 0 ? 0 : scriptTokens(JSON.stringify(tools)).length;
    return messages.reduce((sum, message) => sum + 4 + scriptTokens(message.content).length, offered);
  }

  async *generate(request: GenerateRequest, signal: AbortSignal): AsyncGenerator<ChatEvent, void, void> {
    await this.ensureReady(signal);
    this.requests.push(request);
    const { slots = 4, contextSize = 4096, script, cut: tokensIn = scriptTokens } = this.#options;
    const { prompt } = request;
    const promptTokens =
      typeof prompt === "object"
        ? prompt.length
        : await this.countTokens(
            prompt === undefined ? request.messages : [{ role: "user", content: prompt }],
            signal,
          );
    if (promptTokens >= contextSize) throw new PromptTooLongError("The prompt is too long for the script.");
    if (this.#busy >= slots) throw new EngineUnavailableError("Every slot is busy.");
    this.#busy += 1;
    const startedAt = performance.now();
    try {
      const {
        answer,
        failAt,
        reasoning = "",
        reasoningPace,
        toolCalls = [],
        failInCallAt,
        pace = nextTurn,
      }: Script = script?.(request) ?? defaultScript(request);
      const { prefill } = prefilled(request.messages);
      const fresh = answer.startsWith(prefill) ? answer.slice(prefill.length) : answer;
      const cut = cutAtStop(fresh, request.sampling.stop);
      const written = request.continueFrom?.text ?? "";
      const begun = tokensIn(written).length;
      const unwritten = cut.startsWith(written) ? cut.slice(written.length) : cut;
      const rest = tokensIn(request.withoutDigits ? unwritten.replaceAll(/\p{N}/gu, "n") : unwritten);
      const limit = Math.max(0, request.sampling.maxTokens - begun);
      yield { type: "prompt-progress", processed: promptTokens, total: promptTokens, cached: 0 };
      if (request.echo && begun === 0) yield { type: "prompt-tokens", tokens: echoOf(request) };
      const thought = (request.continueFrom?.thought ?? []).map(({ text }) => text).join("");
      const unthought = reasoning.startsWith(thought) ? reasoning.slice(thought.length) : reasoning;
      const mayThink = begun === 0 && request.continueFrom?.isThoughtOver !== true;
      for (const text of mayThink ? scriptTokens(unthought) : []) {
        await reasoningPace?.();
        yield { type: "reasoning", text, ids: [] };
      }
      for (const [index, text] of rest.slice(0, limit).entries()) {
        const token = begun + index;
        await pace(token, signal);
        signal.throwIfAborted();
        if (failAt !== undefined && token >= failAt.token) throw failAt.error;
        const logprobs = request.sampling.topLogprobs;
        yield {
          type: "token",
          text,
          ids: [token],
          ...(logprobs === null
            ? {}
            : {
                logprob: -0.5,
                alternatives: Array.from({ length: logprobs }, () => ({ text, logprob: -0.5 })),
              }),
        };
      }
      signal.throwIfAborted();
      for (const call of toolCalls) yield* piecesOf(call, pace, signal, failInCallAt);
      for (const call of toolCalls) yield { type: "tool-call", ...call };
      const milliseconds = performance.now() - startedAt;
      yield {
        type: "finish",
        reason: rest.length > limit ? "length" : toolCalls.length > 0 ? "tool_calls" : "stop",
        usage: {
          promptTokens,
          cachedTokens: 0,
          completionTokens: begun + Math.min(rest.length, limit),
          ...(cut === fresh
            ? {}
            : { stopString: request.sampling.stop.find((stop) => fresh.startsWith(stop, cut.length)) ?? "" }),
        },
        timings: {
          promptMs: 1,
          promptPerSecond: promptTokens * 1000,
          decodeMs: milliseconds,
          decodePerSecond: (rest.length * 1000) / Math.max(1, milliseconds),
          timeToFirstTokenMs: 1,
        },
      };
    } finally {
      this.#busy -= 1;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#state = "stopped";
  }
}

/** A tool that must be called is called. */
const defaultScript = (request: GenerateRequest): Script =>
  typeof request.toolChoice === "object"
    ? {
        answer: "",
        toolCalls: [
          { id: "call_1", name: request.toolChoice.name, arguments: '{"pair":"EURUSD","lots":1.5}' },
        ],
      }
    : { answer: defaultAnswerTo(request) };

/** A prompt of ids has a word for each. */
function echoOf({ prompt = "", sampling: { topLogprobs } }: GenerateRequest): readonly PromptToken[] {
  const texts = typeof prompt === "string" ? scriptTokens(prompt) : prompt.map((id) => ` ${id}`);
  return texts.map((text, index) =>
    index === 0 || topLogprobs === null
      ? { text }
      : { text, logprob: -0.25, alternatives: topLogprobs === 0 ? [] : [{ text, logprob: -0.25 }] },
  );
}

/** Seven characters a piece. */
async function* piecesOf(
  { id, name, arguments: given }: ToolCall,
  pace: NonNullable<Script["pace"]>,
  signal: AbortSignal,
  failAt: Script["failInCallAt"],
): AsyncGenerator<ChatEvent, void, void> {
  yield { type: "tool-call-piece", id, name, arguments: "" };
  for (const [index, piece] of (given.match(/.{1,7}/gsu) ?? []).entries()) {
    await pace(index, signal);
    signal.throwIfAborted();
    if (failAt !== undefined && index >= failAt.piece) throw failAt.error;
    yield { type: "tool-call-piece", id, arguments: piece };
  }
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

function cutAtStop(text: string, stops: readonly string[]): string {
  const found = stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
  return found.length === 0 ? text : text.slice(0, Math.min(...found));
}
