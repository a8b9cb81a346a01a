/**
 * What a client of /v1 asks for in place of a conversation: the whole prompt as it sent it. Stored with the answer, so that
 * an answer that is taken up again has the prompt that it began with.
 */
import type { AnswerFormat, ChatMessage, Tool, ToolChoice } from "./engine.ts";

export interface ApiRequest {
  /** The whole prompt, oldest first; nothing is added to it and nothing is left out. Empty when `prompt` is there. */
  readonly messages: readonly ChatMessage[];
  /** A text that is gone on with as it is, without the model's template. */
  readonly prompt?: string;
  readonly format?: AnswerFormat;
  readonly tools?: readonly Tool[];
  readonly toolChoice?: ToolChoice;
  /** false: at most one tool is called. */
  readonly parallelToolCalls?: boolean;
}
