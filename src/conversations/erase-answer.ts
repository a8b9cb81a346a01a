/** Erases a program's question and its answer, and leaves what continues from it. It knows nothing of owners. */
import type { Store } from "../store/database.ts";
import type { Generation } from "../store/schema.ts";

/**
 * Erases an answer that has ended, with its question unless that has other answers: nothing of it is left, and nobody finds
 * it. An answer that continues it has its own prompt; its messages hang on those of this one, which stay, empty. In a
 * conversation that a person keeps the text is theirs to delete: there the answer is only no longer found by programs.
 */
export function eraseAnswer(store: Store, { id, conversationId, messageId, request }: Generation): void {
  store.transaction(() => {
    if (store.conversations.getAny(conversationId)?.origin === "chat") {
      const { response, completion, ...asked } = request ?? { messages: [] };
      const hidden = response === undefined ? {} : { response: { ...response, stored: false } };
      if (response !== undefined || completion !== undefined)
        store.generations.update(id, { request: { ...asked, ...hidden } });
      return;
    }
    const answer = store.messages.get(messageId);
    store.generations.remove(id);
    if (answer === undefined) return;
    store.messages.setContent(answer.id, "");
    if (answer.parentId !== null && store.messages.siblings(answer).length <= 1)
      store.messages.setContent(answer.parentId, "");
    // It was made of a question.
    store.conversations.update(conversationId, { title: "" });
  });
}
