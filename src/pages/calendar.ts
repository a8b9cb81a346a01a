/**
 * Days and months by the reader's own calendar: the time zone that they have set, or that public/js/time-zone.js tells in a
 * cookie, otherwise this machine's. The cookie is a claim: used for display alone.
 */
import type { ShownDates } from "../../views/props.ts";
import { readCookie } from "../http/read-cookie.ts";
import { chosenLanguage } from "../preferences/preferences.ts";
import type { PersonalValues } from "../settings/personal.ts";
import { localeOfReader } from "../texts/reader-language.ts";

const timeZoneCookie = "time-zone";

export interface Calendar extends ShownDates {
  /** The name of its time zone. */
  readonly zone: string;
  /** Days since 1 January 1970, of the date that a clock there shows. */
  dayOf(time: number): number;
  /** As "March 2026". */
  monthOf(time: number): string;
}

const dayMs = 24 * 60 * 60 * 1000;
/** Some kilobytes each; another one is made anew. */
const mostKept = 100;
const kept = new Map<string, Calendar>();

/**
 * @param timeZone a name of the IANA database; undefined, or an unknown one: this machine's
 * @param language a language's code; an unknown one: English
 */
export function calendarOf(timeZone?: string, language = "en"): Calendar {
  const key = `${timeZone ?? ""} ${language}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const calendar = calendarIn(timeZone, localeOf(language));
  if (calendar === null) return calendarOf(undefined, language);
  if (kept.size >= mostKept) kept.clear();
  kept.set(key, calendar);
  return calendar;
}

/** What a user has set; an empty zone is their browser's. */
type CalendarSettings = Pick<PersonalValues, "time_zone" | "language">;

/** By the user's zone and language; without a zone of theirs by the one of their browser. */
export function calendarFor(request: Request, chosen?: CalendarSettings): Calendar {
  const zone = chosen?.time_zone || readCookie(request, timeZoneCookie);
  const isName = zone !== null && /^[A-Za-z][\w+/-]{0,63}$/.test(zone);
  const language = chosen === undefined ? undefined : (chosenLanguage(chosen) ?? localeOfReader());
  return calendarOf(isName ? zone : undefined, language);
}

function localeOf(language: string): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(language)[0] ?? "en";
  } catch (error) {
    if (error instanceof RangeError) return "en";
    throw error;
  }
}

function calendarIn(timeZone: string | undefined, locale: string): Calendar | null {
  const zone = timeZone === undefined ? {} : { timeZone };
  try {
    const date = new Intl.DateTimeFormat("en-CA", {
      ...{ year: "numeric", month: "2-digit", day: "2-digit" },
      ...zone,
    });
    const month = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", ...zone });
    const day = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", ...zone });
    const moment = new Intl.DateTimeFormat(locale, {
      ...{ dateStyle: "medium", timeStyle: "medium", hourCycle: "h23" },
      ...zone,
    });
    return {
      zone: date.resolvedOptions().timeZone,
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
