/** Questions about the series of the exam, in three languages, and what is right by the reference. */
import { type Language, oneOf, type Random } from "../drawn-figures.ts";
import * as reference from "./reference.ts";
import { type ExamSeries, now } from "./world.ts";

interface Expected {
  /** Of the fact; left out: the first fact of the symbol. */
  readonly name?: string;
  readonly subject: string;
  readonly value: number;
  /** Of which timeframe the fact is, where two are asked for. */
  readonly timeframe?: string;
}

export interface DataQuestion {
  readonly intent: string;
  readonly question: string;
  readonly expected: readonly Expected[];
}

interface Setting {
  readonly random: Random;
  readonly language: Language;
  readonly series: readonly ExamSeries[];
}

type Texts = Readonly<Record<Language, readonly string[]>>;
interface DataIntent {
  readonly name: string;
  make(setting: Setting): Omit<DataQuestion, "intent">;
}

const day = 86_400_000;
const today = Math.floor(now / day) * day;
const monthNames: Readonly<Record<Language, readonly string[]>> = {
  en: "January February March April May June July August September October November December".split(" "),
  de: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(" "),
  es: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(" "),
};
const weekdays: Readonly<Record<Language, readonly string[]>> = {
  en: ["on Mondays", "on Tuesdays", "on Wednesdays", "on Thursdays", "on Fridays"],
  de: ["montags", "dienstags", "mittwochs", "donnerstags", "freitags"],
  es: ["los lunes", "los martes", "los miércoles", "los jueves", "los viernes"],
};
const counts: Readonly<Record<Language, readonly string[]>> = {
  en: ["", "one", "two", "three", "four"],
  de: ["", "einem", "zwei", "drei", "vier"],
  es: ["", "un", "dos", "tres", "cuatro"],
};

const filled = (text: string, values: Readonly<Record<string, string | number>>) =>
  Object.entries(values).reduce((whole, [name, value]) => whole.replaceAll(`{${name}}`, String(value)), text);

const daily = ({ random, series }: Setting) =>
  oneOf(
    random,
    series.filter(({ timeframe, symbol }) => timeframe === "D1" && symbol !== "EURUSD"),
  );
const nameOf = ({ random, language }: Setting, { names }: ExamSeries) => oneOf(random, names[language]);

interface Simple {
  readonly texts: Texts;
  /** Beside the symbol. */
  values?(setting: Setting): Readonly<Record<string, string | number>>;
  right(rows: ExamSeries["rows"], values: Readonly<Record<string, string | number>>): number;
  readonly fact?: string;
}

/** About one series of days. */
const simple = (name: string, { texts, values, right, fact }: Simple): DataIntent => ({
  name,
  make(setting) {
    const series = daily(setting);
    const drawn = values?.(setting) ?? {};
    const text = oneOf(setting.random, texts[setting.language]);
    return {
      question: filled(text, { s: nameOf(setting, series), ...drawn }),
      expected: [
        {
          ...{ subject: series.symbol, value: right(series.rows, drawn) },
          ...(fact === undefined ? {} : { name: fact }),
        },
      ],
    };
  },
});

const from = ({ from: begin }: Readonly<Record<string, string | number>>) => Number(begin);
const to = ({ to: end }: Readonly<Record<string, string | number>>) => Number(end);

/** Month by number, of this year or the year before. */
function someMonth({ random, language }: Setting) {
  const month = Math.floor(random() * 12);
  const year = month <= new Date(now).getUTCMonth() ? 2026 : 2025;
  return {
    month: monthNames[language][month] ?? "",
    ...{ from: Date.UTC(year, month, 1), to: Date.UTC(year, month + 1, 1) },
  };
}

function twoDays({ random, language }: Setting) {
  const begin = Date.UTC(2023, 0, 1) + Math.floor(random() * 900) * day;
  const end = begin + (10 + Math.floor(random() * 200)) * day;
  const written = (ms: number) => {
    const date = new Date(ms);
    const [year, month, number] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
    const name = monthNames[language][month];
    if (language === "de") return `${number}. ${name} ${year}`;
    return language === "es" ? `${number} de ${name} de ${year}` : `${number} ${name} ${year}`;
  };
  return { first: written(begin), second: written(end), from: begin, to: end + day };
}

const someDays = ({ random }: Setting) => {
  const count = oneOf(random, [10, 20, 30, 45, 60, 90]);
  return { count, from: today - count * day };
};

const spans: readonly DataIntent[] = [
  simple("change since a month", {
    texts: {
      en: [
        "How much has {s} risen since {month}?",
        "By how many percent has {s} changed since the beginning of {month}?",
        "What is the performance of {s} since {month}?",
      ],
      de: [
        "Wie viel ist {s} seit {month} gestiegen?",
        "Um wie viel Prozent ist {s} seit Anfang {month} gefallen?",
        "Wie ist die Kursentwicklung von {s} seit {month}?",
      ],
      es: [
        "¿Cuánto ha subido {s} desde {month}?",
        "¿Cuál es la variación de {s} desde principios de {month}?",
      ],
    },
    values: someMonth,
    right: (rows, values) => reference.changeOver(rows, from(values)),
  }),
  simple("change between two days", {
    texts: {
      en: [
        "How much did {s} change between {first} and {second}?",
        "What was the change of {s} from {first} to {second}?",
      ],
      de: [
        "Wie viel ist {s} zwischen dem {first} und dem {second} gestiegen?",
        "Wie war die Wertentwicklung von {s} vom {first} bis zum {second}?",
      ],
      es: [
        "¿Cuánto subió {s} entre el {first} y el {second}?",
        "¿Cuánto ha variado {s} del {first} al {second}?",
      ],
    },
    values: twoDays,
    right: (rows, values) => reference.changeOver(rows, from(values), to(values)),
  }),
  simple("change in the last days", {
    texts: {
      en: [
        "How much has {s} gained in the last {count} days?",
        "How far has {s} moved over the past {count} days?",
      ],
      de: [
        "Wie stark ist {s} in den letzten {count} Tagen gestiegen?",
        "Wie viel Prozent hat {s} in den vergangenen {count} Tagen verloren?",
      ],
      es: [
        "¿Cuánto ha subido {s} en los últimos {count} días?",
        "¿Cuánto ha perdido {s} en los últimos {count} días?",
      ],
    },
    values: someDays,
    right: (rows, values) => reference.changeOver(rows, from(values)),
  }),
  simple("change this year", {
    texts: {
      en: [
        "How much has {s} risen this year?",
        "What is the change of {s} year to date?",
        "How much is {s} up so far this year?",
      ],
      de: [
        "Wie viel ist {s} dieses Jahr gestiegen?",
        "Wie ist die Entwicklung von {s} in diesem Jahr?",
        "Wie viel ist {s} seit Jahresbeginn gefallen?",
      ],
      es: ["¿Cuánto ha subido {s} este año?", "¿Cuál es la variación de {s} en lo que va de año?"],
    },
    right: (rows) => reference.changeOver(rows, Date.UTC(2026, 0, 1)),
  }),
  simple("change last week", {
    texts: {
      en: ["How much did {s} rise last week?", "What was the change of {s} last week?"],
      de: ["Wie viel ist {s} letzte Woche gestiegen?", "Wie war die Entwicklung von {s} vergangene Woche?"],
      es: ["¿Cuánto subió {s} la semana pasada?"],
    },
    right: (rows) => reference.changeOver(rows, today - 7 * day, today),
  }),
  simple("highest price", {
    texts: {
      en: ["What is the highest price of {s} since {month}?", "What was the high of {s} since {month}?"],
      de: ["Was war der Höchstkurs von {s} seit {month}?", "Wie hoch ist das Hoch von {s} seit {month}?"],
      es: ["¿Cuál es el precio máximo de {s} desde {month}?"],
    },
    values: someMonth,
    right: (rows, values) => reference.highest(reference.within(rows, from(values))),
  }),
  simple("lowest price", {
    texts: {
      en: ["What was the lowest price of {s} in the last {count} days?", "{count} day low of {s}"],
      de: ["Was war der Tiefstkurs von {s} in den letzten {count} Tagen?", "{count}-Tage-Tief von {s}"],
      es: ["¿Cuál es el mínimo de {s} en los últimos {count} días?"],
    },
    values: someDays,
    right: (rows, values) => reference.lowest(reference.within(rows, from(values))),
  }),
  simple("volatility", {
    texts: {
      en: ["What is the volatility of {s} since {month}?", "Realised volatility of {s} since {month}"],
      de: ["Wie hoch ist die Volatilität von {s} seit {month}?"],
      es: ["¿Cuál es la volatilidad de {s} desde {month}?"],
    },
    values: someMonth,
    right: (rows, values) => reference.scatterAYear(reference.within(rows, from(values))),
  }),
  simple("drawdown", {
    texts: {
      en: [
        "What is the maximum drawdown of {s} between {first} and {second}?",
        "Max drawdown of {s} from {first} to {second}",
      ],
      de: ["Wie hoch ist der maximale Drawdown von {s} vom {first} bis {second}?"],
      es: ["¿Cuál es el drawdown máximo de {s} entre el {first} y el {second}?"],
    },
    values: twoDays,
    right: (rows, values) => reference.deepestFall(reference.within(rows, from(values), to(values))),
  }),
];

const period =
  (periods: readonly number[]) =>
  ({ random }: Setting) => ({ n: oneOf(random, periods) });
const plain: readonly DataIntent[] = [
  simple("last close", {
    texts: {
      en: [
        "What is the last close of {s}?",
        "Latest price of {s} on the daily chart",
        "Show me the closing price of {s}",
      ],
      de: ["Was ist der letzte Schlusskurs von {s}?", "Letzter Kurs von {s} im Tageschart"],
      es: ["¿Cuál es el último cierre de {s}?", "Último precio de {s}"],
    },
    right: (rows) => reference.closesOf(rows).at(-1) ?? Number.NaN,
  }),
  simple("RSI", {
    texts: {
      en: ["What is the RSI({n}) of {s} on the daily chart?", "{s} RSI {n}"],
      de: ["Wie hoch ist der RSI({n}) von {s} im Tageschart?", "RSI {n} von {s}"],
      es: ["¿Cuál es el RSI({n}) de {s} en el gráfico diario?"],
    },
    values: period([7, 14, 21]),
    right: (rows, { n }) => reference.relativeStrength(rows, Number(n)),
  }),
  simple("moving average", {
    texts: {
      en: ["What is the {n} day moving average of {s}?", "SMA({n}) of {s}, daily"],
      de: [
        "Wie hoch ist der gleitende Durchschnitt von {s} mit {n} Tagen?",
        "SMA {n} von {s} auf Tagesbasis",
      ],
      es: ["¿Cuál es la media móvil de {n} días de {s}?"],
    },
    values: period([10, 20, 50, 100, 200]),
    right: (rows, { n }) => reference.average(rows, Number(n)),
  }),
  simple("ATR", {
    texts: {
      en: ["What is the ATR of {s}?", "ATR({n}) of {s} on the daily chart"],
      de: ["Wie hoch ist die ATR von {s}?", "ATR {n} von {s}"],
      es: ["¿Cuál es el ATR de {s}?"],
    },
    values: () => ({ n: 14 }),
    right: (rows) => reference.trueRangeAverages(rows, 14).at(-1) ?? Number.NaN,
  }),
  simple("pivot", {
    texts: {
      en: ["What are the pivot points of {s}?", "Pivots of {s} from the previous day"],
      de: ["Wie sind die Pivotpunkte von {s}?", "Pivotpunkte von {s}"],
      es: ["¿Cuáles son los puntos pivote de {s}?"],
    },
    fact: "resistance-1",
    right(rows) {
      const bar = rows.at(-1);
      const [high, low, close] = [Number(bar?.high), Number(bar?.low), Number(bar?.close)];
      return (2 * (high + low + close)) / 3 - low;
    },
  }),
  simple("Camarilla", {
    texts: {
      en: ["Camarilla pivots of {s}", "What are the weekly Camarilla pivot points of {s}?"],
      de: ["Camarilla Pivotpunkte von {s} auf Wochenbasis"],
      es: ["Puntos pivote Camarilla de {s} semanal"],
    },
    fact: "support-1",
    right: () => Number.NaN,
  }),
  simple("level of the day before", {
    texts: {
      en: ["What was the previous day's high of {s}?", "Prior day high of {s}"],
      de: ["Vortageshoch von {s}", "Was war das Hoch des Vortages von {s}?"],
      es: ["¿Cuál fue el máximo del día anterior de {s}?"],
    },
    right: (rows) => Number(rows.at(-1)?.high),
  }),
  simple("level of the week before", {
    texts: {
      en: ["What was the previous week's low of {s}?"],
      de: ["Was war das Tief der Vorwoche von {s}?"],
      es: ["¿Cuál fue el mínimo de la semana previa de {s}?"],
    },
    right: (rows) => reference.lowest(reference.lastWeek(rows)),
  }),
  simple("swing high", {
    texts: {
      en: ["What is the last swing high of {s}?", "Swing highs of {s}"],
      de: ["Letztes Swing-Hoch von {s}"],
      es: ["¿Cuál es el último máximo de swing de {s}?"],
    },
    right: (rows) => reference.lastSwingHigh(rows),
  }),
].map((intent) => (intent.name === "Camarilla" ? camarilla() : intent));

/** Of the day or of the week, as the text says. */
function camarilla(): DataIntent {
  const texts: Texts = {
    en: ["Camarilla pivots of {s}", "What are the weekly Camarilla pivot points of {s}?"],
    de: ["Camarilla Pivotpunkte von {s}", "Camarilla Pivotpunkte von {s} auf Wochenbasis"],
    es: ["Puntos pivote Camarilla de {s}"],
  };
  return {
    name: "Camarilla",
    make(setting) {
      const series = daily(setting);
      const text = oneOf(setting.random, texts[setting.language]);
      const rows = /weekly|Woche/.test(text) ? reference.lastWeek(series.rows) : series.rows.slice(-1);
      const close = reference.closesOf(rows).at(-1) ?? Number.NaN;
      const value = close - ((reference.highest(rows) - reference.lowest(rows)) * 1.1) / 12;
      return {
        question: filled(text, { s: nameOf(setting, series) }),
        expected: [{ name: "support-1", subject: series.symbol, value }],
      };
    },
  };
}

const runTexts: Texts = {
  en: [
    "How often did {s} close {higher} after {n} {falling} days?",
    "How often has {s} closed {higher} {h} days later after {n} {falling} days in a row?",
  ],
  de: [
    "Wie oft schloss {s} nach {n} {falling} Tagen {higher}?",
    "Wie oft schloss {s} {h} Tage später nach {n} {falling} Tagen {higher}?",
  ],
  es: [
    "¿Con qué frecuencia cerró {s} {higher} después de {n} días {falling}?",
    "¿Cuántas veces cerró {s} {higher} {h} días después tras {n} días {falling}?",
  ],
};
const higher = { en: ["higher", "lower"], de: ["höher", "tiefer"], es: ["más alto", "más bajo"] } as const;
const falling = {
  en: ["falling", "rising"],
  de: ["fallenden", "steigenden"],
  es: ["a la baja", "al alza"],
} as const;

const cases: readonly DataIntent[] = [
  {
    name: "base rate",
    make(setting) {
      const { random, language } = setting;
      const series = daily(setting);
      const [isUp, isFalling, run, h] = [
        random() < 0.5,
        random() < 0.5,
        oneOf(random, [2, 3, 4]),
        oneOf(random, [2, 3, 5]),
      ];
      const text = oneOf(random, runTexts[language]);
      const values = {
        ...{ s: nameOf(setting, series), n: counts[language][run] ?? "", h },
        ...{ higher: higher[language][isUp ? 0 : 1], falling: falling[language][isFalling ? 0 : 1] },
      };
      const horizon = text.includes("{h}") ? h : 1;
      const found = reference.afterRun(series.rows, { run, isFalling, horizon, isUp });
      const subject = series.symbol;
      return {
        question: filled(text, values),
        expected: [
          { name: "share", subject, value: found.share },
          { name: "cases", subject, value: found.cases },
          { name: "wins", subject, value: found.wins },
        ],
      };
    },
  },
  {
    name: "season",
    make(setting) {
      const { random, language } = setting;
      const series = daily(setting);
      const [month, weekday] = [Math.floor(random() * 12), Math.floor(random() * 5)];
      const isOfMonth = random() < 0.6;
      const when = isOfMonth
        ? `${{ en: "in", de: "im", es: "en" }[language]} ${monthNames[language][month]}`
        : (weekdays[language][weekday] ?? "");
      const texts: Texts = {
        en: ["Is {s} usually up {when}?", "Does {s} usually rise {when}?", "How often did {s} rise {when}?"],
        de: ["Steigt {s} {when} meistens?", "Wie oft stieg {s} {when}?"],
        es: ["¿Suele subir {s} {when}?", "¿Con qué frecuencia subió {s} {when}?"],
      };
      const found = isOfMonth
        ? reference.ofMonth(series.rows, month)
        : reference.ofWeekday(series.rows, weekday);
      const key = (
        isOfMonth ? monthNames.en[month] : ["monday", "tuesday", "wednesday", "thursday", "friday"][weekday]
      )?.toLowerCase();
      const subject = series.symbol;
      return {
        question: filled(oneOf(random, texts[language]), { s: nameOf(setting, series), when }),
        expected: [
          { name: `${key}-share`, subject, value: found.share },
          { name: `${key}-cases`, subject, value: found.cases },
        ],
      };
    },
  },
];

const pair = ({ series, random }: Setting) => {
  const list = series.filter(({ timeframe, symbol }) => timeframe === "D1" && symbol !== "EURUSD");
  const first = oneOf(random, list);
  return [
    first,
    oneOf(
      random,
      list.filter((each) => each !== first),
    ),
  ] as const;
};

const several: readonly DataIntent[] = [
  {
    name: "compare",
    make(setting) {
      const [first, second] = pair(setting);
      const month = someMonth(setting);
      const texts: Texts = {
        en: ["Compare {a} and {b} since {month}", "How do {a} and {b} compare since {month}?"],
        de: ["Vergleiche {a} und {b} seit {month}", "{a} und {b} im Vergleich seit {month}"],
        es: ["Compara {a} y {b} desde {month}"],
      };
      return {
        question: filled(oneOf(setting.random, texts[setting.language]), {
          ...{ a: nameOf(setting, first), b: nameOf(setting, second), month: month.month },
        }),
        expected: [first, second].map(({ symbol, rows }) => ({
          ...{ name: "change", subject: symbol, value: reference.changeOver(rows, month.from) },
        })),
      };
    },
  },
  {
    name: "correlation",
    make(setting) {
      const [first, second] = pair(setting);
      const month = someMonth(setting);
      const texts: Texts = {
        en: [
          "What is the correlation between {a} and {b} since {month}?",
          "Correlation of {a} and {b} since {month}",
        ],
        de: ["Wie hoch ist die Korrelation zwischen {a} und {b} seit {month}?"],
        es: ["¿Cuál es la correlación entre {a} y {b} desde {month}?"],
      };
      const value = reference.correlationOf(
        reference.within(first.rows, month.from),
        reference.within(second.rows, month.from),
      );
      return {
        question: filled(oneOf(setting.random, texts[setting.language]), {
          ...{ a: nameOf(setting, first), b: nameOf(setting, second), month: month.month },
        }),
        expected: [{ name: "correlation", subject: `${first.symbol} ${second.symbol}`, value }],
      };
    },
  },
  {
    name: "two timeframes",
    make(setting) {
      const { random, language, series } = setting;
      const of = series.filter(({ symbol }) => symbol === "EURUSD");
      const texts: Texts = {
        en: ["RSI of {s} on the daily and the 4 hour chart", "What is the RSI of {s} on D1 and H4?"],
        de: [
          "RSI von {s} im Tageschart und im 4 Stunden Chart",
          "Wie hoch ist der RSI von {s} auf D1 und H4?",
        ],
        es: ["RSI de {s} en el gráfico diario y el de 4 horas"],
      };
      return {
        question: filled(oneOf(random, texts[language]), { s: oneOf(random, of[0]?.names[language] ?? []) }),
        expected: of.map(({ symbol, timeframe, rows }) => ({
          ...{ name: "rsi", subject: symbol, timeframe, value: reference.relativeStrength(rows, 14) },
        })),
      };
    },
  },
  {
    name: "setup",
    make(setting) {
      const { random, language } = setting;
      const series = daily(setting);
      const [isLong, times, reward] = [
        random() < 0.5,
        oneOf(random, [1, 1.5, 2, 3]),
        oneOf(random, [1, 2, 3]),
      ];
      const side = { en: ["long", "short"], de: ["Long", "Short"], es: ["en largo", "en corto"] }[language][
        isLong ? 0 : 1
      ];
      const texts: Texts = {
        en: [
          "Setup for {s}, {side}: stop {k} ATR, target {r}R",
          "{s} {side} setup with a stop at {k} ATR and a target of {r}R",
        ],
        de: ["Setup für {s}, {side}: Stop {k} ATR, Ziel {r}R"],
        es: ["Setup para {s} {side}: stop {k} ATR, objetivo {r}R"],
      };
      const k = language === "en" ? String(times) : String(times).replace(".", ",");
      const entry = reference.closesOf(series.rows).at(-1) ?? 0;
      const way = (reference.trueRangeAverages(series.rows, 14).at(-1) ?? 0) * times * (isLong ? 1 : -1);
      const subject = series.symbol;
      return {
        question: filled(oneOf(random, texts[language]), {
          s: nameOf(setting, series),
          side: side ?? "",
          k,
          r: reward,
        }),
        expected: [
          { name: "entry", subject, value: entry },
          { name: "stop", subject, value: entry - way },
          { name: "target", subject, value: entry + way * reward },
        ],
      };
    },
  },
];

export const dataIntents: readonly DataIntent[] = [...spans, ...plain, ...cases, ...several];
