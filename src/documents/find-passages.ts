/** Finds the passages of chosen documents that bear on a question: by meaning where an embedder answers in time, and by words. */
import { type QuestionVectorDeps, questionVector } from "../memory/question-vector.ts";
import { searchTerms } from "../memory/search-terms.ts";
import { withSynonyms } from "../memory/synonyms.ts";
import { coverageOf, weightOf } from "../memory/term-coverage.ts";
import type { StoredDocument } from "../store/document-tables.ts";
import type { DocumentQueries } from "../store/documents.ts";
import { PassageIndex, type Similarities } from "./passage-index.ts";
import { passageVectorName } from "./passage-vectors.ts";
import { type PassageCandidate, type RankedPassage, rankPassages } from "./rank-passages.ts";

interface FindDeps extends QuestionVectorDeps {
  readonly documents: DocumentQueries;
}

/** The number of nearest passages to rank, and of those that share words with the question. */
const mostCandidates = 32;
/** They ask for an amount, and stand beside none. */
const askingWords: ReadonlySet<string> = new Set(
  "high much many long far often large big according document report hoch viel viele lange oft groß laut dokument bericht alto mucho muchos cuánto según documento informe".split(
    " ",
  ),
);

type Document = Pick<StoredDocument, "id" | "name" | "title" | "passages">;

/** Which passage of which document. */
interface PassagePlace {
  readonly documentId: string;
  readonly number: number;
}

const keyOf = ({ documentId, number }: PassagePlace) => `${documentId} ${number}`;

export class PassageFinder {
  readonly #deps: FindDeps;
  readonly index: PassageIndex | null;

  constructor(deps: FindDeps) {
    const { embedder, documents } = deps;
    this.#deps = deps;
    this.index =
      embedder === null
        ? null
        : new PassageIndex(documents, passageVectorName(embedder.model), embedder.dimensions);
  }

  /** @returns best first; none when none bears on it. @throws `signal.reason` */
  async find(
    question: string,
    chosen: readonly Document[],
    limit: number,
    signal: AbortSignal,
  ): Promise<readonly RankedPassage[]> {
    signal.throwIfAborted();
    if (limit <= 0 || chosen.length === 0) return [];
    const ids = chosen.map(({ id }) => id);
    const terms = searchTerms(question).filter((term) => !askingWords.has(term));
    const vector = await questionVector(question, this.#deps, "passages_by_text_alone", signal);
    const near = this.#near(vector, ids);
    const worded = this.#worded(terms, ids);
    const ranks = new Map(worded.map((passage, rank) => [keyOf(passage), rank]));
    const found = new Map([...worded, ...nearest(near)].map((passage) => [keyOf(passage), passage]));
    const coverage = this.#coverage(terms, chosen, [...found.values()]);
    const candidates = [...found].map(
      ([key, { documentId, number }]): PassageCandidate => ({
        ...{ documentId, number },
        similarity: near.get(documentId)?.get(number) ?? null,
        coverage: coverage(documentId, key),
        wordRank: ranks.get(key) ?? null,
      }),
    );
    return rankPassages(candidates, limit);
  }

  #near(vector: Float32Array | null, ids: readonly string[]): ReadonlyMap<string, Similarities> {
    const { index } = this;
    if (vector === null || index === null) return new Map();
    return new Map(ids.map((id) => [id, index.similarities(id, vector)]));
  }

  #worded(terms: readonly string[], ids: readonly string[]) {
    const search = (match: "all" | "any") =>
      this.#deps.documents.searchPassages(ids, terms, match, mostCandidates);
    const all = search("all");
    return all.length > 0 ? all : search("any");
  }

  /** How much of the terms a passage holds (src/memory/term-coverage.ts). */
  #coverage(
    terms: readonly string[],
    chosen: readonly Document[],
    candidates: readonly PassagePlace[],
  ): (documentId: string, key: string) => number {
    const { documents } = this.#deps;
    const ids = chosen.map(({ id }) => id);
    const all = chosen.reduce((sum, { passages }) => sum + passages, 0);
    const found = terms.map((term) => {
      const similarWords = withSynonyms(term);
      const holding = (words: readonly string[]) =>
        new Set(documents.passagesHolding(candidates, words).map(keyOf));
      const [literal, similar] = [holding([term]), holding(similarWords)];
      const count = documents.countPassagesHolding(ids, similarWords);
      // A document's own name says nothing of its passages.
      const named = new Set(chosen.filter((document) => isNamed(document, term)).map(({ id }) => id));
      // A word that stands nowhere weighs no more than one that stands once.
      return { literal, similar, named, weight: weightOf(all, Math.max(1, count)) };
    });
    return (documentId, key) =>
      coverageOf(
        found.filter(({ named }) => !named.has(documentId)),
        key,
      );
  }
}

function nearest(near: ReadonlyMap<string, Similarities>) {
  return [...near]
    .flatMap(([documentId, passages]) =>
      [...passages].map(([number, similarity]) => ({ documentId, number, similarity })),
    )
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, mostCandidates);
}

const isNamed = ({ name, title }: Document, term: string) =>
  `${name} ${title}`
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .includes(term);
