/** What the server of the hostile texts and its test agree on. */
import type { XssPayload } from "../security/xss-corpus.ts";

export interface XssSeed {
  readonly url: string;
  /** One for each text, in the corpus's order. */
  readonly conversations: readonly string[];
}

/** So many answers hold the whole corpus. */
export const groupCount = 12;

export const groupsOf = (corpus: readonly XssPayload[]): readonly (readonly XssPayload[])[] =>
  Array.from({ length: groupCount }, (_, group) =>
    corpus.filter((_payload, index) => index % groupCount === group),
  );
