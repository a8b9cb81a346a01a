/** Which figure a question about series asks for, by the parts that were found in it. Parts that it does not take make it none. */
import { pivotMethods } from "../calculators/pivot-levels.ts";
import type { Timeframe } from "../data/timeframe.ts";
import { indicatorNamed } from "../indicators/indicators.ts";
import { monthNames, weekdayNames } from "../statistics/seasonality.ts";
import { statisticNamed } from "../statistics/statistics.ts";
import type { CasePart } from "./series-cases.ts";
import type { TimeUnit } from "./series-numbers.ts";
import { type CalendarSpan, rollingSpan } from "./series-span.ts";
import { howMuch, isOfBars, isUndated, ofOtherThings } from "./series-words.ts";

type Inputs = Readonly<Record<string, string | number>>;

export interface MeasureAsked {
  /** The indicator's or the statistic's name; "close": the last price; "compare", "levels": several of them. */
  readonly measure: string;
  /** In bars; null: the usual one. */
  readonly period: number | null;
  readonly span?: CalendarSpan;
  /** Of the statistic, as the question states them. */
  readonly inputs?: Inputs;
  /** The figure that is asked for, where it is not the first one. */
  readonly first?: string;
  /** What a setup's size is computed from. */
  readonly account?: Inputs;
}

interface Found {
  readonly measures: readonly string[];
  readonly cases: readonly CasePart[];
  readonly spans: readonly CalendarSpan[];
  readonly numbers: readonly { readonly count: number; readonly unit: TimeUnit | null }[];
  readonly timeframes: readonly Timeframe[];
  /** What the reader's clock shows. */
  readonly now: number;
  /** The question's words. */
  readonly text: string;
}

interface Asked {
  readonly measure: MeasureAsked;
  /** Units in which the question counts bars. */
  readonly units: readonly TimeUnit[];
  /** At least and at most. */
  readonly symbols: readonly [number, number];
  readonly mayHaveAuxiliaries: boolean;
  /** Whether its timeframes are those of the bars. */
  readonly takesTimeframe: boolean;
}

const longestPeriod = 1000;
const asked = (measure: MeasureAsked, more: Partial<Asked> = {}): Asked => ({
  ...{ measure, units: [], symbols: [1, 1], mayHaveAuxiliaries: true, takesTimeframe: true },
  ...more,
});

/** @returns null: nothing that can be computed */
export function measureAsked(found: Found): Asked | null {
  const { measures, spans, text } = found;
  if (spans.length > 1) return null;
  const has = (...names: readonly string[]) =>
    names.some((name) => measures.includes(name)) && measures.every((name) => names.includes(name));
  if (has("setup")) return setupAsked(found);
  if (has("often", "close")) return measures.includes("often") ? casesAsked(found) : plainAsked(found);
  if (has("usually")) return seasonAsked(found);
  if (has("pivots")) return pivotsAsked(found);
  if (has("levels") || has("swings")) return levelsAsked(found);
  if (has("high", "low")) return rangeAsked(found);
  if (has("compare")) return compareAsked(found);
  if (measures.includes("compare") && has("compare", "change")) return compareAsked(found);
  const isVerb = has("moved") || (measures.length === 0 && directionsIn(found.cases).length > 0);
  if (isVerb || has("change")) {
    // "Has gold risen?" wants a yes.
    if (isVerb && !howMuch.test(text)) return null;
    return changeAsked(found, isVerb);
  }
  return plainAsked(found);
}

/** "How much has gold risen since March?", "the change of gold in March" */
function changeAsked(found: Found, isVerb: boolean): Asked | null {
  const { spans, numbers, cases, text, now } = found;
  const [span] = spans;
  const isPlain = numbers.length === 0 && cases.every(isDirection);
  if (span === undefined || !isPlain || isOfEachBar(found)) return null;
  if (isVerb && ofOtherThings.test(text)) return null;
  // "How much does gold rise in September?" is a habit; today is the present.
  const isOfToday = span.to === null && now - span.from < dayMs;
  if (!isOfToday && isUndated.test(text)) return null;
  return asked({ measure: "change", period: null, span });
}
const dayMs = 86_400_000;
const isOfEachBar = ({ timeframes, text }: Pick<Found, "timeframes" | "text">) =>
  timeframes.length > 0 && !isOfBars.test(text);

/** "long" of "risen", "short" of "fallen": each once. */
const directionsIn = (cases: readonly CasePart[]) => [
  ...new Set(ofKind(cases, "outcome").flatMap(({ inputs }) => inputs.direction ?? [])),
];
const isDirection = ({ kind, unit }: CasePart) => kind === "outcome" && unit === undefined;

/** An indicator, a statistic or the last close. */
function plainAsked({ measures, spans, numbers, cases, timeframes, text }: Found): Asked | null {
  const [measure, ...others] = measures;
  const [number, ...more] = numbers;
  if (measure === undefined || others.length + more.length > 0) return null;
  // "close" may be read as an outcome, too.
  if (
    cases.length > 0 &&
    !(measure === "close" && cases.every(({ inputs }) => Object.keys(inputs).length === 0))
  )
    return null;
  const statistic = statisticNamed(measure);
  const { parameters } = indicatorNamed(measure) ?? statistic ?? {};
  if (parameters === undefined) return null;
  const period = number?.count ?? null;
  // "MACD 20" says nothing.
  if (period !== null && !Object.hasOwn(parameters.properties, "period")) return null;
  if (period !== null && (period < 1 || period > longestPeriod)) return null;
  const [span] = spans;
  if (span !== undefined && statistic === undefined) return null;
  if (statistic?.series === 2 && timeframes.length > 1) return null;
  // "The daily volatility" is that of a bar, not of a year.
  const isOfBar = measure === "volatility" && isOfEachBar({ timeframes, text });
  const first = isOfBar ? { first: "volatility-of-bar" } : {};
  return asked(
    { measure, period, ...(span === undefined ? {} : { span }), ...first },
    {
      units: number?.unit == null ? [] : [number.unit],
      symbols: statistic?.series === 2 ? [2, 2] : [1, 1],
      mayHaveAuxiliaries: span !== undefined,
    },
  );
}

const ofKind = (cases: readonly CasePart[], kind: CasePart["kind"]) =>
  cases.filter((each) => each.kind === kind);
const unitsOf = (cases: readonly CasePart[]) =>
  cases.flatMap(({ unit }) => (unit === undefined ? [] : [unit]));
const spanOf = ([span]: readonly CalendarSpan[]) => (span === undefined ? {} : { span });

/** "How often did gold close higher after three falling days?" */
function casesAsked({ cases, spans, numbers }: Found): Asked | null {
  const conditions = ofKind(cases, "condition");
  const directions = directionsIn(cases);
  const horizons = ofKind(cases, "horizon");
  const seasons = ofKind(cases, "season");
  const [direction] = directions;
  const isClear =
    direction !== undefined && directions.length === 1 && conditions.length <= 1 && horizons.length <= 1;
  const known = conditions.length + ofKind(cases, "outcome").length + horizons.length + seasons.length;
  if (!isClear || known < cases.length || numbers.length > 0) return null;
  const isSeason = seasons.length > 0 || spans[0]?.month !== undefined;
  if (isSeason) {
    if (conditions.length + horizons.length > 0) return null;
    return seasonOf(seasons, spans);
  }
  const inputs = {
    ...{ condition: "any bar", direction },
    ...conditions[0]?.inputs,
    ...horizons[0]?.inputs,
  };
  return asked({ measure: "base-rate", period: null, inputs, ...spanOf(spans) }, { units: unitsOf(cases) });
}

/** "Is gold usually up in September?" */
function seasonAsked({ cases, spans, numbers, timeframes }: Found): Asked | null {
  const seasons = ofKind(cases, "season");
  const isPlain = cases.every((each) => each.kind === "season" || isDirection(each));
  if (!isPlain || directionsIn(cases).length > 1 || numbers.length > 0 || timeframes.length > 0) return null;
  return seasonOf(seasons, spans);
}

function seasonOf(seasons: readonly CasePart[], [span]: readonly CalendarSpan[]): Asked | null {
  const months = span?.month === undefined ? [] : [{ by: "month", index: span.month }];
  const [season, ...more] = [...seasons.map(({ inputs }) => inputs), ...months];
  if (more.length > 0) return null;
  const by = season?.by ?? "month";
  const names: readonly string[] = by === "month" ? monthNames : weekdayNames;
  const only = season?.index === undefined ? undefined : names[Number(season.index)];
  const inputs = { by, ...(only === undefined ? {} : { only }) };
  const ofSpan = span === undefined || span.month !== undefined ? {} : { span };
  return asked({ measure: "seasonality", period: null, inputs, ...ofSpan });
}

const sessionsOfTimeframe: Readonly<Partial<Record<Timeframe, string>>> = {
  D1: "day",
  W1: "week",
  MN1: "month",
};

function pivotsAsked({ cases, spans, numbers, timeframes }: Found): Asked | null {
  const methods = ofKind(cases, "method");
  const sessions = [
    ...ofKind(cases, "session").flatMap(({ inputs }) => inputs.session ?? []),
    ...timeframes.flatMap((each) => sessionsOfTimeframe[each] ?? []),
  ];
  const isPlain = cases.every(({ kind }) => kind === "method" || kind === "session");
  if (!isPlain || methods.length > 1 || new Set(sessions).size > 1 || spans.length + numbers.length > 0)
    return null;
  const method = methods[0]?.inputs.method ?? pivotMethods[0];
  const inputs = { method, session: sessions[0] ?? "day" };
  const isOfSessions = timeframes.every((each) => sessionsOfTimeframe[each] !== undefined);
  return asked({ measure: "pivots", period: null, inputs }, { takesTimeframe: !isOfSessions });
}

/** Support and resistance by stated rules: the session before, and swings. */
function levelsAsked({ measures, cases, spans, numbers, text }: Found): Asked | null {
  const [session, ...others] = ofKind(cases, "session");
  const isPlain = cases.every(({ kind }) => kind === "session") && others.length === 0;
  if (!isPlain || spans.length + numbers.length > 0) return null;
  if (measures.includes("swings")) {
    const isLow =
      / (?:swing )?(?:low|lows|tief|tiefs)(?= |$)|mínimo/.test(text) && !/high|hoch|máximo/.test(text);
    return session === undefined
      ? asked({ measure: "swings", period: null, ...(isLow ? { first: "swing-low" } : {}) })
      : null;
  }
  return session === undefined
    ? asked({ measure: "levels", period: null })
    : asked({ measure: "session-levels", period: null, inputs: session.inputs });
}

/** "The highest price this year", "the 52 week high", "the previous day's high" */
function rangeAsked(found: Found): Asked | null {
  const { measures, cases, spans, numbers, now } = found;
  const [session, ...others] = cases;
  const [number, ...more] = numbers;
  const isLow = !measures.includes("high");
  if (others.length + more.length > 0 || isOfEachBar(found)) return null;
  if (session !== undefined) {
    if (session.kind !== "session" || spans.length + numbers.length > 0) return null;
    const first = isLow ? { first: "session-low" } : {};
    return asked({ measure: "session-levels", period: null, inputs: session.inputs, ...first });
  }
  const first = isLow ? { first: "low" } : {};
  const [stated] = spans;
  // "Tageshoch" is a day's.
  if (/tages(?:hoch|tief)/.test(found.text) && stated !== undefined && !isOneDay(stated, now)) return null;
  const isRolling = number !== undefined && number.unit !== null && number.count <= longestPeriod;
  if (number !== undefined && (stated !== undefined || !isRolling)) return null;
  // "The 52 week high"
  const span = number === undefined ? stated : rollingSpan(number.count, number.unit ?? "bar", now);
  return span == null ? null : asked({ measure: "price-range", period: null, span, ...first });
}

const isOneDay = ({ from, to }: CalendarSpan, now: number) => (to ?? now) - from <= dayMs;

function compareAsked(found: Found): Asked | null {
  const { cases, spans, numbers } = found;
  const [span] = spans;
  if (span === undefined || cases.length + numbers.length > 0 || isOfEachBar(found)) return null;
  return asked({ measure: "compare", period: null, span }, { symbols: [2, 2] });
}

/** "Setup for gold, long: stop 2 ATR, target 3R, risk 1 % of 10,000 USD" */
function setupAsked({ cases, spans, numbers, text }: Found): Asked | null {
  const one = (kind: CasePart["kind"]) => ofKind(cases, kind)[0]?.inputs;
  const [stop, target, account] = [one("stop"), one("target"), one("account")];
  const kinds = cases.map(({ kind }) => kind);
  const isClear =
    new Set(kinds).size === kinds.length &&
    kinds.every((kind) => ["stop", "target", "account", "condition", "horizon"].includes(kind));
  const isShort = / (?:short|corto|venta)(?= |$)/.test(` ${text}`);
  const isLong = / (?:long|largo|compra)(?= |$)/.test(` ${text}`);
  // Both, or none: nobody knows which.
  if (!isClear || stop === undefined || target === undefined || isShort === isLong) return null;
  const direction = isShort ? "short" : "long";
  if (spans.length + numbers.length > 0) return null;
  const { side, ...rule } = stop;
  // A long one's stop lies below, at a low.
  if (side !== undefined && side !== direction) return null;
  const inputs = { direction, ...rule, ...target, ...one("condition"), ...one("horizon") };
  return asked(
    { measure: "setup", period: null, inputs, ...(account === undefined ? {} : { account }) },
    { units: unitsOf(cases) },
  );
}
