/**
 * What is going on while no token comes: the place in the queue, the model's loading, or the reading of the prompt.
 * It is shown in the answer's place before the first token, and under the text so far in mid-answer.
 */
import type { Progress } from "../../src/generations/generation-update.ts";

interface Props {
  readonly progress: Progress | null;
  /** The answer has text already. */
  readonly begun?: boolean;
}

export const AnswerStatus = ({ progress, begun = false }: Props) => (
  <span class="status-line">
    <span class="status-dots" aria-hidden="true">
      <i></i>
      <i></i>
      <i></i>
    </span>
    <span safe>{sentence(progress, begun)}</span>
  </span>
);

function sentence(progress: Progress | null, begun: boolean): string {
  if (progress === null) return begun ? "Going on…" : "Thinking…";
  if (progress.type === "loading") return loadingSentence(progress);
  if (progress.type === "reading")
    return `${begun ? "Re-reading the conversation" : "Reading your question"}… ${percent(progress.progress)}`;
  const { position, paused } = progress;
  if (position > 1) return `${paused ? "Paused for others. " : ""}You're ${ordinal(position)} in the queue…`;
  if (paused) return "Paused for others. You're next in the queue…";
  return begun ? "Waiting for a free model…" : "You're next in the queue…";
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
const words: readonly string[] = ["first", "second", "third", "fourth", "fifth"];
const ordinal = (position: number) =>
  words[position - 1] ?? `${position}${suffixes[ordinals.select(position)]}`;
