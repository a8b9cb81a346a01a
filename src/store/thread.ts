/** A conversation as it is shown: the path, each answer with the generation that wrote it. */
import type { GenerationQueries } from "./generations.ts";
import type { MessageQueries } from "./messages.ts";
import type { Generation, Message } from "./schema.ts";

export interface ThreadEntry {
  readonly message: Message;
  readonly generation: Generation | null;
}

/** @returns oldest first; empty when there is no such conversation */
export function readThread(
  store: {
    readonly messages: Pick<MessageQueries, "path">;
    readonly generations: Pick<GenerationQueries, "ofConversation">;
  },
  conversationId: string,
): readonly ThreadEntry[] {
  const newest = new Map<string, Generation>();
  for (const generation of store.generations.ofConversation(conversationId))
    newest.set(generation.messageId, generation);
  return store.messages
    .path(conversationId)
    .map((message) => ({ message, generation: newest.get(message.id) ?? null }));
}
