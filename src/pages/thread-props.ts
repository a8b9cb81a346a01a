/** Which part of a conversation a page shows: its end, what comes before a message, or what lies around one. */
import type { ThreadProps } from "../../views/props.ts";
import { type AnswerDeps, isUnfinished, turnsOf } from "./answer-props.ts";
import type { ConversationsPort, MessagesPort } from "./page-ports.ts";

export interface ThreadDeps extends AnswerDeps {
  readonly conversations: ConversationsPort;
  readonly messages: MessagesPort;
}

/** A screenful, and a few more to scroll. */
export const turnsAtOnce = 20;
/** However much a tab has scrolled up, it gets no more than this at once. */
export const mostTurns = 250;

/** The conversation's end. @param turns how many questions with their answers */
export function lastTurns(
  deps: ThreadDeps,
  conversationId: string,
  turns = turnsAtOnce,
): Promise<ThreadProps> {
  return partOf(deps, conversationId, turns);
}

/** What comes before a message. */
export async function turnsBefore(
  deps: ThreadDeps,
  conversationId: string,
  messageId: string,
): Promise<ThreadProps> {
  return { ...(await partOf(deps, conversationId, turnsAtOnce, messageId)), isPast: true };
}

/** The turns around a message of the path that is shown; its end, when the message is not far from there. */
export function turnsAround(
  deps: ThreadDeps,
  conversationId: string,
  messageId: string,
): Promise<ThreadProps> {
  const path = deps.messages.path(conversationId);
  const at = path.findIndex(({ id }) => id === messageId);
  const isNear = at < 0 || at >= path.length - 2 * turnsAtOnce;
  const end = path.findIndex(({ role }, index) => index > at + turnsAtOnce && role === "user");
  const before = path[end];
  return isNear || before === undefined
    ? lastTurns(deps, conversationId)
    : turnsBefore(deps, conversationId, before.id);
}

/** How the end of a conversation stands: its shape, the answer that is being written, and when the last one ended. */
export function endOf(deps: ThreadDeps, conversationId: string) {
  const read = deps.conversations.thread(conversationId, { limit: 2 * turnsAtOnce + 1 });
  const shown = read.length > 2 * turnsAtOnce ? read.slice(1) : read;
  const last = shown.at(-1)?.generation ?? null;
  return {
    shape: shapeOf(deps, shown),
    runningId: last !== null && isUnfinished(last) ? last.id : null,
    endedAt: last?.endedAt ?? null,
  };
}

async function partOf(
  deps: ThreadDeps,
  conversationId: string,
  turns: number,
  before?: string,
): Promise<ThreadProps> {
  const limit = 2 * turns + 1;
  const read = deps.conversations.thread(conversationId, {
    limit,
    ...(before === undefined ? {} : { before }),
  });
  const hasEarlier = read.length === limit;
  const shown = hasEarlier ? read.slice(1) : read;
  return {
    conversationId,
    turns: await turnsOf(shown, deps),
    earlierThan: hasEarlier ? (shown[0]?.message.id ?? null) : null,
    isPast: false,
    shape: shapeOf(deps, shown),
  };
}

/** Of the last screenful alone, so that it does not depend on how far a tab has scrolled up. */
function shapeOf({ ratings, proposals }: ThreadDeps, shown: ReturnType<ConversationsPort["thread"]>): string {
  const last = shown.slice(-2 * turnsAtOnce);
  const proposed = proposals?.ofMessages(last.map(({ message }) => message.id));
  const parts = last.map(({ message, generation, siblings }) => [
    ...[message.id, generation?.id, siblings],
    generation === null
      ? (proposed?.get(message.id) ?? []).map(({ id, state }) => [id, state])
      : ratings?.of(message.id),
  ]);
  return Bun.hash(JSON.stringify(parts)).toString(36);
}
