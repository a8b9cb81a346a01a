/** What the clock of a place shows: the same as the calendar of the system, in every zone and around each change of a clock. */
import { expect, test } from "bun:test";
import { LocalTime } from "../../../src/finance/data/local-time.ts";
import { ZoneClock } from "../../../src/finance/data/zone.ts";

const shownBySystem = (zone: string) => {
  const format = new Intl.DateTimeFormat("sv-SE", {
    ...{ timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit" },
  });
  return (instant: number) => format.format(instant);
};

test.each([
  "EET",
  "America/New_York",
  "Asia/Tokyo",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "Asia/Kathmandu",
])("%s", (zone) => {
  const clock = new LocalTime(zone);
  const system = shownBySystem(zone);
  // Every 97 minutes and 30 seconds of two years.
  for (let at = Date.UTC(2023, 0, 1); at < Date.UTC(2025, 0, 1); at += 97.5 * 60_000) {
    expect(new Date(clock.shownAt(at)).toISOString().slice(0, 19).replace("T", " ")).toBe(system(at));
  }
});

test("Lord Howe puts its clock forward by half an hour: a time just after it is that time", () => {
  const local = Date.parse("2001-10-28T02:53:49Z");
  const instant = new ZoneClock("Australia/Lord_Howe").instantOf(local, null);
  expect(new LocalTime("Australia/Lord_Howe").shownAt(instant)).toBe(local);
});
