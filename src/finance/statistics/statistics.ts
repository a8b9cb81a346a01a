/** All statistics. A new one is a file beside this one and a line here. */
import { baseRate } from "./base-rate.ts";
import { correlation } from "./correlation.ts";
import { drawdown } from "./drawdown.ts";
import { returns } from "./returns.ts";
import { sharpe } from "./sharpe.ts";
import { sortino } from "./sortino.ts";
import type { Statistic } from "./statistic.ts";
import { volatility } from "./volatility.ts";

export const statistics: readonly Statistic[] = [
  baseRate,
  correlation,
  drawdown,
  returns,
  sharpe,
  sortino,
  volatility,
];

export const statisticNamed = (name: string): Statistic | undefined =>
  statistics.find((each) => each.name === name);
