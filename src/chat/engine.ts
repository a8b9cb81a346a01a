/**
 * The contract that every engine fulfils. One contract suite (tests/contract/engine-contract.ts) runs on
 * all of them. It knows nothing of conversations, storage or HTTP.
 */
import type { ChatEvent } from "./chat-event.ts";

export interface ChatMessage {
  /** tool: what a tool gave back. */
  readonly role: "system" | "user" | "assistant" | "tool";
  /** All of its text. */
  readonly content: string;
  /** What it is made of, in the order that it was sent in, when that is more than one text. */
  readonly parts?: readonly MessagePart[];
  /** Pictures of a message that was stored before there were parts, as data URLs: they follow the text. */
  readonly images?: readonly string[];
  /** Of an assistant's message: what it called. */
  readonly toolCalls?: readonly ToolCall[];
  /** Of a tool's message: which call it answers. */
  readonly toolCallId?: string;
}

export type MessagePart =
  | { readonly type: "text"; readonly text: string }
  | {
      readonly type: "image";
      /** A data URL. */
      readonly url: string;
      readonly detail?: PictureDetail;
    };

/** How closely a picture is looked at. */
export type PictureDetail = "auto" | "low" | "high" | "original";

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON, as the model wrote it. */
  readonly arguments: string;
}

/** A function that the model may ask for. */
export interface Tool {
  readonly name: string;
  readonly description?: string;
  /** A JSON schema. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly strict?: boolean;
  /** Of a tool that takes a text, which is its parameter `input`: the form of the text as the client described it. */
  readonly custom?: { readonly format?: Readonly<Record<string, unknown>> };
}

export type ToolChoice = "auto" | "none" | "required" | { readonly name: string };

/** What the whole answer must be: JSON at all, JSON of this schema, or a text of another form. */
export type AnswerFormat =
  | { readonly type: "json" }
  | PlainForm
  | {
      readonly type: "json-schema";
      readonly name: string;
      readonly schema: Readonly<Record<string, unknown>>;
      /** Whether a keyword of the schema that no grammar can express is a reason to refuse; otherwise it is ignored. */
      readonly strict?: boolean;
    };

/** A form of a text that is no JSON, as programs of llama.cpp and vLLM ask for it. */
export type PlainForm =
  /** In GBNF; the answer is what `root` is. @see https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md */
  | { readonly type: "grammar"; readonly grammar: string }
  /** A regular expression of the whole text. */
  | { readonly type: "regex"; readonly pattern: string }
  /** One of these texts. */
  | { readonly type: "choice"; readonly choices: readonly string[] };

/** How the next token is chosen. All optional values have been resolved before an engine sees them. */
export interface Sampling {
  /** 0 (greedy) to 2 */
  readonly temperature: number;
  /** 0 to 1: only the most likely tokens whose probabilities add up to this are considered */
  readonly topP: number;
  /** The most tokens the answer may have, the text it continues from included. */
  readonly maxTokens: number;
  /**
   * A token is drawn by (seed, position), so a resumed answer draws what an unbroken one would have. A vLLM begins its
   * random numbers anew with each request: there the text continues seamlessly, but with other draws.
   */
  readonly seed: number;
  /** The answer ends before the first of these strings. */
  readonly stop: readonly string[];
  /** How many alternatives to each token are reported; null: no log-probabilities at all. */
  readonly topLogprobs: number | null;
  /** -2 to 2: what is taken from the logit of a token that the answer has already. */
  readonly presencePenalty?: number;
  /** -2 to 2: what is taken from the logit of a token for each time that the answer has it. */
  readonly frequencyPenalty?: number;
  /** Only so many of the likeliest tokens are considered; absent: as many as the engine does. */
  readonly topK?: number;
  /** 0 to 1: only tokens that are at least so likely in proportion to the likeliest one are considered. */
  readonly minP?: number;
  /** Above 1: the logits of tokens that the answer has already are divided by it. */
  readonly repeatPenalty?: number;
  /** By a token's id: what is added to its logit, -100 to 100. */
  readonly logitBias?: Readonly<Record<string, number>>;
  /** After so many tokens of a thought the model answers; absent: it thinks as long as it does. */
  readonly thoughtTokens?: number;
}

/** The part of the answer that exists already, and the token ids it was made of where they are known. */
export interface Continuation {
  readonly text: string;
  /** What the model thought before the text, piece by piece. Without a text it goes on thinking. */
  readonly thought?: readonly ThoughtPiece[];
  /** The thought is over, whether or not a text has begun: the model is to answer now. */
  readonly isThoughtOver?: true;
  /** Ids of exactly the text's tokens in the vocabulary of the model whose file has this hash. */
  readonly tokens?: { readonly modelHash: string; readonly ids: readonly number[] };
}

interface ThoughtPiece {
  readonly text: string;
  /** Ids of its tokens in the vocabulary of `Continuation.tokens`; empty: not known. */
  readonly ids: readonly number[];
}

export interface GenerateRequest {
  /** Names the answer in logs. */
  readonly generationId: string;
  /** Names the conversation that the prompt is of, so that what is cached of it can be forgotten. */
  readonly conversationId?: string;
  /** The conversation, oldest first. An assistant's last message is the beginning of the answer (prefill.ts). */
  readonly messages: readonly ChatMessage[];
  /** In place of messages: a text, or the ids of its tokens, to continue as it is, without the model's template. */
  readonly prompt?: string | readonly number[];
  /** The prompt's own tokens are told before the answer; with their log-probabilities where the answer's are wanted. */
  readonly echo?: true;
  readonly sampling: Sampling;
  /** The engine continues after this text's last character and yields only new text. */
  readonly continueFrom?: Continuation;
  /** Values for the model's template (`enable_thinking`, …); it passes over those that it does not know. */
  readonly templateFields?: Readonly<Record<string, unknown>>;
  /** What an engine cannot do of this it refuses with UnsupportedRequestError. */
  readonly format?: AnswerFormat;
  readonly tools?: readonly Tool[];
  readonly toolChoice?: ToolChoice;
  /** false: at most one tool is called. */
  readonly parallelToolCalls?: boolean;
  /** No token of the answer's text may have a character of \p{N} in it: neither digits nor ², ½ or Ⅳ. */
  readonly withoutDigits?: true;
}

/** Stopped is on purpose: it answers nothing until it is started again. */
export type EngineState = "stopped" | "starting" | "ready" | "failed";

export interface EngineStatus {
  readonly engine: string;
  readonly state: EngineState;
  /** Milliseconds since 1970: when this state began. */
  readonly since: number;
  /** The catalogue id (or file name) of the model that answers; null while none is chosen. */
  readonly model: string | null;
  /** sha256 of the model file, once known. */
  readonly modelHash: string | null;
  /** What went wrong, in a sentence that says what to do, when `state` is failed. */
  readonly problem: string | null;
  /** 0 to 1 while the model is loading. */
  readonly progress: number | null;
  /** What it is doing while it loads, for people ("loading weights"). */
  readonly phase: string | null;
  /** Milliseconds since 1970: when it tries again by itself after a failure; left out or null: it does not. */
  readonly retryAt?: number | null;
  readonly slots: number;
  readonly busySlots: number;
  /** Tokens that one sequence can hold, once known. */
  readonly contextSize: number | null;
  /** For people and for /health: device, layers on the GPU, threads, quantisation. */
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

export interface Engine {
  /** llama, vllm or a fake's name; unique in a pool. */
  readonly name: string;
  /** An answer of a given form is generated again from its first token on when it is resumed; absent: it is continued. */
  readonly beginsFormsAnew?: boolean;
  status(): EngineStatus;
  /**
   * Resolves when the engine can answer; many may wait at once.
   * @throws ModelUnusableError or EngineUnavailableError, with what to do next
   */
  ensureReady(signal: AbortSignal): Promise<void>;
  /**
   * Yields the events of one answer, `finish` last. Aborting frees the slot within one token, and the
   * iteration then throws `signal.reason`.
   * @throws EngineFailedError, EngineUnavailableError, ModelUnusableError, PromptTooLongError or UnsupportedRequestError
   */
  generate(request: GenerateRequest, signal: AbortSignal): AsyncIterable<ChatEvent>;
  /**
   * The tokens these messages, and tools, take in the prompt, counted by the model's own tokenizer and template.
   * @param room set where it is enough to know that they fit into so many: where they surely do, an estimate is returned, which is not
   * above it
   */
  countTokens(
    messages: readonly ChatMessage[],
    signal: AbortSignal,
    room?: number | null,
    tools?: readonly Tool[],
  ): Promise<number>;
  /** Absent: it does not tell its model's tokens. */
  readonly vocabulary?: Vocabulary;
  /** Drops at once what it has cached of these conversations, in memory and on disk; absent: it caches nothing of its own. */
  forget?(isForgotten: (conversationId: string) => boolean): void;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The tokens of an engine's model. Each rejects as `ensureReady` does. */
export interface Vocabulary {
  /** @param options whether the token that begins a prompt is added, and whether marks of the template are their own tokens */
  tokenize(
    text: string,
    options: { readonly addsSpecial: boolean; readonly readsMarks: boolean },
    signal: AbortSignal,
  ): Promise<readonly number[]>;
  /** @throws UnsupportedRequestError for an id that is no token's */
  detokenize(ids: readonly number[], signal: AbortSignal): Promise<string>;
  /** What the model reads of a conversation, up to and including the opening of its turn. */
  promptText(
    messages: readonly ChatMessage[],
    tools: readonly Tool[],
    templateFields: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<string>;
  /** The prompt for what stands between two texts; null: the model was not trained to write that. */
  between(before: string, after: string, signal: AbortSignal): Promise<readonly number[] | null>;
}

/** Turns text into unit-length vectors for recall. */
export interface Embedder {
  /** Names the vectors: two texts are comparable only when embedded by the same model. */
  readonly model: string;
  readonly dimensions: number;
  /** In tokens; a longer text is embedded by its beginning. */
  readonly longestText: number;
  /** @returns how many tokens each text has, by the model's own tokenizer */
  countTokens(texts: readonly string[], signal: AbortSignal): Promise<number[]>;
  /** @returns one unit-length vector a text, in order */
  embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Says how well texts answer a question. */
export interface Ranker {
  readonly model: string;
  /** In tokens, of a question. */
  readonly longestQuestion: number;
  countQuestion(question: string, signal: AbortSignal): Promise<number>;
  /**
   * @param question at most `longestQuestion` long
   * @returns for each text in order; of one that is too long to be read at once, its best part's
   */
  rank(question: string, texts: readonly string[], signal: AbortSignal): Promise<RankedText[]>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** @returns null: no ranking model is here */
export type RankerLookup = () => Ranker | null;

export interface RankedText {
  /** From 0 to 1: how likely it bears on the question. */
  readonly score: number;
  /** What the model read: the question, the text and the marks around them. */
  readonly tokens: number;
}
