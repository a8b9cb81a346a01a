/** Queries on what owners have chosen of the personal settings. It knows neither the settings nor their defaults. */
import type { StoreDatabase } from "./connection.ts";
import type { OwnerId } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

export type PreferenceQueries = ReturnType<typeof createPreferenceQueries>;

export function createPreferenceQueries({ $client: client }: StoreDatabase) {
  // IS, because in SQL null equals nothing. Read for every page.
  const all = client.prepare<{ key: string; value: string }, [OwnerId]>(
    "SELECT key, value FROM preferences WHERE ownerId IS ?",
  );
  const remove = client.prepare<unknown, [OwnerId, string]>(
    "DELETE FROM preferences WHERE ownerId IS ? AND key = ?",
  );
  const insert = client.prepare<unknown, [OwnerId, string, string]>(
    "INSERT INTO preferences (ownerId, key, value) VALUES (?, ?, ?)",
  );
  return {
    /** Whatever was stored, by key: its reader checks it. */
    of(ownerId: OwnerId): ReadonlyMap<string, unknown> {
      return new Map(all.all(ownerId).map(({ key, value }) => [key, JSON.parse(value) as unknown]));
    },
    /** Inside a transaction. @param value undefined: nothing is chosen any more */
    set(ownerId: OwnerId, key: string, value: unknown): void {
      storing(() => {
        remove.run(ownerId, key);
        if (value !== undefined) insert.run(ownerId, key, JSON.stringify(value));
      });
    },
  };
}
