/**
 * What a client of /v1 asks for in place of a conversation: the whole prompt as it sent it. Stored with the answer, so that
 * a resumed answer has the prompt that it began with.
 */
import type { AnswerFormat, ChatMessage, Tool, ToolChoice } from "./engine.ts";

export interface ApiRequest {
  /** The whole prompt, oldest first; nothing is added to it and nothing is left out. Empty when `prompt` is there. */
  readonly messages: readonly ChatMessage[];
  /** A text, or the ids of its tokens, to continue as it is, without the model's template. */
  readonly prompt?: string | readonly number[];
  /** The engine tells the prompt's tokens, which stand in the log before the answer's. */
  readonly echo?: true;
  /** Values for the model's template. */
  readonly templateFields?: Readonly<Record<string, unknown>>;
  readonly format?: AnswerFormat;
  readonly tools?: readonly Tool[];
  readonly toolChoice?: ToolChoice;
  /** false: at most one tool is called. */
  readonly parallelToolCalls?: boolean;
  /** Of /v1/responses alone. */
  readonly response?: ResponseFields;
  /** Of a chat completion that its program may read again by its id. */
  readonly completion?: { readonly metadata: Readonly<Record<string, string>> };
  /** Of a chat completion whose stream can be read again from any byte: what it is made with, beside the log. */
  readonly stream?: StreamFields;
}

/** What the bytes of a stream of chunks depend on. */
export interface StreamFields {
  readonly withUsage: boolean;
  readonly withTimings: boolean;
  /** What was read of the prompt is told in chunks, as llama.cpp does. */
  readonly withProgress: boolean;
  /** Calls have the form for programs from before tools. */
  readonly isOld: boolean;
}

/** The fields of an answer of /v1/responses beside the prompt: for its replies, and for answers that continue it. */
export interface ResponseFields {
  /** Stands before the messages in this prompt; the next one has its own. */
  readonly instructions: string | null;
  /** The generation that this one continues. */
  readonly previous: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  /** false: it can be read again by nobody. */
  readonly stored: boolean;
  /** true: the client did not wait for it. */
  readonly background?: boolean;
  /** The client's own identifier of its user. */
  readonly user?: string;
  /** Absent for answers that are older than this field. */
  readonly asked?: ResponseAsked;
}

/** Fields of the request that a response repeats. */
export interface ResponseAsked {
  readonly effort?: string;
  readonly summary?: string;
  readonly verbosity?: string;
  readonly serviceTier?: string;
  readonly maxToolCalls?: number;
  readonly promptCacheKey?: string;
  readonly safetyIdentifier?: string;
}

/** The messages that a model reads: the instructions stand before all others. */
export function messagesOf({
  messages,
  response,
}: Pick<ApiRequest, "messages" | "response">): readonly ChatMessage[] {
  const instructions = response?.instructions ?? null;
  return instructions === null ? messages : [{ role: "system", content: instructions }, ...messages];
}

/** What is asked for beside the messages, and is the engine's to know. */
export const withoutMessages = ({
  messages: _,
  response: __,
  completion: ___,
  stream: ____,
  ...asked
}: ApiRequest) => asked;
