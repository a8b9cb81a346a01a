/**
 * The beginning of the database's file, by which it is known that nobody has written something else into the file: every
 * database begins alike, and this one has a stamp of this run besides. It knows nothing of where the file lies.
 */
import type { Database } from "bun:sqlite";
import { randomInt } from "node:crypto";
import { readSync } from "node:fs";
import { storageErrorOf } from "./sqlite-errors.ts";

/** What every database begins with: https://www.sqlite.org/fileformat.html#magic_header_string */
const magic = Buffer.from("SQLite format 3\0");
/** The application id, which SQLite leaves to its user: a big-endian number of 4 bytes. */
const stampAt = 68;

export class FileHeader {
  readonly #descriptor: number;
  readonly #bytes = Buffer.alloc(stampAt + 4);
  #stamp: number | null = null;
  /** It is in the WAL at first, and in the file after a checkpoint. */
  #isStamped = false;

  /** @param descriptor the file, open for reading as long as this is used */
  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /**
   * Stamps the database, so that an earlier copy of it is known from it. Where nothing can be written it has no stamp.
   * @param isNew all of it is in its WAL, and can be read and copied from there whatever becomes of the file: it stays there
   *   until SQLite's own checkpoint, which brings the stamp into the file, too
   */
  stamp(client: Database, isNew: boolean): void {
    const stamp = randomInt(1, 2 ** 31);
    try {
      client.run(`PRAGMA application_id = ${stamp}`);
      if (!isNew) client.run("PRAGMA wal_checkpoint(PASSIVE)");
    } catch (error) {
      if (storageErrorOf(error) === undefined) throw error;
      return;
    }
    this.#stamp = stamp;
  }

  /** About 1 µs. */
  state(): "sound" | "overwritten" | "unreadable" {
    let length: number;
    try {
      length = readSync(this.#descriptor, this.#bytes, 0, this.#bytes.length, 0);
    } catch {
      return "unreadable";
    }
    if (length < this.#bytes.length || !this.#bytes.subarray(0, magic.length).equals(magic))
      return "overwritten";
    if (this.#stamp === null) return "sound";
    if (this.#bytes.readInt32BE(stampAt) === this.#stamp) this.#isStamped = true;
    else if (this.#isStamped) return "overwritten";
    return "sound";
  }
}
