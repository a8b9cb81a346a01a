/** Queries on what users think of answers: one word for each, or none. */
import { eq } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import { type Rating, ratings } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

export type RatingQueries = ReturnType<typeof createRatingQueries>;

export function createRatingQueries(db: StoreDatabase) {
  const find = db.$client.prepare<{ rating: Rating }, [string]>(
    "SELECT rating FROM ratings WHERE messageId = ?",
  );
  return {
    of: (messageId: string): Rating | null => find.get(messageId)?.rating ?? null,
    /** @param rating null: none any more @throws StorageError */
    set(messageId: string, rating: Rating | null): void {
      storing(() => {
        if (rating === null) db.delete(ratings).where(eq(ratings.messageId, messageId)).run();
        else
          db.insert(ratings)
            .values({ messageId, rating })
            .onConflictDoUpdate({ target: ratings.messageId, set: { rating } })
            .run();
      });
    },
  };
}
