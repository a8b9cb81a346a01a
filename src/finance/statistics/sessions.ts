/** Days, weeks and months of a series by its own clock: which bars belong to which. */
import { Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import { choice } from "../calculators/input-fields.ts";
import { refuse } from "../calculators/refuse.ts";
import { LocalTime } from "../data/local-time.ts";
import { lengthOf, type Timeframe } from "../data/timeframe.ts";

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** A day in spring is an hour shorter. */
const shiftMs = hourMs;
const sessionKinds = ["day", "week", "month"] as const;
export type SessionKind = (typeof sessionKinds)[number];

/** Whether sessions are made of whole bars: a week may be of two months, and is none of its days. */
export function fitsSession(timeframe: Timeframe, kind: SessionKind): boolean {
  const length = lengthOf(timeframe);
  if (length === null || length <= dayMs) return true;
  return (timeframe === "W1" && kind === "week") || (timeframe === "MN1" && kind === "month");
}

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

/**
 * The hour by the zone's clock at which whole days of a series begin, where that is in the second half of the day: a market's Monday
 * that begins on Sunday evening is one by its broker's clock alone. null: they begin earlier, or bars are shorter.
 */
export function lateBeginOfDays(time: Float64Array, zone: string): number | null {
  const clock = clockOf(zone);
  let latest = 24;
  for (const [at, instant] of time.entries()) {
    if (at > 0 && instant - (time[at - 1] ?? instant) < dayMs - shiftMs) return null;
    const shown = clock.shownAt(instant);
    latest = Math.min(latest, (shown - Math.floor(shown / dayMs) * dayMs) / hourMs);
  }
  return latest >= 12 && latest < 24 ? Math.floor(latest) : null;
}

/** The instant at which the session of a moment ends. */
export function sessionEnd(instant: number, zone: string, kind: SessionKind): number {
  const clock = clockOf(zone);
  const day = Math.floor(clock.shownAt(instant) / dayMs);
  const date = new Date(day * dayMs);
  if (kind === "month") return clock.instantOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
  return clock.instantOf((kind === "day" ? day + 1 : sessionNumber(day, "week") * 7 + 4) * dayMs);
}

interface LastSession {
  /** When the last bar is over. */
  readonly end: number;
  readonly now: number;
  readonly zone: string;
  readonly kind: SessionKind;
}

/**
 * Whether the last session is over and the data may hold all of it: no week of the data had a bar in the hours that are left of it. A
 * file that was cut off at noon holds half a day, and nothing else tells it from a whole one.
 */
export function isLastWhole(time: Float64Array, { end, now, zone, kind }: LastSession): boolean {
  const sessionOver = sessionEnd(time.at(-1) ?? 0, zone, kind);
  // A day's bar may reach beyond midnight.
  if (Math.max(sessionOver, end) > now) return false;
  if (end >= sessionOver) return true;
  if (sessionOver - end >= weekMs) return false;
  const clock = clockOf(zone);
  const inWeek = (instant: number) => ((clock.shownAt(instant) % weekMs) + weekMs) % weekMs;
  const [from, left] = [inWeek(end), sessionOver - end];
  // Hours of trading change over the years.
  const recent = time.subarray(time.findIndex((instant) => instant > end - 13 * weekMs));
  return !recent.some((instant) => (inWeek(instant) - from + weekMs) % weekMs < left);
}
const weekMs = 7 * dayMs;

function clockOf(zone: string): LocalTime {
  try {
    return new LocalTime(zone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    refuse("zone", say`There is no time zone ${{ verbatim: zone }}. Name one such as Europe/Berlin or UTC.`);
  }
}
