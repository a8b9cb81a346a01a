/**
 * What is going on while no token comes: the place in the queue, the model's loading, or the reading of the prompt.
 * It is shown in the answer's place before the first token, and under the text so far in mid-answer.
 */

import type { Progress } from "../../src/generations/generation-update.ts";
import { languageOfReader, tr, translated } from "../../src/texts/reader-language.ts";

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
  if (progress === null) return begun ? tr`Going on…` : tr`Thinking…`;
  if (progress.type === "loading") return loadingSentence(progress);
  if (progress.type === "reading")
    return begun
      ? tr`Re-reading the conversation… ${percent(progress.progress)}`
      : tr`Reading your question… ${percent(progress.progress)}`;
  const { position, paused } = progress;
  if (position > 1) {
    const place = ordinal(position);
    return paused ? tr`Paused for others. You're ${place} in the queue…` : tr`You're ${place} in the queue…`;
  }
  if (paused) return tr`Paused for others. You're next in the queue…`;
  return begun ? tr`Waiting for a free model…` : tr`You're next in the queue…`;
}

/** The model may load for minutes: what it is doing, and how far it is, instead of silence. */
function loadingSentence({ phase, progress }: Extract<Progress, { type: "loading" }>): string {
  const what = phase === null || phase === "starting" ? null : translated(phase);
  if (progress === null)
    return what === null ? tr`The model is loading…` : tr`The model is loading (${what})…`;
  const share = percent(progress);
  return what === null ? tr`The model is loading, ${share}…` : tr`The model is loading, ${share} (${what})…`;
}

const percent = (share: number) => `${Math.round(Math.min(1, Math.max(0, share)) * 100)} %`;

const suffixes: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd", other: "th" };
const ordinals = new Intl.PluralRules("en", { type: "ordinal" });
const words: readonly string[] = ["first", "second", "third", "fourth", "fifth"];
/** Other languages than English write it as a figure. */
const ordinal = (position: number) => {
  const english = words[position - 1] ?? `${position}${suffixes[ordinals.select(position)]}`;
  return languageOfReader() === "en" ? english : String(position);
};
