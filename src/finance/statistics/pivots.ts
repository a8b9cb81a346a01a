import { Type } from "@sinclair/typebox";
import { say, type Words } from "../../texts/say.ts";
import { choice } from "../calculators/input-fields.ts";
import { pivotLevels, pivotMethods } from "../calculators/pivot-levels.ts";
import { lastSession, type SessionParameters, sessionFields } from "./last-session.ts";
import type { Statistic } from "./statistic.ts";

export const pivots: Statistic<SessionParameters & { readonly method: (typeof pivotMethods)[number] }> = {
  name: "pivots",
  version: 1,
  title: "Pivot points",
  summary: "The pivot of the last day, week or month that is over, with resistances and supports.",
  parameters: Type.Object({
    method: choice(pivotMethods, { title: "Kind", default: "classic" }),
    ...sessionFields,
  }),
  formula:
    "classic: P = (H + L + C) ÷ 3, R1 = 2P − L, S1 = 2P − H, R2/S2 = P ± (H − L), R3 = H + 2(P − L), S3 = L − 2(H − P); Fibonacci: P ± 0.382, 0.618, 1 × (H − L); Camarilla: C ± 1.1 × (H − L) ÷ 12, 6, 4, 2; Woodie: classic with P = (H + L + 2C) ÷ 4; H, L and C of the last session that is over",
  source:
    "J. L. Person, A Complete Guide to Technical Trading Tactics; Skender Stock Indicators, pivot points",
  series: 1,
  sessionOf: ({ session }) => session,
  compute(bars, { method, ...parameters }) {
    const { results, high, low, close, of } = lastSession(bars, parameters);
    // Woodie's with the close: the open of a session that has not begun is in no data.
    const [pivot, ...others] = pivotLevels(method, { high, low, close, open: close });
    const level = ({ rank, value, steps }: typeof pivot) =>
      of(nameOf(rank), labelOf(rank), value.toNumber(), steps);
    return {
      results: [level(pivot), ...others.map(level), ...results],
      warnings: [],
      assumptions: [
        say`Kind: ${method}.`,
        ...(method === "woodie" ? [say`Woodie's pivot is computed with the close.`] : []),
      ],
    };
  },
};

const nameOf = (rank: number) =>
  rank === 0 ? "pivot" : rank > 0 ? `resistance-${rank}` : `support-${-rank}`;
const labelOf = (rank: number): Words => (rank === 0 ? say`Pivot (P)` : rank > 0 ? `R${rank}` : `S${-rank}`);
