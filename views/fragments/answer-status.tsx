/** What is going on while no token comes: the place in the queue, the model's loading, or the reading of the prompt. */
import type { GenerationUpdate } from "../../src/generations/generation-update.ts";

export type Progress = Extract<GenerationUpdate, { type: "waiting" | "loading" | "reading" }>;

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
  if (progress.type === "loading") return loadingSentence(progress);
  return `Reading your question… ${percent(progress.progress)}`;
}

/** The model may load for minutes: what it is doing, and how far it is, instead of silence. */
function loadingSentence({ phase, progress }: Extract<Progress, { type: "loading" }>): string {
  const what = phase === null || phase === "starting" ? "" : ` (${phase})`;
  const share = progress === null ? "" : `, ${percent(progress)}`;
  return `The model is loading${share}${what}…`;
}

const percent = (share: number) => `${Math.round(Math.min(1, Math.max(0, share)) * 100)} %`;

const suffixes: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd", other: "th" };
const ordinals = new Intl.PluralRules("en", { type: "ordinal" });
const ordinal = (position: number) => `${position}${suffixes[ordinals.select(position)]}`;
