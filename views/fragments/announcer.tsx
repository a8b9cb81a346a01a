/**
 * One polite live region a page: it says that an answer is being written and how it ended, so that a screen
 * reader is not made to read every token.
 */
import type { Outcome } from "../../src/generations/generation-update.ts";
import { Partial } from "./partial.tsx";

export const Announcer = () => (
  <p id="announcer" class="visually-hidden" role="status" aria-live="polite" aria-atomic="true"></p>
);

const sentences: Readonly<Record<Outcome["state"] | "writing", string>> = {
  writing: "The answer is being written.",
  done: "The answer is complete.",
  stopped: "The answer was stopped.",
  failed: "The answer could not be completed.",
};

export const Announcement = ({ of }: { of: Outcome["state"] | "writing" }) => (
  <Partial target="#announcer" swap="textContent">
    {sentences[of] as "safe"}
  </Partial>
);
