/**
 * The bytes of files and pictures, each once, by their sha256. They are written and read in pieces, so that large ones do not
 * block the event loop. Triggers mark them with the last row that names them; marked ones are erased in pieces, too
 * (src/store/erased-pieces.ts). It knows nothing of what they are.
 */
import type { StoreDatabase } from "./connection.ts";
import { contentPieces, contents } from "./file-tables.ts";
import { preparedInsert } from "./prepared-write.ts";
import { storing } from "./sqlite-errors.ts";

export type ContentQueries = ReturnType<typeof createContentQueries>;

/** In bytes. */
const pieceSize = 256 * 1024;

export function createContentQueries(db: StoreDatabase) {
  const { $client: client } = db;
  const find = client.prepare<{ id: number }, [string]>("SELECT id FROM contents WHERE hash = ?");
  const hashById = client.prepare<{ hash: string | null }, [number]>(
    "SELECT hash FROM contents WHERE id = ?",
  );
  const addPiece = preparedInsert<typeof contentPieces.$inferInsert>(db, contentPieces);
  const seal = client.prepare<unknown, [string, number]>("UPDATE contents SET hash = ? WHERE id = ?");
  const remove = client.prepare<unknown, [number]>("DELETE FROM contents WHERE id = ?");
  const markUnused = client.prepare<unknown, [number, number]>(`
    UPDATE contents SET hash = NULL, createdAt = 0 WHERE id IN (
      SELECT id FROM contents WHERE createdAt > 0 AND createdAt < ?
        AND NOT EXISTS (SELECT 1 FROM files WHERE contentId = contents.id)
        AND NOT EXISTS (SELECT 1 FROM data_imports WHERE contentId = contents.id)
        AND NOT EXISTS (SELECT 1 FROM documents WHERE contentId = contents.id)
        AND NOT EXISTS (SELECT 1 FROM generation_pictures WHERE contentId = contents.id)
      LIMIT ?)`);
  const piece = client.prepare<{ bytes: Uint8Array<ArrayBuffer> }, [number, number]>(
    "SELECT bytes FROM content_pieces WHERE contentId = ? AND number = ?",
  );

  return {
    /** @returns the id of bytes that are stored already */
    byHash(hash: string): number | undefined {
      return find.get(hash)?.id;
    },
    /** @returns the sha256 of bytes that are stored whole; null: there are none */
    hashOf(id: number): string | null {
      return hashById.get(id)?.hash ?? null;
    },
    /**
     * Stores bytes unless they are there, a piece a step. What a crash leaves of it is purged.
     * @returns their hash, and the id to name them by soon: bytes that nothing names are purged
     * @throws StorageError; nothing is stored then
     */
    *write(bytes: Uint8Array, now: number): Generator<void, { id: number; hash: string }, undefined> {
      const hasher = new Bun.CryptoHasher("sha256");
      for (let at = 0; at < bytes.length; at += pieceSize)
        yield void hasher.update(bytes.subarray(at, at + pieceSize));
      const hash = hasher.digest("hex");
      const known = find.get(hash)?.id;
      if (known !== undefined) return { id: known, hash };
      const row = { size: bytes.length, createdAt: now };
      const { id } = storing(() => db.insert(contents).values(row).returning({ id: contents.id }).get());
      let isSealed = false;
      try {
        for (let number = 0; number * pieceSize < bytes.length; number++) {
          const part = bytes.subarray(number * pieceSize, (number + 1) * pieceSize);
          yield void addPiece({ contentId: id, number, bytes: Buffer.from(part) });
        }
        // Another writer may have been faster.
        const other = find.get(hash)?.id;
        if (other !== undefined) return { id: other, hash };
        storing(() => seal.run(hash, id));
        isSealed = true;
        return { id, hash };
      } finally {
        if (!isSealed) storing(() => remove.run(id));
      }
    },
    /** The bytes, a piece a step. */
    *read(id: number): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
      for (let number = 0; ; number++) {
        const found = piece.get(id, number);
        if (found === null) return;
        yield found.bytes;
      }
    },
    /** Marks some of those that nothing names, and that are older than this moment, to be erased. @returns how many */
    purge(writtenBefore: number, limit: number): number {
      return storing(() => markUnused.run(writtenBefore, limit).changes);
    },
  };
}
