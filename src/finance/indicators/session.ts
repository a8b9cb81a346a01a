/** Where sessions begin: each day at the same time of the clock, summer time included. */
import { say } from "../../texts/say.ts";
import { refuse } from "../calculators/refuse.ts";
import { LocalTime } from "../data/local-time.ts";

const day = 86_400_000;

/**
 * @param times milliseconds since 1970, ascending
 * @param start "09:30" @param zone of the IANA's list
 * @returns 1 for each bar that is the first of its session; of the very first bar: whether it opens just as its session begins
 * @throws InvalidRequestError for a zone that nobody knows
 */
export function sessionStarts(times: Float64Array, zone: string, start: string): Uint8Array {
  const clock = clockOf(zone);
  const [hours = 0, minutes = 0] = start.split(":").map(Number);
  const startOfDay = (hours * 60 + minutes) * 60_000;
  const starts = new Uint8Array(times.length);
  let next = Number.NEGATIVE_INFINITY;
  times.forEach((time, index) => {
    if (time < next) return;
    const local = clock.shownAt(time);
    // The day in which the session of this bar began, by the clock of the zone.
    const began = Math.floor((local - startOfDay) / day) * day + startOfDay;
    starts[index] = index > 0 || clock.instantOf(began) === time ? 1 : 0;
    next = clock.instantOf(began + day);
  });
  return starts;
}

function clockOf(zone: string): LocalTime {
  try {
    return new LocalTime(zone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    refuse("zone", say`There is no time zone ${{ verbatim: zone }}. Name one such as Europe/Berlin or UTC.`);
  }
}
