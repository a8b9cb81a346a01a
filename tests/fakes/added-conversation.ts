/** Puts a conversation into a store as if it had been held: for tests of long ones, and of lists of many. */
import type { Store } from "../../src/store/database.ts";
import { conversation, generation, message } from "../store/rows.ts";

export interface AddedConversation {
  readonly title: string;
  readonly turns: number;
  /** What every answer says; left out: its number. */
  readonly answer: string;
  /** Milliseconds since 1970. */
  readonly updatedAt: number;
}

type Written = Pick<Store, "transaction" | "conversations" | "messages" | "generations">;

/** @returns its id */
export function addConversation(
  store: Written,
  {
    title = "A long conversation",
    turns = 1,
    answer,
    updatedAt = Date.now(),
  }: Partial<AddedConversation> = {},
): string {
  const id = crypto.randomUUID();
  store.conversations.insert(conversation({ id, title, updatedAt, createdAt: updatedAt }));
  addTurns(store, id, turns, updatedAt, answer);
  return id;
}

/** Goes on with a conversation where it ends. */
export function addTurns(
  store: Written,
  id: string,
  turns: number,
  updatedAt = Date.now(),
  answer?: string,
): void {
  store.transaction(() => {
    let parentId = store.messages.lastOfPath(id)?.id ?? null;
    for (let turn = 0; turn < turns; turn++) {
      const questionId = crypto.randomUUID();
      const messageId = crypto.randomUUID();
      const rest = { conversationId: id, createdAt: updatedAt + turn };
      const asked = { ...rest, id: questionId, parentId, content: `This is question ${turn}.` };
      const answered = {
        ...rest,
        id: messageId,
        parentId: questionId,
        content: answer ?? `This is answer ${turn}.`,
      };
      store.messages.insert(message({ ...asked, role: "user" }));
      store.messages.insert(message({ ...answered, role: "assistant" }));
      store.generations.insert(
        generation({
          id: crypto.randomUUID(),
          conversationId: id,
          questionId,
          messageId,
          state: "done",
          finishReason: "stop",
          endedAt: updatedAt,
        }),
      );
      parentId = messageId;
    }
    store.conversations.update(id, { leafId: parentId });
  });
}
