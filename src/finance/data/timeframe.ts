/** Timeframes as MetaTrader names them: M1 … H4, D1, W1, MN1; "tick" for single prices. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const timeframes = [
  { name: "M1", ms: minute },
  { name: "M2", ms: 2 * minute },
  { name: "M3", ms: 3 * minute },
  { name: "M5", ms: 5 * minute },
  { name: "M10", ms: 10 * minute },
  { name: "M15", ms: 15 * minute },
  { name: "M30", ms: 30 * minute },
  { name: "H1", ms: hour },
  { name: "H2", ms: 2 * hour },
  { name: "H3", ms: 3 * hour },
  { name: "H4", ms: 4 * hour },
  { name: "H6", ms: 6 * hour },
  { name: "H8", ms: 8 * hour },
  { name: "H12", ms: 12 * hour },
  { name: "D1", ms: day },
  { name: "W1", ms: 7 * day },
  { name: "MN1", ms: 30 * day },
] as const;

export type Timeframe = (typeof timeframes)[number]["name"] | "tick";

export const timeframeNames: readonly Timeframe[] = ["tick", ...timeframes.map(({ name }) => name)];

/** How long a bar is, in milliseconds; of a month 30 days. null: ticks have no length. */
export const lengthOf = (timeframe: Timeframe): number | null =>
  timeframes.find(({ name }) => name === timeframe)?.ms ?? null;

/** Which timeframe a step from one bar to the next is; null: none, such as a gap. Months and days of clock changes vary. */
export function timeframeOfStep(ms: number): Timeframe | null {
  if (ms >= 28 * day && ms <= 31 * day + hour) return "MN1";
  if (Math.abs(ms - 7 * day) <= hour) return "W1";
  if (Math.abs(ms - day) <= hour) return "D1";
  return timeframes.find((each) => each.ms === ms)?.name ?? null;
}

/** As files are named: "H4", "4h", "PERIOD_H4", "240" (minutes), "1D", "daily". @returns null: it is none */
export function timeframeNamed(text: string): Timeframe | null {
  const word = text
    .trim()
    .toUpperCase()
    .replace(/^PERIOD_/, "");
  const exact = timeframeNames.find((name) => name.toUpperCase() === word);
  if (exact !== undefined) return exact;
  const words: Readonly<Record<string, Timeframe>> = {
    ...{ DAILY: "D1", DAY: "D1", D: "D1", WEEKLY: "W1", W: "W1", MONTHLY: "MN1", MONTH: "MN1", MN: "MN1" },
    ...{ HOURLY: "H1", "60": "H1", "240": "H4", "1440": "D1", "10080": "W1", "43200": "MN1", TICKS: "tick" },
  };
  const named = words[word];
  if (named !== undefined) return named;
  const [, count, unit] = /^(\d{1,4})\s*(M|MIN|H|HOUR|D|DAY|W|WEEK|MO|MONTH)S?$/.exec(word) ?? [];
  if (count !== undefined && unit !== undefined) {
    const units = {
      M: minute,
      MIN: minute,
      H: hour,
      HOUR: hour,
      D: day,
      DAY: day,
      W: 7 * day,
      WEEK: 7 * day,
    };
    if (unit === "MO" || unit === "MONTH") return count === "1" ? "MN1" : null;
    const ms = Number(count) * (units[unit as keyof typeof units] ?? 0);
    return timeframes.find((each) => each.ms === ms)?.name ?? null;
  }
  const minutes = /^(\d{1,5})$/.exec(word)?.[1];
  return minutes === undefined
    ? null
    : (timeframes.find(({ ms }) => ms === Number(minutes) * minute)?.name ?? null);
}
