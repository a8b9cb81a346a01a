/** The beginning of an answer that a program wrote itself. It knows nothing of engines or of HTTP. */
import type { ChatMessage } from "./engine.ts";

interface Prefilled {
  /** The conversation without the beginning of the answer. */
  readonly messages: readonly ChatMessage[];
  /** The beginning of the answer; empty: the answer begins anew. */
  readonly prefill: string;
}

/**
 * A last message of the assistant is continued, as llama.cpp's server does (tools/server/README.md, "assistant prefill").
 * A message with tool calls is complete: nothing can be added to it.
 */
export function prefilled(messages: readonly ChatMessage[]): Prefilled {
  const last = messages.at(-1);
  if (last?.role !== "assistant" || last.toolCalls !== undefined || last.content === "")
    return { messages, prefill: "" };
  return { messages: messages.slice(0, -1), prefill: last.content };
}
