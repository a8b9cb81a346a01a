/** How people ask about saving and borrowing in Spanish. */
import {
  affordablePhrases,
  compounding,
  effectivePhrases,
  every,
  goalPhrases,
  inflationPhrases,
  loanPhrases,
  mortgagePhrases,
  rateCues,
  rateKind,
  term,
  timePhrases,
  when,
  withdrawalPhrases,
} from "./shared-words.ts";
import { list, type SpanishAsked } from "./spanish-asked.ts";

const startCues = list("empiezo con, empezando con, capital inicial, capital inicial de, inicial, ya tengo");
const doublePhrases = list("se duplica, se dobla, duplicar, duplicarse, doblar, doblarse, duplique, doble");

const compoundInterest: SpanishAsked = {
  phrases:
    list(`interés compuesto, valor futuro, valor final, capital final, en qué se convierten, en cuánto se convierten, en qué se convierte,
    en cuánto se convierte, se convierten, se convertirán, cuánto valdrán, cuánto valdrá, cuánto serán, cuánto será, si invierto, invierto,
    cuánto tendré, cuánto crecen, cuánto crecerán, capitalizado, capitalización`),
  unless: [
    ...list(`interés simple, sin interés compuesto, al mes, por mes, cada mes, todos los meses, cada año, todos los años,
      aportación, aportaciones, aportación mensual, aporto, plan de ahorro, ahorro, ahorrar, mensualidad`),
    ...goalPhrases,
    ...withdrawalPhrases,
    ...loanPhrases,
    ...inflationPhrases,
    ...effectivePhrases,
  ],
  cues: {
    amount: list("invierto, invertir, importe, depósito, capital, convierten, valdrán, de"),
    rate: rateCues,
    ...term,
  },
  choices: { compounding },
  examples: [
    {
      question: "¿En qué se convierten 5.000 € al 3,5 % de interés compuesto en 8 años?",
      inputs: { amount: 5000, rate: 3.5, years: 8, currency: "EUR" },
    },
  ],
};

const savingsPlan: SpanishAsked = {
  phrases:
    list(`plan de ahorro, ahorro cada mes, si ahorro, si invierto, si aporto, ahorro, ahorrando, aporto, al mes, por mes, cada mes,
    todos los meses, ahorro mensual, aportación mensual, aportaciones mensuales, cuánto tendré, cuánto habré ahorrado, valor final`),
  unless: [...goalPhrases, ...withdrawalPhrases, ...loanPhrases, ...timePhrases],
  cues: {
    deposit:
      list(`ahorro, ahorrar, ahorrando, aporto, aportación, aportación de, aportación mensual de, invierto, mensuales, al mes, cada mes,
      por mes, meto, pongo`),
    start: startCues,
    rate: rateCues,
    ...term,
  },
  choices: { every, when, rateKind },
  examples: [
    {
      question: "¿Cuánto tendré en 10 años si ahorro 200 € al mes al 5 %?",
      inputs: { deposit: 200, every: "month", years: 10, rate: 5, currency: "EUR" },
    },
    {
      question: "Plan de ahorro: 150 € mensuales, 3 % de interés, 12 años",
      inputs: { deposit: 150, every: "month", years: 12, rate: 3, currency: "EUR" },
    },
  ],
};

const goal: SpanishAsked = {
  phrases: [
    ...goalPhrases,
    ...list(
      "cuánto al mes, cuánto debo aportar, cuánto tengo que aportar, ahorrar al mes, ahorrar cada mes, qué aportación",
    ),
  ],
  unless: [...withdrawalPhrases, ...loanPhrases, ...timePhrases],
  cues: {
    goal: list(
      "tener, para tener, llegar a, alcanzar, reunir, objetivo, objetivo de ahorro, objetivo de ahorro de, meta",
    ),
    rate: rateCues,
    start: startCues,
    ...term,
  },
  choices: { every, when, rateKind },
  examples: [
    {
      question: "¿Cuánto tengo que ahorrar al mes para tener 50.000 € en 15 años al 4 %?",
      inputs: { goal: 50_000, every: "month", years: 15, rate: 4, currency: "EUR" },
    },
  ],
};

const savingsTime: SpanishAsked = {
  phrases: timePhrases,
  unless: [...withdrawalPhrases, ...loanPhrases, ...doublePhrases],
  cues: {
    goal: list("tener, tendré, hasta tener, llegar a, reunir, alcanzar, juntar"),
    deposit: list("ahorro, ahorrar, ahorrando, aporto, aportando, al mes, cada mes, mensuales, con"),
    rate: rateCues,
    start: startCues,
  },
  choices: { every, when, rateKind },
  examples: [
    {
      question: "¿Cuánto tiempo tengo que ahorrar 300 € al mes al 4 % hasta tener 50.000 €?",
      inputs: { goal: 50_000, deposit: 300, every: "month", rate: 4, currency: "EUR" },
    },
  ],
};

const withdrawal: SpanishAsked = {
  phrases: withdrawalPhrases,
  unless: loanPhrases,
  cues: {
    amount: list(
      "tengo, ahorros, capital, de, al mes de, cada mes de, durarán, duran, dura, plan de retiradas",
    ),
    withdrawal: list("retiro, retirar, retirada, retirada de, retiradas de, saco, al mes, mensuales"),
    rate: rateCues,
    ...term,
    increase: list("subiendo, aumentando, aumento, suben"),
  },
  choices: { every, when, rateKind },
  examples: [
    {
      question: "¿Cuánto duran 300.000 € si retiro 1.800 € al mes al 3 %?",
      inputs: { amount: 300_000, withdrawal: 1800, every: "month", rate: 3, currency: "EUR" },
    },
  ],
};

const inflation: SpanishAsked = {
  phrases: inflationPhrases,
  cues: {
    amount: list("valdrán, valen, valor, de, tendrán, queda de"),
    inflation: list("inflación, inflación del, inflación anual, inflación anual del"),
    rate: list("interés, intereses, rentabilidad"),
    ...term,
  },
  examples: [
    {
      question: "¿Qué poder adquisitivo tendrán 50.000 € en 10 años con una inflación del 2,5 %?",
      inputs: { amount: 50_000, years: 10, inflation: 2.5, currency: "EUR" },
    },
  ],
};

const doublingTime: SpanishAsked = {
  phrases: [...doublePhrases, ...list("regla del 72, tiempo de duplicación")],
  cues: { rate: rateCues },
  examples: [{ question: "¿Cuándo se duplica mi dinero al 4 % de interés?", inputs: { rate: 4 } }],
};

const effectiveRate: SpanishAsked = {
  phrases: effectivePhrases,
  unless: list("préstamo, crédito, hipoteca, comisión, comisiones"),
  cues: { rate: list("tipo, tasa, nominal, efectivo, efectiva, del, al") },
  choices: {
    compounding,
    rateKind: {
      nominal: list("% nominal, nominal del, nominal de"),
      effective: list("% efectivo, efectivo del, % tae, tae del"),
    },
  },
  examples: [
    {
      question: "¿Qué tipo efectivo corresponde al 4,8 % nominal con capitalización trimestral?",
      inputs: { rate: 4.8, rateKind: "nominal", compounding: "quarterly" },
    },
  ],
};

const simpleInterest: SpanishAsked = {
  phrases: list("interés simple, intereses simples, intereses de, intereses por, sin interés compuesto"),
  cues: { amount: list("sobre, de, importe"), rate: rateCues, days: ["durante", "por"], ...term },
  choices: { yearDays: { "360": ["act/360"], "365": ["act/365"] } },
  examples: [
    {
      question: "Interés simple sobre 1.200 € al 6 % durante 7 meses",
      inputs: { amount: 1200, rate: 6, months: 7, currency: "EUR" },
    },
  ],
};

const loan: SpanishAsked = {
  phrases:
    list(`préstamo, préstamos, préstamo personal, préstamo para el coche, crédito, cuota mensual, mensualidad, pido prestado,
    pido prestados, tomo prestados, cuadro de amortización, devolver`),
  unless: [
    ...mortgagePhrases,
    ...affordablePhrases,
    // A rate that counts fees is no nominal one.
    ...list("necesito ahorrar, tengo que ahorrar, objetivo de ahorro, tae"),
  ],
  cues: {
    amount: list("préstamo, préstamo de, crédito, crédito de, prestado, prestados"),
    rate: rateCues,
    ...term,
    payment: list("pago, pagando, cuota de, con una cuota de, cuota mensual de"),
    extraMonthly: list("extra, adicionales"),
    extraYearly: list("extra al año, amortización anticipada"),
  },
  examples: [
    {
      question: "¿Cuál es la cuota mensual de un préstamo de 15.000 € al 6,9 % a 60 meses?",
      inputs: { amount: 15_000, rate: 6.9, months: 60, currency: "EUR" },
    },
    {
      question: "¿Cuánto pago al mes por un préstamo de 20.000 € al 5 % a 4 años?",
      inputs: { amount: 20_000, rate: 5, years: 4, currency: "EUR" },
    },
  ],
};

const affordableLoan: SpanishAsked = {
  phrases: affordablePhrases,
  cues: { payment: list("al mes, cuota, cuota de, pagando, pago, con"), rate: rateCues, ...term },
  examples: [
    {
      question: "¿Qué préstamo puedo permitirme con 800 € al mes al 3,6 % a 15 años?",
      inputs: { payment: 800, rate: 3.6, years: 15, currency: "EUR" },
    },
  ],
};

const mortgage: SpanishAsked = {
  phrases: [...mortgagePhrases, ...list("cuota de la hipoteca, cuota hipotecaria")],
  unless: [...affordablePhrases, "tae"],
  cues: {
    price: list("casa, casa de, vivienda, vivienda de, piso, piso de, precio, precio de"),
    downPayment: list("entrada, entrada de"),
    downPercent: list("entrada, entrada del"),
    amount: list("hipoteca, hipoteca de, préstamo, préstamo hipotecario de, de"),
    rate: rateCues,
    repayment: list("amortización, amortización inicial, amortización inicial del"),
    ...term,
    fixedYears: list("fijo, tipo fijo, fijos, tipo fijo durante"),
    extraYearly: list("extra, amortización anticipada"),
  },
  examples: [
    {
      question: "¿Cuál es la cuota mensual de una hipoteca de 200.000 € al 3 % a 25 años?",
      inputs: { amount: 200_000, rate: 3, years: 25, currency: "EUR" },
    },
  ],
};

const apr: SpanishAsked = {
  phrases: list("tae, tae de un préstamo, tae del préstamo, tasa anual equivalente"),
  unless: list("cuota, cuotas, mensualidad, cuánto pago, cuánto pagaré"),
  cues: {
    amount: list("préstamo, préstamo de, crédito, crédito de"),
    rate: [...rateCues, "nominal", "tin"],
    ...term,
    fees: list("comisión, comisión de, comisiones, comisiones de, gastos, gastos de, con"),
  },
  examples: [
    {
      question: "¿Cuál es la TAE de un préstamo de 10.000 € al 5 % a 48 meses con una comisión de 200 €?",
      inputs: { amount: 10_000, rate: 5, months: 48, fees: 200, currency: "EUR" },
    },
  ],
};

export const spanishMoney: Readonly<Record<string, SpanishAsked>> = {
  "compound-interest": compoundInterest,
  "savings-plan": savingsPlan,
  goal,
  "savings-time": savingsTime,
  withdrawal,
  inflation,
  "doubling-time": doublingTime,
  "effective-rate": effectiveRate,
  "simple-interest": simpleInterest,
  loan,
  "affordable-loan": affordableLoan,
  mortgage,
  apr,
};
