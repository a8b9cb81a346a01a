/** One conversation for the user to take along. */
import { answerFigures } from "../../generations/answer-figures.ts";
import type { Store } from "../../store/database.ts";
import type { OwnerId } from "../../store/schema.ts";
import { NoConversationError } from "../conversation-errors.ts";
import { archiveConversationOf } from "./archive-conversation.ts";
import { archiveOfOne } from "./export-archive.ts";
import { markdownOf } from "./export-markdown.ts";

export type ExportFormat = "markdown" | "json";

export interface ExportedConversation {
  readonly title: string;
  readonly text: string;
}

/** @param now milliseconds since 1970 @throws NoConversationError */
export function exportConversation(
  store: Store,
  ownerId: OwnerId,
  id: string,
  format: ExportFormat,
  now: number,
): ExportedConversation {
  const isTheirs = store.conversations.get(id)?.ownerId === ownerId;
  const whole = isTheirs ? store.wholeConversations.read(id) : undefined;
  if (whole === undefined) throw new NoConversationError();
  const { title } = whole.conversation;
  const text =
    format === "json"
      ? `${JSON.stringify(archiveOfOne(whole, now), null, 2)}\n`
      : markdownOf(archiveConversationOf(whole), store.messages.path(id), (generation) =>
          answerFigures(store, generation),
        );
  return { title, text };
}
