/** The contract of tools that other programs offer to a model in a chat. Their calls may need a person's word. */
import type { Tool } from "../chat/engine.ts";
import type { ToolLimits } from "./own-tools.ts";

export interface ForeignTool {
  readonly serverId: string;
  /** Of the server. */
  readonly server: string;
  readonly name: string;
  /** Of its description: another one is another tool. */
  readonly hash: string;
  /** Its server says, and an admin has accepted, that it changes and sends nothing. */
  readonly readsOnly: boolean;
  /** Tools of other servers are offered beside it: their descriptions stand in the prompt, too. */
  readonly isBesideOthers: boolean;
  /** What the owner has decided for all its calls; changed: of another description than it has now. */
  readonly rule: "ask" | "allow" | "never" | "changed";
}

export interface ForeignTools {
  /** What a model is offered, the likeliest first. */
  readonly tools: readonly Tool[];
  limits(model: string): ToolLimits;
  /** By the name that a model was offered, as it is now; null: it is not there, or not any more. */
  find(name: string): ForeignTool | null;
  /** From now on its calls are allowed. @throws StorageError */
  allowAlways(tool: ForeignTool): void;
  /**
   * Calls it, if it is as it was.
   * @returns what a model and a person are told, within bounds; also why nothing came of it
   * @throws the signal's reason
   */
  call(
    tool: ForeignTool,
    given: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<{ readonly text: string; readonly failed?: true }>;
}

/** What a conversation uses of other programs' tools. */
export type ForeignToolsFor = (asked: {
  /** In the user's own words. */
  readonly question: string;
  readonly ownerId: string | null;
  readonly conversationId: string;
  readonly signal: AbortSignal;
}) => Promise<ForeignTools | null>;
