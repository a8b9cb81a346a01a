/**
 * Copies a path of messages, with the answers as they were written, into a new conversation. All ids of a copy follow from
 * its own id, which therefore shows what it is a copy of.
 */
import { withoutKeys } from "../generations/continue-answer.ts";
import { textOf } from "../generations/written-text.ts";
import type { Store } from "../store/database.ts";
import type { Conversation, Message } from "../store/schema.ts";
import type { GenerationWithLog } from "../store/whole-conversations.ts";
import { longestTitle } from "./longest-title.ts";
import { renamedReceipt } from "./renamed-receipt.ts";
import { stableId } from "./transfer/stable-id.ts";

/**
 * @param last the message at which the copy ends
 * @param copy its id, which is not taken, and the time
 * @returns the new conversation
 */
export function copyPath(
  store: Store,
  from: Conversation,
  last: Message,
  { id, now }: { readonly id: string; readonly now: number },
): Conversation {
  const path = store.messages.ancestors(last.id);
  const newIds = new Map(path.map((message) => [message.id, stableId(id, message.id)]));
  newIds.set(last.id, endOf(id, last.id));
  const renamed = (messageId: string) => newIds.get(messageId) ?? messageId;
  const messages: Message[] = [];
  const generations: GenerationWithLog[] = [];
  for (const message of path) {
    const parentId = message.parentId === null ? null : (newIds.get(message.parentId) ?? null);
    const generation = store.generations.forMessage(message.id);
    // One that is being written belongs to where it was asked; the copy has what was written until now.
    const unfinished = generation !== undefined && generation.endedAt === null;
    const tokens = generation === undefined ? [] : store.tokenLog.read(generation.id);
    const content = unfinished ? textOf(tokens) : message.content;
    messages.push({ ...message, id: renamed(message.id), conversationId: id, parentId, content });
    if (generation === undefined) continue;
    generations.push({
      ...generation,
      id: stableId(id, "generation", generation.id),
      conversationId: id,
      messageId: renamed(message.id),
      questionId: renamed(generation.questionId),
      receipt: generation.receipt && renamedReceipt(generation.receipt, renamed),
      idempotencyKey: null,
      tokens: withoutKeys(tokens),
      ...(unfinished ? { state: "stopped", endedAt: now } : {}),
    });
  }
  // The logs in the same transaction as their rows: a copy without them could be neither continued nor exported.
  store.wholeConversations.insert({
    conversation: {
      id,
      ownerId: from.ownerId,
      origin: "chat",
      title: titleOfCopy(from.title),
      // A title that a model finds later would be that of the original again.
      titledBy: "user",
      folder: from.folder,
      createdAt: now,
      updatedAt: now,
      leafId: renamed(last.id),
      forkedFrom: from.id,
      pinnedAt: null,
      archivedAt: null,
      deletedAt: null,
    },
    messages,
    generations,
  });
  const conversation = store.conversations.get(id);
  if (conversation === undefined) throw new Error("The copy that was just stored is not there.");
  return conversation;
}

const copied = /^Copy (?:(\d{1,4}) )?of /;

/** "Copy of Bonds", then "Copy 2 of Bonds". */
function titleOfCopy(title: string): string {
  const found = copied.exec(title);
  const original = found === null ? title : title.slice(found[0].length);
  const number = found === null ? "" : `${Number(found[1] ?? 1) + 1} `;
  return `Copy ${number}of ${original}`.slice(0, longestTitle);
}

/** Whether the copy with this id was made up to and including this message, whatever has become of both since. */
export const isCopyUpTo = (store: Pick<Store, "messages">, copyId: string, messageId: string): boolean =>
  store.messages.get(endOf(copyId, messageId))?.conversationId === copyId;

/** The id that the copy of the last message has: no other message of the copy could have it. */
const endOf = (copyId: string, messageId: string) => stableId(copyId, "end", messageId);
