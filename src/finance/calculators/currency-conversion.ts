/** An amount in another currency, at a rate that the user states. */

import { type Static, Type } from "@sinclair/typebox";
import { say } from "../../texts/say.ts";
import { isCurrency } from "../instruments/iso-4217.ts";
import type { Calculator } from "./calculator.ts";
import { Exact } from "./exact.ts";
import { figure } from "./figure.ts";
import { currency, positive, signed } from "./input-fields.ts";
import { moneyOf } from "./money.ts";
import { refuse } from "./refuse.ts";

const inputs = Type.Object({
  amount: signed({ title: "Amount", unit: "from", examples: [1000] }),
  from: currency({ title: "Currency of the amount", examples: ["USD"] }),
  to: currency({ title: "Currency that is asked for", examples: ["EUR"] }),
  rate: positive({ title: "Rate", examples: [1.08] }),
  pair: Type.String({
    title: "The rate is the price of",
    description: "The pair, such as EURUSD: how many USD one EUR costs.",
    minLength: 6,
    maxLength: 11,
    pattern: "^[A-Za-z]{3,5}/?[A-Za-z]{3,5}$",
    "x-kind": "instrument",
    examples: ["EURUSD"],
  }),
});

export const currencyConversion: Calculator<Static<typeof inputs>> = {
  name: "currency-conversion",
  version: 1,
  title: "Currency conversion",
  summary: "An amount in another currency, at a rate that you state. The program knows no rates.",
  topic: "arithmetic",
  inputs,
  formula: "amount × rate, or amount ÷ rate where the rate is the price of the other currency",
  source: "Market convention: the price of a pair is the amount of its second currency for one of its first",
  asked: {
    phrases: [
      "how many dollars are",
      "how many euros are",
      "how many pounds are",
      "how many francs are",
      "wie viel dollar sind",
      "wie viele dollar sind",
      "wie viel euro sind",
      "wie viele euro sind",
      "wie viel franken sind",
      "wie viele franken sind",
      "in usd um",
      "in eur um",
      "in chf um",
      "in dollar um",
      "in euro um",
      "in franken um",
      "convert",
      "exchange",
      "in euros",
      "in dollars",
      "currency conversion",
      "rechne um",
      "umrechnen",
      "umgerechnet",
      "währungsumrechnung",
      "tausche",
    ],
    examples: [
      {
        question: "Convert 1,000 USD to EUR at EURUSD 1.25",
        inputs: { amount: 1000, from: "USD", to: "EUR", rate: 1.25, pair: "EURUSD" },
      },
      {
        question: "How much is 500 EUR in dollars at a EURUSD rate of 1.08?",
        inputs: { amount: 500, from: "EUR", to: "USD", rate: 1.08, pair: "EURUSD" },
      },
      {
        question: "Convert 200 GBP into USD at GBPUSD 1.27",
        inputs: { amount: 200, from: "GBP", to: "USD", rate: 1.27, pair: "GBPUSD" },
      },
      {
        question: "Wie viel sind 1.000 USD umgerechnet in EUR bei einem EURUSD Kurs von 1,08?",
        inputs: { amount: 1000, from: "USD", to: "EUR", rate: 1.08, pair: "EURUSD" },
      },
      {
        question: "Rechne 250 EUR in CHF zum EURCHF Kurs von 0,95 um: umgerechnet in CHF?",
        inputs: { amount: 250, from: "EUR", to: "CHF", rate: 0.95, pair: "EURCHF" },
      },
      {
        question: "Convert 10,000 JPY to USD at USDJPY 150",
        inputs: { amount: 10_000, from: "JPY", to: "USD", rate: 150, pair: "USDJPY" },
      },
    ],
    slots: {
      amount: {
        kinds: ["money"],
        cues: ["convert", "exchange", "much", "umrechnen", "rechne", "sind"],
        alone: true,
      },
      from: { kinds: ["currency"], cues: ["convert", "from", "much", "von", "aus", "rechne", "sind"] },
      to: {
        kinds: ["currency"],
        cues: ["to", "in", "into", "nach", "umgerechnet in", "how many", "wie viel", "wie viele"],
      },
      rate: { kinds: ["number"], cues: ["rate", "at", "price", "kurs", "bei", "zu", "zum"], alone: true },
      pair: { kinds: ["instrument"], cues: ["at", "rate", "kurs", "bei", "zum"], alone: true },
    },
  },
  calculate(given) {
    const { amount, rate } = given;
    const from = codeOf("from", given.from);
    const to = codeOf("to", given.to);
    if (from === to) refuse("to", say`Both currencies are ${from}. State the other one.`);
    const pair = given.pair.toUpperCase().replace("/", "");
    const isDirect = pair === `${from}${to}`;
    if (!isDirect && pair !== `${to}${from}`)
      refuse(
        "pair",
        say`${pair} does not convert ${from} to ${to}. State whether ${rate} is the price of ${from}${to} or of ${to}${from}.`,
      );
    const value = isDirect ? new Exact(amount).times(rate) : new Exact(amount).div(rate);
    const unit = `${to} per ${from}`;
    const used = isDirect ? new Exact(rate) : new Exact(1).div(rate);
    return {
      results: [
        moneyOf(to).result(
          "converted",
          say`In ${to}`,
          value,
          isDirect ? `${amount} × ${rate}` : `${amount} ÷ ${rate}`,
        ),
        figure("rate", say`${to} for one ${from}`, used, {
          unit,
          subject: `${from}${to}`,
          atMost: used.gte("0.01") ? 6 : 10,
          steps: isDirect ? String(rate) : `1 ÷ ${rate}`,
        }),
      ],
      warnings: [],
      assumptions: [say`The rate is the one that you stated: ${pair} at ${rate}. No fee of a bank is in it.`],
    };
  },
};

const coins = new Set(["BTC", "ETH", "USDT", "USDC", "SOL", "XRP", "LTC", "XAU", "XAG"]);
function codeOf(param: string, code: string): string {
  const upper = code.toUpperCase();
  if (!isCurrency(upper) && !coins.has(upper))
    refuse(param, say`${upper} is not a currency's code. State one, such as USD or EUR.`);
  return upper;
}
