/** The answer to a question that may wait in its conversation's queue: as a stream or as a whole, when its turn has come. */
import { QuestionGoneError } from "../generations/generation-errors.ts";
import type { Question } from "../generations/question.ts";
import { isDefect } from "../http/answer-outcome.ts";
import type { RouteDeps } from "../http/route-deps.ts";
import { encodeComment, encodeFrame, eventStreamResponse } from "../sse/event-stream.ts";
import type { Generation, QueuedQuestion } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { chunkFrames, doneFrame } from "./chat-chunks.ts";
import { figuresAtEnd } from "./figure-json.ts";

/**
 * @param mayWait whether the question waits while an answer is being written in its conversation
 * @throws ConversationBusyError when it may not wait, or what asking throws
 */
export async function askedOrQueued(
  { queue, generations }: Workspace,
  question: Question,
  mayWait: boolean,
): Promise<
  { readonly generation: Generation } | { readonly queued: QueuedQuestion; readonly place: number }
> {
  if (!mayWait) return { generation: await generations.ask(question) };
  const placed = await queue.place(question);
  return placed.type === "asked"
    ? { generation: placed.generation }
    : { queued: placed.question, place: placed.place };
}

/** Waits for its turn. @throws QuestionGoneError when it was removed, or the reader has left */
export async function askedInTurn(
  { queue }: Workspace,
  id: string,
  reader: AbortSignal = new AbortController().signal,
): Promise<Generation> {
  const generation = await queue.asked(id, reader);
  if (generation === null) throw new QuestionGoneError();
  return generation;
}

export const queuedHeaders = ({ id, conversationId }: QueuedQuestion, place: number) => ({
  "x-generation-id": id,
  "x-conversation-id": conversationId,
  "x-queue-place": String(place),
});

/** Heartbeats until it is asked; then its answer, from the beginning. */
export function queuedStream(
  deps: RouteDeps,
  queued: QueuedQuestion,
  place: number,
  request: Request,
): Response {
  const frames = queuedFrames(deps.workspaceOf(request), queued, place, request.signal);
  return eventStreamResponse(frames, request, {
    headers: queuedHeaders(queued, place),
    onDefect: (error) => {
      if (isDefect(error)) deps.log.error("defect", { generation: queued.id, error });
    },
  });
}

async function* queuedFrames(
  workspace: Workspace,
  queued: QueuedQuestion,
  place: number,
  reader: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  yield encodeComment(`queued ${place}`);
  const generation = await workspace.queue.asked(queued.id, reader);
  if (generation === null) {
    yield goneFrame(queued);
    yield doneFrame;
    return;
  }
  yield* chunkFrames({
    generation,
    updates: workspace.generations.follow(generation.id, 0, reader),
    after: -1,
    keepsText: true,
    figures: (text) => figuresAtEnd(workspace, generation, text),
  });
}

const goneFrame = ({ id, createdAt, model }: QueuedQuestion) => {
  const { message, type, code } = new QuestionGoneError().toJSON().error;
  return encodeFrame({
    data: JSON.stringify({
      ...{ id, object: "chat.completion.chunk", created: Math.floor(createdAt / 1000), model },
      choices: [{ index: 0, delta: {}, finish_reason: null }],
      error: { message, type, code },
    }),
  });
};
