/** What one owner thinks of the answers that they got. It knows nothing of HTTP. */
import type { LibraryChange } from "../conversations/library.ts";
import type { Store } from "../store/database.ts";
import type { Rating } from "../store/schema.ts";
import { type AskingParts, answerOf } from "./ask-again.ts";

export type OwnRatings = ReturnType<typeof ratingsOf>;

/**
 * @param parts of the owner: what is not theirs is not there
 * @param tell that something in a conversation has changed
 */
export const ratingsOf = (
  store: Pick<Store, "ratings" | "commit">,
  parts: AskingParts,
  tell: (change: LibraryChange) => void,
) => ({
  /** null: they have not said it. */
  of: (messageId: string): Rating | null => store.ratings.of(messageId),
  /** @param rating null: taken back @throws NotFoundError unless it is an answer of theirs */
  async rate(messageId: string, rating: Rating | null): Promise<void> {
    const { messageId: rated, conversationId } = answerOf(parts, messageId);
    await store.commit(() => store.ratings.set(rated, rating));
    tell({ conversationId, of: "thread" });
  },
});
