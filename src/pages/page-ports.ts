/** What the pages need of the rest of the program. */

import type { ConversationLibrary } from "../conversations/library.ts";
import type { ImportReport } from "../conversations/transfer/import-file.ts";
import type { GenerationUpdate, Outcome } from "../generations/generation-update.ts";
import type { Question } from "../generations/question.ts";
import type { ContinueOptions, RetryOptions } from "../generations/store-question.ts";
import type { ModelCard } from "../status/model-cards.ts";
import type { ChosenModel } from "../status/model-choice.ts";
import type { MessageQueries } from "../store/messages.ts";
import type { Conversation, Generation, LoggedToken, Message } from "../store/schema.ts";
import type { StorageState } from "../store/storage-check.ts";
import type { Connection } from "../telemetry/connections.ts";
import type { OwnMemory } from "../workspace/memory.ts";

export interface GenerationsPort {
  /** @throws AppError when the question cannot be taken */
  ask(question: Question): Promise<Generation>;
  /** Asks the same question again; the new answer is shown in place of the old one. */
  retry(generationId: string, options?: RetryOptions): Promise<Generation>;
  /** Continues the same answer from its text. @throws AppError when that is impossible */
  continue(generationId: string, options?: ContinueOptions): Promise<Generation>;
  get(id: string): Generation | undefined;
  /** The answer's text from the log, and how many logged tokens it is. */
  textSoFar(id: string): { readonly text: string; readonly cursor: number };
  /** How many tokens are logged. */
  tokenCount(id: string): number;
  tokens(id: string, from: number): readonly LoggedToken[];
  /** Replays what comes after the first `after` tokens, then follows live; exactly one `end`, last. */
  follow(id: string, after: number, signal: AbortSignal): AsyncIterable<GenerationUpdate>;
  /** Waits for an answer's end; null when the signal was aborted before, or there is no such answer. */
  ended(id: string, signal: AbortSignal): Promise<Outcome | null>;
  stop(id: string): boolean;
  /** Has a model that still thinks answer from what it has thought. @returns false when it does not think */
  answerNow(id: string): boolean;
}

export interface ConversationsPort {
  get(id: string): Conversation | undefined;
  /**
   * The path that is shown, oldest first; a message of the assistant has its generation.
   * @param options the last `limit` messages, of those `before` a message
   */
  thread(
    id: string,
    options?: { readonly limit?: number; readonly before?: string },
  ): readonly {
    readonly message: Message;
    readonly generation: Generation | null;
    /** The ids of the message and of those beside it, oldest first. */
    readonly siblings: readonly string[];
  }[];
}

/** Single messages, and the path that is shown as a whole. */
export interface MessagesPort extends Pick<MessageQueries, "get" | "path" | "isThere" | "siblingIds"> {
  /** The generation that writes, or wrote, this message. */
  generationOf(messageId: string): Generation | undefined;
}

/** The memories of the user. */
export type MemoryPort = Pick<
  OwnMemory,
  | "memorize"
  | "memorizeAs"
  | "state"
  | "page"
  | "get"
  | "change"
  | "supersede"
  | "prefer"
  | "settle"
  | "dismiss"
  | "history"
  | "isCurrent"
  | "successorOf"
  | "contradicting"
  | "categories"
  | "importFrom"
  | "undoImport"
  | "forgetAll"
  | "bringBackAll"
  | "forget"
  | "bringBack"
  | "canBringBack"
  | "remembersExchanges"
  | "rememberExchanges"
>;

/** The models that can answer. */
export interface ModelChoicePort {
  /** Each of them with what it does now. */
  cards(): readonly ModelCard[];
  /** @throws ForbiddenError without admin rights, UnknownModelError or EngineUnavailableError */
  choose(name: string): Promise<ChosenModel>;
  /** The model for one answer that names it: it is loaded for that answer, or chosen where none is loaded on demand. */
  forAnswer(name: string): Promise<ChosenModel>;
}

/** Files that conversations come from, and go to. */
export interface TransferPort {
  /** @throws TooManyRequestsError */
  exportSome(ids: readonly string[], now: number): Disposable & { readonly pieces: Iterator<string> };
  /** Before the file is read. @returns ends it @throws TooManyRequestsError */
  beginImport(): () => void;
  /** @throws ImportRefusedError when it is no file of a known format */
  importFile(bytes: Uint8Array): Promise<ImportReport>;
}

/** What the program tells of itself. */
export interface AboutPort {
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** The places that the program has connected to since. */
  connections(): readonly Connection[];
}

/** Whether what is written can be saved. */
export interface StoragePort {
  state(): StorageState;
  /** @returns what ends the telling */
  onChange(listener: () => void): () => void;
}

/** The conversations as a whole. */
export type LibraryPort = Pick<
  ConversationLibrary,
  | "onChange"
  | "list"
  | "folders"
  | "counts"
  | "answering"
  | "see"
  | "search"
  | "searchTitles"
  | "deleted"
  | "get"
  | "begin"
  | "change"
  | "remove"
  | "bringBack"
  | "erase"
  | "keptDeletedMs"
  | "emptyTrash"
  | "show"
  | "removeMessage"
  | "bringMessageBack"
  | "fork"
>;
