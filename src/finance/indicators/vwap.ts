import { Type } from "@sinclair/typebox";
import { optional } from "../calculators/input-fields.ts";
import type { Bars } from "../data/bars.ts";
import type { Indicator } from "./indicator.ts";
import { line } from "./line.ts";
import { sessionStarts } from "./session.ts";
import { typicalPrice } from "./typical-price.ts";
import { volumeOf } from "./volume.ts";
import { at, undefinedColumn } from "./windows.ts";

interface Parameters {
  /** Left out: UTC. Facts name that of the series. */
  readonly zone?: string;
  readonly sessionStart: string;
}

/** The most bars of a session: its minutes. */
const minutesOfDay = 1440;

export const vwap: Indicator<Parameters> = {
  name: "vwap",
  version: 1,
  title: "Volume-weighted average price",
  summary: "The average price that was paid since the session began, by volume.",
  parameters: Type.Object({
    zone: optional(
      Type.String({
        title: "Time zone",
        description: "Of the start of the session, such as America/New_York; left out: that of the data.",
        minLength: 1,
        maxLength: 64,
      }),
    ),
    sessionStart: Type.String({
      title: "Start of the session",
      pattern: "^(?:[01]\\d|2[0-3]):[0-5]\\d$",
      default: "00:00",
    }),
  }),
  formula:
    "VWAP = sum of TP × volume ÷ sum of volume, TP = (high + low + close) ÷ 3, over the bars that opened since the start of the session, every day anew; no volume yet: undefined",
  source: "Berkowitz, Logue and Noser, The Total Cost of Transactions on the NYSE, Journal of Finance, 1988",
  needsVolume: true,
  settlesAfter: () => minutesOfDay,
  place: "price",
  compute(data, { zone = "UTC", sessionStart }) {
    const starts = sessionStarts(data.time, zone, sessionStart);
    const second = starts.indexOf(1, 1);
    const isWhole = data.time.length > 0 && starts[0] === 1;
    const settledFrom = isWhole ? 0 : second < 0 ? data.time.length : second;
    return [line("vwap", "VWAP", "price", averagePaid(data, starts), settledFrom)];
  },
};

function averagePaid(data: Bars, starts: Uint8Array): Float64Array {
  const volume = volumeOf(data);
  const prices = typicalPrice(data);
  const values = undefinedColumn(volume.length);
  let paid = 0;
  let sum = 0;
  for (let index = 0; index < volume.length; index++) {
    if (starts[index] === 1) {
      paid = 0;
      sum = 0;
    }
    paid += at(prices, index) * at(volume, index);
    sum += at(volume, index);
    if (sum > 0) values[index] = paid / sum;
  }
  return values;
}
