/** Questions over a span, a case, a session or a setup: what is read, in three languages, and what is none. */
import { describe, expect, test } from "bun:test";
import { seriesQuestionIn } from "../../../src/finance/desk/series-question.ts";
import { builtInInstruments } from "../../../src/finance/instruments/catalog.ts";
import { dataNearMisses } from "../../exam/data/data-near-misses.ts";

/** Monday, 30 November 2026, 9 o'clock. */
const now = Date.UTC(2026, 10, 30, 9);
const read = (question: string, at = now) =>
  seriesQuestionIn(question, {
    instruments: builtInInstruments,
    symbols: ["XAUUSD", "XAGUSD", "ACME"],
    now: at,
  });
const shown = (ms: number | null | undefined) =>
  ms == null ? "now" : new Date(ms).toISOString().slice(0, 16).replace("T00:00", "");
const spanOf = (question: string, at = now) => {
  const asked = read(question, at);
  return asked?.span === undefined
    ? null
    : [asked.measure, shown(asked.span.from), shown(asked.span.to)].join(" ");
};

describe("A span", () => {
  test.each([
    ["How much has gold risen since March?", "change 2026-03-01 now"],
    ["How much has gold risen since December?", "change 2025-12-01 now"],
    ["How much did gold change between 3 May and 10 June?", "change 2026-05-03 2026-06-11"],
    ["How much did gold fall between November and February?", "change 2025-11-01 2026-03-01"],
    ["How much did gold rise from 3 to 10 May 2025?", "change 2025-05-03 2025-05-11"],
    ["How much has gold gained in the last 30 days?", "change 2026-10-31 now"],
    ["How much has gold gained in the last three months?", "change 2026-08-30 now"],
    ["How much has gold moved in the last 24 hours?", "change 2026-11-29T09:00 now"],
    ["How far has silver fallen this year?", "change 2026-01-01 now"],
    ["What is the change of gold last week?", "change 2026-11-23 2026-11-30"],
    ["What was the performance of ACME from 2025-01-05 to 2025-06-30?", "change 2025-01-05 2025-07-01"],
    ["By how many percent did gold rise in 2025?", "change 2025-01-01 2026-01-01"],
    ["How much has gold risen year to date?", "change 2026-01-01 now"],
    ["How much has gold moved since yesterday?", "change 2026-11-29 now"],
    ["How much has gold moved since Friday?", "change 2026-11-27 now"],
    ["Was war das Tageshoch von Gold gestern?", "price-range 2026-11-29 2026-11-30"],
    ["How much did gold rise in May?", "change 2026-05-01 2026-06-01"],
    ["What was the change of gold May 2025?", "change 2025-05-01 2025-06-01"],
    ["How much did gold rise from 2020 to 2026?", "change 2020-01-01 now"],
    ["¿Cuánto sube el oro hoy?", "change 2026-11-30 now"],
    ["What is the change of gold since March on the daily chart?", "change 2026-03-01 now"],
    ["Wie viel ist Gold seit März gestiegen?", "change 2026-03-01 now"],
    [
      "Um wie viel Prozent ist Gold zwischen dem 3. Mai und dem 10. Juni gefallen?",
      "change 2026-05-03 2026-06-11",
    ],
    ["Wie stark ist der Goldpreis in den letzten 30 Tagen gestiegen?", "change 2026-10-31 now"],
    ["Wie war die Entwicklung von Gold letzte Woche?", "change 2026-11-23 2026-11-30"],
    ["Wie viel ist Gold seit dem 01.02.2026 gestiegen?", "change 2026-02-01 now"],
    ["¿Cuánto ha subido el oro desde marzo?", "change 2026-03-01 now"],
    ["¿Cuánto bajó el oro entre el 3 de mayo y el 10 de junio?", "change 2026-05-03 2026-06-11"],
    ["¿Cuánto ha caído el oro en los últimos 30 días?", "change 2026-10-31 now"],
    ["¿Cuál es la variación del oro la semana pasada?", "change 2026-11-23 2026-11-30"],
    ["Compare gold and silver since January", "compare 2026-01-01 now"],
    ["Vergleiche Gold und Silber seit Januar", "compare 2026-01-01 now"],
    ["Compara el oro y la plata desde enero", "compare 2026-01-01 now"],
    ["52 week high of gold", "price-range 2025-12-01 now"],
    ["Was war der Höchstkurs von Gold im März?", "price-range 2026-03-01 2026-04-01"],
    ["Wie hoch ist die Volatilität von Gold in den letzten 90 Tagen?", "volatility 2026-09-01 now"],
    ["Correlation of gold and silver since March", "correlation 2026-03-01 now"],
  ])("%s", (question, expected) => expect(spanOf(question)).toBe(expected));

  test("is of the reader's day, and of the month that has begun", () => {
    const newYear = Date.UTC(2026, 0, 1, 0, 30);
    expect(spanOf("How much has gold moved since yesterday?", newYear)).toBe("change 2025-12-31 now");
    expect(spanOf("How much did gold rise in December?", newYear)).toBe("change 2025-12-01 2026-01-01");
    // 31 March, a month back: February has 28 days.
    const march = Date.UTC(2026, 2, 31, 12);
    expect(spanOf("How much has gold gained in the last month?", march)).toBe("change 2026-02-28 now");
  });
});

const inputsOf = (question: string) => {
  const asked = read(question);
  return asked === null ? null : [asked.measure, ...asked.timeframes, asked.first ?? "", asked.inputs];
};

describe("A case, a season, a session or a setup", () => {
  const falls = { condition: "falling closes", bars: 3, direction: "long" };
  const setup = { direction: "long", stopRule: "ATR", multiple: 2, period: 14, reward: 3 };
  test.each([
    ["How often did gold close higher after three falling days?", ["base-rate", "D1", "", falls]],
    ["Wie oft schloss Gold nach drei fallenden Tagen höher?", ["base-rate", "D1", "", falls]],
    [
      "¿Con qué frecuencia cerró el oro más alto después de tres días a la baja?",
      ["base-rate", "D1", "", falls],
    ],
    [
      "How often did gold close lower 5 days later after an RSI below 30?",
      [
        "base-rate",
        "D1",
        "",
        { condition: "RSI below", bars: 14, level: 30, direction: "short", horizon: 5 },
      ],
    ],
    [
      "How often does gold rise the next day after a fall of 2 %?",
      [
        "base-rate",
        "D1",
        "",
        { condition: "fall of at least", bars: 1, level: 2, direction: "long", horizon: 1 },
      ],
    ],
    [
      "Wie oft fiel Gold nach einem Anstieg um mindestens 2,5 %?",
      ["base-rate", "", { condition: "rise of at least", bars: 1, level: 2.5, direction: "short" }],
    ],
    [
      "How often did gold rise after a close above the 20 day high?",
      ["base-rate", "D1", "", { condition: "close above the high of", bars: 20, direction: "long" }],
    ],
    [
      "How often did gold rise after a close below the 200 day moving average?",
      ["base-rate", "D1", "", { condition: "close below the SMA", bars: 200, direction: "long" }],
    ],
    [
      "How often does gold rise the day after a fall of 2 %?",
      [
        "base-rate",
        "D1",
        "",
        { condition: "fall of at least", bars: 1, level: 2, direction: "long", horizon: 1 },
      ],
    ],
    [
      "Wie oft steigt Gold am nächsten Tag nach einem Rückgang von 2 %?",
      [
        "base-rate",
        "D1",
        "",
        { condition: "fall of at least", bars: 1, level: 2, direction: "long", horizon: 1 },
      ],
    ],
    [
      "¿Con qué frecuencia sube el oro al día siguiente tras una caída del 2 %?",
      [
        "base-rate",
        "D1",
        "",
        { condition: "fall of at least", bars: 1, level: 2, direction: "long", horizon: 1 },
      ],
    ],
    [
      "Wie oft stieg Gold in der nächsten Woche?",
      ["base-rate", "W1", "", { condition: "any bar", direction: "long", horizon: 1 }],
    ],
    [
      "How often did gold rise 5 sessions later?",
      ["base-rate", "D1", "", { condition: "any bar", direction: "long", horizon: 5 }],
    ],
    ["What was the daily volatility of gold in 2025?", ["volatility", "D1", "volatility-of-bar", undefined]],
    ["Volatility of gold on the daily chart", ["volatility", "D1", "", undefined]],
    ["Is gold usually up in September?", ["seasonality", "", { by: "month", only: "September" }]],
    ["Fällt Gold normalerweise montags?", ["seasonality", "", { by: "weekday", only: "Monday" }]],
    ["¿Suele subir el oro en septiembre?", ["seasonality", "", { by: "month", only: "September" }]],
    ["How often did gold rise in September?", ["seasonality", "", { by: "month", only: "September" }]],
    ["What is the seasonality of gold?", ["seasonality", "", { by: "month" }]],
    ["Weekly Camarilla pivots of gold", ["pivots", "", { method: "camarilla", session: "week" }]],
    ["Woodie Pivotpunkte von Gold", ["pivots", "", { method: "woodie", session: "day" }]],
    ["¿Cuáles son los puntos pivote del oro?", ["pivots", "", { method: "classic", session: "day" }]],
    ["What was the previous day's high of gold?", ["session-levels", "", { session: "day" }]],
    ["Was war das Tief der Vorwoche von Gold?", ["session-levels", "session-low", { session: "week" }]],
    ["¿Cuál fue el máximo del día anterior del oro?", ["session-levels", "", { session: "day" }]],
    ["Swing lows of gold on the daily chart", ["swings", "D1", "swing-low", undefined]],
    ["Support and resistance of gold", ["levels", "", undefined]],
    ["RSI of gold on the daily and the 4 hour chart", ["rsi", "D1", "H4", "", undefined]],
    ["RSI von Gold im Tageschart und im 4 Stunden Chart", ["rsi", "D1", "H4", "", undefined]],
    ["Setup for gold, long: stop 2 ATR, target 3R", ["setup", "", setup]],
    ["Setup für Gold, long: Stop 2 ATR, Ziel 3R", ["setup", "", setup]],
    ["Setup para el oro en largo: stop 2 ATR, objetivo 3R", ["setup", "", setup]],
    [
      "Gold short setup with stop at the 10 day high and target 2R",
      ["setup", "D1", "", { direction: "short", stopRule: "extreme of bars", period: 10, reward: 2 }],
    ],
  ])("%s", (question, expected) => expect(inputsOf(question)).toEqual(expected as never));

  test("states the account of a setup as amounts, in each language's marks", () => {
    const account = { riskPercent: 1, balance: 10_000, currency: "USD" };
    expect(read("Setup for gold, long: stop 2 ATR, target 3R, risk 1 % of 10,000 USD")?.account).toEqual(
      account,
    );
    expect(read("Setup für Gold, long: Stop 2 ATR, Ziel 3R, Risiko 1 % von 10.000 USD")?.account).toEqual(
      account,
    );
  });
});

test("The card is in the language of the question, where its words are few", () => {
  const languageOf = (question: string) => read(question)?.language;
  expect(languageOf("Setup für Gold, long: Stop 2 ATR, Ziel 3R")).toBe("de");
  expect(languageOf("Pivotpunkte Gold")).toBe("de");
  expect(languageOf("niveles oro")).toBe("es");
  expect(languageOf("gold levels")).toBe("en");
});

describe("What only looks like a question about a series", () => {
  test.each(dataNearMisses)("%s", (question) => expect(read(question)).toBeNull());
  test.each([
    // No span, or two.
    "How much has gold risen?",
    "How much has gold risen since March in the last 30 days?",
    "How much has gold risen since 31 February?",
    "How much has gold risen since 03/05/2026?",
    // A yes, a reason, advice, the future.
    "Has gold risen since March?",
    "Why has gold risen since March?",
    "Should I buy gold since it has risen this year?",
    "How much will gold rise this year?",
    "How much could gold have risen since March?",
    "How much has the gold mining industry grown since March?",
    "How much gold was mined since March?",
    "How much has gold risen in euros since March?",
    "How much have I lost on gold since March?",
    "How much would 1000 USD in gold be worth since March?",
    "How long has gold risen since March?",
    "What is the highest price of gold?",
    "What is the all time high of gold?",
    "Compare gold and silver",
    "Compare gold since January",
    "Compare gold, silver and copper since January",
    "Compare the risks of gold and silver since January",
    "How often did gold and silver close higher?",
    "How often did gold close higher or lower after three falling days?",
    "How often did gold close higher after three falling days and two rising days?",
    "How often did gold not close higher after three falling days?",
    "How often did gold close higher after a Fed meeting?",
    "How often did gold close higher 2 hours later after three falling days?",
    "Will gold usually be up in September?",
    "Is gold usually a good buy in September?",
    "Is gold up in September?",
    "Pivot points of gold since March",
    "Pivot points of gold and silver",
    "Setup for gold: stop 2 ATR, target 3R",
    "Setup for gold, long: stop 2 ATR",
    "Setup for gold, long: stop at the 10 day high, target 2R",
    "Setup of a gold trading account",
    "What was the RSI of gold last week?",
    "Warum ist Gold seit März gestiegen?",
    "Ist Gold seit März gestiegen?",
    "Wie viel wird Gold dieses Jahr steigen?",
    "Wie oft sollte ich nach drei fallenden Tagen kaufen?",
    "¿Por qué ha subido el oro desde marzo?",
    "¿Ha subido el oro desde marzo?",
    "¿Cuánto subirá el oro este año?",
  ])("%s", (question) => expect(read(question)).toBeNull());
});
