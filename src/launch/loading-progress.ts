/**
 * Loading progress as an engine's log tells it. Those lines are for people and may change: an unknown line changes nothing.
 * It knows nothing of processes, and nothing of any engine's words.
 */

/** For people: a page shows them in its reader's language. */
export const loadingPhases = [
  "starting",
  "downloading",
  "loading weights",
  "capturing graphs",
  "warming up",
] as const;

export interface LoadingProgress {
  /** The present phase. */
  readonly phase: (typeof loadingPhases)[number];
  /** 0 to 1 over the whole start; the shares of the phases are rough. */
  readonly progress: number;
}

export const notLoading: LoadingProgress = { phase: "starting", progress: 0 };

/** What a line of a log says of the progress. */
export interface Phase {
  readonly name: LoadingProgress["phase"];
  /** Its first group is a share of this phase in percent, or empty. */
  readonly line: RegExp;
  /** Its share of the whole start. */
  readonly from: number;
  readonly to: number;
}

/** @returns the progress after this line; it never decreases */
export function progressIn(phases: readonly Phase[], before: LoadingProgress, line: string): LoadingProgress {
  for (const { name, line: pattern, from, to } of phases) {
    const found = pattern.exec(line);
    if (found === null) continue;
    const progress = from + ((to - from) * Number(found[1] || 0)) / 100;
    return progress > before.progress ? { phase: name, progress } : before;
  }
  return before;
}
