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

/** A word that so many rows hold is common: to rank them by it takes longer than it tells. */
const commonHits = 2_000;
/** Several words are looked for together, the rarest first, as long as no more rows hold one of them. */
const mostRanked: Readonly<Record<"any" | "rare", number>> = { any: 2_000, rare: 64 };
const searchesUntilCounted = 1_000;

/** How much of what is searched for is there: every word, or any of them; rare: any of those that few rows hold. */
export type Match = "all" | "any" | "rare";

/** Which words of a question are worth ranking by, in one index: what a word costs grows with the rows that hold it. */
export class TellingWords {
  readonly #hits;
  /** Words that very many hold: to count them takes longest. They are counted again now and then. */
  readonly #common = new Set<string>();
  #searches = 0;

  constructor(client: Database, index: "memories_fts" | "passages_fts") {
    this.#hits = client.prepare<{ count: number }, [string, number]>(
      `SELECT count(*) AS count FROM (SELECT 1 FROM ${index} WHERE ${index} MATCH ? LIMIT ?)`,
    );
  }

  /** How many rows match an FTS5 query, counted up to `most`. */
  hits(expression: string, most: number): number {
    const key = `${most} ${expression}`;
    if (this.#common.has(key)) return most;
    const count = this.#hits.get(expression, most)?.count ?? 0;
    if (count >= most) this.#common.add(key);
    return count;
  }

  /**
   * Those of these words to look for: common ones are left out where there are others that any row holds.
   * @returns isRanked: bm25 may rank by them; else all are common, and it would count and rank far too many rows
   */
  among(
    words: readonly string[],
    match: Match,
  ): { readonly isRanked: boolean; readonly words: readonly string[] } {
    this.#searches += 1;
    if (this.#searches % searchesUntilCounted === 0) this.#common.clear();
    const most = match === "rare" ? mostRanked.rare : commonHits;
    const counted = words.map((word) => ({ word, count: this.hits(anyOf([word]), most) }));
    const rare = counted.filter(({ count }) => count < most);
    const isRanked = match === "rare" || rare.length === words.length || rare.some(({ count }) => count > 0);
    const told = !isRanked ? counted : match === "all" ? rare : rarestOf(rare, mostRanked[match]);
    return { isRanked, words: told.map(({ word }) => word) };
  }
}

/** The rarest words, as long as no more than `most` rows hold one of them; at least one. */
function rarestOf<Counted extends { readonly count: number }>(
  words: readonly Counted[],
  most: number,
): readonly Counted[] {
  let sum = 0;
  return words
    .toSorted((one, other) => one.count - other.count)
    .filter(({ count }, at) => {
      sum += count;
      return at === 0 || sum <= most;
    });
}

/** Those first that hold the most of the words, or those alone that hold all; of equals as they were. */
export function holdingMost<Found>(
  found: readonly Found[],
  words: readonly string[],
  match: Match,
  textOf: (one: Found) => readonly [head: string, body: string],
): readonly Found[] {
  using texts = new FewTexts();
  for (const [at, one] of found.entries()) texts.add(at, ...textOf(one));
  const counted = found.map((one) => ({ one, matches: 0 }));
  for (const word of words)
    for (const at of texts.holding([word])) {
      const holder = counted[at];
      if (holder !== undefined) holder.matches += 1;
    }
  return counted
    .filter(({ matches }) => match !== "all" || matches === words.length)
    .sort((one, other) => other.matches - one.matches)
    .map(({ one }) => one);
}
