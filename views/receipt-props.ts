/** What the receipt of an answer shows. */
import type { Generation } from "../src/store/schema.ts";

/** A message as the receipt of an answer names it. */
export interface ReceiptMessage {
  readonly id: string;
  readonly role: "user" | "assistant";
  /** Its beginning. */
  readonly excerpt: string;
}

/** A passage that a prompt has; null where its document was deleted since. */
type ToldPassageProps = {
  readonly documentId: string;
  readonly number: number;
  readonly name: string;
  readonly page: number | null;
  readonly cells: string | null;
  readonly score: number | null;
} | null;

/** How an answer was made. */
export interface ReceiptProps {
  /** The passages of documents, by the numbers that cite them. */
  readonly passages: readonly ToldPassageProps[];
  readonly generation: Pick<
    Generation,
    "id" | "conversationId" | "messageId" | "model" | "sampling" | "receipt" | "writers" | "usage" | "timings"
  >;
  /** The ids of the answers to the same question, oldest first. */
  readonly siblings: readonly string[];
  /** What went into the prompt, what its summary told of, and what was left out of it; oldest first. */
  readonly included: readonly ReceiptMessage[];
  readonly summarised: readonly ReceiptMessage[];
  readonly leftOut: readonly ReceiptMessage[];
}
