/** What the desk says to a question, without a model. */
import type { Fact } from "../facts/fact.ts";

export interface DeskAnswer {
  /** Computed before the card is shown; empty when an input is missing. */
  readonly facts: readonly [] | readonly [Fact, ...Fact[]];
  /** Markdown that ends with a blank line, so that prose may follow. */
  readonly card: string;
  /** Whether a model is to add to it. */
  readonly wantsProse: boolean;
  /** The model may write no digit: figures come from the facts, through letter slots. */
  readonly withoutDigits?: true;
}
