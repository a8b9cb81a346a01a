/** All calculators. A new one is a file beside this one and a line here. */

import { cagr } from "./cagr.ts";
import type { Calculator } from "./calculator.ts";
import { loan } from "./loan.ts";
import { savingsPlan } from "./savings-plan.ts";

export const calculators: readonly Calculator[] = [cagr, loan, savingsPlan];

export const calculatorNamed = (name: string): Calculator | undefined =>
  calculators.find((each) => each.name === name);
