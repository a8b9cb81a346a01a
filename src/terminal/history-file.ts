/**
 * The lines of earlier runs: a private file of bounded length, one entry a line. Several chats may append to it at the same
 * time. It knows nothing of the meaning of lines.
 */
import { appendFileSync, chmodSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { onOneLine } from "./pasted-text.ts";

export const mostEntries = 500;
/** Longer ones are not saved: nobody looks for them by the arrow key. */
const longestEntry = 2_000;
const ownerOnly = 0o600;

export class HistoryFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Cuts the file when it has become too long.
   * @returns the entries, the last one first
   * @throws the file system's errors, except for a missing file
   */
  load(): string[] {
    let text: string;
    try {
      text = readFileSync(this.#path, "utf8");
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
      throw error;
    }
    chmodSync(this.#path, ownerOnly);
    const lines = text.split("\n").filter((line) => line !== "");
    const kept = lines.slice(-mostEntries);
    if (lines.length > 2 * mostEntries) {
      const fresh = `${this.#path}.${process.pid}`;
      writeFileSync(fresh, `${kept.join("\n")}\n`, { mode: ownerOnly });
      renameSync(fresh, this.#path);
    }
    // Whatever wrote it: its text must not control the terminal.
    return kept.map(onOneLine).reverse();
  }

  /** @throws the file system's errors */
  add(line: string): void {
    const entry = onOneLine(line);
    if (entry.trim() === "" || entry.length > longestEntry) return;
    appendFileSync(this.#path, `${entry}\n`, { mode: ownerOnly });
  }
}
