/**
 * What the synthetic users of this evaluation state and ask. A line of facts: id|key|category|value, in the order in which they are
 * stated; a later value of a key and category supersedes the one before it. A line of questions: kind|question|ids that bear on it.
 */
import { family } from "./users/family.ts";
import { founder } from "./users/founder.ts";
import { freelancer } from "./users/freelancer.ts";
import { investor } from "./users/investor.ts";
import { retiree } from "./users/retiree.ts";
import { trader } from "./users/trader.ts";

export const kindsOfQuestions = {
  p: "in other words",
  n: "numbers and tickers",
  s: "superseded",
  a: "as of",
  x: "nothing bears on it",
  d: "German on English facts",
  f: "French on English facts",
} as const;
export type QuestionKind = keyof typeof kindsOfQuestions;

export interface EvalFact {
  readonly id: string;
  readonly key: string;
  readonly category: string;
  readonly value: string;
}

export interface EvalQuestion {
  readonly kind: QuestionKind;
  readonly ask: string;
  readonly fits: readonly string[];
  /** As of when this fact was the last that was stated. */
  readonly asOf: string | null;
  /** Constants were chosen by the others. */
  readonly isHeldOut: boolean;
}

export interface EvalUser {
  readonly name: string;
  readonly facts: readonly EvalFact[];
  readonly questions: readonly EvalQuestion[];
}

const linesOf = (text: string) => text.trim().split("\n");

const isKind = (kind: string): kind is QuestionKind => kind in kindsOfQuestions;

/** Every other question of each kind is held out. */
function questionsOf(text: string): EvalQuestion[] {
  const seen = new Map<string, number>();
  return linesOf(text).map((line) => {
    const [how = "", ask = "", fits = ""] = line.split("|");
    const [kind = "", asOf = null] = how.split("@");
    if (!isKind(kind)) throw new Error(`There is no such kind of question: ${line}`);
    const place = seen.get(kind) ?? 0;
    seen.set(kind, place + 1);
    return { kind, ask, asOf, fits: fits === "" ? [] : fits.split(","), isHeldOut: place % 2 === 1 };
  });
}

export const evalUsers: readonly EvalUser[] = [trader, family, retiree, freelancer, founder, investor].map(
  ({ name, facts, questions }) => ({
    name,
    facts: linesOf(facts).map((line) => {
      const [id = "", key = "", category = "", value = ""] = line.split("|");
      return { id, key, category, value };
    }),
    questions: questionsOf(questions),
  }),
);
