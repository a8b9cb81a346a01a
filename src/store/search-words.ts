/** How words are looked for in full text, in the indexes of the tables and in a few texts alike. */
import { Database } from "bun:sqlite";

/** As the migrations say of every index: without it a word would be found by one and not by the other. */
const tokenizer = "porter unicode61 remove_diacritics 2";

/** Any of these words, as an FTS5 query: none of their signs is an operator (https://www.sqlite.org/fts5.html#fts5_strings). */
export const anyOf = (words: readonly string[]): string => words.map(quoted).join(" OR ");

export const allOf = (words: readonly string[]): string => words.map(quoted).join(" AND ");

const quoted = (word: string) => `"${word.replaceAll('"', '""')}"`;

/** Which of a few texts hold a word: an index of them alone, in memory, is asked in microseconds, however many others there are. */
export class FewTexts implements Disposable {
  readonly #client = new Database(":memory:");
  readonly #insert;
  readonly #matching;

  constructor() {
    this.#client.run(
      `CREATE VIRTUAL TABLE texts USING fts5(head, body, content = '', tokenize = '${tokenizer}')`,
    );
    this.#insert = this.#client.prepare<unknown, [number, string, string]>(
      "INSERT INTO texts (rowid, head, body) VALUES (?, ?, ?)",
    );
    this.#matching = this.#client.prepare<{ rowid: number }, [string]>(
      "SELECT rowid FROM texts WHERE texts MATCH ?",
    );
  }

  /** @param number names the text */
  add(number: number, head: string, body: string): void {
    this.#insert.run(number, head, body);
  }

  /** The numbers of those that hold one of these words, by its stem. */
  holding(words: readonly string[]): readonly number[] {
    return words.length === 0 ? [] : this.#matching.all(anyOf(words)).map(({ rowid }) => rowid);
  }

  [Symbol.dispose](): void {
    this.#client.close();
  }
}
