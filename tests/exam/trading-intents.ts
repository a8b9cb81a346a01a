/** Trading. */
import { instrument, leverage, money, percent, pips, points, price } from "./drawn-figures.ts";
import type { Intent } from "./intents.ts";

const dollarPairs = instrument(
  ["EURUSD", "EUR/USD", "eurusd"],
  ["GBPUSD", "GBP/USD", "cable"],
  ["AUDUSD", "AUD/USD", "AUDUSD.m"],
);
const dollars = ["USD"];

export const tradingIntents: readonly Intent[] = [
  {
    name: "position size, pips",
    calculator: "position-size",
    draws: {
      balance: money(2000, 100_000, 500),
      riskPercent: percent(0.5, 3, 0.25),
      stopPips: pips(10, 80),
      symbol: dollarPairs,
    },
    currency: "currency",
    currencies: dollars,
    en: [
      "My account has {balance}. I want to risk {riskPercent} on {symbol} with a stop of {stopPips}. How many lots can I trade?",
      "What lot size for {symbol} with {balance}, {riskPercent} risk and {stopPips} stop loss?",
      "Position size {symbol}: account {balance}, risk {riskPercent}, stop {stopPips}",
      "Calculate my position size: balance {balance}, risk {riskPercent}, stop loss {stopPips}, {symbol}.",
      "How large a position can I take on {symbol} if my stop is {stopPips} away and I risk {riskPercent} of {balance}?",
    ],
    de: [
      "Wie viele Lots {symbol} darf ich bei {balance} Kontostand, {riskPercent} Risiko und {stopPips} Stop handeln?",
      "Positionsgröße für {symbol}: Konto {balance}, Risiko {riskPercent}, Stop {stopPips}",
      "Berechne die Lotgröße: {symbol}, {balance} Konto, {riskPercent} Risiko, Stop-Loss {stopPips}.",
      "Ich habe {balance} und riskiere {riskPercent} pro Trade mit {stopPips} Stop in {symbol}. Wie groß darf meine Position sein?",
    ],
    es: [
      "¿Cuántos lotes de {symbol} puedo operar con {balance} de saldo, {riskPercent} de riesgo y {stopPips} de stop?",
      "Tamaño de la posición en {symbol}: cuenta {balance}, riesgo {riskPercent}, stop {stopPips}",
      "Calcula el tamaño del lote: {symbol}, cuenta de {balance}, riesgo del {riskPercent}, stop loss de {stopPips}.",
      "Tengo {balance} y arriesgo el {riskPercent} por operación con un stop de {stopPips} en {symbol}. ¿Qué tamaño de posición?",
    ],
  },
  {
    name: "position size, an amount at risk",
    calculator: "position-size",
    draws: { riskAmount: money(20, 900, 10), stopPips: pips(10, 80), symbol: dollarPairs },
    currency: "currency",
    currencies: dollars,
    en: [
      "How many lots of {symbol} can I trade if I risk {riskAmount} with a {stopPips} stop?",
      "Lot size for {symbol}, risk {riskAmount}, stop {stopPips}?",
    ],
    de: ["Welche Lotgröße in {symbol}, wenn ich {riskAmount} riskiere und der Stop {stopPips} entfernt ist?"],
    es: ["¿Qué tamaño de lote en {symbol} si arriesgo {riskAmount} y el stop está a {stopPips}?"],
  },
  {
    name: "position size, two prices",
    calculator: "position-size",
    draws: {
      balance: money(2000, 100_000, 500),
      riskPercent: percent(0.5, 3, 0.25),
      entry: price(1.1, 1.13, 4),
      stopPrice: price(1.08, 1.095, 4),
    },
    fixed: { symbol: "EURUSD" },
    currency: "currency",
    currencies: dollars,
    en: [
      "What is my position size on EURUSD with {balance}, risking {riskPercent}, entry {entry}, stop {stopPrice}?",
      "EURUSD entry at {entry}, stop at {stopPrice}, account {balance}, risk {riskPercent}: what lot size?",
    ],
    de: ["Positionsgröße EURUSD: Einstieg {entry}, Stop {stopPrice}, Konto {balance}, Risiko {riskPercent}"],
    es: [
      "Tamaño de posición EURUSD: entrada {entry}, stop {stopPrice}, cuenta {balance}, riesgo {riskPercent}",
    ],
  },
  {
    name: "position size, gold and indices",
    calculator: "position-size",
    draws: {
      balance: money(20_000, 200_000, 1000),
      riskPercent: percent(1, 3, 0.5),
      stopPoints: points(20, 120),
      symbol: instrument(["US30", "Dow Jones", "dow"], ["NAS100", "Nasdaq"]),
    },
    currency: "currency",
    currencies: dollars,
    en: [
      "How many lots on {symbol} with a stop of {stopPoints}, {riskPercent} risk and a {balance} account?",
      "Position size for {symbol}: {balance}, {riskPercent}, {stopPoints}",
    ],
    de: ["Wie viele Lots im {symbol} bei {stopPoints} Stop, {riskPercent} Risiko und {balance} Konto?"],
    es: [
      "¿Cuántos lotes del {symbol} con {stopPoints} de stop, {riskPercent} de riesgo y una cuenta de {balance}?",
    ],
  },
  {
    name: "position size, with leverage",
    calculator: "position-size",
    draws: {
      balance: money(2000, 100_000, 500),
      riskPercent: percent(0.5, 3, 0.25),
      stopPips: pips(10, 80),
      symbol: dollarPairs,
      leverage,
    },
    currency: "currency",
    currencies: dollars,
    en: [
      "Lot size on {symbol} for {balance} at {riskPercent} risk, {stopPips} stop and leverage {leverage}?",
    ],
    de: ["Lotgröße {symbol}: {balance} Konto, {riskPercent} Risiko, {stopPips} Stop, Hebel {leverage}"],
    es: [
      "Tamaño de lote {symbol}: cuenta {balance}, riesgo {riskPercent}, stop {stopPips}, apalancamiento {leverage}",
    ],
  },
];
