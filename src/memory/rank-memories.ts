/**
 * Which memories bear on a question, and in which order. Pure: how near each is in meaning and in words is measured elsewhere.
 *
 * The constants were chosen by tests/eval/memory (`bun run eval memory`: six people, 335 facts) and tests/memory/recall-set.ts, by the half
 * of the questions that is not held out. What helped, in order: the memory with its category (memory-vectors.ts); what the form of a
 * question says (question-form.ts); words weighted by how rare they are among the owner's memories. What did not help:
 * reciprocal rank fusion (no better in order, and without a floor, because a rank says nothing of how near the first one is), the
 * greater of several forms of the text, their mean, the distance from the mean of all.
 */
import type { Memory } from "../store/schema.ts";
import type { QuestionForm } from "./question-form.ts";

export interface RecalledMemory {
  readonly memory: Memory;
  /** 0 to 1; comparable within one recall only. */
  readonly score: number;
}

interface Candidate {
  readonly memory: Memory;
  /** Of the question and the memory's nearest piece, -1 to 1; null: the one or the other has no vector. */
  readonly similarity: number | null;
  /** How much of the question's terms it holds, or words that stand for them, by how rare they are: 0 to 1. */
  readonly coverage: number;
}

interface Asked extends QuestionForm {
  /** How many terms are looked for: one alone says little. */
  readonly terms: number;
  readonly limit: number;
}

/** Of a memory that holds all terms of a question this much is added to the similarity. */
const coverageWeight = 0.15;
const generalPenalty = 0.25;
const notOfOneselfPenalty = 0.05;
const taskPenalty = 0.25;
const foreignPenalty = 0.1;
/** What is recalled has so much at least. */
const lowestScore = 0.24;
/** Nothing that has so much less than the best comes along. */
const widestGap = 0.1;
/** By words alone: so much of the terms of a question about oneself suffices. */
const lowestCoverage = 0.25;
const wordsAlone = 0.35;
/** For each time that its owner has said that it did not bear on a question, a few times at most. */
const dismissalPenalty = 0.04;
const mostDismissals = 4;
/** Of two that are as near, the exchange and the older one come later. */
const exchangePenalty = 0.02;

/** @returns the best first, at most `limit` */
export function rankMemories(candidates: readonly Candidate[], asked: Asked): RecalledMemory[] {
  const penalty =
    (asked.isGeneral ? generalPenalty : asked.isAboutOneself ? 0 : notOfOneselfPenalty) +
    (asked.isTask ? taskPenalty : 0) +
    (asked.isForeign ? foreignPenalty : 0);
  const weight = asked.terms > 1 ? coverageWeight : coverageWeight / 2;
  const scored = candidates
    .map(({ memory, similarity, coverage }) => {
      const own =
        Math.min(memory.dismissals, mostDismissals) * dismissalPenalty +
        (memory.kind === "exchange" ? exchangePenalty : 0);
      const near =
        similarity === null
          ? lowestScore + wordsAlone * (coverage - lowestCoverage)
          : similarity + weight * coverage;
      return { memory, score: near - penalty - own };
    })
    .filter(({ score }) => score >= lowestScore)
    .sort((left, right) => right.score - left.score || right.memory.createdAt - left.memory.createdAt)
    .map(({ memory, score }) => ({ memory, score: Math.min(1, score) }));
  const best = scored[0]?.score ?? 0;
  return distinct(scored.filter(({ score }) => score >= best - widestGap)).slice(0, asked.limit);
}

/** A shorter text, such as "yes", says nothing without its subject. */
const fewestWords = 4;

/** Of several that say the same only the best: the same words in another order are the same. */
function distinct(recalled: readonly RecalledMemory[]): RecalledMemory[] {
  const said = new Set<string>();
  return recalled.filter(({ memory }) => {
    const words = memory.value.toLowerCase().match(/[\p{L}\p{N}.,%]+/gu) ?? [];
    const text = [...new Set(words.map((word) => word.replace(/[.,]+$/, "")))].sort().join(" ");
    if (words.length < fewestWords) return true;
    if (said.has(text)) return false;
    said.add(text);
    return true;
  });
}
