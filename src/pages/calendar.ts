/**
 * Days and months by the reader's own calendar: the time zone that public/js/time-zone.js tells in a cookie, otherwise this
 * machine's. The cookie is a claim: used for display alone.
 */
import type { ShownDates } from "../../views/props.ts";
import { readCookie } from "../http/read-cookie.ts";

const timeZoneCookie = "time-zone";

export interface Calendar extends ShownDates {
  /** Days since 1 January 1970, of the date that a clock there shows. */
  dayOf(time: number): number;
  /** As "March 2026". */
  monthOf(time: number): string;
}

const dayMs = 24 * 60 * 60 * 1000;
/** Some kilobytes each; another one is made anew. */
const mostKept = 100;
const kept = new Map<string | undefined, Calendar>();

/** @param timeZone a name of the IANA database; undefined, or an unknown one: this machine's */
export function calendarOf(timeZone?: string): Calendar {
  const known = kept.get(timeZone);
  if (known !== undefined) return known;
  const calendar = calendarIn(timeZone);
  if (calendar === null) return calendarOf();
  if (kept.size >= mostKept) kept.clear();
  kept.set(timeZone, calendar);
  return calendar;
}

/** By the zone of the reader's browser. */
export function calendarFor(request: Request): Calendar {
  const name = readCookie(request, timeZoneCookie);
  return calendarOf(name !== null && /^[A-Za-z][\w+/-]{0,63}$/.test(name) ? name : undefined);
}

function calendarIn(timeZone: string | undefined): Calendar | null {
  const zone = timeZone === undefined ? {} : { timeZone };
  try {
    const date = new Intl.DateTimeFormat("en-CA", {
      ...{ year: "numeric", month: "2-digit", day: "2-digit" },
      ...zone,
    });
    const month = new Intl.DateTimeFormat("en", { month: "long", year: "numeric", ...zone });
    const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", year: "numeric", ...zone });
    const moment = new Intl.DateTimeFormat("en", {
      ...{ dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" },
      ...zone,
    });
    return {
      // As 2026-03-31, which is read as UTC.
      dayOf: (time) => Date.parse(date.format(time)) / dayMs,
      monthOf: (time) => month.format(time),
      dateOf: (time) => day.format(time),
      momentOf: (time) => moment.format(time),
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
