/** A store in a folder of its own, which goes with it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLog } from "../../src/log.ts";
import { openStore, type Store } from "../../src/store/database.ts";

export const silent = createLog("error", () => {});

export function temporaryFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), "store-test-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

export function temporaryStore(): Store & { readonly dataDir: string } {
  const folder = temporaryFolder();
  const store = openStore({ dataDir: folder.path, log: silent });
  return {
    ...store,
    dataDir: folder.path,
    [Symbol.dispose]() {
      store[Symbol.dispose]();
      folder[Symbol.dispose]();
    },
  };
}
