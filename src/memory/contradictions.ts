/**
 * Finds facts that may contradict each other: of different subjects, with much the same words, and other figures of one unit.
 * It only flags them; which one is right is for their user to say. It is cautious: what differs in words is not flagged, and
 * neither is a fact that repeats a figure of the other.
 */
import { readingsOf } from "../finance/numbers/digit-readings.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import type { Memory } from "../store/schema.ts";
import { unpackVectors } from "./memory-vectors.ts";
import type { Recall } from "./recall.ts";
import { searchTerms } from "./search-terms.ts";

/** Of the words of both so many, and so large a part, are shared. */
const fewestShared = 2;
const leastOverlap = 0.5;
/** Of those that are near in meaning a smaller part of the words suffices. */
const nearMeaning = 0.72;
const leastOfNear = 0.3;

const mostCandidates = 16;
const factsAtOnce = 8;

interface Figure {
  readonly unit: string;
  /** A figure can be read in several ways: 1.250 and 1,250. */
  readonly values: readonly string[];
}

const figurePattern =
  /([$€£¥])?\s*(\d[\d.,'’]*\d|\d)\s*(%|percent|prozent|por ciento|euros?|eur|usd|dollars?|dólares|pips?|r\b|[$€£¥])?/giu;
const unitNames: Readonly<Record<string, string>> = {
  ...{ percent: "%", prozent: "%", "por ciento": "%" },
  ...{ "€": "eur", euro: "eur", euros: "eur", $: "usd", dollar: "usd", dollars: "usd", dólares: "usd" },
  pips: "pip",
};

function figuresOf(text: string): readonly Figure[] {
  return [...text.matchAll(figurePattern)].map(([, before, digits = "", after]) => {
    const named = (before ?? after ?? "").toLowerCase();
    const readings = readingsOf(digits).map(({ value }) => value);
    return { unit: unitNames[named] ?? named, values: readings.length === 0 ? [digits] : readings };
  });
}

type Said = Pick<Memory, "key" | "value" | "category">;

/** They say nothing of what a figure is of. */
const unitWords: ReadonlySet<string> = new Set(
  "eur euro euros usd dollar dollars dólares percent prozent pip pips".split(" "),
);

/** A plural is the same word. */
const wordsOf = ({ key, value }: Said): ReadonlySet<string> =>
  new Set(
    searchTerms(`${key} ${value}`)
      .filter((term) => !/\p{N}/u.test(term) && !unitWords.has(term))
      .map((term) => (term.length > 3 ? term.replace(/(?:es|s)$/u, "") : term)),
  );

const numbersOf = (key: string) => (key.match(/\d+/g) ?? []).join(" ");

/** @param similarity of their vectors; null: one has none */
export function mayContradict(one: Said, other: Said, similarity: number | null): boolean {
  if (one.key === other.key && one.category === other.category) return false;
  // "goal 2024" and "goal 2025" are two subjects.
  if (numbersOf(one.key) !== numbersOf(other.key)) return false;
  if (!haveOtherFigures(figuresOf(one.value), figuresOf(other.value))) return false;
  const [words, others] = [wordsOf(one), wordsOf(other)];
  const shared = [...words].filter((word) => others.has(word)).length;
  if (shared < fewestShared) return false;
  const overlap = shared / (words.size + others.size - shared);
  return overlap >= (similarity !== null && similarity >= nearMeaning ? leastOfNear : leastOverlap);
}

function haveOtherFigures(ones: readonly Figure[], others: readonly Figure[]): boolean {
  const isSame = (one: Figure, other: Figure) =>
    one.unit === other.unit && one.values.some((value) => other.values.includes(value));
  const units = new Set(others.map(({ unit }) => unit));
  return (
    ones.some(({ unit }) => units.has(unit)) &&
    !ones.some((one) => others.some((other) => isSame(one, other)))
  );
}

type ComparingStore = Pick<Store, "memories" | "commit">;

/** Compares what was not compared yet, in the background. The table is the queue, so that nothing is left out by a crash. */
export class ContradictionFinder {
  #running: Promise<void> | null = null;
  #wanted = false;
  #isClosed = false;

  constructor(
    private readonly store: ComparingStore,
    private readonly log: Log,
    private readonly now: () => number,
    /** Vectors have so many dimensions; null: there are none. */
    private readonly dimensions: number | null,
    /** The ids of an owner's memories that are nearest to a vector. */
    private readonly nearest: Recall["nearest"] = () => [],
  ) {}

  wake(): void {
    if (this.#isClosed) return;
    this.#wanted = true;
    this.#running ??= this.#work();
  }

  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    await this.idle();
  }

  async #work(): Promise<void> {
    await Promise.resolve();
    try {
      while (this.#wanted && !this.#isClosed) {
        const ids = this.store.memories.toCompare(factsAtOnce);
        if (ids.length === 0) this.#wanted = false;
        else
          await this.store.commit(() => {
            for (const id of ids) this.#compare(id);
          });
      }
    } catch (error) {
      // They are still in the table: the next fact tries again.
      this.#wanted = false;
      this.log.warn("facts_not_compared", { error });
    } finally {
      this.#running = null;
    }
  }

  #compare(id: string): void {
    const { memories } = this.store;
    const fact = memories.get(id);
    if (fact === undefined) return;
    const asOf = this.now();
    const isComparable = figuresOf(fact.value).length > 0 && memories.isCurrent(id, asOf);
    const vector = this.#vectorOf(fact);
    const candidates = isComparable ? this.#candidates(fact, vector, asOf) : [];
    const found = candidates.filter(
      (other) =>
        other.id !== id &&
        other.kind === "fact" &&
        mayContradict(
          fact,
          other,
          other.embeddingModel === fact.embeddingModel ? this.#similarity(vector, other) : null,
        ),
    );
    memories.setConflicts(
      id,
      found.map((other) => other.id),
    );
  }

  /**
   * Those that share a word which few hold. Words that very many hold would be ranked in all of them: where there are no others,
   * those are taken that are near in meaning, or without vectors have all the words of its text.
   */
  #candidates(fact: Memory, vector: Float32Array | null, asOf: number): readonly Memory[] {
    const { memories } = this.store;
    const { id, ownerId } = fact;
    const search = (words: ReadonlySet<string>, match: "rare" | "all") =>
      memories.searchText(ownerId, [...words], match, mostCandidates, { asOf });
    const worded = search(wordsOf(fact), "rare").filter((other) => other.id !== id);
    if (worded.length > 0) return worded;
    if (vector === null) return search(wordsOf({ ...fact, key: "" }), "all");
    return memories
      .some(ownerId, this.nearest(ownerId, vector, mostCandidates, asOf))
      .filter((other) => memories.isCurrent(other.id, asOf));
  }

  #similarity(vector: Float32Array | null, other: Memory): number | null {
    const otherVector = this.#vectorOf(other);
    if (vector === null || otherVector === null) return null;
    return vector.reduce((sum, value, index) => sum + value * (otherVector[index] ?? 0), 0);
  }

  #vectorOf({ embedding }: Memory): Float32Array | null {
    if (embedding === null || this.dimensions === null) return null;
    return unpackVectors(embedding, this.dimensions)?.subarray(0, this.dimensions) ?? null;
  }
}
