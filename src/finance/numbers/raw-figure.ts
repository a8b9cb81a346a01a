/** A figure as it is found among tokens, before offsets of the text are put to it. */
import type { FigureRole, LexedFigure, Reading } from "./figure.ts";

export interface RawFigure {
  /** Tokens of the figure: [from, to), and with its unit's words: [from, wholeTo). */
  readonly from: number;
  readonly to: number;
  readonly wholeTo: number;
  readonly values: readonly Reading[];
  readonly unit: string | null;
  readonly per: LexedFigure["per"];
  readonly role: FigureRole;
  readonly approximate: boolean;
  readonly sign: LexedFigure["sign"];
  /** Of an indicator's name: 14 of RSI(14). */
  readonly parameters: readonly string[];
  readonly indicator: string | null;
  /** It is written with its own scale: "5 million". */
  readonly isScaled: boolean;
}

const nothing = {
  values: [],
  unit: null,
  per: null,
  approximate: false,
  sign: null,
  parameters: [],
  indicator: null,
  isScaled: false,
} as const;

export const plainFigure = (role: FigureRole, from: number, to: number): RawFigure => ({
  ...nothing,
  role,
  from,
  to,
  wholeTo: to,
});
