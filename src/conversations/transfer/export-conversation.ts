/** One conversation for the user to take along. */
import type { OwnerId } from "../../store/schema.ts";
import type { StoreSnapshot } from "../../store/snapshot-read.ts";
import { NoConversationError } from "../conversation-errors.ts";
import { archiveOfOne } from "./export-archive.ts";
import { markdownOf } from "./export-markdown.ts";

export type ExportFormat = "markdown" | "json";

interface ExportedConversation {
  readonly title: string;
  /** Of the text; some are empty. */
  readonly pieces: Generator<string, void, undefined>;
}

/**
 * @param reading stays open until all pieces are made
 * @param now milliseconds since 1970
 * @throws NoConversationError
 */
export function exportConversation(
  reading: StoreSnapshot,
  ownerId: OwnerId,
  id: string,
  format: ExportFormat,
  now: number,
): ExportedConversation {
  const conversation = reading.wholeConversations.head(id);
  if (conversation === undefined || conversation.ownerId !== ownerId || conversation.deletedAt !== null)
    throw new NoConversationError();
  const pieces = format === "json" ? archiveOfOne(reading, id, now) : markdownOf(reading, conversation);
  return { title: conversation.title, pieces };
}
