/**
 * The live regions of the chat. One says that an answer is being written and how it ended, the other its finished sentences, so
 * that a screen reader is not made to read every token.
 */

import type { Outcome } from "../../src/generations/generation-update.ts";
import { translated } from "../../src/texts/reader-language.ts";
import { Partial } from "./partial.tsx";

const spokenId = "spoken";

export const Announcer = () => (
  <>
    <p id="announcer" class="visually-hidden" role="status" aria-live="polite" aria-atomic="true"></p>
    <div id={spokenId} class="visually-hidden" aria-live="polite" aria-atomic="false"></div>
  </>
);

type Announced = Outcome["state"] | "writing" | "queued";

export const announcements: Readonly<Record<Announced, string>> = {
  queued: "Your question is in the queue.",
  writing: "The answer is being written.",
  done: "The answer is complete.",
  stopped: "The answer was stopped.",
  failed: "The answer could not be completed.",
};

export const Announcement = ({ of }: { of: Announced }) => (
  <Partial target="#announcer" swap="textContent">
    {translated(announcements[of]) as "safe"}
  </Partial>
);

interface SpokenProps {
  readonly pieces: readonly string[];
  /** They take the place of what was said of an earlier answer. */
  readonly isFirst: boolean;
}

/** Added to what is there: only that is read out. */
export const Spoken = ({ pieces, isFirst }: SpokenProps) => (
  <Partial target={`#${spokenId}`} swap={isFirst ? "innerHTML" : "beforeend"}>
    {pieces.map((piece) => (
      <p dir="auto" safe>
        {piece}
      </p>
    ))}
  </Partial>
);
