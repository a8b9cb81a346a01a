/** All statistics. A new one is a file beside this one and a line here. */
import { baseRate } from "./base-rate.ts";
import { change } from "./change.ts";
import { correlation } from "./correlation.ts";
import { drawdown } from "./drawdown.ts";
import { pivots } from "./pivots.ts";
import { priceRange } from "./price-range.ts";
import { returns } from "./returns.ts";
import { seasonality } from "./seasonality.ts";
import { sessionLevels } from "./session-levels.ts";
import { setup } from "./setup.ts";
import { sharpe } from "./sharpe.ts";
import { sortino } from "./sortino.ts";
import type { Statistic } from "./statistic.ts";
import { swings } from "./swings.ts";
import { volatility } from "./volatility.ts";

export const statistics: readonly Statistic[] = [
  baseRate,
  correlation,
  drawdown,
  returns,
  sharpe,
  sortino,
  change,
  pivots,
  priceRange,
  seasonality,
  sessionLevels,
  setup,
  swings,
  volatility,
];

export const statisticNamed = (name: string): Statistic | undefined =>
  statistics.find((each) => each.name === name);
