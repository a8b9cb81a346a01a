/** How much to trade, so that the stop costs no more than the risk. */

import { type Static, Type } from "@sinclair/typebox";
import { say, type Words } from "../../texts/say.ts";
import type { Instrument } from "../instruments/instrument.ts";
import {
  accountCurrency,
  accountField,
  type Conversion,
  conversionFields,
  conversionTo,
  converted,
} from "./account-conversion.ts";
import type { Calculation, Calculator, Result } from "./calculator.ts";
import { Exact, trimmed } from "./exact.ts";
import { figure, pipValueFigure, undefinedFigure } from "./figure.ts";
import { optional, percent, positive } from "./input-fields.ts";
import { type Money, moneyOf } from "./money.ts";
import { positionSizeAsked } from "./position-size-asked.ts";
import { refuse } from "./refuse.ts";
import { type StopDistance, stopDistance, stopFields, stopNeed, stopNeedsBeside } from "./stop-distance.ts";
import {
  decimalsIn,
  instrumentFields,
  instrumentNamed,
  oneOf,
  sizeUnit,
  specificationOf,
} from "./traded-instrument.ts";

const inputs = Type.Object({
  balance: optional(positive({ title: "Account balance", unit: "currency", examples: [10_000] })),
  currency: accountField,
  riskPercent: optional(
    percent({ title: "Risk, in % of the balance", exclusiveMinimum: 0, maximum: 100, examples: [1] }),
  ),
  riskAmount: optional(positive({ title: "Risk, as an amount", unit: "currency", examples: [100] })),
  ...instrumentFields,
  ...stopFields,
  ...conversionFields,
  leverage: optional(
    positive({
      title: "Leverage",
      description: "30 stands for 1:30.",
      unit: "x",
      maximum: 10_000,
      examples: [30],
    }),
  ),
});
type Inputs = Static<typeof inputs>;

export const positionSize: Calculator<Inputs> = {
  name: "position-size",
  version: 1,
  title: "Position size",
  summary: "How much to trade, so that the stop costs no more than the risk.",
  topic: "trading",
  inputs,
  needs: [["riskPercent", "riskAmount"], ["balance", "riskAmount"], stopNeed],
  needsBeside: stopNeedsBeside,
  formula:
    "lots = risk ÷ (stop distance × contract size × conversion rate), rounded down to the lot step; risk = balance × risk %",
  source: "Van K. Tharp: Trade Your Way to Financial Freedom, per cent risk model",
  asked: positionSizeAsked,
  calculate(given, context) {
    const instrument = instrumentNamed(given.symbol, given.quote, context);
    const account = accountCurrency(given.currency);
    const money = moneyOf(account);
    const stop = stopDistance(given, instrument);
    const conversion = conversionTo(given, instrument, given.entry);
    const budget = riskBudget(given, account);
    const inQuote = stop.price.times(instrument.contractSize);
    const perLot = converted(inQuote, conversion);
    const exact = budget.amount.times(conversion.by).div(inQuote.times(conversion.times));
    const lots = exact.div(instrument.lotStep).floor().times(instrument.lotStep);
    const lossSteps = say`${stop.steps}${stop.inPips ? ` × ${instrument.pip}` : ""} × ${instrument.contractSize}${conversion.steps}`;
    const sizing: Sizing = {
      given,
      instrument,
      account,
      money,
      stop,
      conversion,
      budget,
      perLot,
      exact,
      lots,
      lossSteps,
    };
    const assumptions = [...specificationOf(instrument), ...conversion.assumptions];
    return lots.lt(instrument.minLot) ? tooSmall(sizing, assumptions) : sized(sizing, assumptions);
  },
};

interface Budget {
  readonly amount: Exact;
  readonly steps: Words;
}

interface Sizing {
  readonly given: Inputs;
  readonly instrument: Instrument;
  readonly account: string;
  readonly money: Money;
  readonly stop: StopDistance;
  readonly conversion: Conversion;
  readonly budget: Budget;
  /** What the stop costs with one lot, in the account's currency. */
  readonly perLot: Exact;
  readonly exact: Exact;
  readonly lots: Exact;
  readonly lossSteps: Words;
}

function riskBudget({ balance, riskPercent, riskAmount }: Inputs, account: string): Budget {
  if (riskPercent === undefined) {
    if (riskAmount === undefined)
      refuse("riskPercent", say`State the risk: in % of the balance, or as an amount.`);
    if (balance !== undefined && riskAmount > balance)
      refuse(
        "riskAmount",
        say`The risk of ${riskAmount} ${account} is above the balance of ${balance} ${account}. State a smaller one.`,
      );
    return { amount: new Exact(riskAmount), steps: `${riskAmount} ${account}` };
  }
  if (balance === undefined)
    refuse("balance", say`State the account balance: ${riskPercent}% of it is the risk.`);
  const amount = new Exact(balance).times(riskPercent).div(100);
  if (riskAmount !== undefined && !amount.eq(riskAmount))
    refuse(
      "riskAmount",
      say`${riskPercent}% of ${balance} is ${trimmed(amount, 8)} ${account}, not ${riskAmount}. State the risk once.`,
    );
  return { amount, steps: `${balance} ${account} × ${riskPercent}%` };
}

function tooSmall(sizing: Sizing, assumptions: Words[]): Calculation {
  const { instrument, money, budget, perLot, lossSteps } = sizing;
  const { symbol, minLot } = instrument;
  const unit = sizeUnit(instrument);
  const least = perLot.times(minLot);
  const smallest = `${minLot} ${minLot === "1" ? oneOf(instrument) : unit}`;
  return {
    results: [
      undefinedFigure(
        unit,
        say`Position size`,
        unit,
        say`${budget.steps} ÷ (${lossSteps})`,
        say`The smallest position, ${smallest}, loses ${trimmed(least, 8)} ${money.code} at the stop, more than the risk of ${trimmed(budget.amount, 8)} ${money.code}. Move the stop closer, or risk more.`,
        symbol,
      ),
      money.result("risk-budget", say`Risk allowed`, budget.amount, budget.steps),
      money.result("minimum-risk", say`Risk of ${smallest}`, least, say`${minLot} × ${lossSteps}`),
    ],
    warnings: [],
    assumptions,
  };
}

function sized(sizing: Sizing, assumptions: Words[]): Calculation {
  const { given, instrument, account, money, stop, conversion, budget, lots, lossSteps } = sizing;
  const { symbol, contractSize, lotStep, base } = instrument;
  const unit = sizeUnit(instrument);
  const taken = converted(lots.times(stop.price).times(contractSize), conversion);
  const shown = trimmed(lots, 8);
  const results: [Result, ...Result[]] = [
    figure(unit, say`Position size`, lots, {
      unit,
      subject: symbol,
      decimals: decimalsIn(lotStep),
      steps: say`${budget.steps} ÷ (${lossSteps}) = ${trimmed(sizing.exact, 6)}, rounded down to steps of ${lotStep}`,
    }),
    money.result("risk-amount", say`Really risked`, taken, say`${shown} × ${lossSteps}`),
    money.result("risk-budget", say`Risk allowed`, budget.amount, budget.steps),
  ];
  if (given.balance !== undefined)
    results.push(
      figure("risk-percent", say`Really risked, of the balance`, taken.div(given.balance).times(100), {
        unit: "%",
        decimals: 2,
        steps: `${trimmed(taken, 8)} ÷ ${given.balance}`,
      }),
    );
  if (unit === "lots" && base !== null)
    results.push(
      figure("units", say`Units`, lots.times(contractSize), {
        unit: "units",
        subject: base,
        steps: `${shown} × ${contractSize}`,
      }),
    );
  if (unit === "lots")
    results.push(
      figure("stop-pips", say`Stop distance`, stop.price.div(instrument.pip), {
        unit: "pips",
        subject: symbol,
        atMost: 2,
        steps: say`${stop.steps}${stop.inPips ? "" : ` ÷ ${instrument.pip}`}`,
      }),
      pipValueFigure(
        converted(lots.times(contractSize).times(instrument.pip), conversion),
        account,
        symbol,
        say`${shown} × ${contractSize} × ${instrument.pip}${conversion.steps}`,
      ),
    );
  const worth = worthAndMargin(sizing);
  return { results: [...results, ...worth.results], warnings: worth.warnings, assumptions };
}

/** The position's worth, and the margin that it takes. */
function worthAndMargin({
  given,
  instrument,
  money,
  conversion,
  lots,
}: Sizing): Pick<Calculation, "warnings"> & { results: Result[] } {
  const { contractSize, base, symbol } = instrument;
  const { entry, leverage, balance } = given;
  const shown = trimmed(lots, 8);
  const inAccount = base === money.code;
  if (!inAccount && entry === undefined) {
    const warning = say`The margin is not computed: state the entry price of ${symbol}.`;
    return { results: [], warnings: leverage === undefined ? [] : [warning] };
  }
  const units = lots.times(contractSize);
  const worth = inAccount ? units : converted(units.times(entry ?? 0), conversion);
  const worthSteps = inAccount
    ? `${shown} × ${contractSize}`
    : say`${shown} × ${contractSize} × ${entry}${conversion.steps}`;
  const results = [money.result("position-value", say`Position value`, worth, worthSteps)];
  if (leverage === undefined) return { results, warnings: [] };
  const margin = worth.div(leverage);
  results.push(money.result("margin", say`Margin`, margin, say`${worthSteps} ÷ ${leverage}`));
  const warning = say`The margin of ${money.text(margin)} ${money.code} is above the balance: the broker will refuse the order.`;
  return { results, warnings: balance !== undefined && margin.gt(balance) ? [warning] : [] };
}
