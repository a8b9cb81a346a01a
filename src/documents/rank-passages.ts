/**
 * Which passages bear on a question, and in which order: those near in meaning and those that share its words, by reciprocal
 * rank, above a floor of evidence. Pure: how near each is is measured elsewhere.
 *
 * The constants were chosen by tests/eval/documents (`bun run eval documents`), by the reports that are not held out.
 */

export interface PassageCandidate {
  readonly documentId: string;
  readonly number: number;
  /** Of the question and the passage's nearest piece, -1 to 1; null: the one or the other has no vector. */
  readonly similarity: number | null;
  /** How much of the question's terms it holds, or words that stand for them, by how rare they are: 0 to 1. */
  readonly coverage: number;
  /** Its place among those that share words with the question, from 0; null: it is none of them. */
  readonly wordRank: number | null;
}

export interface RankedPassage {
  readonly documentId: string;
  readonly number: number;
  /** 0 to 1: how much speaks for it. */
  readonly score: number;
}

/** Of a passage that holds all terms of a question this much is added to the similarity. */
const coverageWeight = 0.8;
/** The best passage has so much at least, or the documents do not answer. */
const floor = 0.77;
/** By words alone. */
const wordsFloor = 0.5;
/** Nothing that has so much less than the best comes along. */
const widestGap = 0.5;
/** https://doi.org/10.1145/1571941.1572114 */
const rankConstant = 60;

/** @returns the best first, at most `limit`; none where none bears on it */
export function rankPassages(candidates: readonly PassageCandidate[], limit: number): RankedPassage[] {
  const byMeaning = new Map(
    candidates
      .filter(({ similarity }) => similarity !== null)
      .toSorted((a, b) => (b.similarity ?? 0) - (a.similarity ?? 0))
      .map((candidate, rank) => [candidate, rank] as const),
  );
  const scored = candidates.map((candidate) => {
    const { similarity, coverage, wordRank } = candidate;
    const evidence =
      similarity === null
        ? (coverage / wordsFloor) * floor
        : Math.max(0, similarity) + coverageWeight * coverage;
    const ranks = [byMeaning.get(candidate), wordRank ?? undefined];
    const fused = ranks.reduce<number>(
      (sum, rank) => sum + (rank === undefined ? 0 : 1 / (rankConstant + rank)),
      0,
    );
    return { candidate, evidence, fused };
  });
  const best = Math.max(0, ...scored.map(({ evidence }) => evidence));
  if (best < floor) return [];
  return scored
    .filter(({ evidence }) => evidence >= best - widestGap)
    .sort((a, b) => b.fused - a.fused || b.evidence - a.evidence)
    .slice(0, limit)
    .map(({ candidate: { documentId, number }, evidence }) => ({
      documentId,
      number,
      score: Math.min(1, evidence / (1 + coverageWeight)),
    }));
}
