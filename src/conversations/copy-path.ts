/**
 * Copies a path of messages, with the answers as they were written, into a new conversation. All ids of a copy follow from
 * its own id, which therefore shows what it is a copy of. It works row by row, in steps of which each is short.
 */
import { withoutKeys } from "../generations/continue-answer.ts";
import { textOf } from "../generations/written-text.ts";
import type { Store } from "../store/database.ts";
import type { Conversation, Generation, LoggedToken, Message } from "../store/schema.ts";
import type { StoreSnapshot } from "../store/snapshot-read.ts";
import { longestTitle } from "./longest-title.ts";
import { pathTo } from "./outlined-path.ts";
import { renamedReceipt } from "./renamed-receipt.ts";
import { stableId } from "./transfer/stable-id.ts";

interface Copy {
  /** Not taken. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * What is read is of the moment of the first step. The copy can be seen after the last one, whole; no step leaves a part of
 * it that can be seen.
 * @param lastId the message at which the copy ends
 * @returns the new conversation
 * @throws StorageError; nothing is stored then
 */
export function* copyPath(
  store: Store,
  from: Conversation,
  lastId: string,
  { id, now }: Copy,
): Generator<void, Conversation, undefined> {
  using reading = store.openSnapshot();
  const { wholeConversations: stored } = reading;
  const path = pathTo(yield* stored.outline(from.id), lastId);
  const newIds = new Map<string, string>();
  for (const messageId of path) yield void newIds.set(messageId, stableId(id, messageId));
  newIds.set(lastId, endOf(id, lastId));
  const conversation: Conversation = {
    id,
    ownerId: from.ownerId,
    origin: "chat",
    title: titleOfCopy(from.title),
    // A title that a model finds later would be that of the original again.
    titledBy: "user",
    folder: from.folder,
    instructions: from.instructions,
    settings: from.settings,
    projectId: from.projectId,
    createdAt: now,
    updatedAt: now,
    leafId: newIds.get(lastId) ?? null,
    forkedFrom: from.id,
    pinnedAt: null,
    archivedAt: null,
    deletedAt: null,
    seenAt: null,
  };
  const rows = new CopiedRows(stored, newIds, { id, now });
  // The logs with their rows: a copy without them could be neither continued nor exported.
  const whole = {
    conversation,
    messages: rows.messages(path),
    files: filesOf(reading, path, newIds),
    documents: reading.documents.ofConversation(from.id).map((document) => document.id),
    passages: passagesOf(reading, path, newIds),
    generations: rows.generations(path),
  };
  yield* store.wholeConversations.insertInSteps(whole, now);
  return conversation;
}

/** The same files, which the copies of the questions have, too. */
function* filesOf({ files }: StoreSnapshot, path: readonly string[], newIds: ReadonlyMap<string, string>) {
  for (const id of path) {
    const attached = files.ofMessages([id]).get(id);
    const messageId = newIds.get(id);
    if (attached !== undefined && messageId !== undefined) yield { messageId, files: attached };
  }
}

/** The same passages, by the same numbers. */
function* passagesOf(
  { documents }: StoreSnapshot,
  path: readonly string[],
  newIds: ReadonlyMap<string, string>,
) {
  for (const id of path) {
    const passages = documents.ofMessages([id]).get(id);
    const messageId = newIds.get(id);
    if (passages !== undefined && messageId !== undefined)
      yield {
        messageId,
        passages: passages.map(({ documentId, number, score }) => ({ documentId, number, score })),
      };
  }
}

class CopiedRows {
  readonly #stored: StoreSnapshot["wholeConversations"];
  readonly #newIds: ReadonlyMap<string, string>;
  readonly #copy: Copy;

  constructor(stored: StoreSnapshot["wholeConversations"], newIds: ReadonlyMap<string, string>, copy: Copy) {
    this.#stored = stored;
    this.#newIds = newIds;
    this.#copy = copy;
  }

  *messages(path: readonly string[]): Generator<Message, void, undefined> {
    for (const messageId of path) {
      const message = this.#stored.message(messageId);
      if (message === undefined) continue;
      const generation = this.#stored.newestGenerationOf(messageId);
      const { parentId } = message;
      yield {
        ...message,
        id: this.#renamed(messageId),
        conversationId: this.#copy.id,
        parentId: parentId === null ? null : (this.#newIds.get(parentId) ?? null),
        // One that is being written belongs to where it was asked; the copy has what was written until now.
        content:
          generation !== undefined && isUnfinished(generation)
            ? textOf([...this.#tokens(generation)])
            : message.content,
      };
    }
  }

  *generations(
    path: readonly string[],
  ): Generator<Generation & { readonly tokens: Iterable<LoggedToken> }, void, undefined> {
    const { id, now } = this.#copy;
    for (const messageId of path) {
      const generation = this.#stored.newestGenerationOf(messageId);
      if (generation === undefined) continue;
      yield {
        ...generation,
        id: stableId(id, "generation", generation.id),
        conversationId: id,
        messageId: this.#renamed(messageId),
        questionId: this.#renamed(generation.questionId),
        receipt: generation.receipt && renamedReceipt(generation.receipt, (other) => this.#renamed(other)),
        idempotencyKey: null,
        tokens: this.#tokens(generation),
        ...(isUnfinished(generation) ? { state: "stopped", endedAt: now } : {}),
      };
    }
  }

  *#tokens({ id }: Generation): Generator<LoggedToken, void, undefined> {
    for (const part of this.#stored.tokens(id)) yield* withoutKeys(part);
  }

  #renamed(messageId: string): string {
    return this.#newIds.get(messageId) ?? messageId;
  }
}

const isUnfinished = ({ endedAt }: Generation) => endedAt === null;

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
