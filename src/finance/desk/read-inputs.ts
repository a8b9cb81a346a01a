/**
 * Reads the inputs of one calculator from a question. Everything that the question mentions must be used; else it asks for
 * something that this calculator does not answer. It never guesses: what fits two inputs alike, or has two readings, is told.
 */
import type { Language } from "../../texts/say.ts";
import type { Calculator, Slot, SlotKind } from "../calculators/calculator.ts";
import type { LexedFigure } from "../numbers/figure.ts";
import { type Assignment, assign, type Option } from "./assign.ts";
import { type Found, longestOf } from "./lexicon.ts";
import { type FigureMention, isMoney, type Mention, type NameMention, type Range } from "./mentions.ts";
import { type DecimalMark, numbersFor } from "./number-readings.ts";
import { isOfNoun, perOf, type Recurrence } from "./periods.ts";
import type { PreparedCalculator } from "./prepared-calculator.ts";
import type { Word } from "./question-words.ts";
import { kindFor } from "./slot-kinds.ts";

export interface Question {
  readonly text: string;
  readonly words: readonly Word[];
  readonly mentions: readonly Mention[];
  readonly recurrences: readonly Recurrence[];
  /** The decimal mark that its figures prove. */
  readonly mark: DecimalMark | null;
  readonly language: Language;
}

export type Inputs = Readonly<Record<string, string | number>>;

/** How one input was read. */
export interface ReadInput {
  readonly name: string;
  /** The words of the question. */
  readonly words: string;
}

export interface Reading {
  readonly calculator: Calculator;
  /** More than one: it can be read in as many ways. */
  readonly inputs: readonly [Inputs, ...Inputs[]];
  readonly read: readonly ReadInput[];
  readonly missing: readonly string[];
  /** How well the words beside the figures fit the inputs. */
  readonly score: number;
  readonly figures: number;
}

/** A cue that is further away says nothing. */
const leastCue = 4;
const aloneScore = 2;
const statedScore = 6;
/** Two ways whose scores are closer than this are both meant. */
const margin = 0.75;
/** More readings than this are no choice. */
const mostReadings = 4;

/** @param phrases where the words stand that name the calculation; null: the question holds what it does not answer */
export function readInputs(
  prepared: PreparedCalculator,
  question: Question,
  phrases: readonly Range[],
): Reading | null {
  const { words, mentions } = question;
  const choices = longestOf(prepared.choices.find(words));
  const cues = longestOf(prepared.cues.find(words));
  const isNamed = ({ places }: Mention) =>
    places.some(
      (place) =>
        prepared.vocabulary.has(words[place.from]?.written ?? "") &&
        [...phrases, ...choices].some(({ from, to }) => from <= place.from && place.to <= to),
    );
  const [best, second] = assign(
    mentions.map((mention) => [
      ...optionsOf(mention, prepared, question, cues),
      // The 72 of the "rule of 72", the 360 of 30/360.
      ...(isNamed(mention) ? [{ slot: null, score: 2 * aloneScore }] : []),
    ]),
  );
  if (best === undefined) return null;
  const covered = [...choices, ...cues, ...phrases, ...mentions.flatMap(({ places }) => places)];
  if (!coversRecurrences(prepared, question, covered)) return null;
  const chosen = choicesOf(choices, question);
  if (chosen === null) return null;
  const first = inputsOf(best, prepared, question, chosen);
  if (first === null || !isOneTerm(best, mentions)) return null;
  const isClose = second !== undefined && best.score - second.score < margin;
  const other = isClose ? inputsOf(second, prepared, question, chosen) : null;
  // A way that leaves something open is not meant where another one leaves nothing.
  const isEither = (each: Inputs) =>
    (prepared.calculator.eitherOr ?? []).every(([one, another]) => !(one in each && another in each));
  const all = [...first.inputs, ...(other?.inputs ?? [])].filter(isEither);
  const complete = all.filter((each) => missingIn(each, prepared).length === 0);
  const [one, ...more] = complete.length > 0 ? complete : all;
  if (one === undefined || more.length >= mostReadings) return null;
  const isFirst = first.inputs.includes(one);
  return {
    calculator: prepared.calculator,
    score: best.score,
    inputs: [one, ...more],
    read: isFirst ? first.read : (other?.read ?? []),
    missing: missingIn(one, prepared),
    figures: mentions.filter(({ type }) => type === "figure").length,
  };
}

/** "2 years and 6 months" is one time; "5 years, the first 6 months free" is not. */
function isOneTerm({ slots }: Assignment, mentions: readonly Mention[]): boolean {
  const years = mentions[slots.indexOf("years")]?.places[0];
  const months = mentions[slots.indexOf("months")]?.places[0];
  if (years === undefined || months === undefined) return true;
  return Math.max(years.from, months.from) - Math.min(years.to, months.to) <= 2;
}

/** The first name of each group of which one is needed. */
function missingIn(inputs: Inputs, { calculator, required }: PreparedCalculator): string[] {
  const groups = (calculator.needs ?? []).filter((names) => !names.some((name) => name in inputs));
  const beside = Object.entries(calculator.needsBeside ?? {}).flatMap(([name, others]) =>
    name in inputs && !others.some((other) => other in inputs) ? others.slice(0, 1) : [],
  );
  return [
    ...required.filter((name) => !(name in inputs)),
    ...groups.flatMap(([name]) => name ?? []),
    ...new Set(beside),
  ];
}

function optionsOf(
  mention: Mention,
  prepared: PreparedCalculator,
  question: Question,
  cues: readonly Found<string>[],
): readonly Option[] {
  const options = prepared.slots.flatMap(([slot, each]): Option[] => {
    if (!fits(mention, slot, each, prepared, question)) return [];
    const byCue = cueScore(mention, slot, each, prepared, question, cues);
    const cued = byCue ?? (isStatedFor(mention, each, question) ? statedScore : null);
    // A price is rarely written with its currency.
    const unlikely = mention.type === "figure" && kindFor(mention.figure, each.kinds, false) === null ? 3 : 0;
    if (cued !== null) return [{ slot, score: cued - unlikely }];
    const isAlone =
      each.alone === true ||
      (each.alone === "money" && mention.type === "figure" && isMoney(mention.figure.unit ?? ""));
    return isAlone ? [{ slot, score: aloneScore - unlikely }] : [];
  });
  return isFree(mention, options, prepared, question) ? [...options, { slot: null, score: 0 }] : options;
}

const isFor = (mention: Mention, name: string, prepared: PreparedCalculator, question: Question): boolean =>
  prepared.slots.some(([each, slot]) => each === name && fits(mention, name, slot, prepared, question));

/** "500 a month": the input is one that is stated for months. */
function isStatedFor(mention: Mention, { per }: Slot, { words, recurrences }: Question): boolean {
  const stated = mention.type === "figure" ? perOf(mention, words, recurrences)?.per : undefined;
  return stated !== undefined && per?.[stated] !== undefined;
}

/** A currency that only says the unit of amounts, or the price of an instrument, needs no input of its own. */
function isFree(
  mention: Mention,
  options: readonly Option[],
  { slots }: PreparedCalculator,
  { mentions }: Question,
): boolean {
  if (mention.type !== "currency") return false;
  const currencies = mentions.filter(({ type }) => type === "currency");
  if (!slots.some(([, { kinds }]) => kinds.includes("currency"))) return currencies.length === 1;
  return options.length === 0
    ? false
    : mentions.some(
        (each) =>
          each.type === "instrument" && each.instrument !== null && each.instrument.quote === mention.value,
      ) && currencies.length > 1;
}

function fits(
  mention: Mention,
  name: string,
  slot: Slot,
  { calculator }: PreparedCalculator,
  { words, recurrences, mentions }: Question,
): boolean {
  const { kinds } = slot;
  if (mention.type !== "figure") return kinds.includes(mention.type);
  const isPrice = calculator.inputs.properties[name]?.["x-unit"] === "price";
  const kind = kindFor(mention.figure, kinds, isPrice);
  if (kind === null) return false;
  if (slot.cuesFollow && isInOtherMoney(mention.figure, mentions)) return false;
  const per = perOf(mention, words, recurrences)?.per ?? null;
  if (per === null || per === "trade" || slot.per?.[per] !== undefined) return true;
  return kind === "percent" && per === "year";
}

/** "A $40 stop" on the DAX, which is priced in EUR, is no distance in its price. */
const isInOtherMoney = ({ unit }: LexedFigure, mentions: readonly Mention[]): boolean =>
  mentions.some(
    (each) => each.type === "instrument" && each.instrument !== null && each.instrument.quote !== unit,
  );

/** Words that stand between anything. */
const small = new Set(
  (
    "of a an the is are was were my at with about in to on = der die das dem den des ein eine einen einer von bei mit zu ist mein meine meinem meinen rund ca etwa " +
    "de la el los las un una unos es son del al en con mi mis por su unos aprox"
  ).split(" "),
);

function cueScore(
  mention: Mention,
  name: string,
  { kinds, cuesFollow }: Slot,
  prepared: PreparedCalculator,
  question: Question,
  cues: readonly Found<string>[],
): number | null {
  const { words, mentions } = question;
  let best: number | null = null;
  for (const cue of cues) {
    if (cue.value !== name) continue;
    for (const place of mention.places) {
      if (cuesFollow && cue.from < place.to) continue;
      // "For 77,500 USD at 1 %": a preposition stands before its figure.
      const isPreposition = cue.to - cue.from === 1 && prepositions.has(words[cue.from]?.text ?? "");
      if (isPreposition && cue.from >= place.to) continue;
      const distance = distanceOf(place, cue, words);
      const [from, to] = place.to <= cue.from ? [place.to, cue.from] : [cue.to, place.from];
      const rivals = mentions.filter((each) => isRival(each, kinds, from, to)).length;
      // A word belongs to the figure that is nearest to it: "$10,000, 1% risk" is no risk of $10,000.
      const isOthers = mentions.some(
        (each) =>
          each !== mention &&
          each.places.some((other) => distanceOf(other, cue, words) < distance) &&
          cues.some(
            (same) =>
              same.from === cue.from && same.to === cue.to && isFor(each, same.value, prepared, question),
          ),
      );
      if (isOthers) continue;
      const score = 10 - distance - 2 * rivals + 1.5 * (cue.to - cue.from - 1);
      if (score >= leastCue && (best === null || score > best)) best = score;
    }
  }
  return best;
}

/** In words; those that stand before a figure are nearer than those after it, and a comma keeps apart. */
function distanceOf(place: Range, cue: Range, words: readonly Word[]): number {
  if (words[cue.from]?.sentence !== words[place.from]?.sentence) return Number.POSITIVE_INFINITY;
  if (cue.from < place.to && place.from < cue.to) return 0;
  const isAfter = cue.from >= place.to;
  const [from, to] = isAfter ? [place.to, cue.from] : [cue.to, place.from];
  let distance = isAfter ? 0.3 : 0;
  for (let at = from; at < to && distance < 10; at++) distance += costOf(words[at]);
  return distance + 3 * Math.abs((words[cue.from]?.clause ?? 0) - (words[place.from]?.clause ?? 0));
}

const prepositions = new Set(["at", "al", "a", "del", "de", "un", "el"]);

/** Words that keep apart what stands on their sides. */
const apart = new Set(["and", "und", "or", "oder", "y", "e", "o"]);

function costOf(word: Word | undefined): number {
  if (word === undefined) return 10;
  return small.has(word.text) ? 0.4 : apart.has(word.text) ? 2 : 1;
}

const isRival = (mention: Mention, kinds: readonly SlotKind[], from: number, to: number) =>
  mention.type === "figure" &&
  kindFor(mention.figure, kinds, false) !== null &&
  mention.places.some((place) => place.from >= from && place.to <= to);

/** "Every month" is a choice, or belongs to a figure or to what is asked for; else the question is about something else. */
function coversRecurrences(
  { calculator }: PreparedCalculator,
  { words, mentions, recurrences }: Question,
  covered: readonly Range[],
): boolean {
  const ofFigures = mentions.flatMap((mention) =>
    mention.type === "figure" ? (perOf(mention, words, recurrences)?.range ?? []) : [],
  );
  const all = [...covered, ...ofFigures];
  return recurrences.every(({ per, isOfInterest, range }) => {
    if (all.some(({ from, to }) => from < range.to && range.from < to)) return true;
    if (isOfInterest) return per === "year" || calculator.summary.includes(per);
    return (
      per === "trade" ||
      (per !== "week" &&
        (isAskedFor(words, range) || isOfNoun(words, range)) &&
        calculator.summary.includes(per))
    );
  });
}

const askWords = new Set(
  "how what what's which wie was welche welcher cuánto cuánta cuántos cuántas cuanto cuanta cuantos cuantas qué que cuál cual".split(
    " ",
  ),
);

function isAskedFor(words: readonly Word[], { from }: Range): boolean {
  const clause = words[from]?.clause;
  for (let at = from - 1; at >= 0 && words[at]?.clause === clause; at--)
    if (askWords.has(words[at]?.text ?? "")) return true;
  return false;
}

interface Chosen {
  readonly value: string;
  readonly words: string;
}

/** @returns null where words for two values of one input stand there */
function choicesOf(
  found: readonly Found<{ readonly slot: string; readonly value: string }>[],
  { text, words }: Question,
): ReadonlyMap<string, readonly Chosen[]> | null {
  const chosen = new Map<string, Chosen[]>();
  for (const {
    value: { slot, value },
    from,
    to,
  } of found) {
    const known = chosen.get(slot) ?? [];
    if (known.some((each) => each.value === value)) continue;
    known.push({ value, words: text.slice(words[from]?.start, words[to - 1]?.end) });
    chosen.set(slot, known);
  }
  return chosen;
}

/** @returns the inputs in all ways that the figures can be read; null: they contradict each other */
function inputsOf(
  { slots }: Assignment,
  { calculator, slots: known }: PreparedCalculator,
  question: Question,
  chosen: ReadonlyMap<string, readonly Chosen[]>,
): { inputs: Inputs[]; read: ReadInput[] } | null {
  const { mentions, words, recurrences, mark, language } = question;
  const instrument = mentions.find((each): each is NameMention => each.type === "instrument")?.instrument;
  const hasFinePrices = instrument?.kind === "forex";
  let inputs: Record<string, string | number>[] = [{}];
  const read: ReadInput[] = [];
  const said = new Map<string, string>();
  for (const [index, name] of slots.entries()) {
    const mention = mentions[index];
    const slot = known.find(([each]) => each === name)?.[1];
    const field = name === null ? undefined : calculator.inputs.properties[name];
    if (mention === undefined || slot === undefined || field === undefined || name === null) continue;
    read.push({ name, words: mention.words });
    const values =
      mention.type === "figure"
        ? numbersFor(mention.figure, factorOf(mention, field["x-unit"]), {
            field,
            mark,
            language,
            hasFinePrices,
          })
        : [mention.value];
    inputs = inputs.flatMap((each) => values.map((value) => ({ ...each, [name]: value })));
    if (mention.type !== "figure") continue;
    const per = perOf(mention, words, recurrences)?.per;
    for (const [also, value] of Object.entries((per === undefined ? null : slot.per?.[per]) ?? {})) {
      if ((said.get(also) ?? value) !== value) return null;
      said.set(also, value);
    }
  }
  for (const [name, [first, ...others]] of chosen) {
    if (first === undefined || said.has(name)) continue;
    if (others.length > 0) return null;
    said.set(name, first.value);
    read.push({ name, words: first.words });
  }
  for (const [name, value] of said) inputs = inputs.map((each) => ({ ...each, [name]: value }));
  return { inputs: instrument === null ? inputs.map((each) => withQuote(each, calculator)) : inputs, read };
}

/**
 * Two prices are all that a share needs, but for their currency: that of the account is taken for it. The card shows it among
 * the inputs, and says that the name is read as a share.
 */
function withQuote(
  inputs: Record<string, string | number>,
  { inputs: { properties } }: Calculator,
): Record<string, string | number> {
  const prices = Object.keys(inputs).filter((name) => properties[name]?.["x-unit"] === "price");
  const isPriced = prices.length >= 2 && !("quote" in inputs) && properties.quote !== undefined;
  return isPriced && inputs.currency !== undefined ? { ...inputs, quote: inputs.currency } : inputs;
}

/** Basis points as per cent. */
const factorOf = ({ figure }: FigureMention, unit: unknown) =>
  figure.unit === "bp" && unit === "%" ? "0.01" : "1";
