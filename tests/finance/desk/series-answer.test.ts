/** The desk's answers about one's own prices: by time and never by rows, with what they are made of, and no figure without data. */
import { describe, expect, test } from "bun:test";
import type { DeskAnswer } from "../../../src/finance/desk/desk-answer.ts";
import { classifyFigures } from "../../../src/finance/numbers/classify-figures.ts";
import { openSeriesDesk } from "./series-desk.ts";

const day = 86_400_000;
/** Monday. */
const now = Date.UTC(2024, 2, 4, 9);

/** One bar a day, but no weekends: the close is 100 (or another base) and the day of the year. */
const daily = (from: number, to: number, but: (ms: number) => boolean = () => true, base = 100) => {
  const rows = ["Date,Open,High,Low,Close"];
  for (let ms = from; ms <= to; ms += day) {
    const weekday = new Date(ms).getUTCDay();
    if (weekday === 0 || weekday === 6 || !but(ms)) continue;
    const close = base + (ms - Date.UTC(2024, 0, 0)) / day;
    rows.push(`${new Date(ms).toISOString().slice(0, 10)},${close},${close + 2},${close - 3},${close}`);
  }
  return `${rows.join("\n")}\n`;
};
const january = Date.UTC(2024, 0, 1);
const lastFriday = Date.UTC(2024, 2, 1);

async function open(zone = "UTC") {
  const it = openSeriesDesk(now, zone);
  await it.import("XAUUSD_D1.csv", daily(january, lastFriday));
  return it;
}

const value = (answer: DeskAnswer | null, name: string) =>
  answer?.facts.find((fact) => fact.name === name)?.value;
const unchecked = ({ card, facts }: DeskAnswer) =>
  classifyFigures(card, { facts: facts.map((fact) => ({ at: 0, fact })), quotes: [] })
    .filter((figure) => figure.class === "unsupported")
    .map(({ text }) => text);

describe("A change", () => {
  test("is from the last close before the span, however many bars are missing", async () => {
    using it = openSeriesDesk(now);
    // Half of February is missing.
    await it.import(
      "XAUUSD_D1.csv",
      daily(january, lastFriday, (ms) => ms < Date.UTC(2024, 1, 10) || ms > Date.UTC(2024, 1, 23)),
    );
    const answer = await it.ask("How much has gold risen since February?");
    // 31 January is day 31, 1 March day 61.
    expect([value(answer, "first-close"), value(answer, "last-close")]).toEqual(["131", "161"]);
    expect(value(answer, "change")).toBe("22.90");
    expect(answer?.card).toContain("since 2024-02-01, by the clock of UTC");
    expect(answer?.card).toMatch(
      /remarks on the data of XAUUSD D1: \[see its passport\]\(\/data\/[0-9a-f-]+#passport\)/,
    );
    const twoWeeks = await it.ask("How much has gold risen in the last 14 days?");
    // 19 February has no bar; the last close before it is that of 9 February, day 40.
    expect(value(twoWeeks, "first-close")).toBe("140");
  });

  test("between two days ends with the second one", async () => {
    using it = await open();
    const answer = await it.ask("How much did gold change between 10 January and 20 January?");
    // Tuesday, 9 January, and Friday, 19 January.
    expect([value(answer, "first-close"), value(answer, "last-close")]).toEqual(["109", "119"]);
    expect(answer?.card).toContain("from 2024-01-10 to the end of 2024-01-20");
  });

  test("of a day's bars is of their own days, wherever the reader is", async () => {
    for (const zone of ["Asia/Tokyo", "America/New_York", "UTC"]) {
      using it = await open(zone);
      const answer = await it.ask("How much has gold risen since February?");
      expect([zone, value(answer, "first-close")]).toEqual([zone, "131"]);
    }
  });

  test("within a day is of the reader's clock", async () => {
    const hours = ["Date,Open,High,Low,Close"];
    for (let ms = now - 72 * 3_600_000; ms < now; ms += 3_600_000) {
      const close = 100 + (ms - (now - 72 * 3_600_000)) / 3_600_000;
      hours.push(
        `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")},${close},${close},${close},${close}`,
      );
    }
    const closes = async (zone: string) => {
      using it = openSeriesDesk(now, zone);
      await it.import("XAUUSD_H1.csv", hours.join("\n"), { zone: "UTC" });
      const answer = await it.ask("How much has gold risen today?");
      return [value(answer, "first-close"), value(answer, "last-close")];
    };
    // It is 9 o'clock in UTC, 18 in Tokyo: the day began 9 and 18 hours ago.
    expect(await closes("UTC")).toEqual(["162", "171"]);
    expect(await closes("Asia/Tokyo")).toEqual(["153", "171"]);
  });

  test("says so where the data begins later or ends earlier, and gives nothing where there is none", async () => {
    using it = await open();
    const early = await it.ask("How much has gold risen since May 2023?");
    expect(early?.card).toContain("begins at 2024-01-01, after the span does");
    const old = await it.ask("How much did gold rise in 2023?");
    expect(old?.facts).toEqual([]);
    expect(old?.card).toContain("There are no bars of XAUUSD D1 in this span");
    const none = await it.ask("How much has silver risen since February?");
    expect(none?.facts).toEqual([]);
    expect(none?.card).toContain("There is no data of XAGUSD here");
    expect(none?.card).toContain("(/data)");
    // The one of two that is missing, too.
    expect((await it.ask("Compare gold and silver since January"))?.facts).toEqual([]);
  });
});

test("Without any data the card says which is missing, and nothing else is said", async () => {
  using it = openSeriesDesk(now);
  for (const question of ["What is the RSI of gold?", "Wie oft stieg Gold nach drei fallenden Tagen?"]) {
    const answer = await it.ask(question);
    expect(answer?.facts).toEqual([]);
    expect(answer?.card).toContain("XAUUSD");
    expect(answer?.card).toContain("/data");
  }
});

test("Timeframes that are named stand side by side, and one that is missing is named", async () => {
  using it = await open();
  const answer = await it.ask("Last close of gold on the daily and the 4 hour chart");
  expect(answer?.facts.map(({ name }) => name)).toEqual(["close"]);
  expect(answer?.card).toContain("There is no data of XAUUSD H4 here.");
});

test("Two series are compared over the same span", async () => {
  using it = await open();
  await it.import("XAGUSD_D1.csv", daily(january, lastFriday));
  const answer = await it.ask("Compare gold and silver since February");
  expect(answer?.facts.map(({ name, subject }) => `${subject} ${name}`)).toEqual([
    ...["change", "change-in-price", "first-close", "last-close"].map((name) => `XAUUSD ${name}`),
    ...["change", "change-in-price", "first-close", "last-close"].map((name) => `XAGUSD ${name}`),
    ...["correlation", "beta", "pairs"].map((name) => `XAUUSD XAGUSD ${name}`),
  ]);
});

describe("Levels", () => {
  test("are of the last session that is over", async () => {
    using it = await open();
    // Friday is day 61: high 163, low 158, close 161.
    const pivots = await it.ask("What are the pivot points of gold?");
    expect(["pivot", "resistance-1", "support-1"].map((name) => value(pivots, name))).toEqual([
      ...["160.7", "163.3", "158.3"],
    ]);
    // Monday, 26 February, is day 57.
    const week = await it.ask("What was the previous week's high of gold?");
    expect(["session-high", "session-low", "session-close"].map((name) => value(week, name))).toEqual([
      ...["163", "154", "161"],
    ]);
  });

  test("leave out a session that is not over", async () => {
    // On Friday, at noon.
    using it = openSeriesDesk(lastFriday + day / 2);
    await it.import("XAUUSD_D1.csv", daily(january, lastFriday));
    const answer = await it.ask("What was the previous day's high of gold?");
    expect(value(answer, "session-high")).toBe("162");
  });

  test("of Camarilla are around the close, of Woodie around twice the close", async () => {
    using it = await open();
    const camarilla = await it.ask("Camarilla pivots of gold");
    // 161 + 1.1 × 5 ÷ 12
    expect(value(camarilla, "resistance-1")).toBe("161.5");
    const woodie = await it.ask("Woodie pivots of gold");
    // (163 + 158 + 322) ÷ 4
    expect(value(woodie, "pivot")).toBe("160.8");
    expect(woodie?.card).toContain("Woodie's pivot is computed with the close.");
  });
});

/** Bars of an hour from Monday to Friday, up to a moment, and longer ones of the same prices. */
function hourBars(from: number, to: number) {
  const rows: [number, number, number, number, number][] = [];
  for (let ms = from, price = 2000; ms < to; ms += hour) {
    const weekday = new Date(ms).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    const close = price + (((ms / hour) * 7) % 11) - 5;
    rows.push([ms, price, Math.max(price, close) + 1, Math.min(price, close) - 1, close]);
    price = close;
  }
  return rows;
}
const hour = 3_600_000;
const weekOf = (ms: number) => Math.floor((ms / day + 3) / 7) * 7 * day - 3 * day;
const monthOf = (ms: number) => Date.UTC(new Date(ms).getUTCFullYear(), new Date(ms).getUTCMonth(), 1);
const dayOf = (ms: number) => Math.floor(ms / day) * day;
function grouped(rows: ReturnType<typeof hourBars>, of: (ms: number) => number) {
  const groups = Map.groupBy(rows, ([ms]) => of(ms));
  return [...groups].map(([ms, bars]): (typeof rows)[number] => [
    ms,
    bars[0]?.[1] ?? 0,
    Math.max(...bars.map(([, , high]) => high)),
    Math.min(...bars.map(([, , , low]) => low)),
    bars.at(-1)?.[4] ?? 0,
  ]);
}
const written = (rows: ReturnType<typeof hourBars>) =>
  [
    "Date,Open,High,Low,Close",
    ...rows.map(([ms, ...prices]) =>
      [new Date(ms).toISOString().slice(0, 16).replace("T", " "), ...prices].join(),
    ),
  ].join("\n");

describe("Of several timeframes", () => {
  /** Wednesday, 12 June 2024, 10:30. */
  const june = Date.UTC(2024, 5, 12, 10, 30);
  const hours = hourBars(Date.UTC(2024, 0, 1), june - hour / 2);
  const series = {
    H1: hours,
    D1: grouped(hours, dayOf),
    W1: grouped(hours, weekOf),
    MN1: grouped(hours, monthOf),
  };
  async function openWith(...names: (keyof typeof series)[]) {
    const it = openSeriesDesk(june);
    for (const name of names)
      await it.import(`XAUUSD_${name}.csv`, written(series[name]), { zone: "UTC", timeframe: name });
    return it;
  }

  test("weeks across the bounds of a span give no change and no range of it, in any language", async () => {
    using it = await openWith("W1");
    for (const question of [
      "How much did gold rise in May 2024?",
      "Was war der Höchstkurs von Gold im Mai 2024?",
      "¿Cuánto subió el oro en mayo de 2024?",
    ]) {
      const answer = await it.ask(question);
      expect([question, answer?.facts]).toEqual([question, []]);
    }
    expect((await it.ask("How much did gold rise in May 2024?"))?.card).toContain(
      "do not begin and end with this span",
    );
    // Of whole weeks they do.
    const week = await it.ask("How much did gold rise from 2024-05-06 to 2024-05-19?");
    expect(week?.facts).not.toEqual([]);
  });

  test("months give no range of the last 90 days", async () => {
    using it = await openWith("MN1");
    expect((await it.ask("What was the high of gold in the last 90 days?"))?.facts).toEqual([]);
    const may = await it.ask("What was the high of gold in May 2024?");
    const ofMay = hours.filter(([ms]) => monthOf(ms) === Date.UTC(2024, 4, 1));
    expect(Number(value(may, "high"))).toBe(Math.max(...ofMay.map(([, , high]) => high)));
    // It ends on 30 June.
    const now = await it.ask("How much has gold risen since May 2024?");
    expect(now?.card).not.toContain("before the span does");
  });

  test("days give nothing of hours", async () => {
    using it = await openWith("D1");
    expect((await it.ask("How much has gold moved in the last 24 hours?"))?.facts).toEqual([]);
  });

  test("one that ends long before another one does not speak for it", async () => {
    using it = openSeriesDesk(june);
    const old = series.D1.filter(([ms]) => ms < Date.UTC(2024, 1, 1));
    await it.import("XAUUSD_D1.csv", written(old), { zone: "UTC", timeframe: "D1" });
    const alone = await it.ask("What was the previous day's high of gold?");
    expect(alone?.card).toContain("The data of XAUUSD D1, day ends at 2024-01-31");
    await it.import("XAUUSD_H1.csv", written(hours), { zone: "UTC", timeframe: "H1" });
    const highOf = (ms: number) =>
      Math.max(...hours.filter((bar) => dayOf(bar[0]) === ms).map(([, , high]) => high));
    const both = await it.ask("What was the previous day's high of gold?");
    expect(Number(value(both, "session-high"))).toBe(highOf(Date.UTC(2024, 5, 11)));
    expect(both?.card).not.toContain("ends at");
    const setup = await it.ask("Setup for gold, long: stop 2 ATR, target 3R");
    expect(Number(value(setup, "entry"))).toBe(hours.at(-1)?.[4] ?? 0);
    const year = await it.ask("How much has gold risen since January?");
    expect(Number(value(year, "last-close"))).toBe(hours.at(-1)?.[4] ?? 0);
  });

  test("two days that a tool states are whole days, and a change begins before them, as the desk says", async () => {
    using it = await openWith("H1");
    const days = { dataset: "XAUUSD H1", from: "2024-05-02", to: "2024-05-03" };
    const figureOf = async (name: string) => (await it.figures.compute(name, days, "en"))?.facts[0];
    for (const [name, question] of [
      ["change", "How much did gold change from 2024-05-02 to 2024-05-03?"],
      ["price-range", "What was the high of gold from 2024-05-02 to 2024-05-03?"],
    ] as const) {
      const found = await figureOf(name);
      expect([name, found?.value]).toEqual([name, (await it.ask(question))?.facts[0]?.value]);
      if (found === undefined) throw new Error(name);
      expect([name, (await it.figures.verify(found))?.equal]).toEqual([name, true]);
    }
    const lastBar = (await it.figures.compute("returns", days, "en"))?.facts[0]?.asOf?.instant;
    expect(lastBar).toBe("2024-05-03T23:00:00.000Z");
    using weeks = await openWith("W1");
    const ofWeeks = { dataset: "XAUUSD W1", from: "2024-05-01", to: "2024-05-31" };
    await expect(weeks.figures.compute("change", ofWeeks, "en")).rejects.toThrow("do not begin and end");
  });

  test("one that cannot be computed is left out, with a word of why", async () => {
    using it = await openWith("D1", "W1", "MN1");
    const answer = await it.ask("Volatility of gold in May 2024");
    expect(value(answer, "volatility")).not.toBeNull();
    expect(answer?.card).toContain("XAUUSD MN1 is left out: There is 1 bar in this span");
  });

  test("weekdays are of days alone, and months of no weeks", async () => {
    using it = await openWith("D1", "W1", "MN1");
    const weekdays = await it.ask("Is gold usually up on Mondays?");
    expect(
      weekdays?.facts.map(({ inputs }) => inputs[0]?.title).filter((each) => each !== "XAUUSD D1"),
    ).toEqual([]);
    using coarse = await openWith("W1");
    for (const question of ["Is gold usually up on Mondays?", "What is the seasonality of gold?"])
      expect([question, (await coarse.ask(question))?.facts]).toEqual([question, []]);
  });

  test("a day that the data breaks off in is no whole one", async () => {
    using it = openSeriesDesk(june);
    const cut = hours.filter(([ms]) => ms < Date.UTC(2024, 5, 11, 11));
    await it.import("XAUUSD_H1.csv", written(cut), { zone: "UTC", timeframe: "H1" });
    const answer = await it.ask("What was the previous day's high of gold?");
    const tenth = hours.filter(([ms]) => dayOf(ms) === Date.UTC(2024, 5, 10)).map(([, , high]) => high);
    expect(Number(value(answer, "session-high"))).toBe(Math.max(...tenth));
    expect(answer?.card).toContain("perhaps within its last session: that one is left out");
  });
});

test("A span of hours is so many hours, over a change of the clock too", async () => {
  // New York, Monday, 11 March 2024, 12:00: the clock was changed on Sunday.
  const monday = Date.UTC(2024, 2, 11, 16);
  using it = openSeriesDesk(monday, "America/New_York");
  const rows = ["Date,Open,High,Low,Close"];
  for (let ms = monday - 100 * hour; ms < monday; ms += hour)
    rows.push(
      [
        new Date(ms).toISOString().slice(0, 16).replace("T", " "),
        ...Array(4).fill((ms - monday) / hour + 1000),
      ].join(),
    );
  await it.import("BTCUSD_H1.csv", rows.join("\n"), { zone: "UTC", timeframe: "H1", symbol: "BTCUSD" });
  const answer = await it.ask("How much has BTCUSD moved in the last 72 hours?");
  expect([value(answer, "first-close"), value(answer, "last-close")]).toEqual(["927", "999"]);
});

test("A change that begins with its span says so", async () => {
  using it = await open();
  const answer = await it.ask("How much did gold rise in January?");
  expect(answer?.card).toContain("The data of XAUUSD D1 begins with the span");
  using late = openSeriesDesk(now);
  await late.import("XAUUSD_D1.csv", daily(Date.UTC(2024, 0, 3), lastFriday));
  expect((await late.ask("How much did gold rise in January?"))?.card).toContain("begins at 2024-01-03");
});

test("One day has a high", async () => {
  using it = await open();
  const answer = await it.ask("What was the high of gold on 29 February?");
  expect(value(answer, "high")).toBe("162");
  expect(answer?.card).toContain("From 1 observation of XAUUSD D1");
});

describe("A setup", () => {
  const ask = async (question: string) => {
    using it = openSeriesDesk(now);
    await it.import(
      "XAUUSD_D1.csv",
      daily(Date.UTC(2023, 0, 1), lastFriday, () => true, 1000),
    );
    return await it.ask(question);
  };
  const prices = (answer: DeskAnswer | null) =>
    ["stop", "entry", "target"].map((name) => Number(value(answer, name)));

  test("keeps its invariants, says what is really risked, and its base rate with its sample", async () => {
    const long = await ask("Setup for gold, long: stop 2 ATR, target 3R, risk 1 % of 10,000 USD");
    const [stop = 0, entry = 0, target = 0] = prices(long);
    expect(stop < entry && entry < target).toBe(true);
    expect((target - entry) / (entry - stop)).toBeCloseTo(3, 2);
    const lots = Number(value(long, "lots"));
    expect(Number(value(long, "risk-amount"))).toBeCloseTo(lots * 100 * (entry - stop), 1);
    expect(Number(value(long, "risk-amount"))).toBeLessThanOrEqual(100);
    expect(long?.card).toMatch(/Wins: In 95 of 100 samples it lies between .* observations of XAUUSD D1/);
    const short = await ask("Setup for gold, short: stop 2 ATR, target 3R");
    const [above = 0, at = 0, below = 0] = prices(short);
    expect(below < at && at < above).toBe(true);
    expect(long?.card).toContain("cases began before an earlier one had ended");
    // It only rises: no short of its has ever won.
    expect(Number(value(short, "share"))).toBe(0);
    expect(value(long, "share")).not.toBe(value(short, "share"));
  });

  test("with a stop at the low of the last days has it there", async () => {
    const answer = await ask("Gold long setup with stop at the 10 day low and target 2R");
    // Ten bars back from 1 March (day 61) is 19 February, day 50: 1050 − 3.
    expect(prices(answer)).toEqual([1047, 1061, 1089]);
  });
});

test("A price has the name that traders have for it, and not that of a button", async () => {
  using it = await open();
  await it.import(
    "XAGUSD_D1.csv",
    daily(Date.UTC(2023, 5, 1), lastFriday, () => true, 1000),
  );
  const labels = async (question: string) => (await it.ask(question))?.facts.map(({ label }) => label);
  expect(await labels("Setup für Silber, long: Stop 2 ATR, Ziel 3R")).toContain("Stop");
  expect(await labels("Setup para la plata en largo: stop 2 ATR, objetivo 3R")).toContain("Stop");
  expect(await labels("Letzter Schlusskurs von Silber")).toEqual(["Schluss"]);
  expect(await labels("Último cierre de la plata")).toEqual(["Cierre"]);
  expect(await labels("¿Cuál fue el máximo de la plata en febrero?")).toEqual(
    expect.arrayContaining(["Máximo", "Mínimo"]),
  );
});

test("All figures of these cards are proven, and are computed again as they are", async () => {
  using it = await open();
  await it.import(
    "XAGUSD_D1.csv",
    daily(Date.UTC(2023, 5, 1), lastFriday, () => true, 1000),
  );
  const questions = [
    "How much has silver risen since February?",
    "Compare silver and gold since February",
    "Wie viel ist Silber seit Februar gestiegen?",
    "¿Cuánto ha subido la plata desde febrero?",
    "What are the pivot points of silver?",
    "Support and resistance of silver",
    "Highest price of silver this year",
    "Is silver usually up in September?",
    "What is the seasonality of silver?",
    "How often did silver close higher after three rising days?",
    "Setup for silver, long: stop 2 ATR, target 3R, risk 1 % of 50,000 USD",
    "Correlation of silver and gold since January",
  ];
  for (const question of questions) {
    const answer = await it.ask(question);
    if (answer === null || answer.facts.length === 0) throw new Error(`${question}: ${answer?.card}`);
    expect([question, unchecked(answer)]).toEqual([question, []]);
    for (const fact of answer.facts) {
      if (fact.formula.parameters.dataset === undefined) continue;
      expect([question, fact.name, (await it.figures.verify(fact))?.equal]).toEqual([
        question,
        fact.name,
        true,
      ]);
    }
  }
});
