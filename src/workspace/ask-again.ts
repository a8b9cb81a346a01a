/**
 * What a person does with the messages of a conversation: edit a question, ask it again, continue an answer. Pages
 * and API call the same operations. It knows nothing of HTTP.
 */
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import type { Question } from "../generations/question.ts";
import type { ContinueOptions, RetryOptions } from "../generations/store-question.ts";
import type { Generation, LoggedToken, Message } from "../store/schema.ts";
import { say } from "../texts/say.ts";

/** What one owner has. */
export interface AskingParts {
  readonly conversations: { readonly get: (id: string) => object | undefined };
  readonly messages: {
    readonly get: (id: string) => Message | undefined;
    readonly isThere: (id: string) => boolean;
    readonly generationOf: (messageId: string) => Generation | undefined;
  };
  readonly generations: {
    readonly ask: (question: Question) => Promise<Generation>;
    readonly retry: (generationId: string, options?: RetryOptions) => Promise<Generation>;
    readonly continue: (generationId: string, options?: ContinueOptions) => Promise<Generation>;
  };
}

/** A message that is there. @throws NotFoundError */
export function messageOf({ conversations, messages }: AskingParts, messageId: string): Message {
  const message = messages.get(messageId);
  const isKept = message !== undefined && conversations.get(message.conversationId) !== undefined;
  if (isKept && messages.isThere(messageId)) return message;
  throw new NotFoundError(say`There is no such message. It may have been deleted.`);
}

/** A question that may be edited. @throws NotFoundError, or InvalidRequestError for an answer */
export function questionOf(parts: AskingParts, messageId: string): Message {
  const message = messageOf(parts, messageId);
  if (message.role === "user") return message;
  throw new InvalidRequestError(say`Only a question can be edited.`);
}

/** The newest generation of an answer. @throws NotFoundError, or InvalidRequestError for a question */
export function answerOf(parts: AskingParts, messageId: string): Generation {
  const message = messageOf(parts, messageId);
  const generation = message.role === "user" ? undefined : parts.messages.generationOf(message.id);
  if (generation !== undefined) return generation;
  throw new InvalidRequestError(say`This message is a question, not an answer.`);
}

/** Asks in other words, with the same files: a branch beside the former question, which is kept. @throws as questionOf and ask */
export function editQuestion(
  parts: AskingParts,
  messageId: string,
  edited: Omit<Question, "conversationId" | "after" | "filesOf">,
): Promise<Generation> {
  const { conversationId, parentId } = questionOf(parts, messageId);
  return parts.generations.ask({ ...edited, conversationId, after: parentId, filesOf: messageId });
}

/** Another answer beside this one, which is kept. @throws as answerOf and retry */
export function regenerate(
  parts: AskingParts,
  messageId: string,
  options: RetryOptions = {},
): Promise<Generation> {
  return parts.generations.retry(answerOf(parts, messageId).id, options);
}

/**
 * Another answer beside this one, which is kept: it has the same words up to a token, there one of its alternatives, and goes on
 * from it. @param taken the entry of the log and the alternative, as "12.0" @throws as answerOf and retry
 */
export function takeAlternative(
  parts: AskingParts & { readonly generations: { readonly tokens: TokensOf } },
  messageId: string,
  taken: string,
): Promise<Generation> {
  const { id } = answerOf(parts, messageId);
  const [entries = 0, number = 0] = taken.split(".").map(Number);
  const text = parts.generations.tokens(id, entries)[0]?.alternatives?.[number]?.text;
  if (text === undefined) throw new NotFoundError(say`This answer has no such alternative.`);
  return parts.generations.retry(id, {
    replay: true,
    beginning: { entries, text },
    idempotencyKey: `page:take:${id}:${taken}`,
  });
}

type TokensOf = (id: string, from: number) => readonly LoggedToken[];

/** Continues an answer that was interrupted, stopped or cut. @throws as answerOf and continue */
export function continueAnswer(
  parts: AskingParts,
  messageId: string,
  options: ContinueOptions = {},
): Promise<Generation> {
  return parts.generations.continue(answerOf(parts, messageId).id, options);
}
