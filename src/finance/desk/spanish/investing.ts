/** How people ask about investments, per cent, units and currencies in Spanish. */
import { term } from "./shared-words.ts";
import { list, type SpanishAsked } from "./spanish-asked.ts";

const bond: SpanishAsked = {
  phrases:
    list(`bono, precio de un bono, rentabilidad de un bono, rentabilidad al vencimiento, tir de un bono, duración modificada,
    bono con`),
  cues: {
    coupon: list("cupón, cupón del, cupón de"),
    maturity: list("vencimiento, vence, vence el"),
    settlement: list("liquidación, fecha de compra, valor"),
    yield: list("rentabilidad, rentabilidad del, tir, tir del"),
    price: list("precio, precio de, a"),
  },
  choices: {
    frequency: {
      yearly: list("anual, cupón anual, anualmente"),
      "half-yearly": list("semestral, semestralmente"),
      quarterly: list("trimestral, trimestralmente"),
    },
    dayCount: { "ACT/ACT": ["act/act"], "30/360": ["30/360"] },
  },
  examples: [
    {
      question:
        "¿Qué precio tiene un bono con cupón 2,5 %, vencimiento 2036-08-15, liquidación 2026-12-01 y rentabilidad 2,8 %?",
      inputs: { coupon: 2.5, maturity: "2036-08-15", settlement: "2026-12-01", yield: 2.8 },
    },
  ],
};

const cagr: SpanishAsked = {
  phrases:
    list(`cagr, tasa de crecimiento anual, crecimiento anual, crecimiento anual compuesto, tasa de crecimiento anual compuesto,
    crecimiento por año, crecimiento medio anual`),
  cues: { start: list("de, desde, pasa de"), end: list("a, hasta"), years: list("en, durante, tras") },
  examples: [
    {
      question: "¿Cuál es el crecimiento anual de 5.000 € a 8.000 € en 7 años?",
      inputs: { start: 5000, end: 8000, years: 7 },
    },
  ],
};

const realReturn: SpanishAsked = {
  phrases:
    list(`rentabilidad real, rendimiento real, tipo real, tasa real, interés real, tipo de interés real, tras la inflación,
    después de la inflación, descontada la inflación`),
  cues: {
    rate: list(`rentabilidad, rendimiento, interés, intereses, tipo, nominal, al, de rentabilidad, de rendimiento, de interés,
      rentabilidad del, interés del`),
    inflation:
      list(`inflación, inflación del, de inflación, inflación prevista, inflación esperada, inflación media, inflación anual,
      inflación prevista del, inflación esperada del, inflación media del, inflación anual del`),
  },
  examples: [
    {
      question: "¿Cuál es la rentabilidad real con un 7 % de rentabilidad y una inflación del 3 %?",
      inputs: { rate: 7, inflation: 3 },
    },
  ],
};

const dividendYield: SpanishAsked = {
  phrases: list("rentabilidad por dividendo, rentabilidad del dividendo, dividend yield"),
  unless: list("opción, call, put, volatilidad"),
  cues: {
    dividend: list("dividendo, dividendo de, dividendos de, paga"),
    price: list("precio, precio de, acción, acción a, cotiza a, cotización de"),
  },
  choices: {
    every: {
      year: list("al año, por año, anual, anuales"),
      "half-year": list("semestral, semestrales, cada semestre"),
      quarter: list("al trimestre, trimestral, trimestrales, cada trimestre"),
      month: list("al mes, mensual, mensuales, cada mes"),
    },
  },
  examples: [
    {
      question: "¿Cuál es la rentabilidad por dividendo con 3 € de dividendo y un precio de 75 €?",
      inputs: { dividend: 3, price: 75 },
    },
  ],
};

const option: SpanishAsked = {
  phrases:
    list(`opción call, opción put, opción de compra, opción de venta, precio de una opción, precio de la opción, precio de una call,
    precio de una put, black-scholes, volatilidad implícita`),
  cues: {
    spot: list("subyacente, subyacente a, spot, precio del subyacente, cotiza a"),
    strike: list("strike, precio de ejercicio, ejercicio"),
    ...term,
    days: list("vencimiento, días, plazo"),
    rate: list("tipo, tipo de interés, interés, interés del"),
    volatility: list("volatilidad, volatilidad del"),
    price: list("prima, prima de, cuesta, precio de la opción"),
    dividendYield: list("dividendo, dividendos, rentabilidad por dividendo"),
  },
  choices: {
    kind: {
      call: list("call, opción call, opción de compra"),
      put: list("put, opción put, opción de venta"),
    },
  },
  examples: [
    {
      question:
        "Precio de una opción call: subyacente 120, strike 115, plazo 3 meses, volatilidad 25 %, interés 2,5 %",
      inputs: { kind: "call", spot: 120, strike: 115, months: 3, volatility: 25, rate: 2.5 },
    },
  ],
};

const xirr: SpanishAsked = {
  phrases: list("xirr, tir, tasa interna de retorno, rentabilidad ponderada por dinero"),
  cues: {},
  examples: [
    {
      question: "¿Cuál es la tasa interna de retorno de 2022-01-01 -20000; 2024-01-01 23500.50?",
      inputs: { flows: "2022-01-01 -20000; 2024-01-01 23500.50" },
    },
  ],
};

const taxEquivalentYield: SpanishAsked = {
  phrases:
    list(`rentabilidad equivalente antes de impuestos, rentabilidad fiscal equivalente, rentabilidad antes de impuestos equivale,
    equivalente antes de impuestos`),
  cues: {
    yield: list("libre de impuestos, exento, exenta, rentabilidad, rentabilidad del"),
    tax: list("tipo impositivo, tipo impositivo del, impuesto, impuestos del"),
  },
  examples: [
    {
      question:
        "¿Cuál es la rentabilidad equivalente antes de impuestos de un 2,5 % exento con un tipo impositivo del 30 %?",
      inputs: { yield: 2.5, tax: 30 },
    },
  ],
};

const of = list("% de, por ciento de, % del");
const share = list(
  "qué porcentaje de, qué porcentaje es, qué tanto por ciento, qué % de, como porcentaje de",
);
const change =
  list(`variación porcentual, cambio porcentual, variación en porcentaje, aumento porcentual, incremento porcentual,
  descenso porcentual, variación en por ciento`);
const add = list("más un, más el, aumentado un, aumentado en un, incrementado un");
const subtract = list("menos un, menos el, reducido un, reducido en un, rebajado un");

const percentage: SpanishAsked = {
  phrases: [...of, ...share, ...change, ...add, ...subtract],
  // "5 % de interés" is no part of anything.
  unless:
    list(`interés, intereses, riesgo, arriesgo, arriesgar, rentabilidad, rendimiento, inflación, comisión, entrada, volatilidad,
    préstamo, hipoteca, ahorro, acierto, aciertos, cuenta, stop, lotes, apalancamiento, amortización, cupón, descuento, dividendo`),
  cues: {
    percent: list("un, el, más, menos"),
    value: list("de, desde, cuánto es, cuánto son"),
    second: list("a, hasta, es, son"),
  },
  choices: { operation: { of, share, change, add, subtract } },
  examples: [
    { question: "¿Cuánto es el 19 % de 350?", inputs: { operation: "of", percent: 19, value: 350 } },
    {
      question: "¿Cuál es la variación porcentual de 120 a 90?",
      inputs: { operation: "change", value: 120, second: 90 },
    },
  ],
};

const into = {
  pips: list("en pips, a pips, cuántos pips"),
  points: list("en puntos, a puntos, cuántos puntos"),
  price: list("en precio, como precio, diferencia de precio"),
  lots: list("en lotes, a lotes, cuántos lotes son"),
  units: list("en unidades, a unidades, cuántas unidades son"),
  oz: list("en onzas, a onzas, cuántas onzas"),
  grams: list("en gramos, a gramos, cuántos gramos"),
  kg: list("en kg, en kilos, a kilos, cuántos kilos, en kilogramos, cuántos kilogramos"),
  bp: list("en puntos básicos, a puntos básicos, cuántos puntos básicos"),
  percent: list("en porcentaje, en por ciento, a por ciento, a porcentaje"),
};

const unitConversion: SpanishAsked = {
  phrases: Object.values(into).flat(),
  cues: { symbol: list("de, del, en") },
  choices: {
    from: {
      pips: ["pips", "pips de"],
      points: ["puntos", "puntos de"],
      lots: ["lotes", "lotes de", "lote"],
      units: ["unidades", "unidades de"],
      oz: ["onzas", "onza", "oz"],
      grams: ["gramos", "gramo"],
      kg: ["kg", "kilos", "kilogramos"],
      bp: list("puntos básicos"),
      percent: ["%", "por ciento"],
    },
    to: into,
  },
  examples: [
    { question: "¿Cuántos gramos son 5 onzas?", inputs: { value: 5, from: "oz", to: "grams" } },
    {
      question: "¿Cuántas unidades son 2 lotes de GBPUSD?",
      inputs: { value: 2, from: "lots", to: "units", symbol: "GBPUSD" },
    },
  ],
};

const currencyConversion: SpanishAsked = {
  phrases:
    list(`cuántos dólares son, cuántos euros son, cuántas libras son, cuántos francos son, a dólares, a euros, a libras, a francos,
    en dólares, en euros, a usd, a eur, a chf, a gbp, convierte, convertir, cambiar, cambia, conversión de divisas`),
  cues: {
    amount: list("convierte, convertir, cambia, cambiar, son"),
    from: list("convierte, convertir, cambia, son, de"),
    to: list("a, en, cuántos, cuántas"),
    rate: list("tipo, tipo de cambio, cambio, cambio de, a, con, está a, de"),
    pair: list("tipo, tipo de cambio, cambio, con, a"),
  },
  examples: [
    {
      question: "¿Cuántos dólares son 1.000 € con EUR/USD a 1,08?",
      inputs: { amount: 1000, from: "EUR", to: "USD", rate: 1.08, pair: "EURUSD" },
    },
  ],
};

export const spanishInvesting: Readonly<Record<string, SpanishAsked>> = {
  bond,
  cagr,
  "real-return": realReturn,
  "dividend-yield": dividendYield,
  option,
  xirr,
  "tax-equivalent-yield": taxEquivalentYield,
  percentage,
  "unit-conversion": unitConversion,
  "currency-conversion": currencyConversion,
};
