/** Days, weeks and months of a series by its own clock: which bars belong to which. */
import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import { choice } from "../calculators/input-fields.ts";
import { refuse } from "../calculators/refuse.ts";
import { LocalTime } from "../data/local-time.ts";

const dayMs = 86_400_000;
const sessionKinds = ["day", "week", "month"] as const;
export type SessionKind = (typeof sessionKinds)[number];

/** A run of bars of one day, week or month. */
interface Session {
  /** Days, weeks or months since 1970 by the clock of the zone: the next one has the next number. */
  readonly number: number;
  /** Indices of its first and its last bar. */
  readonly from: number;
  readonly to: number;
}

export const zoneField = () =>
  Type.String({ title: "Time zone", minLength: 1, maxLength: 64, default: "UTC" });
export const sessionField = () => choice(sessionKinds, { title: "Session", default: "day" });

/** Days since 1970 to the number of their week (from Monday) or month. */
function sessionNumber(day: number, kind: SessionKind): number {
  // 1 January 1970 was a Thursday.
  if (kind === "week") return Math.floor((day + 3) / 7);
  if (kind === "day") return day;
  const date = new Date(day * dayMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/**
 * @param time milliseconds since 1970, ascending @param zone of the IANA's list
 * @throws InvalidRequestError for a zone that nobody knows
 */
export function sessionsOf(time: Float64Array, zone: string, kind: SessionKind): readonly Session[] {
  const clock = clockOf(zone);
  const sessions: { number: number; from: number; to: number }[] = [];
  time.forEach((instant, at) => {
    const number = sessionNumber(Math.floor(clock.shownAt(instant) / dayMs), kind);
    const last = sessions.at(-1);
    if (last?.number === number) last.to = at;
    else sessions.push({ number, from: at, to: at });
  });
  return sessions;
}

/** The instant at which the session of a moment ends. */
export function sessionEnd(instant: number, zone: string, kind: SessionKind): number {
  const clock = clockOf(zone);
  const day = Math.floor(clock.shownAt(instant) / dayMs);
  const date = new Date(day * dayMs);
  if (kind === "month") return clock.instantOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
  return clock.instantOf((kind === "day" ? day + 1 : sessionNumber(day, "week") * 7 + 4) * dayMs);
}

function clockOf(zone: string): LocalTime {
  try {
    return new LocalTime(zone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    refuse("zone", say`There is no time zone ${{ verbatim: zone }}. Name one such as Europe/Berlin or UTC.`);
  }
}
