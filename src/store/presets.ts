/** Queries on presets. */
import { and, asc, eq, sql } from "drizzle-orm";
import type { StoreDatabase } from "./connection.ts";
import { type OwnerId, type Preset, presets } from "./schema.ts";
import { storing } from "./sqlite-errors.ts";

export type PresetQueries = ReturnType<typeof createPresetQueries>;

export function createPresetQueries(db: StoreDatabase) {
  const isOf = (ownerId: OwnerId) => sql`${presets.ownerId} IS ${ownerId}`;
  return {
    /** By name. */
    list: (ownerId: OwnerId): readonly Preset[] =>
      db
        .select()
        .from(presets)
        .where(isOf(ownerId))
        .orderBy(asc(sql`lower(${presets.name})`), asc(presets.id))
        .all(),
    get: (ownerId: OwnerId, id: string): Preset | undefined =>
      db
        .select()
        .from(presets)
        .where(and(isOf(ownerId), eq(presets.id, id)))
        .get(),
    /** Whoever owns it. */
    isTaken: (id: string): boolean =>
      db.select({ id: presets.id }).from(presets).where(eq(presets.id, id)).get() !== undefined,
    /** In place of an earlier one of this id. @throws StorageError */
    put(preset: Preset): void {
      storing(() => {
        db.insert(presets).values(preset).onConflictDoUpdate({ target: presets.id, set: preset }).run();
      });
    },
    /** @throws StorageError */
    remove(ownerId: OwnerId, id: string): void {
      storing(() => {
        db.delete(presets)
          .where(and(isOf(ownerId), eq(presets.id, id)))
          .run();
      });
    },
  };
}
