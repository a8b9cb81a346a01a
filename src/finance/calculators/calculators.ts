/** All calculators. A new one is a file beside this one and a line here. */

import { bond } from "./bond.ts";
import { cagr } from "./cagr.ts";
import type { Calculator } from "./calculator.ts";
import { compoundInterest } from "./compound-interest.ts";
import { doublingTime } from "./doubling-time.ts";
import { effectiveRate } from "./effective-rate.ts";
import { goal } from "./goal.ts";
import { inflation } from "./inflation.ts";
import { loan } from "./loan.ts";
import { mortgage } from "./mortgage.ts";
import { option } from "./option.ts";
import { positionSize } from "./position-size.ts";
import { realReturn } from "./real-return.ts";
import { savingsPlan } from "./savings-plan.ts";
import { withdrawal } from "./withdrawal.ts";
import { xirr } from "./xirr.ts";

export const calculators: readonly Calculator[] = [
  bond,
  cagr,
  compoundInterest,
  doublingTime,
  effectiveRate,
  goal,
  inflation,
  loan,
  mortgage,
  option,
  positionSize,
  realReturn,
  savingsPlan,
  withdrawal,
  xirr,
];

export const calculatorNamed = (name: string): Calculator | undefined =>
  calculators.find((each) => each.name === name);
