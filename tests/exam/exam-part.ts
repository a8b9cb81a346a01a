/** What a part of the exam is, and how its rows are written. */
export interface ExamOptions {
  /** A few of everything. */
  readonly isShort: boolean;
  /** How many questions; left out: as many as are usual. */
  readonly count?: number;
  readonly seed: number;
}

export interface ExamRow {
  readonly what: string;
  readonly measured: string;
  readonly goal: string;
  readonly isMet: boolean;
}

export interface ExamPart {
  readonly name: string;
  /** It takes minutes: only when it is named. */
  readonly isLong?: true;
  take(options: ExamOptions): Promise<{
    readonly rows: readonly ExamRow[];
    /** What is wrong, a line each. */
    readonly faults: readonly string[];
    /** What is allowed to a point, a line each. */
    readonly notes?: readonly string[];
  }>;
}

export const percent = (part: number, whole: number, decimals = 1) =>
  `${((100 * part) / whole).toFixed(decimals)} %`;
export const none = (what: string, found: readonly unknown[]): ExamRow => ({
  ...{ what, measured: String(found.length) },
  ...{ goal: "0", isMet: found.length === 0 },
});

export const all = (what: string, reached: number, whole: number): ExamRow => ({
  ...{ what, measured: `${reached} of ${whole}` },
  ...{ goal: "all", isMet: reached === whole && whole > 0 },
});
