/** Which column of a table holds what. */
import { say, type Words } from "../../texts/say.ts";
import { plainHeader, type Role, roleOf } from "./column-names.ts";
import type { Format } from "./formats/format.ts";
import { listed, quoted, shortened } from "./shown-cell.ts";
import type { Table } from "./sniff-table.ts";
import { TimeReader, timeOfDayIn } from "./time-text.ts";

export interface SeriesColumns {
  readonly date: number;
  /** The time of the day, where it stands in a column of its own. */
  readonly timeOfDay: number | null;
  readonly open: number | null;
  readonly high: number | null;
  readonly low: number | null;
  readonly close: number;
  readonly volume: number | null;
  readonly tickVolume: number | null;
  readonly symbol: number | null;
  readonly timeframe: number | null;
}

/** @returns the rest of a sentence that begins with the file's name, where something is missing or stands twice */
export function columnsOf(
  { headers, sample }: Table,
  { price }: Pick<Format, "price">,
): SeriesColumns | { readonly problem: Words } {
  return headers === null ? unnamed(sample[0]?.cells ?? []) : named(headers, price ?? "close");
}

function named(headers: readonly string[], price: Role): SeriesColumns | { readonly problem: Words } {
  const places = new Map<Role, number[]>();
  for (const [index, header] of headers.entries()) {
    const role = roleOf(header);
    if (role !== null) places.set(role, [...(places.get(role) ?? []), index]);
  }
  for (const found of places.values()) {
    const names = found.map((index) => plainHeader(headers[index] ?? ""));
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (twice !== undefined)
      return {
        problem: say`has two columns called ${quoted(twice)} (columns ${listed(numbersOf(found))}). Rename or remove one`,
      };
  }
  const of = (role: Role) => places.get(role)?.[0] ?? null;
  const [date, time] = [of("date"), of("time")];
  const first = date ?? time;
  const close = of(price) ?? of("bid") ?? of("adjusted");
  if (first === null || close === null)
    return {
      problem:
        first === null
          ? say`has no column for the time. Its columns are ${listed(headers.slice(0, mostNamed).map(shortened))}`
          : say`has no column for the price. Its columns are ${listed(headers.slice(0, mostNamed).map(shortened))}`,
    };
  return {
    date: first,
    timeOfDay: date !== null && time !== null ? time : null,
    ...{ open: of("open"), high: of("high"), low: of("low"), close },
    ...{ volume: of("volume"), tickVolume: of("tick-volume") },
    ...{ symbol: of("symbol"), timeframe: of("timeframe") },
  };
}

/** So many columns are named in a message. */
const mostNamed = 8;

/** As people count columns. */
const numbersOf = (places: readonly number[]) => places.slice(0, mostNamed).map((index) => String(index + 1));

/** Without names: a time (in one column or two), then open, high, low, close and perhaps a volume, or one price. */
function unnamed(cells: readonly string[]): SeriesColumns | { readonly problem: Words } {
  const second = cells[1] ?? "";
  const isApart =
    timeOfDayIn(second) !== null &&
    /[:]|^\d{6}$/.test(second) &&
    new TimeReader().read(cells[0] ?? "")?.hasTime === false;
  const from = isApart ? 2 : 1;
  const prices = cells.length - from;
  const none = {
    ...{ symbol: null, timeframe: null, tickVolume: null },
    date: 0,
    timeOfDay: isApart ? 1 : null,
  };
  if (prices >= 4)
    return {
      ...none,
      ...{ open: from, high: from + 1, low: from + 2, close: from + 3 },
      volume: prices >= 5 ? from + 4 : null,
    };
  if (prices === 1) return { ...none, ...{ open: null, high: null, low: null, close: from, volume: null } };
  return {
    problem: say`has no names of columns, and ${prices} numbers a row: which of them is the price cannot be known. Name the columns Date, Open, High, Low, Close, Volume in its first line`,
  };
}
