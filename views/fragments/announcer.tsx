/**
 * One polite live region a page: it says that an answer is being written and how it ended, so that a screen
 * reader is not made to read every token.
 */
import type { Outcome } from "../../src/generations/generation-update.ts";
import { Partial } from "./partial.tsx";

export const Announcer = () => (
  <p id="announcer" class="visually-hidden" role="status" aria-live="polite" aria-atomic="true"></p>
);

type Announced = Outcome["state"] | "writing" | "queued";

const sentences: Readonly<Record<Announced, string>> = {
  queued: "Your question is in the queue.",
  writing: "The answer is being written.",
  done: "The answer is complete.",
  stopped: "The answer was stopped.",
  failed: "The answer could not be completed.",
};

export const Announcement = ({ of }: { of: Announced }) => (
  <Partial target="#announcer" swap="textContent">
    {sentences[of] as "safe"}
  </Partial>
);
