/** A conversation for display: the path, each answer with its generation, and each message's siblings. */
import type { GenerationQueries } from "./generations.ts";
import type { MessageQueries, PathOptions } from "./messages.ts";
import type { Generation, Message } from "./schema.ts";

export interface ThreadEntry {
  readonly message: Message;
  readonly generation: Generation | null;
  /** The ids of the message and of its siblings, oldest first. */
  readonly siblings: readonly string[];
}

/** @returns oldest first, at most `limit`, counted from the end; empty when there is no such conversation */
export function readThread(
  store: {
    readonly messages: Pick<MessageQueries, "path" | "siblingIds">;
    readonly generations: Pick<GenerationQueries, "forMessage">;
  },
  conversationId: string,
  options: PathOptions = {},
): readonly ThreadEntry[] {
  return store.messages.path(conversationId, options).map((message) => ({
    message,
    generation: message.role === "user" ? null : (store.generations.forMessage(message.id) ?? null),
    siblings: store.messages.siblingIds(message),
  }));
}
