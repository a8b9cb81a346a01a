/** The questions that wait in a conversation, as pages show them. */
import type { QueueProps } from "../../views/queue-props.ts";
import { questionLimit } from "../generations/question.ts";
import type { QueuedQuestion } from "../store/schema.ts";
import type { QueueOfOwner } from "../workspace/queue.ts";

interface QueueDeps {
  readonly queue: Pick<QueueOfOwner, "list">;
}

export function queueProps({ queue }: QueueDeps, conversationId: string): QueueProps {
  const questions = queue.list(conversationId);
  return {
    conversationId,
    limit: questionLimit,
    questions: questions.map(({ id, content }) => ({ id, text: content })),
    isHeld: questions.some(({ isHeld }) => isHeld),
    state: stateOf(questions),
  };
}

/** Changes whenever other questions wait, or wait otherwise; '' when none does. */
export const queueState = ({ queue }: QueueDeps, conversationId: string): string =>
  stateOf(queue.list(conversationId));

function stateOf(questions: readonly QueuedQuestion[]): string {
  const rows = questions.map(({ id, content, isHeld }) => [id, content, isHeld]);
  return rows.length === 0 ? "" : Bun.hash(JSON.stringify(rows)).toString(36);
}
