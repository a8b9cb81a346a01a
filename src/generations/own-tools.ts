/** The contract of the tools that the program itself offers to models in a chat. It knows nothing of what they compute. */
import type { Tool, ToolCall } from "../chat/engine.ts";
import type { Fact } from "../finance/facts/fact.ts";
import type { OwnerId } from "../store/schema.ts";

/** How much a model is trusted with. */
export interface ToolLimits {
  /** How many tools it is offered; 0: none. */
  readonly offered: number;
  /** How often it may call, and go on with what came of it. */
  readonly rounds: number;
  /** Whether it may call several at once. */
  readonly parallel: boolean;
}

interface ToolOutcome {
  /** For the model: JSON. */
  readonly content: string;
  /** Nothing was computed; `content` says why. */
  readonly failed?: true;
  readonly facts: readonly Fact[];
}

/** What a call gives that computes nothing. @param error why, for the model and for the page */
export const notComputed = (error: string): ToolOutcome => ({
  content: JSON.stringify({ error }),
  failed: true,
  facts: [],
});

export interface OwnTools {
  /** What a model may be offered for this question, the likeliest first. */
  readonly tools: readonly Tool[];
  limits(model: string): ToolLimits;
  /**
   * Computes, and stores nothing.
   * @param isKnown whether the user's words, or facts that are there, have every figure of a text
   * @returns also where the call makes no sense: the model is told so
   */
  call(call: ToolCall, isKnown: (text: string) => boolean): Promise<ToolOutcome>;
}

/** @param question in the user's own words @returns null: nothing is offered for it */
export type OwnToolsFor = (question: string, ownerId: OwnerId) => OwnTools | null;

/** For an answer that had tools, and is resumed when its owner wants none any more: what was called stays in its prompt. */
export const noTools: OwnTools = {
  tools: [],
  limits: () => ({ offered: 0, rounds: 0, parallel: false }),
  call: async () => notComputed("Tools are turned off."),
};
