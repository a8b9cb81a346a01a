/**
 * The user's conversations as a whole: listed, found, named, put in order, branched, copied and deleted. Nothing is lost
 * by any of it: branches are kept, and what was deleted can be brought back for a month. Each library is of one owner:
 * other owners' conversations do not exist for it. It knows nothing of engines or of HTTP.
 */
import { IdempotencyKeyReusedError, InvalidRequestError } from "../errors.ts";
import { followSource } from "../generations/quoted-memories.ts";
import { resultInSlices } from "../loop/work-slices.ts";
import type { ListOptions } from "../store/conversations.ts";
import type { Store } from "../store/database.ts";
import type { Conversation, Generation, Message, OwnerId } from "../store/schema.ts";
import type { MessageHit } from "../store/search-messages.ts";
import { say } from "../texts/say.ts";
import { NoConversationError, NoMessageError } from "./conversation-errors.ts";
import { checkedInstructions, emptyConversation, named, positionOf } from "./conversation-fields.ts";
import { copyPath, isCopyUpTo } from "./copy-path.ts";
import { eraseAnswer } from "./erase-answer.ts";
import { type ListCounts, listCounts } from "./list-counts.ts";
import { longestTitle } from "./longest-title.ts";
import { moveToProject } from "./move-to-project.ts";
import { noteSeen } from "./note-seen.ts";
import { defaultTrashDays, mostPurgedAtOnce, purgeOld } from "./purge-old.ts";
import { stableId } from "./transfer/stable-id.ts";

/** A change: views of it render again. */
export interface LibraryChange {
  readonly conversationId: string;
  /** list: how it stands in the list; thread: what is said in it. */
  readonly of: "list" | "thread";
}

interface LibraryDeps {
  readonly store: Store;
  /** Ends the answers that are being written in a conversation: all, or those whose messages are meant. */
  readonly stopAnswers: (conversationId: string, isMeant?: (messageId: string) => boolean) => void;
  /** Called with conversations whose prompts hold what was deleted: nothing of them is to stay in a cache. */
  readonly onPromptsChanged?: (conversationIds: readonly string[]) => void;
  /** Takes the words worth searching for out of what was typed. */
  readonly searchTerms: (text: string) => readonly string[];
  /** How many days the owner's trash keeps what was deleted; left out: 30. */
  readonly trashDays?: (ownerId: OwnerId) => number;
  /** Milliseconds since 1970, for tests. */
  readonly now?: () => number;
}

interface ConversationPage {
  readonly conversations: readonly Conversation[];
  /** Where the next page begins; null: this was the last one. */
  readonly next: string | null;
}

export interface ConversationChange {
  readonly title?: string;
  readonly folder?: string;
  readonly pinned?: boolean;
  readonly archived?: boolean;
  /** For the model, in this conversation alone. */
  readonly instructions?: string;
  /** false: a temporary one is kept from now on. A kept one stays so. */
  readonly temporary?: boolean;
  /** The id of its project; null: none. What is remembered of it goes along. */
  readonly project?: string | null;
}

type Deletion =
  | "conversation-deleted"
  | "conversation-restored"
  | "conversation-erased"
  | "message-deleted"
  | "project-deleted"
  | "project-restored"
  | "project-erased"
  | "everything-erased";
export type OnDelete = (action: Deletion, id: string) => void;

/** Each with the owner whose changes it gets. */
type Listeners = Map<(change: LibraryChange) => void, OwnerId>;

export const longestFolder = 100;
const dayMs = 24 * 3_600_000;
export class ConversationLibrary {
  readonly #deps: LibraryDeps;
  readonly #ownerId: OwnerId;
  /** Of all owners: a change reaches every view of it. */
  readonly #listeners: Listeners;
  /** The copies that are being written, of all owners, by their ids. */
  readonly #copying: Map<string, Promise<Conversation>>;

  /** Called for deletions, for the audit log. */
  readonly #onDelete: OnDelete;

  /** The local owner's; `ofOwner` returns those of users. */
  constructor(
    deps: LibraryDeps,
    ownerId: OwnerId = null,
    onDelete: OnDelete = () => {},
    listeners: Listeners = new Map(),
    copying: Map<string, Promise<Conversation>> = new Map(),
  ) {
    this.#deps = deps;
    this.#ownerId = ownerId;
    this.#onDelete = onDelete;
    this.#listeners = listeners;
    this.#copying = copying;
  }

  /** @param onDelete called for what is deleted and restored through this library */
  ofOwner(ownerId: OwnerId, onDelete?: OnDelete): ConversationLibrary {
    return new ConversationLibrary(this.#deps, ownerId, onDelete, this.#listeners, this.#copying);
  }

  /** Reports changes of the owner's conversations. @returns a function that ends the subscription */
  onChange(listener: (change: LibraryChange) => void): () => void {
    this.#listeners.set(listener, this.#ownerId);
    return () => void this.#listeners.delete(listener);
  }

  /** Reports a change that happened elsewhere, of any owner: a new question, the end of an answer. */
  tell(change: LibraryChange): void {
    if (this.#listeners.size === 0) return;
    const whose = this.#deps.store.conversations.getAny(change.conversationId)?.ownerId ?? null;
    for (const [listener, ownerId] of [...this.#listeners]) if (ownerId === whose) listener(change);
  }

  /**
   * @param cursor where the page begins, from the page before
   * @throws InvalidRequestError for a cursor that no page gave
   */
  list(limit: number, options: Omit<ListOptions, "after">, cursor?: string): ConversationPage {
    const after = cursor === undefined ? {} : { after: positionOf(cursor) };
    const found = this.#deps.store.conversations.list(this.#ownerId, limit + 1, { ...options, ...after });
    const conversations = found.slice(0, limit);
    const last = conversations.at(-1);
    const next = found.length > limit && last !== undefined ? `${last.updatedAt}.${last.id}` : null;
    return { conversations, next };
  }

  counts(): ListCounts {
    return listCounts(this.#deps.store, this.#ownerId);
  }

  /** The ids of those in which an answer waits or is written. */
  answering(): ReadonlySet<string> {
    return new Set(this.#deps.store.conversations.answering(this.#ownerId));
  }

  /** Notes that its owner has seen all that is in it. */
  async see(id: string): Promise<void> {
    const found = this.get(id);
    if (found !== undefined && (await noteSeen(this.#deps.store, found, this.#now())))
      this.tell({ conversationId: id, of: "list" });
  }

  folders(): readonly string[] {
    return this.#deps.store.conversations.folders(this.#ownerId);
  }

  /** The best match of each conversation, best first; none for a text without a word. */
  search(text: string, limit: number): readonly MessageHit[] {
    return this.#deps.store.messages.search(this.#ownerId, this.#deps.searchTerms(text), limit);
  }

  /** Those whose title holds every word of the text, the one updated last first. */
  searchTitles(text: string, limit: number): readonly Conversation[] {
    const words = text.split(/\s+/).filter((word) => word !== "");
    return this.#deps.store.conversations.titled(this.#ownerId, words, limit);
  }

  /** The prompts of these hold what was deleted: nothing of them is to stay in a cache. */
  promptsChanged(conversationIds: readonly string[]): void {
    this.#deps.onPromptsChanged?.(conversationIds);
  }

  /** The trash keeps a conversation for so long, in milliseconds. */
  get keptDeletedMs(): number {
    return this.#keptFor(this.#ownerId);
  }

  /** What can still be brought back, the last one deleted first. */
  deleted(limit: number): readonly Conversation[] {
    return this.#deps.store.conversations.deleted(this.#ownerId, limit);
  }

  get(id: string): Conversation | undefined {
    const found = this.#deps.store.conversations.get(id);
    return found?.ownerId === this.#ownerId ? found : undefined;
  }

  /** An empty conversation: the first question gives it another name. @throws InvalidRequestError */
  begin(title: string, instructions: string): Conversation {
    const row = emptyConversation(title, instructions, this.#ownerId, this.#now());
    this.#deps.store.conversations.insert(row);
    this.tell({ conversationId: row.id, of: "list" });
    return this.#require(row.id);
  }

  /** @throws NoConversationError, NotFoundError for a project that is not there, or InvalidRequestError */
  change(id: string, change: ConversationChange): Conversation {
    const { title, folder, pinned, archived, instructions, temporary, project } = change;
    const { store } = this.#deps;
    const before = this.#require(id);
    const { origin } = before;
    const now = this.#now();
    if (project !== undefined) moveToProject(store, before, project);
    const changed = store.conversations.update(id, {
      ...(title === undefined ? {} : { title: named(title, "title", longestTitle), titledBy: "user" }),
      ...(folder === undefined
        ? {}
        : { folder: folder.trim() === "" ? "" : named(folder, "folder", longestFolder) }),
      ...(pinned === undefined ? {} : { pinnedAt: pinned ? now : null }),
      ...(archived === undefined ? {} : { archivedAt: archived ? now : null }),
      ...(instructions === undefined ? {} : { instructions: checkedInstructions(instructions) }),
      ...(temporary === false && origin === "temporary" ? { origin: "chat" as const } : {}),
    });
    if (changed === undefined) throw new NoConversationError();
    this.tell({ conversationId: id, of: "list" });
    return changed;
  }

  /** Sets a title that the program found, for any owner; a user's own title stays. @returns whether it was set */
  suggestTitle(id: string, title: string): boolean {
    const present = this.#deps.store.conversations.get(id);
    if (present === undefined || present.titledBy === "user" || title.trim() === "") return false;
    this.#deps.store.conversations.update(id, {
      title: title.trim().slice(0, longestTitle),
      titledBy: "model",
    });
    this.tell({ conversationId: id, of: "list" });
    return true;
  }

  /**
   * Deletes it, so that it can be brought back; an answer that is being written is stopped.
   * @param now milliseconds since 1970: those of one moment were deleted together
   * @throws NoConversationError
   */
  remove(id: string, now = this.#now()): void {
    this.#require(id);
    this.#deps.stopAnswers(id);
    const { store } = this.#deps;
    const quoting = store.transaction(() => {
      store.conversations.update(id, { deletedAt: now });
      return followSource(store, id, now);
    });
    this.#deps.onPromptsChanged?.([id, ...quoting]);
    this.#onDelete("conversation-deleted", id);
    this.tell({ conversationId: id, of: "list" });
  }

  /** @throws NoConversationError when it was removed for good */
  bringBack(id: string): Conversation {
    const { store } = this.#deps;
    if (store.conversations.getAny(id)?.ownerId !== this.#ownerId) throw new NoConversationError();
    const back = store.transaction(() => {
      const row = store.conversations.update(id, { deletedAt: null });
      followSource(store, id, this.#now());
      return row;
    });
    this.#onDelete("conversation-restored", id);
    this.tell({ conversationId: id, of: "list" });
    return back ?? this.#require(id);
  }

  /** Erases a deleted conversation, and what was remembered of it. @throws NoConversationError or InvalidRequestError */
  erase(id: string): void {
    const { store } = this.#deps;
    const found = store.conversations.getAny(id);
    if (found?.ownerId !== this.#ownerId) throw new NoConversationError();
    if (found.deletedAt === null)
      throw new InvalidRequestError(say`Only a conversation in the trash can be erased. Delete it first.`);
    store.transaction(() => {
      store.memories.erase(store.memories.withdrawnFrom(this.#ownerId, id));
      store.conversations.erase(id);
    });
    this.#deps.onPromptsChanged?.([id]);
    this.#onDelete("conversation-erased", id);
  }

  /** Erases all conversations in the trash. @returns how many */
  emptyTrash(): number {
    let erased = 0;
    for (let found = this.deleted(mostPurgedAtOnce); found.length > 0; found = this.deleted(mostPurgedAtOnce))
      for (const { id } of found) {
        this.erase(id);
        erased++;
      }
    return erased;
  }

  /** Removes for good what was deleted long ago, or not to be kept, of all owners. @returns how many conversations */
  purge(): number {
    return purgeOld(this.#deps.store, this.#now(), (ownerId) => this.#keptFor(ownerId));
  }

  /** Shows the branch that this message is on, to its newest end. @throws NoMessageError */
  show(messageId: string): Message {
    const { store } = this.#deps;
    const message = this.#requireMessage(messageId);
    const leaf = store.messages.newestLeafBelow(message);
    store.conversations.update(message.conversationId, { leafId: leaf.id });
    this.tell({ conversationId: message.conversationId, of: "thread" });
    return leaf;
  }

  /**
   * Deletes a message and all that follows it, so that it can be brought back. What is shown then ends before it, or
   * continues with its newest sibling.
   * @throws NoMessageError
   */
  removeMessage(messageId: string): Message {
    const { store, stopAnswers } = this.#deps;
    const message = this.#requireMessage(messageId);
    const now = this.#now();
    const quoting = store.transaction(() => {
      store.messages.setDeleted(messageId, now);
      const beside = store.messages.siblings(message).at(-1);
      const leaf = beside === undefined ? message.parentId : store.messages.newestLeafBelow(beside).id;
      store.conversations.update(message.conversationId, { leafId: leaf });
      return followSource(store, message.conversationId, now);
    });
    // A program may have others written beside it.
    stopAnswers(message.conversationId, (answer) => !store.messages.isThere(answer));
    this.#deps.onPromptsChanged?.([message.conversationId, ...quoting]);
    this.#onDelete("message-deleted", messageId);
    this.tell({ conversationId: message.conversationId, of: "thread" });
    return message;
  }

  /** Erases a program's answer for good, and none that continues it. @throws NoMessageError */
  eraseAnswer(answer: Generation): void {
    const { id, conversationId } = this.#requireMessage(answer.messageId);
    eraseAnswer(this.#deps.store, answer);
    this.#deps.onPromptsChanged?.([conversationId]);
    this.#onDelete("message-deleted", id);
    this.tell({ conversationId, of: "thread" });
  }

  /** @throws NoMessageError */
  bringMessageBack(messageId: string): Message {
    const { store } = this.#deps;
    const message = store.messages.get(messageId);
    if (message === undefined || this.get(message.conversationId) === undefined) throw new NoMessageError();
    store.transaction(() => {
      store.messages.setDeleted(messageId, null);
      followSource(store, message.conversationId, this.#now());
    });
    this.show(messageId);
    return { ...message, deletedAt: null };
  }

  /**
   * Copies a conversation up to and including a message into a new one.
   * @param key the same one gives the copy that it gave before, back from the trash if need be; null: another copy
   * @throws NoMessageError; IdempotencyKeyReusedError when the key was sent with another message
   */
  async fork(messageId: string, key: string | null = null): Promise<Conversation> {
    const { store } = this.#deps;
    const copyId = key === null ? Bun.randomUUIDv7() : stableId("fork", this.#ownerId ?? "", key);
    for (let other = this.#copying.get(copyId); other !== undefined; other = this.#copying.get(copyId))
      await other.catch(() => {});
    const earlier = store.conversations.getAny(copyId);
    // One that is not in the lists is what a crash has left of a copy.
    if (earlier !== undefined && earlier.origin !== "chat") store.conversations.erase(copyId);
    else if (earlier !== undefined) {
      const isTheSame = earlier.ownerId === this.#ownerId && isCopyUpTo(store, copyId, messageId);
      if (!isTheSame) throw new IdempotencyKeyReusedError();
      return earlier.deletedAt === null ? earlier : this.bringBack(copyId);
    }
    const message = this.#requireMessage(messageId);
    const from = this.#require(message.conversationId);
    const copying = resultInSlices(copyPath(store, from, messageId, { id: copyId, now: this.#now() }));
    this.#copying.set(copyId, copying);
    const copy = await copying.finally(() => this.#copying.delete(copyId));
    this.tell({ conversationId: copy.id, of: "list" });
    return copy;
  }

  #require(id: string): Conversation {
    const found = this.get(id);
    if (found === undefined) throw new NoConversationError();
    return found;
  }

  #requireMessage(id: string): Message {
    const { store } = this.#deps;
    const message = store.messages.get(id);
    if (message === undefined || !store.messages.isThere(id)) throw new NoMessageError();
    if (this.get(message.conversationId) === undefined) throw new NoMessageError();
    return message;
  }

  #keptFor(ownerId: OwnerId): number {
    return (this.#deps.trashDays?.(ownerId) ?? defaultTrashDays) * dayMs;
  }

  #now(): number {
    return this.#deps.now?.() ?? Date.now();
  }
}
