/** What is going on before the first token: the place in the queue, or how much of the prompt has been read. */
import type { GenerationUpdate } from "../../src/generations/generation-update.ts";

export type Progress = Extract<GenerationUpdate, { type: "waiting" | "reading" }>;

export const AnswerStatus = ({ progress }: { progress: Progress | null }) => (
  <span class="status-line">
    <span class="status-dots" aria-hidden="true">
      <i></i>
      <i></i>
      <i></i>
    </span>
    <span safe>{sentence(progress)}</span>
  </span>
);

function sentence(progress: Progress | null): string {
  if (progress === null) return "Thinking…";
  if (progress.type === "waiting")
    return progress.position <= 1 ? "Next in line…" : `${ordinal(progress.position)} in line…`;
  return `Reading your question… ${Math.round(Math.min(1, Math.max(0, progress.progress)) * 100)} %`;
}

const suffixes: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd", other: "th" };
const ordinals = new Intl.PluralRules("en", { type: "ordinal" });
const ordinal = (position: number) => `${position}${suffixes[ordinals.select(position)]}`;
