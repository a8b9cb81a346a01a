/** What a position costs and gives, statistics of trading, and levels. */
import { instrument, leverage, lots, money, percent, price, trades, whole, years } from "./drawn-figures.ts";
import type { Intent } from "./intents.ts";

const pairs = instrument(["EURUSD", "EUR/USD"], ["GBPUSD", "GBP/USD", "cable"], ["AUDUSD", "AUD/USD"]);
const size = lots(1, 9);

export const marketIntents: readonly Intent[] = [
  {
    name: "pip value",
    calculator: "pip-value",
    draws: { lots: size, symbol: pairs },
    fixed: { currency: "USD" },
    en: [
      "What is the pip value of {lots} {symbol} in USD?",
      "How much is one pip worth for {lots} of {symbol} in a USD account?",
      "Pip value for {lots} {symbol}, USD account",
    ],
    de: [
      "Wie hoch ist der Pipwert von {lots} {symbol} in USD?",
      "Was ist ein Pip bei {lots} {symbol} in USD wert?",
    ],
    es: [
      "¿Cuál es el valor del pip de {lots} de {symbol} en USD?",
      "¿Cuánto vale un pip con {lots} de {symbol} en USD?",
    ],
  },
  {
    name: "margin",
    calculator: "margin",
    draws: { lots: size, symbol: pairs, leverage, price: price(1.05, 1.35, 4) },
    fixed: { currency: "USD" },
    en: [
      "How much margin do I need for {lots} {symbol} at {price} with leverage {leverage} in a USD account?",
      "Required margin: {lots} {symbol}, price {price}, leverage {leverage}, USD account",
    ],
    de: ["Wie viel Margin brauche ich für {lots} {symbol} bei Kurs {price}, Hebel {leverage}, Konto in USD?"],
    es: [
      "¿Cuánto margen necesito para {lots} de {symbol} al precio {price}, apalancamiento {leverage}, cuenta en USD?",
    ],
  },
  {
    name: "profit",
    calculator: "profit-loss",
    draws: { lots: size, symbol: pairs, entry: price(1.1, 1.12, 4), exit: price(1.13, 1.15, 4) },
    fixed: { direction: "long", currency: "USD" },
    en: [
      "What is the profit of a long position of {lots} {symbol} bought at {entry} and sold at {exit} in USD?",
      "Profit or loss: long {lots} {symbol}, entry {entry}, exit {exit}, USD account",
    ],
    de: [
      "Wie hoch ist der Gewinn bei Long {lots} {symbol}, Einstieg {entry}, Ausstieg {exit}, Konto in USD?",
    ],
    es: [
      "¿Cuál es la ganancia con {lots} de {symbol} en largo, entrada {entry}, salida {exit}, cuenta en USD?",
    ],
  },
  {
    name: "loss of a short",
    calculator: "profit-loss",
    draws: { lots: size, symbol: pairs, entry: price(1.1, 1.12, 4), exit: price(1.13, 1.15, 4) },
    fixed: { direction: "short", currency: "USD" },
    en: ["How much do I lose on a short of {lots} {symbol} from entry {entry} to exit {exit} in USD?"],
    de: ["Gewinn oder Verlust: Short {lots} {symbol}, Einstieg {entry}, Ausstieg {exit}, USD-Konto"],
    es: ["Ganancia o pérdida: corto {lots} {symbol}, entrada {entry}, salida {exit}, cuenta en USD"],
  },
  {
    name: "risk to reward",
    calculator: "risk-reward",
    draws: { entry: price(1.1, 1.11, 4), stopPrice: price(1.08, 1.095, 4), target: price(1.12, 1.16, 4) },
    en: [
      "What is the risk reward ratio for entry {entry}, stop {stopPrice} and target {target}?",
      "Risk/reward: entry {entry}, stop loss {stopPrice}, take profit {target}",
    ],
    de: [
      "Wie hoch ist das Chance-Risiko-Verhältnis bei Einstieg {entry}, Stop {stopPrice} und Ziel {target}?",
    ],
    es: ["¿Cuál es el ratio riesgo/beneficio con entrada {entry}, stop {stopPrice} y objetivo {target}?"],
  },
  {
    name: "expectancy",
    calculator: "expectancy",
    draws: {
      winRate: percent(30, 70, 1),
      averageWin: money(50, 500, 10),
      averageLoss: money(50, 300, 10),
    },
    currency: "currency",
    en: [
      "What is the expectancy with a win rate of {winRate}, an average win of {averageWin} and an average loss of {averageLoss}?",
      "Expectancy per trade: {winRate} winners, average win {averageWin}, average loss {averageLoss}",
    ],
    de: [
      "Wie hoch ist der Erwartungswert bei einer Trefferquote von {winRate}, durchschnittlichem Gewinn von {averageWin} und durchschnittlichem Verlust von {averageLoss}?",
    ],
    es: [
      "¿Cuál es la esperanza matemática con una tasa de acierto del {winRate}, una ganancia media de {averageWin} y una pérdida media de {averageLoss}?",
    ],
  },
  {
    name: "Kelly",
    calculator: "kelly",
    draws: { winRate: percent(45, 70, 1), payoff: price(1.2, 2.5, 1), trades: trades(50, 400) },
    en: [
      "What does the Kelly criterion say for a win rate of {winRate} and a payoff ratio of {payoff} over {trades}?",
      "Kelly fraction: win rate {winRate}, payoff {payoff}, {trades}",
    ],
    de: [
      "Kelly-Kriterium: Trefferquote {winRate}, Gewinn-Verlust-Verhältnis {payoff}, {trades}. Wie viel Prozent?",
    ],
    es: ["Criterio de Kelly: tasa de acierto {winRate}, ratio {payoff}, {trades}. ¿Cuánto por ciento?"],
  },
  {
    name: "break-even win rate",
    calculator: "break-even-win-rate",
    draws: { payoff: price(1.2, 3.8, 1) },
    en: [
      "What win rate do I need to break even with a reward to risk of {payoff}?",
      "Break-even win rate for a payoff ratio of {payoff}?",
    ],
    de: ["Welche Trefferquote brauche ich für Break-even bei einem Chance-Risiko-Verhältnis von {payoff}?"],
    es: ["¿Qué tasa de acierto necesito para no perder dinero con un ratio beneficio/riesgo de {payoff}?"],
  },
  {
    name: "risk of ruin",
    calculator: "risk-of-ruin",
    draws: { winRate: percent(51, 65, 1), payoff: price(1.1, 2.2, 1), riskPercent: percent(1, 9, 1) },
    en: [
      "What is my risk of ruin with a win rate of {winRate}, a payoff ratio of {payoff} and {riskPercent} risk per trade?",
      "Risk of ruin: win rate {winRate}, payoff {payoff}, risk {riskPercent}",
    ],
    de: [
      "Wie hoch ist das Ruinrisiko bei {winRate} Trefferquote, Payoff {payoff} und {riskPercent} Risiko pro Trade?",
    ],
    es: [
      "¿Cuál es el riesgo de ruina con una tasa de acierto del {winRate}, un ratio de {payoff} y un {riskPercent} de riesgo por operación?",
    ],
  },
  {
    name: "conversion",
    calculator: "currency-conversion",
    draws: { amount: money(100, 9000, 50), rate: price(1.05, 1.2, 4) },
    fixed: { from: "EUR", to: "USD", pair: "EURUSD" },
    currencies: ["EUR"],
    en: [
      "Convert {amount} to USD at EURUSD {rate}",
      "How many dollars are {amount} at a EUR/USD rate of {rate}?",
    ],
    de: [
      "Rechne {amount} in USD um, EURUSD steht bei {rate}",
      "Wie viel Dollar sind {amount} bei EUR/USD {rate}?",
    ],
    es: [
      "Convierte {amount} a USD, EURUSD está a {rate}",
      "¿Cuántos dólares son {amount} con EUR/USD a {rate}?",
    ],
  },
  {
    name: "per cent of",
    calculator: "percentage",
    draws: { percent: percent(1, 90, 1), value: whole(20, 9000) },
    fixed: { operation: "of" },
    en: [
      "What is {percent} of {value}?",
      "Calculate {percent} of {value}",
      "How much is {percent} of {value}?",
    ],
    de: ["Wie viel sind {percent} von {value}?", "Was sind {percent} von {value}?"],
    es: ["¿Cuánto es el {percent} de {value}?", "Calcula el {percent} de {value}"],
  },
  {
    name: "change in per cent",
    calculator: "percentage",
    draws: { value: whole(100, 900), second: whole(1000, 4000) },
    fixed: { operation: "change" },
    en: [
      "What is the percentage change from {value} to {second}?",
      "Percent change from {value} to {second}",
    ],
    de: ["Wie hoch ist die prozentuale Veränderung von {value} auf {second}?"],
    es: ["¿Cuál es la variación porcentual de {value} a {second}?"],
  },
  {
    name: "pivot points",
    calculator: "pivot-points",
    draws: { high: price(1.13, 1.15, 4), low: price(1.1, 1.11, 4), close: price(1.115, 1.125, 4) },
    fixed: { method: "classic" },
    en: [
      "What are the pivot points for a high of {high}, a low of {low} and a close of {close}?",
      "Pivot points: high {high}, low {low}, close {close}",
    ],
    de: ["Pivotpunkte: Hoch {high}, Tief {low}, Schluss {close}"],
    es: ["Puntos pivote: máximo {high}, mínimo {low}, cierre {close}"],
  },
  {
    name: "Fibonacci",
    calculator: "fibonacci-levels",
    draws: { from: price(1.1, 1.12, 4), to: price(1.15, 1.19, 4) },
    en: [
      "What are the Fibonacci retracement levels from {from} to {to}?",
      "Fibonacci levels from {from} to {to}",
    ],
    de: [
      "Fibonacci-Retracements von {from} bis {to}",
      "Welche Fibonacci-Level ergeben sich von {from} auf {to}?",
    ],
    es: [
      "Retrocesos de Fibonacci de {from} a {to}",
      "¿Qué niveles de Fibonacci salen desde {from} hasta {to}?",
    ],
  },
  {
    name: "simple interest",
    calculator: "simple-interest",
    draws: { amount: money(500, 90_000, 250), rate: percent(0.5, 9, 0.25), years: years(1, 10) },
    currency: "currency",
    en: [
      "What is the simple interest on {amount} at {rate} for {years}?",
      "Simple interest: {amount}, {rate}, {years}",
    ],
    de: ["Wie viel einfache Zinsen bringen {amount} bei {rate} in {years}?"],
    es: ["¿Cuánto interés simple dan {amount} al {rate} durante {years}?"],
  },
];
