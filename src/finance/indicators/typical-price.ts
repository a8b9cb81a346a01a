import type { Bars } from "../data/bars.ts";
import { at } from "./windows.ts";

/** (high + low + close) ÷ 3 of each bar. */
export const typicalPrice = ({ high, low, close }: Bars): Float64Array =>
  high.map((value, index) => (value + at(low, index) + at(close, index)) / 3);
