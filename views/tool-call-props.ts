import type { Fact } from "../src/finance/facts/fact.ts";
import type { ArgumentOrigin } from "../src/store/json-columns.ts";

/** A tool that a model called. */
export interface ToolCallProps {
  readonly title: string;
  /** What it was called with, as the model wrote it: JSON. */
  readonly given: string;
  /** null: it runs, or waits. */
  readonly result:
    | { readonly facts: readonly Fact[] }
    | { readonly problem: string }
    | { readonly text: string; readonly length: number }
    | null;
  /** Of another program. */
  readonly foreign?: ForeignCallProps;
}

export interface ForeignCallProps {
  readonly server: string;
  readonly readsOnly: boolean;
  /** Why it is asked though there is a rule; null: there is none. */
  readonly why: "changed" | "tainted" | null;
  readonly origins: readonly ArgumentOrigin[];
  /** It waits for a person. */
  readonly isWaiting: boolean;
  /** Where it is answered, and where all of its result is. */
  readonly address: string;
}
