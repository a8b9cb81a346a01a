/**
 * The one union of events that every engine yields, and the facts that travel with them. It knows nothing
 * of HTTP, of storage or of any engine.
 */

/** Why an answer ended: the model was done, the token limit was reached, or a stop string appeared. */
export type FinishReason = "stop" | "length" | "tool_calls";

/** Token counts of one answer; `cachedTokens` of `promptTokens` were reused from the KV cache. */
export interface Usage {
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly completionTokens: number;
  /** The stop string before which the answer ended; left out: none did, or the engine does not tell. */
  readonly stopString?: string;
}

/** Durations in milliseconds, speeds in tokens per second, as the engine measured them. */
export interface Timings {
  readonly promptMs: number;
  readonly promptPerSecond: number;
  readonly decodeMs: number;
  readonly decodePerSecond: number;
  readonly timeToFirstTokenMs: number;
  /** From the first token of its reasoning to the first one after it; null: not known; left out: it did not reason. */
  readonly thinkingMs?: number | null;
}

export interface TokenAlternative {
  readonly text: string;
  readonly logprob: number;
}

/**
 * One or more whole tokens whose bytes form whole characters: an engine holds back a token that ends inside
 * a character until the next one completes it. `ids` are the tokens' ids in the model's vocabulary (empty
 * when the engine does not tell): with them the same model continues exactly.
 */
export interface TokenEvent {
  readonly type: "token";
  readonly text: string;
  readonly ids: readonly number[];
  readonly logprob?: number;
  readonly alternatives?: readonly TokenAlternative[];
}

export interface ReasoningEvent {
  readonly type: "reasoning";
  readonly text: string;
  readonly ids: readonly number[];
}

/** How much of the prompt has been processed: `processed` of `total` tokens, `cached` of them reused. */
interface PromptProgressEvent {
  readonly type: "prompt-progress";
  readonly processed: number;
  readonly total: number;
  readonly cached: number;
}

/** A token of the prompt. The first one has no log-probability: nothing stands before it. */
export interface PromptToken {
  /** '' for a token that ends inside a character: the one that completes it has the whole character. */
  readonly text: string;
  readonly logprob?: number;
  readonly alternatives?: readonly TokenAlternative[];
}

/** The whole prompt of a request with `echo`, before the first token of its answer. */
interface PromptTokensEvent {
  readonly type: "prompt-tokens";
  readonly tokens: readonly PromptToken[];
}

/** What comes of a call while it is written. The first piece of a call has its name; the last is followed by the whole call. */
export interface ToolCallPieceEvent extends ToolCallPiece {
  readonly type: "tool-call-piece";
}

export interface ToolCallPiece {
  readonly id: string;
  readonly name?: string;
  /** What the arguments go on with; '' where nothing has come but the name. */
  readonly arguments: string;
}

/** A whole call: its arguments are what its pieces add up to. All of an answer's calls come together, before its end. */
export interface ToolCallEvent {
  readonly type: "tool-call";
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** The last event of every answer that was not aborted and did not fail. */
export interface FinishEvent {
  readonly type: "finish";
  readonly reason: FinishReason;
  readonly usage: Usage;
  readonly timings: Timings;
}

export type ChatEvent =
  | PromptProgressEvent
  | PromptTokensEvent
  | TokenEvent
  | ReasoningEvent
  | ToolCallPieceEvent
  | ToolCallEvent
  | FinishEvent;
