/** The formulas of the four kinds of pivot points. It knows nothing of how they are shown. */
import { Exact } from "./exact.ts";

export const pivotMethods = ["classic", "fibonacci", "camarilla", "woodie"] as const;
type PivotMethod = (typeof pivotMethods)[number];

interface Session {
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Of the session that follows. */
  readonly open: number;
}

export interface PivotLevel {
  /** 0: the pivot; 1, 2, …: resistances; −1, −2, …: supports. */
  readonly rank: number;
  readonly value: Exact;
  readonly steps: string;
}

/** @returns the pivot first, then R1, S1, R2, S2, … */
export function pivotLevels(method: PivotMethod, session: Session): readonly [PivotLevel, ...PivotLevel[]] {
  const { high, low, close, open } = session;
  const isWoodie = method === "woodie";
  const pivot = isWoodie
    ? new Exact(high).plus(low).plus(new Exact(open).times(2)).div(4)
    : new Exact(high).plus(low).plus(close).div(3);
  const first = {
    rank: 0,
    value: pivot,
    steps: isWoodie ? `(${high} + ${low} + 2 × ${open}) ÷ 4` : `(${high} + ${low} + ${close}) ÷ 3`,
  };
  if (method === "camarilla") return [first, ...bands(session, new Exact(close), String(close), camarilla)];
  if (method === "fibonacci") return [first, ...bands(session, pivot, "P", fibonacci)];
  return [first, ...floorLevels(session, pivot)];
}

interface Band {
  readonly times: string;
  readonly by: number;
}
const camarilla: readonly Band[] = [12, 6, 4, 2].map((by) => ({ times: "1.1", by }));
const fibonacci: readonly Band[] = ["0.382", "0.618", "1"].map((times) => ({ times, by: 1 }));

function bands({ high, low }: Session, centre: Exact, name: string, list: readonly Band[]): PivotLevel[] {
  return list.flatMap(({ times, by }, index) => {
    const width = new Exact(high).minus(low).times(times).div(by);
    const steps = `${times} × (${high} − ${low})${by === 1 ? "" : ` ÷ ${by}`}`;
    return [
      { rank: index + 1, value: centre.plus(width), steps: `${name} + ${steps}` },
      { rank: -index - 1, value: centre.minus(width), steps: `${name} − ${steps}` },
    ];
  });
}

function floorLevels({ high, low }: Session, pivot: Exact): PivotLevel[] {
  const range = new Exact(high).minus(low);
  return [
    { rank: 1, value: pivot.times(2).minus(low), steps: `2 × P − ${low}` },
    { rank: -1, value: pivot.times(2).minus(high), steps: `2 × P − ${high}` },
    { rank: 2, value: pivot.plus(range), steps: `P + (${high} − ${low})` },
    { rank: -2, value: pivot.minus(range), steps: `P − (${high} − ${low})` },
    { rank: 3, value: pivot.minus(low).times(2).plus(high), steps: `${high} + 2 × (P − ${low})` },
    {
      rank: -3,
      value: new Exact(low).minus(new Exact(high).minus(pivot).times(2)),
      steps: `${low} − 2 × (${high} − P)`,
    },
  ];
}
