/** Finds the passages of chosen documents that bear on a question: by meaning where an embedder answers in time, and by words. */
import { WorkSlices } from "../loop/work-slices.ts";
import { similarityTo } from "../memory/memory-vectors.ts";
import { type QuestionVectorDeps, questionVector } from "../memory/question-vector.ts";
import { searchTerms } from "../memory/search-terms.ts";
import { withSynonyms } from "../memory/synonyms.ts";
import { coverageOf, type WeighedTerm, weightOf } from "../memory/term-coverage.ts";
import { measuredForOne, VectorIndex } from "../memory/vector-index.ts";
import type { PassageVectors } from "../store/document-search.ts";
import type { PassageText, StoredDocument } from "../store/document-tables.ts";
import type { DocumentQueries } from "../store/documents.ts";
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

export class PassageFinder implements Disposable {
  readonly #deps: FindDeps;
  readonly #index: VectorIndex<PassageVectors> | null;

  constructor(deps: FindDeps) {
    const { embedder, documents } = deps;
    this.#deps = deps;
    this.#index =
      embedder === null
        ? null
        : new VectorIndex(documents, passageVectorName(embedder.model), embedder.dimensions);
  }

  /** Resolves when a search by meaning need not wait for its index. */
  async ready(): Promise<void> {
    await this.#index?.ready();
  }

  [Symbol.dispose](): void {
    this.#index?.[Symbol.dispose]();
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
    const { documents } = this.#deps;
    const ids = chosen.map(({ id }) => id);
    const terms = searchTerms(question).filter((term) => !askingWords.has(term));
    const vector = await questionVector(question, this.#deps, "passages_by_text_alone", signal);
    const near =
      vector === null || this.#index === null
        ? []
        : (await this.#index.nearest(ids, vector, mostCandidates * measuredForOne)).near;
    const slices = new WorkSlices();
    const worded = this.#worded(terms, ids);
    const ranks = new Map(worded.map(({ id }, rank) => [id, rank]));
    const nearest = near.slice(0, mostCandidates).map(({ row }) => row);
    const found = [...worded, ...documents.somePassages(nearest.filter((row) => !ranks.has(row)))];
    const similarities = new Map(near.map(({ row, similarity }) => [row, similarity]));
    const similarityOf = this.#measuring(vector, similarities, found);
    const coverage = await this.#coverage(terms, chosen, found, slices);
    const candidates = found.map(
      (passage): PassageCandidate => ({
        ...{ documentId: passage.documentId, number: passage.number },
        similarity: similarityOf(passage.id),
        coverage: coverage(passage),
        wordRank: ranks.get(passage.id) ?? null,
      }),
    );
    return rankPassages(candidates, limit);
  }

  /** How near each of these passages is; the index has measured most of them. */
  #measuring(
    vector: Float32Array | null,
    measured: ReadonlyMap<number, number>,
    found: readonly PassageText[],
  ): (id: number) => number | null {
    const { documents, embedder } = this.#deps;
    if (vector === null || embedder === null) return () => null;
    const others = found.map(({ id }) => id).filter((id) => !measured.has(id));
    const added = new Map(
      documents
        .vectorsOf(passageVectorName(embedder.model), others)
        .map(({ row, embedding }) => [row, similarityTo(vector, embedding)]),
    );
    return (id) => measured.get(id) ?? added.get(id) ?? null;
  }

  #worded(terms: readonly string[], ids: readonly string[]) {
    const search = (match: "all" | "any") =>
      this.#deps.documents.searchPassages(ids, terms, match, mostCandidates);
    const all = search("all");
    return all.length > 0 ? all : search("any");
  }

  /** How much of the terms a passage holds (src/memory/term-coverage.ts). */
  async #coverage(
    terms: readonly string[],
    chosen: readonly Document[],
    candidates: readonly PassageText[],
    slices: WorkSlices,
  ): Promise<(passage: PassageText) => number> {
    const { documents } = this.#deps;
    const ids = chosen.map(({ id }) => id);
    const all = chosen.reduce((sum, { passages }) => sum + passages, 0);
    using texts = documents.fewTexts();
    for (const { id, heading, text } of candidates) texts.add(id, heading, text);
    const found: (WeighedTerm<number> & { readonly named: ReadonlySet<string> })[] = [];
    for (const term of terms) {
      const similarWords = withSynonyms(term);
      const [literal, similar] = [new Set(texts.holding([term])), new Set(texts.holding(similarWords))];
      const count = documents.countPassagesHolding(ids, similarWords);
      // A document's own name says nothing of its passages.
      const named = new Set(chosen.filter((document) => isNamed(document, term)).map(({ id }) => id));
      // A word that stands nowhere weighs no more than one that stands once.
      found.push({ literal, similar, named, weight: weightOf(all, Math.max(1, count)) });
      if (slices.isOver) await slices.next();
    }
    return ({ documentId, id }) =>
      coverageOf(
        found.filter(({ named }) => !named.has(documentId)),
        id,
      );
  }
}

const isNamed = ({ name, title }: Document, term: string) =>
  `${name} ${title}`
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .includes(term);
