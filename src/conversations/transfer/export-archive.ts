/** Writes archives piece by piece, one conversation at a time, so that a large library need not fit into memory. */

import type { OwnerId } from "../../store/schema.ts";
import type { StoreSnapshot } from "../../store/snapshot-read.ts";
import type { WholeConversation } from "../../store/whole-conversations.ts";
import { archiveConversationOf } from "./archive-conversation.ts";
import { type Archive, archiveFormat, archiveVersion } from "./archive-format.ts";

/** Everything of one owner's that is not deleted. @param exportedAt milliseconds since 1970 */
export function* archiveOfAll(
  reading: StoreSnapshot,
  ownerId: OwnerId,
  exportedAt: number,
): Generator<string, void, undefined> {
  const { wholeConversations, memories } = reading;
  yield beginning(exportedAt);
  let separator = "\n";
  for (const id of wholeConversations.ids(ownerId)) {
    const whole = wholeConversations.read(id);
    if (whole === undefined) continue;
    yield separator + JSON.stringify(archiveConversationOf(whole));
    separator = ",\n";
  }
  yield '],\n"memories":[';
  separator = "\n";
  for (const memory of memories.inOrder(ownerId)) {
    yield separator + JSON.stringify(memory);
    separator = ",\n";
  }
  yield "]}\n";
}

export function archiveOfOne(whole: WholeConversation, exportedAt: number): Archive {
  const conversations = [archiveConversationOf(whole)];
  return { format: archiveFormat, version: archiveVersion, exportedAt, conversations, memories: [] };
}

function beginning(exportedAt: number): string {
  const head = { format: archiveFormat, version: archiveVersion, exportedAt };
  return `${JSON.stringify(head).slice(0, -1)},\n"conversations":[`;
}
