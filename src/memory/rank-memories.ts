/**
 * Which memories bear on a question, and in which order. Pure: how near each is in meaning and in words is measured
 * elsewhere.
 *
 * Chosen by tests/memory/recall-set.ts (44 memories of one person; 81 questions in other words than the memory has, 24 of them
 * kept aside; 97 on which none bears) with all-MiniLM-L6-v2, three memories a question:
 *
 * | | found (kept aside) | false a question | false where none bears | such questions with a false one |
 * |---|---|---|---|---|
 * | reciprocal rank fusion of all words, any word and cosine ≥ 0.28 | 83 % (75 %) | 1.58 | 0.98 | 51 % |
 * | this | 82 % (92 %) | 0.46 | 0.14 | 10 % |
 * | this, by words alone | 46 % (54 %) | 0.84 | 0.13 | 10 % |
 *
 * What helped, in order: the memory as its owner would say it (memory-vectors.ts); words that stand for one another
 * (synonyms.ts); the higher bar for questions that are not about oneself; nothing that is much weaker than the best. What
 * did not: the greater of several forms of the text, the category in the text, another weight for exchanges.
 */
import type { Memory } from "../store/schema.ts";

export interface RecalledMemory {
  readonly memory: Memory;
  /** 0 to 1; comparable within one recall only. */
  readonly score: number;
}

interface Candidate {
  readonly memory: Memory;
  /** Of the question and the memory's nearest piece, -1 to 1; null: the one or the other has no vector. */
  readonly similarity: number | null;
  /** How much of the question's terms it holds, or words that stand for them: 0 to 1. */
  readonly coverage: number;
}

/** Of a memory that holds all terms of a question this much is added to the similarity. */
const coverageWeight = 0.3;
/** What a question that is not about oneself loses. */
const generalPenalty = 0.15;
/** What is recalled has so much at least. */
const lowestScore = 0.37;
/** Nothing that has so much less than the best comes along. */
const widestGap = 0.11;
/** Without a vector a third of the terms of a question about oneself suffice, or nearly all of another's. */
const unknownSimilarity = 0.3;

/** @returns the best first, at most `limit` */
export function rankMemories(
  candidates: readonly Candidate[],
  { isAboutOneself, limit }: { readonly isAboutOneself: boolean; readonly limit: number },
): RecalledMemory[] {
  const scored = candidates
    .map(({ memory, similarity, coverage }) => ({
      memory,
      score:
        (similarity ?? unknownSimilarity) + coverageWeight * coverage - (isAboutOneself ? 0 : generalPenalty),
    }))
    .filter(({ score }) => score >= lowestScore)
    .sort((left, right) => right.score - left.score)
    .map(({ memory, score }) => ({ memory, score: Math.min(1, score) }));
  const best = scored[0]?.score ?? 0;
  return scored.filter(({ score }) => score >= best - widestGap).slice(0, limit);
}
