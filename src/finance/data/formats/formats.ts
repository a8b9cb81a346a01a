/** The formats of programs; the first that matches is taken. Any other table is read as plain CSV. */
import { assistantHistory } from "./assistant-history.ts";
import { assistantLive } from "./assistant-live.ts";
import { dukascopy } from "./dukascopy.ts";
import type { Format } from "./format.ts";
import { histdataAscii } from "./histdata-ascii.ts";
import { investing } from "./investing.ts";
import { mt4Bars } from "./mt4-bars.ts";
import { mt5Bars } from "./mt5-bars.ts";
import { mt5Ticks } from "./mt5-ticks.ts";
import { stooq } from "./stooq.ts";
import { tradingView } from "./tradingview.ts";
import { yahoo } from "./yahoo.ts";

export const formats: readonly Format[] = [
  ...[mt5Bars, mt5Ticks, mt4Bars, histdataAscii, assistantHistory, assistantLive],
  ...[tradingView, yahoo, stooq, investing, dukascopy],
];
