/** Damages a database as a failing disk does: one page of one table holds nonsense. */
import { Database } from "bun:sqlite";
import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";

/** @param table or an index; of its leaves the first one is overwritten */
export function overwriteLeaf(dataDir: string, table: string): void {
  const path = join(dataDir, "assistant.db");
  const reader = new Database(path, { readonly: true });
  const [page] = reader
    .query("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno LIMIT 1")
    .values(table)
    .flat();
  reader.close();
  const descriptor = openSync(path, "r+");
  writeSync(descriptor, Buffer.alloc(4096, 0xff), 0, 4096, (Number(page) - 1) * 4096);
  closeSync(descriptor);
}
