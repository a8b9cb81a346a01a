/** As which kind of thing an input takes a figure, by its unit. */
import type { SlotKind } from "../calculators/calculator.ts";
import type { LexedFigure } from "../numbers/figure.ts";
import { isMoney } from "./mentions.ts";

const ofUnit: Readonly<Record<string, SlotKind>> = {
  ...{
    "%": "percent",
    bp: "percent",
    pips: "pips",
    points: "points",
    lots: "lots",
    units: "units",
    oz: "units",
  },
  ...{
    shares: "shares",
    contracts: "contracts",
    R: "multiple",
    x: "multiple",
    years: "years",
    months: "months",
  },
  ...{ days: "days", nights: "days", trades: "count", payments: "count" },
};

/** As which of these kinds an input takes the figure; null: as none. */
export function kindFor(
  { unit, values }: LexedFigure,
  kinds: readonly SlotKind[],
  isPrice: boolean,
): SlotKind | null {
  if (values.length === 0) return null;
  const has = (kind: SlotKind) => (kinds.includes(kind) ? kind : null);
  if (unit === null) return has("number") ?? has("count");
  if (isMoney(unit)) return has("money") ?? (isPrice ? has("number") : null);
  const kind = ofUnit[unit];
  return kind === undefined ? null : has(kind);
}
