/** One conversation for the user to take along. */
import type { OwnerId } from "../../store/schema.ts";
import type { StoreSnapshot } from "../../store/snapshot-read.ts";
import { NoConversationError } from "../conversation-errors.ts";
import { type DocumentMessage, documentMessages } from "./document-messages.ts";
import { archiveOf } from "./export-archive.ts";
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
  const conversation = headOf(reading, ownerId, id);
  if (conversation === undefined) throw new NoConversationError();
  const pieces = format === "json" ? archiveOf(reading, [id], now) : markdownOf(reading, conversation);
  return { title: conversation.title, pieces };
}

/**
 * What a document of one conversation is made of: its messages, some of them null.
 * @param reading stays open until all are made
 * @throws NoConversationError
 */
export function documentOf(
  reading: StoreSnapshot,
  ownerId: OwnerId,
  id: string,
): { readonly title: string; readonly pieces: Iterable<DocumentMessage | null> } {
  const conversation = headOf(reading, ownerId, id);
  if (conversation === undefined) throw new NoConversationError();
  return { title: conversation.title, pieces: documentMessages(reading, conversation) };
}

/** As one archive; those that are not there are left out. */
export function exportSome(
  reading: StoreSnapshot,
  ownerId: OwnerId,
  ids: readonly string[],
  now: number,
): Pick<ExportedConversation, "pieces"> {
  const there = ids.filter((id) => headOf(reading, ownerId, id) !== undefined);
  return { pieces: archiveOf(reading, there, now) };
}

function headOf({ wholeConversations: stored }: StoreSnapshot, ownerId: OwnerId, id: string) {
  const found = stored.head(id);
  return found?.ownerId === ownerId && found.deletedAt === null ? found : undefined;
}
