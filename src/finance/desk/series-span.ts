/**
 * The span of time that a question names: "since March", "between 3 May and 10 June", "in the last 30 days", "this year". Words and
 * the reader's calendar decide; bars are never counted. It knows nothing of series.
 */
import {
  knownUnit,
  monthOf,
  monthWord,
  numberOf,
  type TimeUnit,
  unitWord,
  weekdayOf,
  weekdayWord,
  wholeNumber,
} from "./series-numbers.ts";

/** From and to (not included; null: now) as a clock shows them: milliseconds since 1970, as if it were UTC. */
export interface CalendarSpan {
  readonly from: number;
  readonly to: number | null;
  /** Whether it begins and ends with days. A span of hours is one of moments. */
  readonly isOfDays: boolean;
  /** Of a span of hours: so many milliseconds before now it begins, whatever the clock has done since. */
  readonly before?: number;
  /** "in September", without a year: the month by its number, from 0. */
  readonly month?: number;
}

const dayMs = 86_400_000;
const day = (year: number, month: number, date: number) => Date.UTC(year, month, date);

/** A day, a month or a year. */
interface Point {
  readonly from: number;
  readonly to: number;
  /** Without a year, it may be of any year. */
  readonly inYear?: (year: number) => Point | null;
  readonly month?: number;
}

const year = "(?:19[789]\\d|20\\d\\d)";
const of = "(?:of |de |del |the )?";
/** One text for each form, with its groups named by a prefix, so that a span may hold two. */
const pointWords = (prefix: string) => {
  const group = (name: string, words: string) => `(?<${prefix}${name}>${words})`;
  return `(?:${[
    group("iso", "\\d{4}-\\d{2}-\\d{2}"),
    group("dotted", "\\d{1,2}\\.\\d{1,2}\\.\\d{4}"),
    `${group("date", "\\d{1,2}")}(?:st|nd|rd|th)? ${of}${group("dateMonth", monthWord)}(?: ${of}${group("dateYear", year)})?`,
    `${group("monthFirst", monthWord)} ${group("dateSecond", "\\d{1,2}")}(?:st|nd|rd|th)?(?: ${group("secondYear", year)})?(?! \\d)`,
    `${group("month", monthWord)}(?: ${of}${group("monthYear", year)})?`,
    group("year", year),
  ].join("|")})`;
};

type Groups = Readonly<Record<string, string | undefined>>;

/** @returns null: there is no such day */
function pointIn(groups: Groups, prefix: string): Point | null {
  const get = (name: string) => groups[`${prefix}${name}`];
  const iso = get("iso")?.split("-").map(Number) ?? get("dotted")?.split(".").map(Number).toReversed();
  if (iso !== undefined) return dayPoint(iso[0] ?? 0, (iso[1] ?? 0) - 1, iso[2] ?? 0);
  const named = get("dateMonth") ?? get("monthFirst");
  if (named !== undefined) {
    const date = Number(get("date") ?? get("dateSecond"));
    return inYears(get("dateYear") ?? get("secondYear"), (each) => dayPoint(each, monthOf(named), date));
  }
  const month = get("month");
  if (month !== undefined) {
    const index = monthOf(month);
    const found = inYears(get("monthYear"), (each) => ({
      ...{ from: day(each, index, 1), to: day(each, index + 1, 1) },
    }));
    return found === null || found.inYear === undefined ? found : { ...found, month: index };
  }
  const whole = Number(get("year"));
  return { from: day(whole, 0, 1), to: day(whole + 1, 0, 1) };
}

function dayPoint(inYear: number, month: number, date: number): Point | null {
  const from = day(inYear, month, date);
  const is = new Date(from);
  return is.getUTCMonth() === month && is.getUTCDate() === date ? { from, to: from + dayMs } : null;
}

function inYears(stated: string | undefined, of: (year: number) => Point | null): Point | null {
  if (stated !== undefined) return of(Number(stated));
  const any = of(2024);
  return any === null ? null : { ...any, inYear: of };
}

/**
 * The newest one that is over, or, for a beginning, that has begun.
 * @returns null: its year has no such day (29 February), or it is still to come
 */
function newest(point: Point, today: number, isBegun: boolean): Point | null {
  const { inYear } = point;
  if (inYear === undefined) return point.from <= today ? point : null;
  const now = new Date(today).getUTCFullYear();
  const found = inYear(now);
  if (found === null) return null;
  const isPast = isBegun ? found.from <= today : found.to <= today + dayMs;
  return isPast ? found : inYear(now - 1);
}

const the = "(?:the |dem |der |den |das |die |el |la |los |las )?";
const since = `(?:since|starting|seit|ab|desde) ${the}`;
const preposition =
  "in|over|during|within|for|on|im|am|an|auf|über|während|innerhalb|en|durante|de|del|el|von";
const within = `(?:(?:${preposition}) )?${the}`;
const lastWords =
  "(?:last|past|letzten|letzte|letzter|letztes|vergangenen|vergangene|últimos|últimas|ultimos|ultimas)";
const begin =
  "(?:(?:beginning|start|anfang|beginn|principios|comienzos|comienzo|principio|inicio) (?:of |von |de |del |des )?)?";
const periodWord = "(?:week|month|year|woche|monats|monat|jahres|jahr|semana|mes|año)";
const this_ = "(?:this|diese|dieses|diesem|diesen|dieser|este|esta)";

interface Form {
  readonly words: RegExp;
  /** @param now as the clock shows it */
  readonly span: (groups: Groups, now: number) => CalendarSpan | null;
}

const midnight = (now: number) => Math.floor(now / dayMs) * dayMs;
/** The beginning of the week (Monday), month or year. */
function beginOf(unit: TimeUnit, at: number): number {
  const date = new Date(at);
  if (unit === "week") return midnight(at) - ((date.getUTCDay() + 6) % 7) * dayMs;
  return day(date.getUTCFullYear(), unit === "month" ? date.getUTCMonth() : 0, 1);
}

/** The last so many days or months, up to now. @param now as the clock shows it */
export function rollingSpan(count: number, unit: TimeUnit, now: number): CalendarSpan | null {
  // The last twenty sessions are no twenty days.
  if (unit === "bar" || unit === "session" || count < 1) return null;
  const hours = count * 3_600_000;
  if (unit === "hour") return { from: now - hours, to: null, isOfDays: false, before: hours };
  const today = midnight(now);
  const date = new Date(today);
  const [inYear, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  if (unit === "day" || unit === "week")
    return { from: today - count * (unit === "day" ? 1 : 7) * dayMs, to: null, isOfDays: true };
  const months = count * (unit === "month" ? 1 : 12);
  // The same date of an earlier month, or its last one.
  const last = new Date(day(inYear, month - months + 1, 0)).getUTCDate();
  return { from: day(inYear, month - months, Math.min(date.getUTCDate(), last)), to: null, isOfDays: true };
}

const days = (from: number, to: number | null): CalendarSpan => ({ from, to, isOfDays: true });
/** What is not over reaches to now. */
const endOf = ({ to }: Point, now: number) => (to > now ? null : to);

const forms: readonly Form[] = [
  {
    // "between 3 and 10 May"
    words: new RegExp(
      `(?:between|from|zwischen dem|zwischen|vom|von|entre el|entre|del|desde el) (?<first>\\d{1,2})(?:st|nd|rd|th)? (?:and|to|until|till|und dem|und|bis zum|bis|y el|y|al|hasta el) ${pointWords("b")}`,
    ),
    span(groups, now) {
      const end = pointIn(groups, "b");
      if (end === null || groups.bdateMonth === undefined) return null;
      const to = newest(end, midnight(now), false);
      if (to === null) return null;
      const date = new Date(to.from);
      const from = dayPoint(date.getUTCFullYear(), date.getUTCMonth(), Number(groups.first));
      return from === null || from.from >= to.to ? null : days(from.from, endOf(to, now));
    },
  },
  {
    words: new RegExp(
      `(?:between|from|zwischen|vom|von|entre|del|desde|de) ${the}${pointWords("a")} (?:and|to|until|till|und|bis|bis zum|y|a|al|hasta) ${the}${pointWords("b")}`,
    ),
    span(groups, now) {
      const [begin, end] = [pointIn(groups, "a"), pointIn(groups, "b")];
      if (begin === null || end === null) return null;
      const to = newest(end, midnight(now), false);
      if (to === null) return null;
      const endYear = new Date(to.from).getUTCFullYear();
      let from = begin.inYear === undefined ? begin : begin.inYear(endYear);
      // "between November and February"
      if (begin.inYear !== undefined && from !== null && from.from >= to.to) from = begin.inYear(endYear - 1);
      return from !== null && from.from < to.to ? days(from.from, endOf(to, now)) : null;
    },
  },
  {
    words: new RegExp(`${since}${begin}${pointWords("a")}`),
    span(groups, now) {
      const point = pointIn(groups, "a");
      const begun = point === null ? null : newest(point, midnight(now), true);
      return begun === null ? null : days(begun.from, null);
    },
  },
  {
    words: new RegExp(`${since}${begin}(?:${this_} )?(?:the |el |la |del |de la )?(?<unit>${periodWord})`),
    span: ({ unit = "" }, now) => days(beginOf(knownUnit(unit), now), null),
  },
  {
    words: new RegExp(`${since}(?:last |past |letzten |letztem )?(?<weekday>${weekdayWord})`),
    span: ({ weekday = "" }, now) =>
      days(beginOf("week", midnight(now) - weekdayOf(weekday) * dayMs) + weekdayOf(weekday) * dayMs, null),
  },
  {
    words: new RegExp(`${since}(?:yesterday|gestern|ayer)`),
    span: (_, now) => days(midnight(now) - dayMs, null),
  },
  {
    words: new RegExp(`${within}${lastWords} (?<count>${wholeNumber}) (?<unit>${unitWord})`),
    span: ({ count = "", unit = "" }, now) => rollingSpan(numberOf(count), knownUnit(unit), now),
  },
  {
    // Without "in the" it is the week before this one.
    words: /(?:in|over|during|within|for) the (?:last|past) (?<unit>day|week|month|year)/,
    span: ({ unit = "" }, now) => rollingSpan(1, knownUnit(unit), now),
  },
  {
    words: /(?:en|durante) (?:el|la) (?:último|última|ultimo|ultima) (?<unit>día|dia|semana|mes|año)/,
    span: ({ unit = "" }, now) => rollingSpan(1, knownUnit(unit), now),
  },
  {
    words: new RegExp(
      `(?:so far |bisher |hasta ahora )?(?:in |im )?${this_} (?<unit>${periodWord})(?: so far| bisher| hasta ahora)?`,
    ),
    span: ({ unit = "" }, now) => days(beginOf(knownUnit(unit), now), null),
  },
  {
    words: /year to date|ytd|seit jahresbeginn|seit jahresanfang|en lo que va (?:de|del) año/,
    span: (_, now) => days(beginOf("year", now), null),
  },
  {
    words: new RegExp(
      `(?:(?:in|im|der) )?(?:the )?(?:last|previous|letzte|letzten|letztes|letzter|vorige|vorigen|voriges|vergangene|vergangenen|vergangenes) (?<unit>${periodWord})|${within}(?<spanish>semana|mes|año) (?:pasada|pasado)`,
    ),
    span({ unit, spanish }, now) {
      const kind = knownUnit(unit ?? spanish ?? "");
      const to = beginOf(kind, now);
      return days(beginOf(kind, to - 1), to);
    },
  },
  { words: /today|heute|hoy/, span: (_, now) => days(midnight(now), null) },
  {
    words: /yesterday(?: s)?|gestern|ayer/,
    span: (_, now) => days(midnight(now) - dayMs, midnight(now)),
  },
  {
    words: new RegExp(`(?:(?<in>${preposition}) )?${the}(?:(?:year|jahr|año) )?${pointWords("a")}`),
    span(groups, now) {
      const point = pointIn(groups, "a");
      // "How much may gold rise?" names no month.
      const isVerb = /^(?:may|march)$/.test(groups.amonth ?? "") && groups.amonthYear === undefined;
      if (point === null || (isVerb && groups.in === undefined)) return null;
      const begun = newest(point, midnight(now), true);
      if (begun === null) return null;
      return {
        ...days(begun.from, endOf(begun, now)),
        ...(point.month === undefined ? {} : { month: point.month }),
      };
    },
  },
];
const sticky = forms.map(({ words, span }) => ({
  words: new RegExp(`(?:${words.source})(?![\\p{L}\\p{N}%.])`, "uy"),
  span,
}));

/**
 * @param text words in lower case with one blank between them @param at where it may begin @param now as the reader's clock shows it
 * @returns the longest span there, and how long it is; null: there is none
 */
export function spanAt(
  text: string,
  at: number,
  now: number,
): { readonly span: CalendarSpan; readonly length: number } | null {
  let best: { span: CalendarSpan; length: number } | null = null;
  for (const { words, span } of sticky) {
    words.lastIndex = at;
    const found = words.exec(text);
    if (found === null || found[0].length <= (best?.length ?? 0)) continue;
    const read = span(found.groups ?? {}, now);
    if (read !== null) best = { span: read, length: found[0].length };
  }
  return best;
}
