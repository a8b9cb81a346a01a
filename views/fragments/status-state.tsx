/** An engine's state as a sign and a word: nobody has to tell colours apart. */
import { tr } from "../../src/texts/reader-language.ts";
import type { EngineCardProps } from "../props.ts";

const words = (): Readonly<Record<EngineCardProps["state"], string>> => ({
  ready: tr`Ready`,
  starting: tr`Starting`,
  stopped: tr`Stopped`,
  failed: tr`Failed`,
});

/** A tick, an hourglass, a square, and an exclamation mark in a triangle. */
const signs: Readonly<Record<EngineCardProps["state"], string>> = {
  ready: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 12.5l2.75 2.75L16 9.5",
  starting: "M7 4h10M7 20h10M8 4v3l4 5-4 5v3M16 4v3l-4 5 4 5v3",
  stopped: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9.5 9.5h5v5h-5z",
  failed: "M12 4 2.75 20h18.5zM12 10v4.5M12 17.25v.1",
};

/** A screen reader says it with the engine's name when it changes. */
export const EngineState = ({ name, state }: Pick<EngineCardProps, "name" | "state">) => (
  <p class={["engine-state", state]} role="status" aria-atomic="true">
    <svg class="icon" viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" focusable="false">
      <path
        d={signs[state]}
        fill="none"
        stroke="currentColor"
        stroke-width="1.75"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
    <span class="visually-hidden" safe>{`${name}: `}</span>
    <span safe>{words()[state]}</span>
  </p>
);
