/** From the clock of a place to instants. Zones are names of the IANA database; "EET" is what most brokers' servers run on. */

import { LocalTime } from "./local-time.ts";

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

const dayMs = 24 * 3_600_000;

interface PassedInstant {
  /** Rows of this instant and those before it, in the order of the file, are read. */
  readonly instant: number;
  readonly isBackward: boolean;
}

function isSecondMeant(first: number, second: number, passed: PassedInstant | null): boolean {
  if (passed === null) return false;
  return passed.isBackward ? passed.instant > second : passed.instant >= first;
}

/** Turns the local times of one zone into instants. */
export class ZoneClock {
  readonly #clock: LocalTime;

  /** @throws RangeError for a zone that the system does not know */
  constructor(zone: string) {
    this.#clock = new LocalTime(zone);
  }

  /**
   * @param local milliseconds since 1970 as the clock of the zone shows them
   * @param passed where the file is, and whether it goes to older rows: of an hour that comes twice the second one is meant when
   *   the first has passed, and in a file that goes backward the first one when the second has. null: nothing is known
   * @returns milliseconds since 1970 (UTC). A time that the clock skips is read as if it had not been put forward.
   */
  instantOf(local: number, passed: PassedInstant | null): number {
    const early = this.#clock.offsetAt(local - dayMs);
    const late = this.#clock.offsetAt(local + dayMs);
    if (early === late) return local - early;
    // The greater offset gives the earlier instant.
    const [first, second] = [local - Math.max(early, late), local - Math.min(early, late)];
    const isFirst = first + this.#clock.offsetAt(first) === local;
    const isSecond = second + this.#clock.offsetAt(second) === local;
    if (isFirst && isSecond) return isSecondMeant(first, second, passed) ? second : first;
    if (isFirst) return first;
    return isSecond ? second : local - early;
  }
}
