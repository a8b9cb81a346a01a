import type { Fact } from "../src/finance/facts/fact.ts";

/** A tool of the program that a model called. */
export interface ToolCallProps {
  readonly title: string;
  /** What it was called with, as the model wrote it: JSON. */
  readonly given: string;
  /** null: it runs. */
  readonly result: { readonly facts: readonly Fact[] } | { readonly problem: string } | null;
}
