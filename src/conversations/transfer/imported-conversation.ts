/**
 * What the exports of other programs have in common: a tree of what was said, in which some nodes are of no interest
 * to a reader. Each format is a file that reads its own form into this one.
 */

export interface ForeignFormat {
  /** Part of the ids, and named as the engine that wrote the answers. */
  readonly name: string;
  /** Whether a conversation of a file is of this format. */
  recognises(entry: unknown): boolean;
  /** Takes what it finds and passes over what it does not know, in steps, of which each is short. @throws ImportRefusedError */
  read(entry: unknown): Generator<void, ImportedConversation, undefined>;
}

export interface ImportedConversation {
  readonly originalId: string;
  readonly title: string;
  /** Milliseconds since 1970; null: it is not said. */
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  readonly nodes: readonly ImportedNode[];
  /** The last node of the path that was shown. */
  readonly shownId: string | null;
  readonly pinned: boolean;
  readonly archived: boolean;
  /** '' for none. */
  readonly folder: string;
}

export interface ImportedNode {
  readonly id: string;
  /** One that is not there counts as none. */
  readonly parentId: string | null;
  /** null: it is passed over, and what follows it follows the node before it. */
  readonly role: "user" | "assistant" | null;
  readonly parts: readonly ImportedPart[];
  readonly createdAt: number | null;
  readonly model: string | null;
}

export interface ImportedPart {
  readonly text: string;
  /** Set on the model's reasoning, which is not part of the answer. */
  readonly reasoning?: true;
  /** The answer called a tool here; `text` is '' then. */
  readonly toolCall?: { readonly id: string; readonly name: string; readonly arguments: string };
}
