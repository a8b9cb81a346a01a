/** From the clock of a place to instants. Zones are names of the IANA database; "EET" is what most brokers' servers run on. */

/** @returns whether the system knows the zone */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

interface PassedInstant {
  /** Rows of this instant and those before it, in the order of the file, are read. */
  readonly instant: number;
  readonly isBackward: boolean;
}

function isSecondMeant(first: number, second: number, passed: PassedInstant | null): boolean {
  if (passed === null) return false;
  return passed.isBackward ? passed.instant > second : passed.instant >= first;
}

/** Turns the local times of one zone into instants; what it looked up it keeps. */
export class ZoneClock {
  readonly #format: Intl.DateTimeFormat;
  /** By hour of UTC since 1970. */
  readonly #offsets = new Map<number, number>();

  /** @throws RangeError for a zone that the system does not know */
  constructor(zone: string) {
    this.#format = new Intl.DateTimeFormat("en-US", {
      ...{ timeZone: zone, hourCycle: "h23", era: "short" },
      ...{
        year: "numeric",
        month: "2-digit",
        day: "2-digit",
        hour: "2-digit",
        minute: "2-digit",
        second: "2-digit",
      },
    });
  }

  /**
   * @param local milliseconds since 1970 as the clock of the zone shows them
   * @param passed where the file is, and whether it goes to older rows: of an hour that comes twice the second one is meant when
   *   the first has passed, and in a file that goes backward the first one when the second has. null: nothing is known
   * @returns milliseconds since 1970 (UTC). A time that the clock skips is read as if it had not been put forward.
   */
  instantOf(local: number, passed: PassedInstant | null): number {
    const early = this.#offsetAt(local - dayMs);
    const late = this.#offsetAt(local + dayMs);
    if (early === late) return local - early;
    // The greater offset gives the earlier instant.
    const [first, second] = [local - Math.max(early, late), local - Math.min(early, late)];
    const isFirst = first + this.#offsetAt(first) === local;
    const isSecond = second + this.#offsetAt(second) === local;
    if (isFirst && isSecond) return isSecondMeant(first, second, passed) ? second : first;
    if (isFirst) return first;
    return isSecond ? second : local - early;
  }

  #offsetAt(instant: number): number {
    const hour = Math.floor(instant / hourMs);
    const known = this.#offsets.get(hour);
    if (known !== undefined) return known;
    const parts = new Map(
      this.#format.formatToParts(hour * hourMs).map(({ type, value }) => [type, value] as const),
    );
    const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type) ?? 0);
    const local = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
    const offset = local - hour * hourMs;
    if (this.#offsets.size > 100_000) this.#offsets.clear();
    this.#offsets.set(hour, offset);
    return offset;
  }
}
