/** What is said of a model's size, its fit, its facts, and a download's progress. */
import type { ShelfReport } from "../../src/status/model-shelf.ts";
import { languageOfReader, tr } from "../../src/texts/reader-language.ts";
import { decimalIn } from "../../src/texts/say.ts";
import { shownBytes, shownDuration } from "./status-amounts.ts";

type Obtainable = ShelfReport["obtainable"][number];

/** With the figures that say so. */
export function fitWords(
  { fit, neededBytes }: Pick<Obtainable, "fit" | "neededBytes">,
  memoryBytes: number,
): string {
  const [needed, memory] = [shownBytes(neededBytes), shownBytes(memoryBytes)];
  switch (fit) {
    case "fits":
      return tr`Fits: needs ${needed}, this machine has ${memory}`;
    case "tight":
      return tr`Tight: needs ${needed}, this machine has ${memory}`;
    case "too-big":
      return tr`Too big: needs ${needed}, this machine has ${memory}`;
    default:
      return fit satisfies never;
  }
}

type Facts = Pick<Obtainable, "sizeBytes" | "quantisation" | "contextSize" | "licence" | "abilities">;

/** Size, quantisation, context, licence and what it can do, as far as they are known. */
export const factsOf = (model: Facts) =>
  [
    shownBytes(model.sizeBytes),
    model.quantisation,
    model.contextSize === null
      ? null
      : tr`${decimalIn(String(model.contextSize), languageOfReader())} tokens of context`,
    model.licence,
    ...model.abilities.map(abilityWords),
  ]
    .filter((fact) => fact !== null)
    .join(" · ");

function abilityWords(ability: Obtainable["abilities"][number]): string {
  switch (ability) {
    case "thinks":
      return tr`thinks first`;
    case "tools":
      return tr`calls tools`;
    case "languages":
      return tr`many languages`;
    default:
      return ability satisfies never;
  }
}

type Pull = ShelfReport["pulls"][number];

export function progressWords({ state, doneBytes, totalBytes, bytesPerSecond }: Pull): string {
  const done = shownBytes(doneBytes);
  switch (state) {
    case "verifying":
      return tr`Checking the file`;
    case "done":
      return tr`It is here, and verified.`;
    case "paused":
    case "failed":
      return totalBytes === null ? done : tr`${done} of ${shownBytes(totalBytes)} are here`;
    case "downloading":
      if (totalBytes === null) return done;
      if (bytesPerSecond === null || bytesPerSecond === 0) return tr`${done} of ${shownBytes(totalBytes)}`;
      return tr`${done} of ${shownBytes(totalBytes)}, ${shownBytes(bytesPerSecond)}/s, ${shownDuration(
        ((totalBytes - doneBytes) / bytesPerSecond) * 1000,
      )} left`;
    default:
      return state satisfies never;
  }
}

const exampleBitsPerSecond = 50e6;

/** How long a download takes, where the speed is not known yet. */
export const downloadTime = (sizeBytes: number): string =>
  tr`about ${shownDuration(Math.max(60, (sizeBytes * 8) / exampleBitsPerSecond) * 1000)} at 50\u00a0Mbit/s`;
