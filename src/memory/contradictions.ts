/**
 * Finds facts that may contradict each other: of different subjects, with much the same words, and other figures of one unit.
 * It only flags them; which one is right is for their user to say. It is cautious: what differs in words is not flagged, and
 * neither is a fact that repeats a figure of the other.
 */
import { readingsOf } from "../finance/numbers/digit-readings.ts";
import type { Log } from "../log.ts";
import { WorkSlices } from "../loop/work-slices.ts";
import type { Store } from "../store/database.ts";
import type { Memory } from "../store/schema.ts";
import { scopeOf } from "./memory-scope.ts";
import type { Recall } from "./recall.ts";
import { searchTerms } from "./search-terms.ts";

/** Of the words of both so many, and so large a part, are shared. */
const fewestShared = 2;
const leastOverlap = 0.5;
/** Of those that are near in meaning a smaller part of the words suffices. */
const nearMeaning = 0.72;
const leastOfNear = 0.3;

const mostCandidates = 16;
const factsAtOnce = 48;
/** By meaning a fact is compared with so many that were stored last: how long it takes stops to grow there. */
const newestCompared = 16_000;
const mostNear = 8;

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

interface ComparingDeps {
  readonly store: Pick<Store, "memories" | "commit">;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly recall: Pick<Recall, "nearest" | "vectorOf">;
}

/** A fact as it was compared, and those that it may contradict. */
interface Compared {
  readonly fact: Memory;
  readonly others: readonly Memory[];
}

/** Compares what was not compared yet, in the background. The table is the queue, so that nothing is left out by a crash. */
export class ContradictionFinder {
  #running: Promise<void> | null = null;
  #wanted = false;
  #isClosed = false;

  constructor(private readonly deps: ComparingDeps) {}

  /** Reports that there may be something to compare. Never throws and never waits. */
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
    const { memories, commit } = this.deps.store;
    try {
      while (this.#wanted && !this.#isClosed) {
        const ids = memories.toCompare(factsAtOnce);
        if (ids.length === 0) {
          this.#wanted = false;
          continue;
        }
        const compared: Compared[] = [];
        const slices = new WorkSlices();
        for (const id of ids) {
          const fact = memories.get(id);
          if (fact !== undefined) compared.push({ fact, others: await this.#contradicted(fact) });
          if (slices.isOver) await slices.next();
        }
        await commit(() => {
          for (const each of compared) this.#note(each);
        });
      }
    } catch (error) {
      // They are still in the table: the next fact tries again.
      this.#wanted = false;
      this.deps.log.warn("facts_not_compared", { error });
    } finally {
      this.#running = null;
    }
  }

  async #contradicted(fact: Memory): Promise<readonly Memory[]> {
    const { store, now, recall } = this.deps;
    const asOf = now();
    if (figuresOf(fact.value).length === 0 || !store.memories.isCurrent(fact.id, asOf)) return [];
    const vector = recall.vectorOf(fact);
    return (await this.#candidates(fact, vector, asOf)).filter(
      (other) =>
        other.id !== fact.id &&
        other.kind === "fact" &&
        mayContradict(fact, other, vector === null ? null : similarityOf(vector, recall.vectorOf(other))),
    );
  }

  /** One that says something else by now is compared again, and others may be gone. */
  #note({ fact, others }: Compared): void {
    const { memories } = this.deps.store;
    const { key, value, category } = memories.get(fact.id) ?? {};
    if (key !== fact.key || value !== fact.value || category !== fact.category) return;
    const there = memories.some(
      fact.ownerId,
      others.map(({ id }) => id),
    );
    memories.setConflicts(
      fact.id,
      there.map(({ id }) => id),
    );
  }

  /**
   * Those that share a word which few hold. Words that very many hold would be ranked in all of them: where there are no others,
   * those of the newest are taken that are near in meaning, or without vectors have all the words of its text.
   */
  async #candidates(fact: Memory, vector: Float32Array | null, asOf: number): Promise<readonly Memory[]> {
    const { id, ownerId } = fact;
    const scope = scopeOf(fact.projectId);
    const search = (words: ReadonlySet<string>, match: "rare" | "all") =>
      this.deps.store.memories.searchText(ownerId, [...words], match, mostCandidates, { asOf, scope });
    const worded = search(wordsOf(fact), "rare").filter((other) => other.id !== id);
    if (worded.length > 0) return worded;
    if (vector === null) return search(wordsOf({ ...fact, key: "" }), "all");
    return this.deps.recall.nearest(ownerId, vector, {
      ...{ limit: mostNear, asOf, scope },
      newest: newestCompared,
    });
  }
}

function similarityOf(one: Float32Array, other: Float32Array | null): number | null {
  return other === null ? null : one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
}
