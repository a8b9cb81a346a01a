/** All indicators. A new one is a file beside this one and a line here. */
import type { Indicator } from "./indicator.ts";
import { sma } from "./sma.ts";

export const indicators: readonly Indicator[] = [sma];

export const indicatorNamed = (name: string): Indicator | undefined =>
  indicators.find((each) => each.name === name);
