/** Saving and investing. */
import { money, monthsDative, percent, price, whole, years, yearsDative } from "./drawn-figures.ts";
import type { Intent } from "./intents.ts";

const rate = percent(0.5, 9, 0.25);

export const savingIntents: readonly Intent[] = [
  {
    name: "savings plan, monthly",
    calculator: "savings-plan",
    draws: { deposit: money(50, 2000, 25), rate, years: yearsDative(2, 40) },
    fixed: { every: "month" },
    currency: "currency",
    en: [
      "I put aside {deposit} every month at {rate} interest. What is it worth after {years}?",
      "Savings plan: {deposit} monthly, {rate} a year, {years}",
      "How much do I end up with if I save {deposit} per month for {years} at {rate}?",
      "Saving {deposit} a month at {rate} for {years}: what do I get?",
      "Please calculate a savings plan of {deposit} each month over {years} with a return of {rate} p.a.",
    ],
    de: [
      "Sparplan: {deposit} monatlich bei {rate}, was kommt in {years} heraus?",
      "Ich spare {deposit} im Monat zu {rate} Zinsen. Wie viel ist das nach {years}?",
      "Wie viel Geld habe ich, wenn ich {deposit} pro Monat bei {rate} in {years} anspare?",
      "Was bringt ein Sparplan mit {deposit} jeden Monat und {rate} Rendite nach {years}?",
    ],
    es: [
      "Plan de ahorro: {deposit} al mes al {rate}, ¿cuánto es en {years}?",
      "Ahorro {deposit} al mes al {rate} de interés. ¿Cuánto tendré después de {years}?",
      "¿Cuánto dinero tendré si aporto {deposit} cada mes al {rate} durante {years}?",
      "¿Cuánto da un plan de ahorro con {deposit} mensuales y una rentabilidad del {rate} en {years}?",
    ],
  },
  {
    name: "savings plan, with a start",
    calculator: "savings-plan",
    draws: { start: money(1000, 50_000, 500), deposit: money(50, 900, 10), rate, years: yearsDative(3, 30) },
    fixed: { every: "month" },
    currency: "currency",
    en: [
      "Starting with {start} I add {deposit} every month at {rate}. How much is there after {years}?",
      "Savings plan with an initial {start} and {deposit} a month, {rate} interest, {years}: final amount?",
    ],
    de: [
      "Mit einem Startkapital von {start} und einer Sparrate von {deposit} im Monat: wie viel habe ich bei {rate} in {years}?",
      "Sparplan mit {start} Anfangskapital und monatlich {deposit} bei {rate}: wie hoch ist das Guthaben nach {years}?",
    ],
    es: [
      "Con un capital inicial de {start} y una aportación de {deposit} al mes, ¿cuánto tendré al {rate} en {years}?",
      "Plan de ahorro con {start} de capital inicial y {deposit} mensuales al {rate}: ¿cuánto tendré después de {years}?",
    ],
  },
  {
    name: "savings plan, yearly",
    calculator: "savings-plan",
    draws: { deposit: money(500, 9000, 100), rate, years: yearsDative(3, 30) },
    fixed: { every: "year" },
    currency: "currency",
    en: [
      "If I invest {deposit} every year at {rate} for {years}, how much will I have?",
      "What does a savings plan of {deposit} per year give after {years} at {rate}?",
    ],
    de: ["Wie viel habe ich nach {years}, wenn ich {deposit} pro Jahr bei {rate} in einen Sparplan lege?"],
    es: ["¿Cuánto tendré en {years} si aporto {deposit} al año al {rate} en un plan de ahorro?"],
  },
  {
    name: "compound interest",
    calculator: "compound-interest",
    draws: { amount: money(500, 90_000, 250), rate, years: yearsDative(2, 35) },
    currency: "currency",
    en: [
      "What does {amount} grow to at {rate} over {years}?",
      "Compound interest: {amount}, {rate}, {years}",
      "Calculate the compound interest on {amount} for {years} at {rate} per year.",
      "How much will {amount} be worth in {years} with {rate} compound interest?",
      "I invest {amount} at {rate} for {years}. How much will it grow to?",
    ],
    de: [
      "Zinseszins: {amount} zu {rate}, wie viel ist das nach {years}?",
      "Was wird aus {amount}, wenn ich sie {years} zu {rate} anlege?",
      "Wie hoch ist das Endkapital bei {amount} und {rate} Zinsen nach {years}?",
      "Berechne bitte den Zinseszins für {amount} bei {rate} über {years}.",
    ],
    es: [
      "Interés compuesto: {amount} al {rate}, ¿cuánto es después de {years}?",
      "¿En qué se convierten {amount} si los invierto {years} al {rate}?",
      "¿Cuál es el capital final de {amount} al {rate} de interés después de {years}?",
      "Calcula por favor el interés compuesto de {amount} al {rate} durante {years}.",
    ],
  },
  {
    name: "compound interest, monthly",
    calculator: "compound-interest",
    draws: { amount: money(500, 90_000, 250), rate, years: yearsDative(2, 35) },
    fixed: { compounding: "monthly" },
    currency: "currency",
    en: [
      "What is {amount} at {rate} compounded monthly worth after {years}?",
      "How much is {amount} after {years} at {rate}, compounded monthly?",
    ],
    de: ["Wie viel sind {amount} bei {rate} Zinseszins, monatlich verzinst, nach {years}?"],
    es: ["¿Cuánto serán {amount} al {rate} de interés compuesto, con capitalización mensual, en {years}?"],
  },
  {
    name: "goal",
    calculator: "goal",
    draws: { goal: money(5000, 300_000, 1000), rate, years: yearsDative(2, 30) },
    fixed: { every: "month" },
    currency: "currency",
    en: [
      "How much do I have to save a month to reach {goal} in {years} at {rate}?",
      "What monthly deposit do I need to save {goal} within {years} at {rate}?",
      "My savings goal is {goal} in {years}. How much must I save per month at {rate} interest?",
      "I want to have {goal} in {years}. How much per month do I need to put away at {rate}?",
    ],
    de: [
      "Wie viel muss ich im Monat sparen, um in {years} bei {rate} {goal} zu erreichen?",
      "Sparziel {goal} in {years} bei {rate}: welche monatliche Rate brauche ich?",
      "Ich möchte in {years} {goal} haben. Wie viel muss ich bei {rate} monatlich zurücklegen?",
    ],
    es: [
      "¿Cuánto tengo que ahorrar al mes para tener {goal} en {years} al {rate}?",
      "Objetivo de ahorro: {goal} en {years} al {rate}. ¿Qué aportación mensual necesito?",
      "Quiero tener {goal} en {years}. ¿Cuánto debo ahorrar cada mes al {rate}?",
    ],
  },
  {
    name: "withdrawal, how long",
    calculator: "withdrawal",
    draws: {
      amount: money(100_000, 900_000, 5000),
      withdrawal: money(2000, 4000, 100),
      rate: percent(0.5, 2, 0.25),
    },
    fixed: { every: "month" },
    currency: "currency",
    en: [
      "I have {amount} at {rate} and withdraw {withdrawal} a month. How long will my money last?",
      "How long does {amount} last when I take out {withdrawal} per month at {rate}?",
    ],
    de: [
      "Wie lange reichen {amount}, wenn ich {withdrawal} im Monat entnehme und {rate} Zinsen bekomme?",
      "Entnahmeplan: {amount}, {withdrawal} pro Monat, {rate}. Wie lange reicht das?",
    ],
    es: [
      "¿Cuánto duran {amount} si retiro {withdrawal} al mes y tengo un {rate} de interés?",
      "Plan de retiradas: {amount}, {withdrawal} al mes, {rate}. ¿Cuánto dura el dinero?",
    ],
  },
  {
    name: "withdrawal, how much",
    calculator: "withdrawal",
    draws: { amount: money(100_000, 900_000, 5000), rate, years: years(5, 35) },
    fixed: { every: "month" },
    currency: "currency",
    en: [
      "How much can I withdraw per month from {amount} at {rate} over {years}?",
      "What monthly withdrawal does {amount} allow for {years} at {rate}?",
    ],
    de: [
      "Wie viel kann ich monatlich aus {amount} entnehmen, wenn das Geld bei {rate} {years} reichen soll?",
      "Auszahlplan mit {amount} über {years} zu {rate}: wie viel im Monat?",
    ],
    es: [
      "¿Cuánto puedo retirar al mes de {amount} si el dinero al {rate} debe durar {years}?",
      "Plan de retiradas con {amount} durante {years} al {rate}: ¿cuánto al mes?",
    ],
  },
  {
    name: "inflation",
    calculator: "inflation",
    draws: { amount: money(500, 200_000, 500), inflation: percent(1, 9, 0.5), years: yearsDative(2, 40) },
    currency: "currency",
    en: [
      "With {inflation} inflation, what is {amount} worth in {years}?",
      "What is the purchasing power of {amount} after {years} at {inflation} inflation?",
      "How much buying power does {amount} have left after {years} if inflation is {inflation}?",
    ],
    de: [
      "Was sind {amount} in {years} bei {inflation} Inflation noch wert?",
      "Wie viel Kaufkraft bleibt von {amount} nach {years} bei einer Inflation von {inflation}?",
    ],
    es: [
      "¿Cuánto valdrán {amount} en {years} con una inflación del {inflation}?",
      "¿Qué poder adquisitivo queda de {amount} después de {years} con una inflación del {inflation}?",
    ],
  },
  {
    name: "real return",
    calculator: "real-return",
    draws: { rate: percent(2, 12, 0.5), inflation: percent(1, 9, 0.25) },
    en: [
      "What real return do I get from {rate} interest and {inflation} inflation?",
      "My fund returned {rate} and inflation was {inflation}: what is the real return?",
      "Real return with a nominal {rate} and inflation at {inflation}?",
    ],
    de: [
      "Wie hoch ist die reale Rendite bei {rate} Rendite und {inflation} Inflation?",
      "Welcher Realzins ergibt sich bei {rate} Zinsen und einer Inflation von {inflation}?",
    ],
    es: [
      "¿Cuál es la rentabilidad real con un {rate} de rentabilidad y un {inflation} de inflación?",
      "¿Qué tipo real resulta de un {rate} de interés y una inflación del {inflation}?",
    ],
  },
  {
    name: "doubling time",
    calculator: "doubling-time",
    draws: { rate: percent(1, 14, 0.5) },
    en: [
      "How long until my money doubles at {rate}?",
      "How many years does it take to double my money at {rate} interest?",
      "Doubling time at {rate} a year",
    ],
    de: [
      "Wie lange dauert es, bis sich mein Geld bei {rate} verdoppelt?",
      "In wie vielen Jahren verdoppelt sich Geld bei {rate} Zinsen?",
    ],
    es: [
      "¿Cuánto tarda en duplicarse mi dinero al {rate}?",
      "¿En cuántos años se duplica el dinero al {rate} de interés?",
    ],
  },
  {
    name: "effective rate",
    calculator: "effective-rate",
    draws: { rate: percent(1, 18, 0.25) },
    fixed: { rateKind: "nominal", compounding: "monthly" },
    en: [
      "What is the effective annual rate of {rate} nominal, compounded monthly?",
      "Effective rate for {rate} nominal compounded monthly?",
    ],
    de: ["Welcher Effektivzins ergibt sich aus {rate} nominal bei monatlicher Verzinsung?"],
    es: ["¿Qué tipo efectivo resulta del {rate} nominal con capitalización mensual?"],
  },
  {
    name: "annual growth",
    calculator: "cagr",
    draws: { start: whole(1000, 20_000), end: whole(21_000, 90_000), years: yearsDative(2, 20) },
    en: [
      "What annual growth rate takes {start} to {end} in {years}?",
      "CAGR: from {start} to {end} over {years}",
      "Calculate the compound annual growth rate from {start} to {end} within {years}.",
    ],
    de: [
      "Wie hoch ist die jährliche Wachstumsrate von {start} auf {end} in {years}?",
      "Berechne die CAGR von {start} auf {end} nach {years}.",
    ],
    es: [
      "¿Cuál es la tasa de crecimiento anual de {start} a {end} en {years}?",
      "Calcula el CAGR de {start} a {end} en {years}.",
    ],
  },
  {
    name: "months instead of years",
    calculator: "compound-interest",
    draws: { amount: money(500, 90_000, 250), rate, months: monthsDative(3, 90) },
    currency: "currency",
    en: [
      "What will {amount} grow to at {rate} in {months}?",
      "Compound interest on {amount} at {rate} for {months}?",
    ],
    de: ["Was wird aus {amount} bei {rate} Zinseszins nach {months}?"],
    es: ["¿En qué se convierten {amount} al {rate} de interés compuesto en {months}?"],
  },
  {
    name: "option price",
    calculator: "option",
    draws: {
      spot: price(50, 150, 2),
      strike: price(50, 150, 2),
      months: monthsDative(1, 24),
      volatility: percent(10, 60, 1),
      rate: percent(0.5, 6, 0.5),
    },
    fixed: { kind: "call" },
    en: [
      "What is the Black-Scholes price of a call option with spot {spot}, strike {strike}, {months} to expiry, volatility {volatility} and interest rate {rate}?",
      "Call option price: spot {spot}, strike {strike}, {months}, vol {volatility}, rate {rate}",
    ],
    de: [
      "Optionspreis für einen Call: Kurs {spot}, Basispreis {strike}, Laufzeit {months}, Volatilität {volatility}, Zins {rate}",
    ],
    es: [
      "Precio de una opción call: subyacente {spot}, strike {strike}, plazo {months}, volatilidad {volatility}, interés {rate}",
    ],
  },
];
