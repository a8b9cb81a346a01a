/** The receipt of an answer whose conversation got other ids. */
import type { ContextReceipt } from "../store/schema.ts";

/** @param renamed the new id of a message; of one that is not among those that were renamed its own */
export function renamedReceipt(
  receipt: ContextReceipt,
  renamed: (messageId: string) => string,
): ContextReceipt {
  const { messageIds, droppedMessageIds, summary } = receipt;
  return {
    ...receipt,
    messageIds: messageIds.map(renamed),
    droppedMessageIds: droppedMessageIds.map(renamed),
    ...(summary === undefined ? {} : { summary: { ...summary, messageId: renamed(summary.messageId) } }),
  };
}
