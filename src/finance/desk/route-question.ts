/**
 * Finds the calculation that a question asks for, and its inputs, by words alone: without a model, and always the same way. It
 * never guesses. It computes nothing. It gives no route rather than a wrong one.
 */
import type { Language } from "../../texts/say.ts";
import type { Calculator } from "../calculators/calculator.ts";
import { calculators } from "../calculators/calculators.ts";
import type { Instruments } from "../instruments/instrument.ts";
import { lexFigures } from "../numbers/lex-figures.ts";
import { askedIn } from "./asked-in.ts";
import { asksForFigure } from "./asks.ts";
import { isAboutElse } from "./foreign-words.ts";
import { InstrumentNames } from "./instrument-names.ts";
import { type Found, Lexicon, longestOf } from "./lexicon.ts";
import { mentionsIn } from "./mentions.ts";
import { languageOf, provenMark } from "./number-readings.ts";
import { recurrencesIn } from "./periods.ts";
import { type PreparedCalculator, prepare } from "./prepared-calculator.ts";
import { type Word, wordsOf } from "./question-words.ts";
import { quotedSpans } from "./quoted-spans.ts";
import { type Inputs, type Question, type ReadInput, type Reading, readInputs } from "./read-inputs.ts";

export type Route = { readonly language: Language } & (
  | {
      readonly kind: "answer";
      readonly calculator: Calculator;
      readonly inputs: Inputs;
      readonly read: readonly ReadInput[];
    }
  | {
      readonly kind: "missing";
      readonly calculator: Calculator;
      readonly inputs: Inputs;
      readonly read: readonly ReadInput[];
      /** The names of the inputs to state. */
      readonly missing: readonly string[];
    }
  | {
      readonly kind: "choice";
      readonly options: readonly { readonly calculator: Calculator; readonly inputs: Inputs }[];
      readonly read: readonly ReadInput[];
    }
);

/** No question for one calculation is longer, in UTF-16 units, or has more figures. */
const longestQuestion = 4000;
const mostFigures = 16;
const mostWords = 160;
/** A phrase that is shorter than this share of another calculator's is beside the point. */
const clearlyMore = 0.75;
const clearlyTwice = 2;
const code = /```|=>|[{}<>\\|]|\b(?:const|def|function) \w+ ?[=(]|\w\(\w*\)/i;

const phrasesOf = (language: Language) =>
  new Lexicon(
    calculators.flatMap((calculator) => {
      const asked = askedIn(calculator, language);
      if (asked === null) return [];
      const prepared = prepare(calculator, asked);
      return asked.phrases.map((phrase) => [phrase, prepared] as const);
    }),
  );
const spanishPhrases = phrasesOf("es");
/** Those of English and German: one question often has words of both. */
const otherPhrases = phrasesOf("en");
const namesOf = new WeakMap<Instruments, InstrumentNames>();

/** Made once for the same instruments. */
function namesFor(instruments: Instruments): InstrumentNames {
  const names = namesOf.get(instruments) ?? new InstrumentNames(instruments);
  namesOf.set(instruments, names);
  return names;
}

interface Candidate {
  readonly prepared: PreparedCalculator;
  readonly phrases: readonly Found<PreparedCalculator>[];
  /** By its phrases: longer ones say more. */
  readonly weight: number;
}

/** @returns null where the desk has no answer */
export function routeQuestion(
  text: string,
  { instruments }: { readonly instruments: Instruments },
): Route | null {
  if (text.length > longestQuestion || code.test(text)) return null;
  const figures = lexFigures(text);
  if (figures.length > mostFigures) return null;
  const words = wordsOf(
    text,
    figures.filter(({ role, text }) => role === "amount" && /\d/.test(text)),
  );
  if (words.length > mostWords) return null;
  const language = languageOf(words);
  const phrases = language === "es" ? spanishPhrases : otherPhrases;
  const candidates = candidatesOf(phrases.find(words), words);
  if (candidates.length === 0) return null;
  const mentions = mentionsIn(text, words, figures, namesFor(instruments));
  if (mentions === null) return null;
  const isQuoted = quotedSpans(text).some(({ start, end }) =>
    [...mentions.flatMap(({ places }) => places), ...candidates.flatMap(({ phrases }) => phrases)].some(
      ({ from }) => (words[from]?.start ?? 0) < end && (words[from]?.end ?? 0) > start,
    ),
  );
  if (isQuoted) return null;
  const question: Question = {
    ...{ text, words, mentions, recurrences: recurrencesIn(words) },
    ...{ mark: provenMark(figures), language },
  };
  return decide(candidates, question);
}

function candidatesOf(found: readonly Found<PreparedCalculator>[], words: readonly Word[]): Candidate[] {
  // "Home loan" names no loan but a mortgage.
  const longest = longestOf(found);
  const named = [...Map.groupBy(longest, ({ value }) => value)].filter(
    ([{ unless }]) => unless.find(words).length === 0,
  );
  const candidates = named.map(([prepared, phrases]) => {
    const lengths = [...new Map(phrases.map((each) => [each.from, each])).values()].map(
      (each) => 1 + (each.to - each.from - 1) * 0.7 + (isTitle(each, words) ? 1 : 0),
    );
    const most = Math.max(...lengths);
    const sum = lengths.reduce((all, each) => all + each, 0);
    return { prepared, phrases, weight: most + 0.4 * (sum - most) };
  });
  return candidates.sort((a, b) => b.weight - a.weight);
}

/** Whether a phrase is the calculator's own name. */
function isTitle({ value, from, to }: Found<PreparedCalculator>, words: readonly Word[]): boolean {
  const phrase = words.slice(from, to).map(({ text }) => text);
  return ` ${value.title} `.includes(` ${phrase.join(" ")} `);
}

function decide(candidates: readonly Candidate[], question: Question): Route | null {
  const readings: { reading: Reading; candidate: Candidate; asks: "asks" | "label" }[] = [];
  for (const candidate of candidates) {
    const { prepared, phrases } = candidate;
    if (isAboutElse(question.words, prepared.vocabulary, question.language)) continue;
    const asks = asksForFigure(question.text, question.words, question.language, {
      allowed: (index) => phrases.some(({ from, to }) => from <= index && index < to),
      knows: (word) => prepared.vocabulary.has(word),
    });
    if (asks === null) continue;
    const reading = readInputs(prepared, question, phrases);
    if (reading !== null) readings.push({ reading, candidate, asks });
  }
  const whole = readings.filter(({ reading }) => reading.missing.length === 0);
  const [first, second] = whole.toSorted((a, b) => rank(b) - rank(a));
  if (first !== undefined && isMeant(first.candidate, candidates, question.words)) {
    // Another calculator takes the same figures, and is named by words that this one does not know.
    const rival = whole.find(
      (each) =>
        each !== first &&
        each.candidate.weight * clearlyTwice > first.candidate.weight &&
        !isKnownTo(first.candidate, each.candidate, question.words),
    );
    if (rival !== undefined) return choiceOf([first.reading, rival.reading], question);
    const isOnly = second === undefined || rank(second) < rank(first) - 0.2;
    return isOnly ? routeOf(first.reading, question) : choiceOf([first.reading, second.reading], question);
  }
  if (whole.length > 0) return null;
  const [best, next] = readings.toSorted((a, b) => b.candidate.weight - a.candidate.weight);
  if (best === undefined || best.reading.figures === 0) return null;
  // "Risk 1 % of 10k on AAPL at 180, stop 175" lacks a currency, and nothing else.
  const isNearlyWhole = best.reading.figures >= 3 && best.reading.missing.length === 1;
  if (best.asks !== "asks" && !isNearlyWhole) return null;
  if (best.candidate.weight < (candidates[0]?.weight ?? 0)) return null;
  if (next !== undefined && next.candidate.weight >= best.candidate.weight * clearlyMore) return null;
  const { calculator, inputs, read, missing } = best.reading;
  return inputs.length > 1
    ? null
    : { kind: "missing", calculator, inputs: inputs[0], read, missing, language: question.language };
}

/** Whether no other calculator is named more clearly, by words that this one does not know. */
const isMeant = (
  { prepared, weight }: Candidate,
  all: readonly Candidate[],
  words: readonly Word[],
): boolean =>
  all.every((other) => weight >= other.weight * clearlyMore || isKnownTo({ prepared }, other, words));

/** Whether a calculator knows all words by which another one is named. */
const isKnownTo = (
  { prepared: { vocabulary } }: Pick<Candidate, "prepared">,
  other: Candidate,
  words: readonly Word[],
): boolean =>
  other.phrases.every(({ from, to }) => words.slice(from, to).every(({ text }) => vocabulary.has(text)));

/** By its phrases, and by how well the words beside the figures fit. */
const rank = ({ reading, candidate }: { readonly reading: Reading; readonly candidate: Candidate }): number =>
  candidate.weight + reading.score / 20;

function routeOf(reading: Reading, question: Question): Route {
  const { calculator, inputs, read } = reading;
  if (inputs.length > 1) return choiceOf([reading], question);
  return { kind: "answer", calculator, inputs: inputs[0], read, language: question.language };
}

const choiceOf = (readings: readonly Reading[], { language }: Question): Route => ({
  language,
  kind: "choice",
  options: readings.flatMap(({ calculator, inputs }) => inputs.map((each) => ({ calculator, inputs: each }))),
  read: readings[0]?.read ?? [],
});
