/** All calculators. A new one is a file beside this one and a line here. */

import { affordableLoan } from "./affordable-loan.ts";
import { apr } from "./apr.ts";
import { bond } from "./bond.ts";
import { breakEvenWinRate } from "./break-even-win-rate.ts";
import { cagr } from "./cagr.ts";
import type { Calculator } from "./calculator.ts";
import { compoundInterest } from "./compound-interest.ts";
import { currencyConversion } from "./currency-conversion.ts";
import { dividendYield } from "./dividend-yield.ts";
import { doublingTime } from "./doubling-time.ts";
import { effectiveRate } from "./effective-rate.ts";
import { expectancy } from "./expectancy.ts";
import { fibonacciLevels } from "./fibonacci-levels.ts";
import { goal } from "./goal.ts";
import { inflation } from "./inflation.ts";
import { kelly } from "./kelly.ts";
import { loan } from "./loan.ts";
import { margin } from "./margin.ts";
import { mortgage } from "./mortgage.ts";
import { option } from "./option.ts";
import { percentage } from "./percentage.ts";
import { pipValue } from "./pip-value.ts";
import { pivotPoints } from "./pivot-points.ts";
import { positionSize } from "./position-size.ts";
import { profitLoss } from "./profit-loss.ts";
import { rMultiple } from "./r-multiple.ts";
import { realReturn } from "./real-return.ts";
import { riskOfRuin } from "./risk-of-ruin.ts";
import { riskReward } from "./risk-reward.ts";
import { savingsPlan } from "./savings-plan.ts";
import { savingsTime } from "./savings-time.ts";
import { simpleInterest } from "./simple-interest.ts";
import { swap } from "./swap.ts";
import { taxEquivalentYield } from "./tax-equivalent-yield.ts";
import { unitConversion } from "./unit-conversion.ts";
import { withdrawal } from "./withdrawal.ts";
import { xirr } from "./xirr.ts";

export const calculators: readonly Calculator[] = [
  affordableLoan,
  apr,
  bond,
  breakEvenWinRate,
  cagr,
  compoundInterest,
  currencyConversion,
  dividendYield,
  doublingTime,
  effectiveRate,
  expectancy,
  fibonacciLevels,
  goal,
  inflation,
  kelly,
  loan,
  margin,
  mortgage,
  option,
  percentage,
  pipValue,
  pivotPoints,
  positionSize,
  profitLoss,
  realReturn,
  riskOfRuin,
  riskReward,
  rMultiple,
  savingsPlan,
  swap,
  taxEquivalentYield,
  unitConversion,
  savingsTime,
  simpleInterest,
  withdrawal,
  xirr,
];

export const calculatorNamed = (name: string): Calculator | undefined =>
  calculators.find((each) => each.name === name);
