/** All calculators. A new one is a file beside this one and a line here. */

import { cagr } from "./cagr.ts";
import type { Calculator } from "./calculator.ts";

export const calculators: readonly Calculator[] = [cagr];

export const calculatorNamed = (name: string): Calculator | undefined =>
  calculators.find((each) => each.name === name);
