/** All indicators. A new one is a file beside this one and a line here. */
import { adx } from "./adx.ts";
import { atr } from "./atr.ts";
import { bollinger } from "./bollinger.ts";
import { cci } from "./cci.ts";
import { close } from "./close.ts";
import { donchian } from "./donchian.ts";
import { ema } from "./ema.ts";
import { ichimoku } from "./ichimoku.ts";
import type { Indicator } from "./indicator.ts";
import { keltner } from "./keltner.ts";
import { macd } from "./macd.ts";
import { obv } from "./obv.ts";
import { psar } from "./psar.ts";
import { rsi } from "./rsi.ts";
import { sma } from "./sma.ts";
import { stochastic } from "./stochastic.ts";
import { supertrend } from "./supertrend.ts";
import { vwap } from "./vwap.ts";
import { wma } from "./wma.ts";

export const indicators: readonly Indicator[] = [
  adx,
  atr,
  bollinger,
  cci,
  close,
  donchian,
  ema,
  ichimoku,
  keltner,
  macd,
  obv,
  psar,
  rsi,
  sma,
  stochastic,
  supertrend,
  vwap,
  wma,
];

export const indicatorNamed = (name: string): Indicator | undefined =>
  indicators.find((each) => each.name === name);
