/** Queries on the specifications of instruments that users have changed or added. */
import { and, asc, eq, sql } from "drizzle-orm";
import type { Instrument } from "../finance/instruments/instrument.ts";
import type { StoreDatabase } from "./connection.ts";
import { instruments, type OwnerId } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

export type InstrumentQueries = ReturnType<typeof createInstrumentQueries>;

export function createInstrumentQueries(db: StoreDatabase) {
  const isOf = (ownerId: OwnerId) => sql`${instruments.ownerId} IS ${ownerId}`;
  // Read for every question.
  const ofOwner = db
    .select({ specification: instruments.specification })
    .from(instruments)
    .where(sql`${instruments.ownerId} IS ${sql.placeholder("ownerId")}`)
    .orderBy(asc(instruments.symbol))
    .prepare();
  const remove = (ownerId: OwnerId, symbol: string) =>
    db
      .delete(instruments)
      .where(and(isOf(ownerId), eq(instruments.symbol, symbol)))
      .run();
  return {
    /** By symbol. */
    list: (ownerId: OwnerId): readonly Instrument[] =>
      ofOwner.all({ ownerId }).map(({ specification }) => specification),
    /** In place of an earlier one of this symbol. @throws StorageError */
    put(ownerId: OwnerId, specification: Instrument, changedAt: number): void {
      const { symbol } = specification;
      storing(() =>
        db.transaction(() => {
          remove(ownerId, symbol);
          db.insert(instruments).values({ ownerId, symbol, specification, changedAt }).run();
        }),
      );
    },
    /** @throws StorageError */
    remove(ownerId: OwnerId, symbol: string): void {
      storing(() => {
        remove(ownerId, symbol);
      });
    },
  };
}
