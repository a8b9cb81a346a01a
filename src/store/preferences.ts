/** Queries on what owners have chosen. It knows nothing of the defaults. */
import type { StoreDatabase } from "./connection.ts";
import type { OwnerId } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

export type PreferenceQueries = ReturnType<typeof createPreferenceQueries>;

export function createPreferenceQueries({ $client: client }: StoreDatabase) {
  // IS, because in SQL null equals nothing.
  const get = client.prepare<{ rememberExchanges: number }, [OwnerId]>(
    "SELECT rememberExchanges FROM preferences WHERE ownerId IS ?",
  );
  const update = client.prepare<unknown, [number, OwnerId]>(
    "UPDATE preferences SET rememberExchanges = ? WHERE ownerId IS ?",
  );
  const insert = client.prepare<unknown, [OwnerId, number]>(
    "INSERT INTO preferences (ownerId, rememberExchanges) VALUES (?, ?)",
  );
  return {
    /** undefined: the owner has not chosen. */
    rememberExchanges(ownerId: OwnerId): boolean | undefined {
      const row = get.get(ownerId);
      return row === null ? undefined : row.rememberExchanges === 1;
    },
    /** Inside a transaction. */
    setRememberExchanges(ownerId: OwnerId, isOn: boolean): void {
      const value = isOn ? 1 : 0;
      storing(() => {
        if (update.run(value, ownerId).changes === 0) insert.run(ownerId, value);
      });
    },
  };
}
