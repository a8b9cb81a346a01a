/** Stores one conversation: as it is, as a copy with new ids, or not at all when it exists. */
import type { Store } from "../../store/database.ts";
import type { OwnerId } from "../../store/schema.ts";
import type { ConversationToStore } from "../../store/whole-conversations.ts";
import { thoseThere } from "../outlined-path.ts";
import { renamedReceipt } from "../renamed-receipt.ts";
import {
  archiveGenerationOf,
  archiveMessageOf,
  archiveTokensOf,
  wholeConversationOf,
} from "./archive-conversation.ts";
import type { ArchiveConversation, ArchiveGeneration, ArchiveMessage } from "./archive-format.ts";
import { withProvenFacts } from "./proven-facts.ts";
import { stableId, stableIdOfJson } from "./stable-id.ts";
import { visibleText } from "./visible-text.ts";

interface ImportOutcome {
  readonly id: string;
  /** Whether it is a new one, or one that had been deleted and is back. */
  readonly imported: boolean;
}

/**
 * In one transaction. The same conversation twice is stored once; if one of its ids names something else, or less, it
 * becomes a copy whose ids follow from its content and its owner, so that the copy, too, is made once.
 *
 * Ids say nothing of others: with logins a conversation has ids that follow from its owner and its original ids, whether
 * those are taken or not, since an id that is kept only while it is free reveals that no other owner has it. One's own archive
 * is known again all the same: what is there under its own ids, or under those that follow, is not stored twice. Without
 * logins there is nobody else, and an archive keeps its ids.
 * @throws StorageError; nothing of it is stored then
 */
export function importConversation(store: Store, ownerId: OwnerId, read: ArchiveConversation): ImportOutcome {
  const steps = importing(store, ownerId, read, function* (whole) {
    yield void store.wholeConversations.insert(whole);
  });
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same in steps, of which each takes milliseconds, and in several transactions of which the last one shows it. */
export const importSteps = (store: Store, ownerId: OwnerId, read: ArchiveConversation) =>
  importing(store, ownerId, read, (whole) => store.wholeConversations.insertInSteps(whole, Date.now()));

type Insert = (whole: ConversationToStore) => Generator<void, void, undefined>;

function* importing(
  store: Store,
  ownerId: OwnerId,
  read: ArchiveConversation,
  write: Insert,
): Generator<void, ImportOutcome, undefined> {
  const conversation = yield* withProvenFacts(store, ownerId, yield* withEndedAnswers(read));
  if (yield* isThere(store, ownerId, conversation)) return keep(store, conversation);
  const own =
    ownerId === null
      ? conversation
      : yield* withNewIds(conversation, stableId("own", ownerId, conversation.id));
  if (!(yield* isTaken(store, own))) return yield* insert(write, ownerId, own);
  if (yield* isThere(store, ownerId, own)) return keep(store, own);
  const copyId = yield* stableIdOfJson([...copyOf(ownerId), conversation.id], jsonPieces(conversation));
  const copy = yield* withNewIds(conversation, copyId);
  const copied = store.conversations.getAny(copy.id);
  if (copied?.ownerId === ownerId && copied.origin === "chat") return keep(store, copy);
  // Another owner has even these ids: impossible by chance, and useless on purpose.
  if (!(yield* isTaken(store, copy))) return yield* insert(write, ownerId, copy);
  return yield* insert(write, ownerId, yield* withNewIds(conversation, Bun.randomUUIDv7()));
}

function* insert(
  write: Insert,
  ownerId: OwnerId,
  conversation: ArchiveConversation,
): Generator<void, ImportOutcome, undefined> {
  // What comes from the future would head every list for ever.
  const now = Date.now();
  const [createdAt, updatedAt] = [
    Math.min(conversation.createdAt, now),
    Math.min(conversation.updatedAt, now),
  ];
  yield* write(wholeConversationOf({ ...conversation, createdAt, updatedAt }, ownerId));
  return { id: conversation.id, imported: true };
}

function keep(store: Store, conversation: ArchiveConversation): ImportOutcome {
  const { id } = conversation;
  const wasDeleted = store.conversations.get(id) === undefined;
  if (wasDeleted) store.conversations.update(id, { deletedAt: null });
  giveMissingPassages(store, conversation);
  return { id, imported: wasDeleted };
}

/** Its documents may not have been here when it came: the same file brings what points at them. */
function giveMissingPassages({ documents, ...store }: Store, conversation: ArchiveConversation): void {
  const { id, messages, documents: chosen = [] } = conversation;
  const cited = messages.filter(
    ({ id, passages = [] }) => passages.length > 0 && !documents.ofMessages([id]).has(id),
  );
  const hasNone = chosen.length > 0 && documents.ofConversation(id).length === 0;
  if (cited.length === 0 && !hasNone) return;
  store.transaction(() => {
    if (hasNone) documents.chooseFor(id, chosen);
    for (const { id, passages = [] } of cited)
      if (store.messages.get(id) !== undefined) documents.quote(id, passages);
  });
}

function* isTaken(
  store: Store,
  { id, messages, generations }: ArchiveConversation,
): Generator<void, boolean, undefined> {
  if (store.conversations.getAny(id) !== undefined) return true;
  for (const message of messages) {
    if (store.messages.get(message.id) !== undefined) return true;
    yield;
  }
  for (const generation of generations) {
    if (store.generations.get(generation.id) !== undefined) return true;
    yield;
  }
  return false;
}

/** Whether the store has all of its content; it may have grown since, and have another title. */
function* isThere(
  store: Store,
  ownerId: OwnerId,
  { id, messages, generations }: ArchiveConversation,
): Generator<void, boolean, undefined> {
  const present = store.conversations.getAny(id);
  // One that is not in the lists is what a crash has left of an import.
  if (present?.ownerId !== ownerId || present.origin !== "chat") return false;
  const { wholeConversations: stored } = store;
  const there = thoseThere((yield* stored.outline(id)).messages);
  // Files are only named: an import has none. A rating may have changed since, and a document or project may have another id.
  for (const { files: _, rating: __, passages: ___, ...message } of messages) {
    const row = there.has(message.id) ? stored.message(message.id) : undefined;
    if (row === undefined || !Bun.deepEquals(archiveMessageOf(row, []), message)) return false;
    yield;
  }
  for (const { tokens, ...generation } of generations) {
    const row = there.has(generation.messageId) ? stored.generation(generation.id) : undefined;
    if (
      row?.conversationId !== id ||
      !Bun.deepEquals(withoutReferences(archiveGenerationOf(row)), withoutReferences(generation))
    )
      return false;
    let compared = 0;
    for (const part of stored.tokens(generation.id)) {
      const wanted = tokens.slice(compared, compared + part.length);
      if (!Bun.deepEquals(archiveTokensOf(part), wanted)) return false;
      compared += part.length;
      yield;
    }
    if (compared !== tokens.length) return false;
  }
  return true;
}

/** Documents and projects may have other ids here. */
const withoutReferences = <Made extends Pick<ArchiveGeneration, "receipt">>({ receipt, ...made }: Made) => {
  const { passages: _, project: __, ...known } = receipt ?? {};
  return { ...made, receipt: receipt && known };
};

/** An answer that was unfinished when it was exported is not finished here: it ends with the text that it had. */
function* withEndedAnswers(
  conversation: ArchiveConversation,
): Generator<void, ArchiveConversation, undefined> {
  const textOf = new Map<string, string>();
  const ended = ({ state, ...generation }: ArchiveGeneration): ArchiveGeneration => {
    if (state !== "queued" && state !== "running") {
      textOf.delete(generation.messageId);
      return { ...generation, state };
    }
    textOf.set(generation.messageId, visibleText(generation.tokens));
    // A time that follows from the file alone, so that the same file gives the same row.
    return { ...generation, state: "stopped", endedAt: generation.startedAt ?? generation.createdAt };
  };
  const generations: ArchiveGeneration[] = [];
  for (const generation of conversation.generations) yield void generations.push(ended(generation));
  const messages: ArchiveMessage[] = [];
  for (const message of conversation.messages)
    yield void messages.push({ ...message, content: textOf.get(message.id) ?? message.content });
  return { ...conversation, messages, generations };
}

/** What JSON.stringify makes of it, row by row. */
function* jsonPieces({
  messages,
  generations,
  ...head
}: ArchiveConversation): Generator<string, void, undefined> {
  yield JSON.stringify(head).slice(0, -1);
  for (const [name, rows] of Object.entries({ messages, generations })) {
    yield `,"${name}":[`;
    for (const [index, row] of rows.entries()) yield `${index === 0 ? "" : ","}${JSON.stringify(row)}`;
    yield "]";
  }
  yield "}";
}

/** Each owner has their own copy; those of the local owner keep the ids that they always had. */
export const copyOf = (ownerId: OwnerId) => (ownerId === null ? ["copy"] : ["copy", ownerId]);

function* withNewIds(
  conversation: ArchiveConversation,
  copyId: string,
): Generator<void, ArchiveConversation, undefined> {
  const messageIds = new Map<string, string>();
  for (const { id } of conversation.messages) yield void messageIds.set(id, stableId(copyId, id));
  const generations: ArchiveGeneration[] = [];
  const renamed = (id: string) => messageIds.get(id) ?? id;
  for (const generation of conversation.generations)
    yield void generations.push({
      ...generation,
      id: stableId(copyId, "generation", generation.id),
      messageId: renamed(generation.messageId),
      questionId: renamed(generation.questionId),
      receipt: generation.receipt && renamedReceipt(generation.receipt, renamed),
    });
  const renamedOrNull = (id: string | null) => (id === null ? null : renamed(id));
  const messages: ArchiveMessage[] = [];
  for (const { id, parentId, ...message } of conversation.messages)
    yield void messages.push({ id: renamed(id), parentId: renamedOrNull(parentId), ...message });
  return {
    ...conversation,
    id: copyId,
    leafId: renamedOrNull(conversation.leafId),
    messages,
    generations,
  };
}
