/** The reason why no token comes, as a sentence. */
import type { Progress } from "./messages.ts";

/** @param begun the answer has text already */
export function progressSentence(progress: Progress, begun: boolean): string {
  switch (progress.type) {
    case "waiting":
      if (progress.paused) return `Paused for others who wait: place ${progress.position} in line …`;
      return progress.position <= 1
        ? "Waiting for a free model: next in line …"
        : `Waiting for a free model: place ${progress.position} in line …`;
    case "loading": {
      const { phase, progress: share } = progress;
      const what = phase === null || phase === "starting" ? "" : ` (${phase})`;
      return `The model is loading${share === null ? "" : `, ${percent(share)}`}${what} …`;
    }
    case "reading":
      return `Reading ${begun ? "the answer so far" : "the question"}, ${percent(progress.progress)} …`;
    default:
      return progress satisfies never;
  }
}

const percent = (share: number) => `${Math.round(Math.min(1, Math.max(0, share)) * 100)} %`;
