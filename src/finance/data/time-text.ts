/** Times as files write them: which order the numbers of a date have, as far as they prove it, and the instants they name. */

export type DateOrder = "dmy" | "mdy" | "ymd";

/** What stands in a cell, before anybody knows which number is the day. */
export interface WrittenTime {
  /** As they stand; a name of a month is its number, in the middle. */
  readonly numbers: readonly [number, number, number];
  /** null: only the column as a whole may say. */
  readonly order: DateOrder | null;
  /** The year is written with two digits; where it stands is not known. */
  readonly hasShortYear: boolean;
  /** Milliseconds since midnight. */
  readonly ofDay: number;
  readonly hasTime: boolean;
  /** Minutes east of UTC; null: the cell does not say. */
  readonly offset: number | null;
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const monthOf = (name: string) => months.indexOf(name.slice(0, 3).toLowerCase()) + 1;

// After a comma or a semicolon only a colon shows that it is a time: "2024.01.02;1500" may be a date and a price.
const clock = String.raw`(?:(?:[T\s]+|\s*[,;]\s*(?=\d{1,2}:))(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp]\.?[Mm]\.?)?)?`;
const zone = String.raw`\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?`;
const yearFirst = new RegExp(`^(\\d{4})[-./](\\d{1,2})[-./](\\d{1,2})${clock}${zone}$`);
const compact = new RegExp(`^(\\d{4})(\\d{2})(\\d{2})${clock}${zone}$`);
const yearLast = new RegExp(`^(\\d{1,2})[-./](\\d{1,2})[-./](\\d{4})${clock}${zone}$`);
const shortYear = new RegExp(`^(\\d{1,2})[-./](\\d{1,2})[-./](\\d{2})${clock}${zone}$`);
const apostropheYear = new RegExp(`^(\\d{1,2})[-./](\\d{1,2})'(\\d{2})${clock}${zone}$`);
const dayMonth = new RegExp(`^(\\d{1,2})[-.\\s]+([A-Za-z]{3,9})\\.?[-.,\\s]+(\\d{4})${clock}${zone}$`);
const monthDay = new RegExp(`^([A-Za-z]{3,9})\\.?[-\\s]+(\\d{1,2})[-,\\s]+(\\d{4})${clock}${zone}$`);

type Reader = (cell: string) => WrittenTime | null;

const numeric = (one: string, two: string, three: string): WrittenTime["numbers"] => [
  Number(one),
  Number(two),
  Number(three),
];

const unixReaders: readonly Reader[] = [
  (cell) => (/^-?\d{9,10}(?:\.\d+)?$/.test(cell) ? ofUnix(Number(cell) * 1000) : null),
  (cell) => (/^\d{12,13}$/.test(cell) ? ofUnix(Number(cell)) : null),
];

const readers: readonly Reader[] = [
  byPattern(yearFirst, numeric, { order: "ymd" }),
  byPattern(compact, numeric, { order: "ymd" }),
  byPattern(yearLast, numeric),
  byPattern(shortYear, numeric, { hasShortYear: true }),
  byPattern(apostropheYear, (one, two, three) => [Number(one), Number(two), inFull(Number(three))]),
  byPattern(dayMonth, (day, month, year) => [Number(day), monthOf(month), Number(year)], { order: "dmy" }),
  byPattern(monthDay, (month, day, year) => [Number(day), monthOf(month), Number(year)], { order: "dmy" }),
];

/** YYYYMMDDHHMM and YYYYMMDDHH. */
const compactTime = byPattern(/^((?:19|20)\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?$/, numeric, { order: "ymd" });

function byPattern(
  pattern: RegExp,
  numbersOf: (one: string, two: string, three: string) => WrittenTime["numbers"],
  form: Partial<Pick<WrittenTime, "order" | "hasShortYear">> = {},
): Reader {
  return (cell) => {
    const found = pattern.exec(cell);
    if (found === null) return null;
    const [, one = "", two = "", three = ""] = found;
    return written(found, numbersOf(one, two, three), { order: null, hasShortYear: false, ...form });
  };
}

/** What a column's cells are that are digits alone, without those of a date (20240131): Unix times, or dates with their time. */
export type DigitsMeaning = "unix" | "calendar";

/** Reads the times of one column, which mostly are of one kind. */
export class TimeReader {
  readonly #readers: readonly Reader[];
  #last: Reader | undefined;

  constructor(digits: DigitsMeaning = "unix") {
    this.#readers = digits === "unix" ? [...unixReaders, ...readers] : [compactTimeIn, ...readers];
  }

  /** @returns null when the cell is no time */
  read(cell: string): WrittenTime | null {
    const again = this.#last?.(cell);
    if (again) return again;
    for (const reader of this.#readers) {
      const found = reader(cell);
      if (found === null) continue;
      this.#last = reader;
      return found;
    }
    return null;
  }
}

function compactTimeIn(cell: string): WrittenTime | null {
  const time = compactTime(cell);
  return time === null || localOf(time, null) === null ? null : time;
}

/**
 * Tells the digits of a column apart: 202401311015 is a date with its time, or a Unix time in milliseconds of 1976; 2024013110 is a
 * date with its hour, or Unix seconds of 2034. Of Unix times hardly one in a hundred happens to be a date, so that a column says
 * which it is. Where all are dates they are read as dates: prices of 2034 are not known yet.
 */
export class DigitsProof {
  #dates = 0;
  #others = 0;
  #date = "";
  #other = "";

  see(cell: string): void {
    if (!/^-?\d{9,10}(?:\.\d+)?$|^\d{12,13}$/.test(cell)) return;
    if (compactTimeIn(cell) === null) {
      this.#others += 1;
      this.#other ||= cell;
    } else {
      this.#dates += 1;
      this.#date ||= cell;
    }
  }

  /** Or an example of each, where some are dates and others none. */
  get meaning(): DigitsMeaning | { readonly date: string; readonly other: string } {
    const share = this.#dates / (this.#dates + this.#others);
    if (share > 0.5) return "calendar";
    return share > 0.05 ? { date: this.#date, other: this.#other } : "unix";
  }
}

/** Of a year with two digits: POSIX's rule (69 to 99 are of the last century). */
const inFull = (year: number): number => year + (year < 69 ? 2000 : 1900);

function ofUnix(instant: number): WrittenTime {
  const date = new Date(instant);
  return {
    numbers: [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()],
    order: "ymd",
    hasShortYear: false,
    ofDay: ((instant % dayMs) + dayMs) % dayMs,
    hasTime: true,
    offset: 0,
  };
}

const dayMs = 24 * 3_600_000;

function written(
  found: RegExpExecArray,
  numbers: WrittenTime["numbers"],
  form: Pick<WrittenTime, "order" | "hasShortYear">,
): WrittenTime | null {
  const [, , , , hour, minute, second, fraction, half, zoneText] = found;
  let hours = Number(hour ?? 0);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return null;
    hours = (hours % 12) + (/^p/i.test(half) ? 12 : 0);
  }
  const [minutes, seconds] = [Number(minute ?? 0), Number(second ?? 0)];
  // 24:00 is the end of the day.
  if (hours > 24 || minutes > 59 || seconds > 60 || (hours === 24 && minutes + seconds > 0)) return null;
  const ms = fraction === undefined ? 0 : Number(`0.${fraction}`) * 1000;
  return {
    numbers,
    ...form,
    ofDay: hours * 3_600_000 + minutes * 60_000 + seconds * 1000 + Math.round(ms),
    hasTime: hour !== undefined,
    offset: offsetOf(zoneText),
  };
}

function offsetOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(text) ?? [];
  if (sign === undefined) return 0;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** A time of the day in a column of its own: "10:15", "101500", "10:15:30.250". @returns milliseconds since midnight */
export function timeOfDayIn(cell: string): number | null {
  const [, hour, minute, second, fraction] =
    /^(\d{1,2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?$/.exec(cell) ?? [];
  if (hour === undefined || Number(hour) > 24 || Number(minute) > 59 || Number(second ?? 0) > 60) return null;
  const ms = fraction === undefined ? 0 : Math.round(Number(`0.${fraction}`) * 1000);
  return Number(hour) * 3_600_000 + Number(minute) * 60_000 + Number(second ?? 0) * 1000 + ms;
}

/** Narrows what the order of a column's dates can be, a cell after the other. */
export class OrderProof {
  readonly #possible: Record<DateOrder, boolean> = { dmy: true, mdy: true, ymd: true };
  #isNeeded = false;

  /** A date that exists in no order proves nothing: its row is put aside. */
  see({ numbers: [first, second, third], order, hasShortYear }: WrittenTime): void {
    if (order !== null) return;
    const dmy = isDay(first) && isMonth(second);
    const mdy = isMonth(first) && isDay(second);
    const ymd = hasShortYear && isMonth(second) && isDay(third);
    if (!(dmy || mdy || ymd)) return;
    this.#isNeeded = true;
    this.#possible.dmy &&= dmy;
    this.#possible.mdy &&= mdy;
    this.#possible.ymd &&= ymd;
  }

  /** Those in which all dates exist. */
  get possible(): readonly DateOrder[] {
    return orders.filter((order) => this.#possible[order]);
  }

  /** null: several readings are possible; "contradictory": none is; "none": the cells say it themselves. */
  get order(): DateOrder | "none" | "contradictory" | null {
    if (!this.#isNeeded) return "none";
    const [order, ...others] = this.possible;
    return others.length > 0 ? null : (order ?? "contradictory");
  }
}

const orders: readonly DateOrder[] = ["dmy", "mdy", "ymd"];
const isMonth = (value: number) => value >= 1 && value <= 12;
const isDay = (value: number) => value >= 1 && value <= 31;

/** @returns milliseconds since 1970 as if the clock were at UTC; null for a date that does not exist */
export function localOf(
  { numbers, order, hasShortYear, ofDay }: WrittenTime,
  known: DateOrder | null,
): number | null {
  const [one, two, three] = numbers;
  const means = order ?? known;
  if (means === null) return null;
  const [written, month, day] =
    means === "ymd" ? [one, two, three] : means === "dmy" ? [three, two, one] : [three, one, two];
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  const year = hasShortYear ? inFull(written) : written;
  const midnight = Date.UTC(year, month - 1, day);
  if (new Date(midnight).getUTCDate() !== day) return null;
  return midnight + ofDay;
}

/**
 * A moment as programs write it: a day, or a day with a time, in ISO 8601; without an offset it is one of UTC.
 * @returns milliseconds since 1970; null for any other text
 */
export function instantIn(text: string): number | null {
  if (!/^\d{4}-/.test(text)) return null;
  const time = new TimeReader().read(text.trim().toUpperCase());
  const local = time === null ? null : localOf(time, "ymd");
  return local === null || time === null ? null : local - (time.offset ?? 0) * 60_000;
}
