/** The words by which questions about price series are recognised, in English, German and Spanish. */
import type { Timeframe } from "../data/timeframe.ts";

/** By the name of the indicator or statistic; "close" is the last price. */
export const measureWords: Readonly<Record<string, readonly string[]>> = {
  close: [
    ...["last close", "last price", "latest close", "latest price", "closing price", "close"],
    ...[
      "letzter schlusskurs",
      "letzten schlusskurs",
      "letzte schlusskurs",
      "letzter kurs",
      "letzte kurs",
      "schlusskurs",
    ],
    ...["último cierre", "ultimo cierre", "último precio", "ultimo precio", "precio de cierre"],
  ],
  rsi: ["rsi", "relative strength index"],
  sma: [
    "sma",
    "simple moving average",
    "moving average",
    "gleitender durchschnitt",
    "gleitende durchschnitt",
    "media móvil",
    "media movil",
    "media móvil simple",
  ],
  ema: ["ema", "exponential moving average", "exponentieller durchschnitt", "media móvil exponencial"],
  wma: ["wma", "weighted moving average"],
  macd: ["macd"],
  bollinger: ["bollinger", "bollinger bands", "bollinger bänder", "bollingerbänder", "bandas de bollinger"],
  atr: ["atr", "average true range"],
  adx: ["adx", "average directional index"],
  stochastic: ["stochastic", "stochastics", "stochastik", "estocástico", "estocastico"],
  cci: ["cci", "commodity channel index"],
  obv: ["obv", "on balance volume"],
  vwap: ["vwap"],
  supertrend: ["supertrend", "super trend"],
  keltner: ["keltner", "keltner channel", "keltner channels", "keltner kanal", "canal de keltner"],
  donchian: ["donchian", "donchian channel", "donchian channels", "donchian kanal", "canal de donchian"],
  ichimoku: ["ichimoku", "ichimoku cloud"],
  psar: ["psar", "parabolic sar", "sar parabólico"],
  drawdown: ["drawdown", "max drawdown", "maximum drawdown", "maximaler drawdown", "drawdown máximo"],
  volatility: ["volatility", "realised volatility", "realized volatility", "volatilität", "volatilidad"],
  correlation: ["correlation", "korrelation", "correlación", "correlacion"],
  sharpe: ["sharpe", "sharpe ratio", "ratio de sharpe"],
  sortino: ["sortino", "sortino ratio", "ratio de sortino"],
};

export const timeframeWords: Readonly<Partial<Record<Timeframe, readonly string[]>>> = {
  M1: ["1 minute", "1m", "m1"],
  M5: ["5 minute", "5 minutes", "5m", "m5", "5 minuten", "5 minutos"],
  M15: ["15 minute", "15 minutes", "15m", "m15", "15 minuten", "15 minutos"],
  M30: ["30 minute", "30 minutes", "30m", "m30", "30 minuten", "30 minutos"],
  H1: ["hourly", "1 hour", "1h", "h1", "stündlich", "stundenchart", "1 stunde", "horario", "1 hora"],
  H4: ["4 hour", "4 hours", "4h", "h4", "4 stunden", "4 horas"],
  D1: [
    "daily",
    "1d",
    "d1",
    "täglich",
    "tageschart",
    "tagesbasis",
    "diario",
    "diaria",
    "1 day",
    "1 tag",
    "1 día",
    "1 dia",
  ],
  W1: [
    "weekly",
    "1w",
    "w1",
    "wöchentlich",
    "wochenchart",
    "wochenbasis",
    "semanal",
    "1 week",
    "1 woche",
    "1 semana",
  ],
  MN1: [
    "monthly",
    "mn1",
    "monatlich",
    "monatschart",
    "monatsbasis",
    "mensual",
    "1 month",
    "1 monat",
    "1 mes",
  ],
};

/** Behind a number: 20 days are 20 bars of a day, never of another timeframe. */
export const unitTimeframes: ReadonlyMap<string, Timeframe> = new Map(
  Object.entries({
    H1: "hour hours stunde stunden hora horas",
    D1: "day days tag tage tagen día días dia dias",
    W1: "week weeks woche wochen semana semanas",
    MN1: "month months monat monate monaten mes meses",
  } satisfies Partial<Record<Timeframe, string>>).flatMap(([timeframe, words]) =>
    words.split(" ").map((word) => [word, timeframe as Timeframe] as const),
  ),
);

/** Words that change nothing of what is asked for. Any other word means that something else is asked. */
export const fillerWords: ReadonlySet<string> = new Set(
  (
    "what is whats s the of on over for in at a an my chart charts data bars current currently now latest value level please show me tell " +
    "give between and with period periods bar timeframe to compute calculate how high much " +
    "was wie ist der die das den dem des von vom für auf im in am mein meine meiner chart daten aktueller aktuelle aktuell wert bitte " +
    "zeig zeige mir nenne sag zwischen und mit hoch periode perioden kerzen berechne " +
    "qué que cuál cual cuánto cuanto es el la los las de del en un una mi mis gráfico grafico datos actual valor por favor " +
    "muestra muéstrame dame dime entre y con periodo período periodos velas calcula"
  ).split(" "),
);
