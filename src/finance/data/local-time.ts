/** From instants to what the clock of a place shows. It knows nothing of how times are written in files (zone.ts does). */

const minute = 60_000;
const dayMs = 24 * 60 * minute;
/** So long no zone has two changes of its clock. */
const windowMs = 8 * dayMs;
/** Clocks change at whole quarters of an hour. */
const quarter = 15 * minute;
const mostKept = 100_000;

/** The clock of one zone. What it looked up it keeps, so that it can be asked for each of a million bars. */
export class LocalTime {
  readonly #format: Intl.DateTimeFormat | null;
  /** By the instant. */
  readonly #offsets = new Map<number, number>();
  /** By the window: the first quarter of an hour with the other offset. */
  readonly #changes = new Map<number, number>();

  /** @param zone of the IANA's list; null: nobody has said it, and times are taken as UTC @throws RangeError for one that nobody knows */
  constructor(zone: string | null) {
    const numeric = "numeric";
    this.#format =
      zone === null || zone === "UTC"
        ? null
        : new Intl.DateTimeFormat("en", {
            ...{ timeZone: zone, calendar: "gregory", hourCycle: "h23", era: "short" },
            ...{ year: numeric, month: numeric, day: numeric },
            ...{ hour: numeric, minute: numeric, second: numeric },
          });
  }

  /** How far the clock is ahead of UTC at an instant, in milliseconds. */
  offsetAt(instant: number): number {
    const from = Math.floor(instant / windowMs) * windowMs;
    const [before, after] = [this.#lookedUp(from), this.#lookedUp(from + windowMs)];
    return before === after || instant < this.#changeFrom(from, before) ? before : after;
  }

  /** What the clock shows at an instant, as milliseconds since 1970, as if it were UTC. */
  shownAt(instant: number): number {
    return instant + this.offsetAt(instant);
  }

  /** The instant at which the clock shows a time, given as if it were UTC. In a gap of the clock: just after it. */
  instantOf(local: number): number {
    const guess = local - this.offsetAt(local);
    return local - this.offsetAt(guess);
  }

  /** "2024-01-02" */
  dayAt(instant: number): string {
    return new Date(this.shownAt(instant)).toISOString().slice(0, 10);
  }

  /** "2024-01-02 22:00 EET"; at midnight the day alone. @param name of the clock */
  momentAt(instant: number, name: string): string {
    const local = new Date(this.shownAt(instant)).toISOString();
    const [day, time] = [local.slice(0, 10), local.slice(11, 16)];
    return time === "00:00" ? day : `${day} ${time} ${name}`;
  }

  #changeFrom(from: number, before: number): number {
    const known = this.#changes.get(from);
    if (known !== undefined) return known;
    let [low, high] = [0, windowMs / quarter];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#lookedUp(from + middle * quarter) === before) low = middle;
      else high = middle;
    }
    this.#changes.set(from, from + high * quarter);
    return from + high * quarter;
  }

  #lookedUp(instant: number): number {
    if (this.#format === null) return 0;
    const known = this.#offsets.get(instant);
    if (known !== undefined) return known;
    const parts = new Map(this.#format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type) ?? 0);
    const local = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
    const offset = local - instant;
    if (this.#offsets.size > mostKept) this.#offsets.clear();
    this.#offsets.set(instant, offset);
    return offset;
  }
}
