/** What a figure is stated for: "500 a month", "jährlich 1.200 €", "7 USD per lot". */
import type { Per } from "../calculators/calculator.ts";
import type { FigureMention, Range } from "./mentions.ts";
import { figureWord, type Word } from "./question-words.ts";

const articles = new Set("a an per each every / pro im je jeden jede jedes in al la por cada".split(" "));
const nouns: Readonly<Record<string, Per>> = {
  ...{ year: "year", annum: "year", jahr: "year", month: "month", monat: "month", quarter: "quarter" },
  ...{ quartal: "quarter", week: "week", woche: "week", day: "day", tag: "day", night: "day", nacht: "day" },
  ...{ fortnight: "week", trade: "trade", lot: "lot", pip: "pip" },
  ...{
    año: "year",
    mes: "month",
    trimestre: "quarter",
    semana: "week",
    quincena: "week",
    día: "day",
    dia: "day",
  },
  ...{ noche: "day", operación: "trade", operacion: "trade", lote: "lot" },
};
const adverbs: Readonly<Record<string, Per>> = {
  ...{
    yearly: "year",
    annually: "year",
    annual: "year",
    jährlich: "year",
    jährliche: "year",
    jährlichen: "year",
  },
  ...{
    monthly: "month",
    monatlich: "month",
    monatliche: "month",
    monatlichen: "month",
    quarterly: "quarter",
  },
  ...{
    vierteljährlich: "quarter",
    weekly: "week",
    wöchentlich: "week",
    biweekly: "week",
    fortnightly: "week",
  },
  ...{ daily: "day", täglich: "day" },
  ...{ anual: "year", anuales: "year", anualmente: "year", mensual: "month", mensuales: "month" },
  ...{ mensualmente: "month", trimestral: "quarter", trimestrales: "quarter", trimestralmente: "quarter" },
  ...{ semanal: "week", semanales: "week", semanalmente: "week", quincenal: "week", quincenales: "week" },
  ...{ diario: "day", diaria: "day", diarios: "day", diarias: "day", diariamente: "day" },
};
/** "Yearly compounding" says how interest is added. */
const ofInterest = /^(?:compound|verzins|zins|interest|capitali|gutgeschrieben)/;
/** A Spanish adjective follows its noun: "capitalización mensual". */
const afterInterest = /^(?:compound|capitaliz|compuest)/;
/** Of a year, the words say no more than that it is a rate: "interés anual". */
const afterRate = /^(?:inter[eé]s|tipo|tasa|rentabilidad|rendimiento|crecimiento|inflación|tae|tin)/;

export interface Recurrence {
  readonly per: Per;
  /** "Compounded daily": no figure is stated for it. */
  readonly isOfInterest: boolean;
  readonly range: Range;
}

/** @returns every "a month", "yearly" and the like that says how often something is */
export function recurrencesIn(words: readonly Word[]): Recurrence[] {
  return words.flatMap(({ text }, at) => {
    const next = words[at + 1]?.text ?? "";
    const before = words[at - 1]?.text ?? "";
    if (articles.has(text) && text !== "in" && Object.hasOwn(nouns, next)) {
      const per = nouns[next];
      return per === undefined ? [] : [{ per, isOfInterest: false, range: { from: at, to: at + 2 } }];
    }
    const per = Object.hasOwn(adverbs, text) ? adverbs[text] : undefined;
    if (per === undefined) return [];
    const isOfInterest =
      ofInterest.test(next) || afterInterest.test(before) || (per === "year" && afterRate.test(before));
    return [{ per, isOfInterest, range: { from: at, to: at + 1 } }];
  });
}

/** What the figure is stated for by the words at its side; null: for nothing. */
export function perOf(
  mention: FigureMention,
  words: readonly Word[],
  all: readonly Recurrence[],
): Recurrence | null {
  const [{ from, to }] = mention.places;
  const clause = words[from]?.clause;
  const isHere = ({ range, isOfInterest }: Recurrence) =>
    !isOfInterest && words[range.from]?.clause === clause;
  const after = all.find(
    (each) =>
      isHere(each) &&
      each.range.from > from &&
      each.range.from <= Math.max(to, from + 1) &&
      noFigure(words, from + 1, each.range.from),
  );
  // "Tasa mensual del 1 %": the word between joins them.
  const isJoined = /^del?$/.test(words[from - 1]?.text ?? "");
  const before =
    all.find(
      (each) =>
        isHere(each) &&
        (each.range.to === from || (isJoined && each.range.to === from - 1 && isAdjective(each.range))),
    ) ?? null;
  const { per, unit } = mention.figure;
  if (after === undefined) return per === null ? before : { per, isOfInterest: false, range: { from, to } };
  return unit === "%" && (isOfVerb(words, after.range) || isOfNoun(words, after.range)) ? before : after;
}

const isAdjective = ({ from, to }: Range) => to - from === 1;

/** "Was muss ich bei 3 % monatlich zurücklegen": the verb at the end has the adverb. */
const isOfVerb = (words: readonly Word[], { from, to }: Range) =>
  isAdjective({ from, to }) && /^..+(?:en|eln|ern)$/.test(words[to]?.text ?? "");

/** "6 % - monthly payment?" is no 6 % a month. */
const ofNoun = /^(?:payments?|instal|deposits?|costs?|raten?|zahlung|belastung|sparrate)/;
export const isOfNoun = (words: readonly Word[], { from, to }: Range) =>
  isAdjective({ from, to }) && ofNoun.test(words[to]?.text ?? "");

const noFigure = (words: readonly Word[], from: number, to: number) =>
  words.slice(from, to).every(({ text }) => text !== figureWord);
