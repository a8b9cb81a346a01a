/** Loans and mortgages. */
import { day, money, months, percent, price, years } from "./drawn-figures.ts";
import type { Intent } from "./intents.ts";

const rate = percent(1, 12, 0.25);

export const borrowingIntents: readonly Intent[] = [
  {
    name: "loan",
    calculator: "loan",
    draws: { amount: money(2000, 90_000, 500), rate, years: years(1, 20) },
    currency: "currency",
    en: [
      "I borrow {amount} at {rate} for {years}. What is the monthly payment?",
      "Loan of {amount}, {rate} interest, {years}: how much do I pay a month?",
      "What are the monthly payments on a {amount} loan over {years} at {rate}?",
      "Please work out the monthly payment for a loan of {amount} with {rate} interest and a term of {years}.",
      "Car loan {amount} {rate} {years}",
    ],
    de: [
      "Kredit über {amount}, {rate} Zinsen, Laufzeit {years}: wie hoch ist die monatliche Rate?",
      "Was zahle ich im Monat für ein Darlehen von {amount} bei {rate} über {years}?",
      "Berechne die Monatsrate: Kredit {amount}, Zinssatz {rate}, {years}.",
      "Ich leihe mir {amount} zu {rate} für {years}. Wie hoch ist die Kreditrate?",
    ],
    es: [
      "Préstamo de {amount}, {rate} de interés, plazo {years}: ¿cuál es la cuota mensual?",
      "¿Cuánto pago al mes por un préstamo de {amount} al {rate} a {years}?",
      "Calcula la cuota mensual: préstamo {amount}, tipo de interés {rate}, {years}.",
      "Pido prestados {amount} al {rate} a {years}. ¿Cuál es la cuota?",
    ],
  },
  {
    name: "loan, in months",
    calculator: "loan",
    draws: { amount: money(2000, 60_000, 500), rate, months: months(6, 96, 6) },
    currency: "currency",
    en: [
      "What would a loan of {amount} at {rate} cost me per month over {months}?",
      "Monthly payment for {amount} borrowed at {rate} for {months}?",
    ],
    de: ["Wie hoch ist die Monatsrate eines Kredits von {amount} zu {rate} über {months}?"],
    es: ["¿Cuál es la cuota mensual de un préstamo de {amount} al {rate} a {months}?"],
  },
  {
    name: "loan, how long",
    calculator: "loan",
    draws: { amount: money(5000, 20_000, 500), rate: percent(1, 9, 0.5), payment: money(250, 900, 10) },
    currency: "currency",
    en: [
      "How long do I need to pay off a loan of {amount} at {rate} with {payment} a month?",
      "I pay {payment} per month on a {amount} loan at {rate}. How long until it is paid off?",
    ],
    de: [
      "Wie lange dauert es, einen Kredit von {amount} bei {rate} mit einer Rate von {payment} im Monat abzubezahlen?",
    ],
    es: [
      "¿Cuánto tiempo tardo en devolver un préstamo de {amount} al {rate} con una cuota de {payment} al mes?",
    ],
  },
  {
    name: "mortgage",
    calculator: "mortgage",
    draws: { amount: money(100_000, 900_000, 5000), rate: percent(1, 8, 0.25), years: years(10, 35) },
    currency: "currency",
    en: [
      "What is the monthly payment of a {amount} mortgage at {rate} over {years}?",
      "Mortgage: {amount}, {rate}, {years}. What do I pay per month?",
      "How much is a mortgage of {amount} per month with an interest rate of {rate} and a term of {years}?",
    ],
    de: [
      "Wie hoch ist die Monatsrate einer Hypothek über {amount} zu {rate} und {years} Laufzeit?",
      "Hypothek {amount}, Zinssatz {rate}, {years}: welche Rate im Monat?",
    ],
    es: [
      "¿Cuál es la cuota mensual de una hipoteca de {amount} al {rate} a {years}?",
      "Hipoteca {amount}, tipo de interés {rate}, {years}: ¿qué cuota al mes?",
    ],
  },
  {
    name: "mortgage, German style",
    calculator: "mortgage",
    draws: {
      amount: money(100_000, 900_000, 5000),
      rate: percent(1, 6, 0.1),
      repayment: percent(1, 4, 0.5),
      fixedYears: years(5, 20, 5),
    },
    currency: "currency",
    en: [
      "Mortgage of {amount} at {rate} with {repayment} initial repayment, fixed for {fixedYears}: what is the payment?",
    ],
    de: [
      "Baufinanzierung über {amount}: Zins {rate}, Tilgung {repayment}, Zinsbindung {fixedYears}. Wie hoch ist die Rate?",
      "Immobilienkredit {amount} mit {rate} Zinsen und {repayment} Tilgung, {fixedYears} Zinsbindung: welche Restschuld bleibt?",
    ],
    es: [
      "Hipoteca de {amount}: interés {rate}, amortización {repayment}, tipo fijo {fixedYears}. ¿Cuál es la cuota?",
      "Hipoteca {amount} con un interés del {rate} y una amortización inicial del {repayment}, tipo fijo durante {fixedYears}: ¿qué cuota sale?",
    ],
  },
  {
    name: "bond price",
    calculator: "bond",
    draws: { coupon: percent(1, 7, 0.25), yield: percent(1, 7, 0.25), settlement: day },
    fixed: { maturity: "2034-06-15" },
    en: [
      "What is the price of a bond with a coupon of {coupon}, maturity 2034-06-15, settlement {settlement} and a yield of {yield}?",
    ],
    de: [
      "Anleihe: Kupon {coupon}, Fälligkeit 2034-06-15, Valuta {settlement}, Rendite {yield}. Welcher Kurs?",
    ],
    es: [
      "Bono: cupón {coupon}, vencimiento 2034-06-15, liquidación {settlement}, rentabilidad {yield}. ¿Qué precio?",
    ],
  },
  {
    name: "bond yield",
    calculator: "bond",
    draws: { coupon: percent(1, 7, 0.25), price: price(90, 110, 2), settlement: day },
    fixed: { maturity: "2034-06-15" },
    en: [
      "What is the yield to maturity of a bond with coupon {coupon}, price {price}, settlement {settlement}, maturity 2034-06-15?",
    ],
    de: [
      "Welche Rendite hat eine Anleihe mit Kupon {coupon}, Kurs {price}, Valuta {settlement}, Fälligkeit 2034-06-15?",
    ],
    es: [
      "¿Qué rentabilidad tiene un bono con cupón {coupon}, precio {price}, liquidación {settlement}, vencimiento 2034-06-15?",
    ],
  },
];
