/** Where sessions begin: each day at the same time of the clock, summer time included. */
import { say } from "../../texts/say.ts";
import { refuse } from "../calculators/refuse.ts";

const day = 86_400_000;

/**
 * @param times milliseconds since 1970, ascending
 * @param start "09:30" @param zone of the IANA's list
 * @returns 1 for each bar that is the first of its session; of the very first bar: whether it opens just as its session begins
 * @throws InvalidRequestError for a zone that nobody knows
 */
export function sessionStarts(times: Float64Array, zone: string, start: string): Uint8Array {
  const clock = new ZoneClock(zone);
  const [hours = 0, minutes = 0] = start.split(":").map(Number);
  const startOfDay = (hours * 60 + minutes) * 60_000;
  const starts = new Uint8Array(times.length);
  let next = Number.NEGATIVE_INFINITY;
  times.forEach((time, index) => {
    if (time < next) return;
    const local = time + clock.offsetAt(time);
    // The day in which the session of this bar began, by the clock of the zone.
    const began = Math.floor((local - startOfDay) / day) * day + startOfDay;
    starts[index] = index > 0 || clock.instantOf(began) === time ? 1 : 0;
    next = clock.instantOf(began + day);
  });
  return starts;
}

/** Offsets of one zone. Asking for one takes microseconds: only once a session. */
class ZoneClock {
  private readonly format: Intl.DateTimeFormat;

  constructor(zone: string) {
    this.format = formatOf(zone);
  }

  /** How far the clock of the zone is ahead of UTC at an instant, in milliseconds. */
  offsetAt(time: number): number {
    const part: Record<string, number> = {};
    for (const { type, value } of this.format.formatToParts(time)) part[type] = Number(value);
    const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, date, hour, minute, second) - Math.floor(time / 1000) * 1000;
  }

  /** The instant at which the clock shows a time, given as if it were UTC. In a gap of the clock: just after it. */
  instantOf(local: number): number {
    const guess = local - this.offsetAt(local);
    return local - this.offsetAt(guess);
  }
}

function formatOf(zone: string): Intl.DateTimeFormat {
  try {
    const numeric = "numeric";
    return new Intl.DateTimeFormat("en", {
      ...{
        timeZone: zone,
        calendar: "gregory",
        hourCycle: "h23",
        year: numeric,
        month: numeric,
        day: numeric,
      },
      ...{ hour: numeric, minute: numeric, second: numeric },
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    refuse("zone", say`There is no time zone ${{ verbatim: zone }}. Name one such as Europe/Berlin or UTC.`);
  }
}
