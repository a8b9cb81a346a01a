/**
 * The questions of one owner that wait until the answer before them has ended. API and pages use it alike. It knows nothing of
 * HTTP.
 */
import { NoConversationError } from "../conversations/conversation-errors.ts";
import { QuestionGoneError } from "../generations/generation-errors.ts";
import type { Question } from "../generations/question.ts";
import type { Placed, QuestionQueue } from "../generations/question-queue.ts";
import type { Generation, QueuedQuestion } from "../store/schema.ts";

export type QueueOfOwner = ReturnType<typeof queueOf>;

export type WorkspaceQueue = Pick<
  QuestionQueue,
  "place" | "placeOf" | "list" | "get" | "edit" | "remove" | "sendNow" | "asked"
>;

interface OwnerParts {
  readonly queue: WorkspaceQueue;
  /** Whether a conversation is theirs, and not deleted. */
  readonly isThere: (conversationId: string) => boolean;
  /** With the owner, and with a key that is theirs alone. */
  readonly owned: (question: Question) => Question;
  /** @throws UnauthenticatedError when the login that opened this has ended */
  readonly refuseLoggedOut: () => void;
  /** @returns ends it @throws TooManyRequestsError */
  readonly openStream: () => () => void;
}

/** How long one who sends a question waits for the end of the answer that is stopped, in milliseconds. */
const stopMs = 5_000;
/** That a conversation was deleted, or a login has ended, is noticed so soon, in milliseconds. */
const lookAgainMs = 5_000;

export function queueOf({ queue, isThere, owned, refuseLoggedOut, openStream }: OwnerParts) {
  const get = (id: string): QueuedQuestion | undefined => {
    const found = queue.get(id);
    return found !== undefined && isThere(found.conversationId) ? found : undefined;
  };
  const require = (conversationId: string, id: string): string => {
    if (!isThere(conversationId)) throw new NoConversationError();
    if (get(id)?.conversationId !== conversationId) throw new QuestionGoneError();
    return id;
  };
  return {
    /**
     * Asks, or lets the question wait while an answer is being written in its conversation.
     * @throws TooManyQueuedError, or what asking throws
     */
    place: async (question: Question): Promise<Placed> => {
      refuseLoggedOut();
      return queue.place(owned(question));
    },
    /** In the order in which they are asked. */
    list: (conversationId: string): readonly QueuedQuestion[] =>
      isThere(conversationId) ? queue.list(conversationId) : [],
    get,
    /** From 1, which is asked next. */
    placeOf: (question: QueuedQuestion): number => queue.placeOf(question),
    /** In other words, at the same place. @throws NotFoundError */
    edit: (conversationId: string, id: string, content: string): Promise<QueuedQuestion> =>
      queue.edit(require(conversationId, id), content),
    /** Erases it. @throws NotFoundError */
    remove: (conversationId: string, id: string): Promise<QueuedQuestion> =>
      queue.remove(require(conversationId, id)),
    /**
     * Stops the answer that is being written, and asks this question.
     * @returns its answer; null: it begins as soon as the other one has ended
     * @throws NotFoundError, or what asking throws
     */
    sendNow: (conversationId: string, id: string): Promise<Generation | null> =>
      queue.sendNow(require(conversationId, id), AbortSignal.timeout(stopMs)),
    /**
     * Waits until a question is asked.
     * @param reader aborted when the one who waits has left
     * @returns null when it was removed, its conversation was deleted, or the reader has left
     * @throws ShutdownRequest while the server shuts down, UnauthenticatedError, TooManyRequestsError
     */
    async asked(id: string, reader: AbortSignal): Promise<Generation | null> {
      const end = openStream();
      try {
        for (;;) {
          const signal = AbortSignal.any([reader, AbortSignal.timeout(lookAgainMs)]);
          const generation = await queue.asked(id, signal);
          if (generation !== null || reader.aborted || get(id) === undefined) return generation;
          refuseLoggedOut();
        }
      } finally {
        end();
      }
    },
  };
}
