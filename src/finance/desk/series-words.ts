/** The words by which questions about price series are recognised, in English, German and Spanish. */
import type { Timeframe } from "../data/timeframe.ts";

/** Words and, with "_" for a blank, phrases. */
const list = (words: string): readonly string[] => words.split(" ").map((word) => word.replaceAll("_", " "));

/**
 * By the name of the indicator or statistic; "close" is the last price. Those that are none: "moved" is a change where something asks how
 * much, "usually" asks for a season, "often" for a base rate, "high" and "low" are of a span or of a session.
 */
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
  drawdown: [
    "drawdown",
    "max drawdown",
    "maximum drawdown",
    "maximaler drawdown",
    "maximale drawdown",
    "maximalen drawdown",
    "drawdown máximo",
  ],
  volatility: ["volatility", "realised volatility", "realized volatility", "volatilität", "volatilidad"],
  correlation: ["correlation", "korrelation", "correlación", "correlacion"],
  sharpe: ["sharpe", "sharpe ratio", "ratio de sharpe"],
  sortino: ["sortino", "sortino ratio", "ratio de sortino"],
  change: [
    ...["change", "percent change", "percentage change", "price change", "performance", "return"],
    ...[
      "veränderung",
      "kursveränderung",
      "preisveränderung",
      "kursentwicklung",
      "wertentwicklung",
      "entwicklung",
    ],
    ...[
      "änderung",
      "rendite",
      "variación",
      "variacion",
      "cambio",
      "rendimiento",
      "rentabilidad",
      "evolución",
    ],
  ],
  moved: list("changed moved move verändert bewegt variado varió cambiado cambió"),
  high: list(
    "high highest maximum hoch höchstkurs höchststand tageshoch máximo maximo highest_price highest_high highest_point höchster_kurs höchste_kurs höchsten_kurs precio_máximo precio_más_alto cotización_máxima",
  ),
  low: list(
    "low lowest minimum tief tiefstkurs tiefststand tagestief mínimo minimo lowest_price lowest_low lowest_point tiefster_kurs tiefste_kurs tiefsten_kurs niedrigster_kurs precio_mínimo precio_más_bajo cotización_mínima",
  ),
  compare: list(
    "compare compares compared vergleiche vergleich vergleichen compara comparar comparación in_comparison im_vergleich",
  ),
  pivots: list(
    "pivots pivot pivotpunkte pivotpunkt pivotlevel pivotes pivot_points pivot_point pivot_levels pivot_punkte puntos_pivote punto_pivote niveles_pivote puntos_de_pivote camarilla_levels niveles_camarilla camarilla_niveau",
  ),
  levels: list(
    "levels marken kursmarken niveaus niveles key_levels price_levels support_and_resistance supports_and_resistances unterstützungen_und_widerstände unterstützung_und_widerstand soportes_y_resistencias soporte_y_resistencia",
  ),
  swings: list(
    "swings last_swing_high last_swing_low letztes_swing_hoch letztes_swing_tief último_máximo_de_swing último_mínimo_de_swing swing_high swing_highs swing_low swing_lows swing_highs_and_lows swing_high_and_low swing_hoch swing_hochs swing_tief swing_tiefs swing_hochs_und_tiefs máximos_de_swing mínimos_de_swing máximo_de_swing mínimo_de_swing",
  ),
  often: list(
    "how_often how_many_times how_frequently wie_oft wie_häufig con_qué_frecuencia con_que_frecuencia cuántas_veces cuantas_veces",
  ),
  usually: list(
    "usually typically normally seasonal seasonality seasonally meistens normalerweise üblicherweise gewöhnlich typischerweise saisonalität saisonal suele suelen normalmente habitualmente generalmente estacionalidad estacional on_average im_schnitt im_durchschnitt de_media en_promedio",
  ),
  setup: list(
    "setup trade_setup trading_setup handelssetup trade_plan plan_de_trading configuración_de_trading",
  ),
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

/** Words that change nothing of what is asked for. Any other word means that something else is asked. */
export const fillerWords: ReadonlySet<string> = new Set(
  (
    "what is are whats s the of on over for in at a an my chart charts data current currently now latest value level please show me tell " +
    "give between and with period bar timeframe compute calculate how much " +
    "was wie ist sind der die das den dem des von vom für auf im in am mein meine meiner chart daten aktueller aktuelle aktuell wert bitte " +
    "zeig zeige mir nenne sag zwischen und mit periode berechne " +
    "qué que cuál cual cuáles cuales son cuánto cuanto es el la los las de del en un una mi mis gráfico grafico datos actual valor por favor " +
    "muestra muéstrame dame dime entre y con periodo período calcula"
  ).split(" "),
);

/** "Wie hoch ist der RSI?" asks for no high. */
export const fillerPhrases: ReadonlySet<string> = new Set(["how high", "how low", "wie hoch", "wie tief"]);

/** Beside a span, a case or a setup these change nothing, either. */
export const auxiliaryWords: ReadonlySet<string> = new Set(
  (
    "has have had did does do was were been is are be by many percent % price prices far trading other their each against versus vs how it its long short " +
    "hat haben ist sind war waren wurde sich um prozent stark weit preis preise kurs kurse viel wie miteinander gegen diesem " +
    "ha han se fue precio precios cotización porcentaje por ciento qué en a lo frente al como cómo largo corto para compra venta"
  ).split(" "),
);

/** Of these two series are needed: "gold is down against silver" is no figure of gold. */
export const comparingWords: ReadonlySet<string> = new Set(
  "other their each against versus vs miteinander gegen frente".split(" "),
);

/** The side of a trade. */
export const sideWords: ReadonlySet<string> = new Set("long short largo corto compra venta".split(" "));

/** "How much has it risen" asks for the figure; "has it risen" does not, and "how many days" asks for another one. */
export const howMuch =
  /\b(?:(?:by )?how (?:much|far|many (?:percent|per cent|%))|what percentage|wie ?viel|wieviel|wie stark|wie weit|um wie)(?= )|(?:cuánto|cuanto|qué porcentaje)(?= )/;

/** What rises, rose at no stated time; what is to rise, has not. An infinitive of English is that of "did", too. */
export const isUndated =
  /(?:^| )(?:does|rises|falls|gains|drops|declines|loses|goes|increases|climbs|steigt|fällt|sinkt|steigen|sube|cae|baja|subir|bajar|caer)(?= |$)/;

/** "How much has my gold risen" is of what somebody holds; "how much data" of no price; "over 2000" may be a price. */
export const ofOtherThings =
  /(?:^| )(?:my|mein|meine|meiner|mi|mis|data|daten|datos|charts?|gráfico|grafico|level|(?:over|über) \d{4})(?= |$)/;

/** "The daily return" is of each day, and not of the span; "on the daily chart" and "D1" name its bars. */
export const isOfBars =
  /(?:^| )(?:[mhdw]\d{1,2}|\d{1,2}[mhdw]|mn1|\S*charts?|\S+basis|timeframe|gráfico|grafico|data|daten|datos)(?= |$)/;
