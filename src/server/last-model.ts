/** The model that was asked for last, kept in the data folder for the next start. */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "../log.ts";

export class LastModel {
  readonly #path: string;
  readonly #log: Log;
  #name: string | null;

  constructor(dataDir: string, log: Log) {
    this.#path = join(dataDir, "last-model");
    this.#log = log;
    this.#name = nameIn(this.#path);
  }

  /** null: none was asked for. */
  get name(): string | null {
    return this.#name;
  }

  /** @param name "auto" forgets it */
  note(name: string): void {
    const next = name.toLowerCase() === "auto" ? null : name;
    if (next === this.#name) return;
    this.#name = next;
    try {
      if (next === null) rmSync(this.#path, { force: true });
      else {
        writeFileSync(`${this.#path}.part`, `${next}\n`, { mode: 0o600 });
        renameSync(`${this.#path}.part`, this.#path);
      }
    } catch (error) {
      this.#log.warn("last-model-not-kept", { error });
    }
  }
}

function nameIn(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim() || null;
  } catch {
    // Nobody has asked for one yet.
    return null;
  }
}
