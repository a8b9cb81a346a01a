/** How people ask for a trader's figures in Spanish. */
import {
  accountCues,
  averages,
  conversion,
  entryCues,
  instrumentCues,
  payoffCues,
  priceCues,
  stopCues,
  tradeCues,
  winCues,
} from "./shared-words.ts";
import { list, type SpanishAsked } from "./spanish-asked.ts";

const traded = { symbol: instrumentCues, quote: list("cotiza en"), currency: accountCues, ...conversion };

const positionSize: SpanishAsked = {
  phrases:
    list(`tamaño de la posición, tamaño de posición, tamaño de mi posición, tamaño de lote, tamaño del lote, tamaño de la operación,
    cuántos lotes, cuántas acciones, cuántas unidades, qué tamaño, qué lotaje, lotaje, cómo de grande puede ser mi posición,
    cómo de grande debe ser mi posición, riesgo por operación, por operación, arriesgo % de, arriesgar % de, cuánto puedo operar`),
  cues: {
    ...traded,
    balance: list("% de, cuenta, cuenta de, cuenta con, saldo, saldo de, tengo, capital, capital de"),
    riskPercent: list("riesgo, riesgo del, arriesgo, arriesgo el, arriesgar, arriesgando"),
    riskAmount: list("riesgo, riesgo de, arriesgo, arriesgar, arriesgando, perder, pérdida de, pierdo"),
    stopPips: [...stopCues, "riesgo", "distancia"],
    stopPoints: [...stopCues, "riesgo", "distancia"],
    stopMove: list("de stop, de distancia, distancia"),
    stopPercent: stopCues,
    entry: entryCues,
    stopPrice: stopCues,
    leverage: list("apalancamiento, apalancamiento de"),
  },
  examples: [
    {
      question:
        "Tengo 10.000 dólares y arriesgo el 1 % por operación con un stop de 25 pips en EURUSD. ¿Qué tamaño de posición?",
      inputs: { balance: 10_000, currency: "USD", riskPercent: 1, stopPips: 25, symbol: "EURUSD" },
    },
    {
      question: "¿Cuántos lotes de EURUSD con una cuenta de 5.000 $, 2 % de riesgo y 30 pips de stop?",
      inputs: { balance: 5000, currency: "USD", riskPercent: 2, stopPips: 30, symbol: "EURUSD" },
    },
    {
      question: "Tamaño de la posición en EUR/USD: cuenta 8.000 EUR, riesgo 1 %, entrada 1,10, stop 1,095",
      inputs: {
        ...{ balance: 8000, currency: "EUR", riskPercent: 1, entry: 1.1, stopPrice: 1.095 },
        symbol: "EURUSD",
      },
    },
  ],
};

const pipValue: SpanishAsked = {
  phrases:
    list(`valor del pip, valor de un pip, valor por pip, cuánto vale un pip, cuánto vale cada pip, cuánto es un pip, pips valen,
    vale un pip`),
  cues: {
    ...traded,
    lots: list("tamaño, posición"),
    price: priceCues,
  },
  examples: [
    {
      question: "¿Cuál es el valor del pip de 0,3 lotes de GBPUSD en USD?",
      inputs: { symbol: "GBPUSD", lots: 0.3, currency: "USD" },
    },
  ],
};

const margin: SpanishAsked = {
  phrases:
    list(`margen necesito, margen se necesita, margen hace falta, margen requerido, margen necesario, margen para, margen de,
    nivel de margen, margen libre, stop-out, stop out, llamada de margen, margin call`),
  cues: {
    ...traded,
    lots: list("tamaño, posición"),
    leverage: list("apalancamiento, apalancamiento de"),
    price: priceCues,
    equity: list("patrimonio, capital, saldo, cuenta de, tengo"),
    stopOut: list("stop-out, stop out, cierre"),
  },
  examples: [
    {
      question:
        "¿Cuánto margen necesito para 3 lotes de DAX a 18000 con apalancamiento 1:20 y cuenta en EUR?",
      inputs: { symbol: "DE40", lots: 3, price: 18_000, leverage: 20, currency: "EUR" },
    },
  ],
};

const profitLoss: SpanishAsked = {
  phrases:
    list(`mi ganancia, ganancia de, ganancia con, mi beneficio, beneficio de, beneficio con, beneficio al, mi pérdida, pérdida de,
    pérdida con, ganancia o pérdida, ganancias y pérdidas, beneficio o pérdida, cuánto gano, cuánto pierdo, cuánto he ganado,
    cuánto he perdido, cuánto ganaría, cuánto perdería`),
  unless: list("recompro, recomprar, vuelvo a comprar, ganancia media, pérdida media, factor de beneficio"),
  cues: {
    ...traded,
    lots: list("tamaño, posición"),
    entry: [...entryCues, ...list("compro, compré, comprado a, comprados a, vendo a, desde")],
    exit: list(`salida, salida en, salida a, cierre a, cierre en, cierro a, cierro en, vendo a, vendido a, vendidos a, vendí a, precio de salida,
      hasta`),
    commission: list("comisión, comisión de, comisiones"),
    swap: list("swap, swap de"),
  },
  choices: {
    direction: {
      long: list("largo, larga, en largo, long, compro, compré, comprado, comprados, compra"),
      short: list("corto, corta, en corto, short, vendo en corto, venta en corto"),
    },
  },
  examples: [
    {
      question:
        "¿Cuál es la ganancia con 1 lote de DAX en largo, entrada 18000, salida 18100, cuenta en EUR?",
      inputs: { symbol: "DE40", lots: 1, direction: "long", entry: 18_000, exit: 18_100, currency: "EUR" },
    },
  ],
};

const riskReward: SpanishAsked = {
  phrases:
    list(`ratio beneficio-riesgo, ratio beneficio/riesgo, ratio riesgo-beneficio, ratio riesgo/beneficio, beneficio/riesgo,
    riesgo/beneficio, riesgo beneficio, beneficio riesgo, ratio de riesgo y beneficio, relación riesgo/beneficio, relación riesgo-beneficio`),
  cues: {
    entry: entryCues,
    stopPrice: stopCues,
    target: list("objetivo, objetivo en, objetivo de, take profit, take-profit, tp, precio objetivo"),
  },
  examples: [
    {
      question: "Ratio riesgo/beneficio: entrada 50, stop 48, objetivo 56",
      inputs: { entry: 50, stopPrice: 48, target: 56 },
    },
  ],
};

const rMultiple: SpanishAsked = {
  phrases: list(
    "múltiplo r, múltiplo de r, múltiplos de r, cuántas r, cuántos r, resultado en r, ganancia en r",
  ),
  cues: {
    profit: list("ganancia, ganancia de, gané, ganado, beneficio, beneficio de"),
    risk: list("riesgo, riesgo de, arriesgué, arriesgado, arriesgando"),
    entry: entryCues,
    stopPrice: stopCues,
    exit: list("salida, salida en, salida a, cierre a, vendí a"),
  },
  examples: [
    {
      question: "¿Cuál es el múltiplo R con 300 € de ganancia y 150 € de riesgo?",
      inputs: { profit: 300, risk: 150 },
    },
  ],
};

const expectancy: SpanishAsked = {
  phrases:
    list(`esperanza matemática, esperanza por operación, valor esperado por operación, valor esperado de mis operaciones,
    ganancia esperada por operación, factor de beneficio, profit factor, expectativa matemática, esperanza de mi sistema`),
  cues: {
    ...averages,
    winRate: winCues,
    wins: list("ganadas, ganadoras, operaciones ganadoras, gané"),
    trades: tradeCues,
  },
  examples: [
    {
      question:
        "¿Cuál es la esperanza matemática con una tasa de acierto del 50 %, ganancia media de 120 € y pérdida media de 100 €?",
      inputs: { winRate: 50, averageWin: 120, averageLoss: 100, currency: "EUR" },
    },
  ],
};

const kelly: SpanishAsked = {
  phrases: list("kelly, criterio de kelly, fórmula de kelly, fracción de kelly, medio kelly"),
  cues: { ...averages, winRate: winCues, payoff: payoffCues, trades: tradeCues },
  examples: [
    {
      question: "¿Qué da el criterio de Kelly con una tasa de acierto del 50 % y un ratio de 2?",
      inputs: { winRate: 50, payoff: 2 },
    },
  ],
};

const breakEven: SpanishAsked = {
  phrases:
    list(`tasa de acierto necesito, tasa de acierto hace falta, qué tasa de acierto, tasa de acierto de equilibrio,
    tasa de acierto necesaria, porcentaje de aciertos necesito, con qué frecuencia debo ganar, para no perder dinero`),
  cues: {
    ...averages,
    payoff: payoffCues,
    costs: list("costes, costos, coste, comisión, comisiones, spread"),
  },
  examples: [{ question: "¿Qué tasa de acierto necesito con un ratio de 1,5?", inputs: { payoff: 1.5 } }],
};

const riskOfRuin: SpanishAsked = {
  phrases: list(
    "riesgo de ruina, probabilidad de ruina, probabilidad de quebrar la cuenta, probabilidad de arruinarme",
  ),
  cues: {
    ...averages,
    winRate: winCues,
    payoff: payoffCues,
    riskPercent: list("riesgo, riesgo del, riesgo por operación, arriesgo, arriesgando, por operación"),
    ruinPercent: list("ruina al, ruina es, ruina con, pérdida del"),
  },
  examples: [
    {
      question:
        "¿Cuál es el riesgo de ruina con una tasa de acierto del 45 %, ratio de 1,5 y 2 % de riesgo por operación?",
      inputs: { winRate: 45, payoff: 1.5, riskPercent: 2 },
    },
  ],
};

const swap: SpanishAsked = {
  phrases: list(
    "swap, swaps, coste del swap, rollover, coste de rollover, coste nocturno, coste por mantener la posición",
  ),
  cues: {
    ...traded,
    lots: list("tamaño, posición"),
    nights: list("noches, noche"),
    tripleNights: list("triple, triples, miércoles"),
    swapPoints: list("swap, swap de, rollover"),
    swapPips: list("swap, swap de, rollover"),
    price: priceCues,
  },
  examples: [
    {
      question: "¿Cuál es el swap de 1 lote de EURUSD con -0,5 pips y 7 noches en USD?",
      inputs: { symbol: "EURUSD", lots: 1, swapPips: -0.5, nights: 7, currency: "USD" },
    },
  ],
};

const pivotPoints: SpanishAsked = {
  phrases: list(
    "puntos pivote, punto pivote, puntos pivot, puntos de pivote, pivotes, niveles pivote, camarilla",
  ),
  cues: {
    high: list("máximo, máximo de, alto"),
    low: list("mínimo, mínimo de, bajo"),
    close: list("cierre, cierre de, cierre en"),
    open: list("apertura, apertura de, apertura en"),
    symbol: instrumentCues,
  },
  choices: {
    method: {
      classic: list("clásico, clásica, clásicos, estándar"),
      fibonacci: ["fibonacci"],
      camarilla: ["camarilla"],
      woodie: ["woodie"],
    },
  },
  examples: [
    {
      question: "¿Qué puntos pivote tiene el DAX con máximo 18200, mínimo 18000 y cierre 18100?",
      inputs: { high: 18_200, low: 18_000, close: 18_100, symbol: "DE40" },
    },
  ],
};

const fibonacciLevels: SpanishAsked = {
  phrases:
    list(`niveles de fibonacci, nivel de fibonacci, retroceso de fibonacci, retrocesos de fibonacci, extensión de fibonacci,
    extensiones de fibonacci, fibonacci`),
  cues: { from: list("de, desde"), to: list("a, hasta"), symbol: list("en, del, para") },
  examples: [
    {
      question: "¿Cuáles son los retrocesos de Fibonacci de 200 a 180?",
      inputs: { from: 200, to: 180 },
    },
  ],
};

export const spanishTrading: Readonly<Record<string, SpanishAsked>> = {
  "position-size": positionSize,
  "pip-value": pipValue,
  margin,
  "profit-loss": profitLoss,
  "risk-reward": riskReward,
  "r-multiple": rMultiple,
  expectancy,
  kelly,
  "break-even-win-rate": breakEven,
  "risk-of-ruin": riskOfRuin,
  swap,
  "pivot-points": pivotPoints,
  "fibonacci-levels": fibonacciLevels,
};
