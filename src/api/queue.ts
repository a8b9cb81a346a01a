/** The questions that wait for the answer before them, by REST: listed, edited, removed, and sent at once. */
import { Elysia, t } from "elysia";
import { NoConversationError } from "../conversations/conversation-errors.ts";
import { InvalidRequestError } from "../errors.ts";
import { questionLimit } from "../generations/question.ts";
import { isBlank, seenSign } from "../http/blank.ts";
import { jsonReply, openApiDetail, type StaticReply, time } from "../http/openapi/openapi-detail.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import type { QueuedQuestion } from "../store/schema.ts";
import { exampleConversationId, exampleGenerationId } from "./chat-reply.ts";

const idOf = (example: string) => t.String({ minLength: 1, maxLength: 100, examples: [example] });
const params = t.Object({ id: idOf(exampleConversationId) });
const questionParams = t.Object({ ...params.properties, questionId: idOf(exampleGenerationId) });

const QueuedReply = t.Object(
  {
    id: t.String({ description: "Also of its answer, once it is asked." }),
    message: t.String(),
    model: t.String({ description: "As it was named." }),
    paused: t.Boolean({
      description: "It waits until it is sent: the answer before it was stopped or has failed.",
    }),
    created_at: time(),
  },
  {
    title: "QueuedQuestion",
    examples: [
      {
        id: exampleGenerationId,
        message: "And what is a share?",
        model: "phi3",
        paused: false,
        created_at: "2026-03-01T09:30:00.000Z",
      },
    ],
  },
);
const QueueReply = t.Object(
  { questions: t.Array(QueuedReply, { description: "In the order in which they are asked." }) },
  { title: "Queue", examples: [{ questions: QueuedReply.examples }] },
);
const Edit = t.Object(
  {
    message: t.String({
      minLength: 1,
      maxLength: questionLimit,
      "x-takes": { type: "string", minLength: 1, maxLength: questionLimit, pattern: seenSign },
    }),
  },
  { title: "QueuedQuestionChange", examples: [{ message: "And what is a fund?" }] },
);
const RemovedReply = t.Object(
  { success: t.Literal(true), id: t.String() },
  { title: "Removed", examples: [{ success: true, id: exampleGenerationId }] },
);
const SentReply = t.Object(
  {
    success: t.Literal(true),
    generation_id: t.String(),
    events: t.String({ description: "Where its answer is streamed." }),
  },
  {
    title: "Sent",
    examples: [
      {
        success: true,
        generation_id: exampleGenerationId,
        events: `/generations/${exampleGenerationId}/events`,
      },
    ],
  },
);
const noQuestion = { 404: "There is no such conversation, or the question is not waiting any more." };

export const createQueueRoutes = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "queue", prefix: "/api/conversations", tags: ["conversations"] })
    .get(
      "/:id/queue",
      ({ params: { id }, request }): StaticReply<typeof QueueReply> => {
        const { library, queue } = workspaceOf(request);
        if (library.get(id) === undefined) throw new NoConversationError();
        return { questions: queue.list(id).map(queuedJson) };
      },
      {
        params,
        detail: openApiDetail({
          summary: "The questions that wait for the answer before them",
          replies: { 200: jsonReply("The questions.", QueueReply) },
          errors: { 404: "There is no such conversation." },
        }),
      },
    )
    .patch(
      "/:id/queue/:questionId",
      async ({ params: { id, questionId }, body, request }) => {
        if (isBlank(body.message))
          throw new InvalidRequestError("message must not be empty.", { param: "message" });
        return queuedJson(await workspaceOf(request).queue.edit(id, questionId, body.message));
      },
      {
        params: questionParams,
        body: Edit,
        detail: openApiDetail({
          summary: "Edit a question that waits; it keeps its place",
          replies: { 200: jsonReply("The question as it is now.", QueuedReply) },
          errors: noQuestion,
        }),
      },
    )
    .delete(
      "/:id/queue/:questionId",
      async ({ params: { id, questionId }, request }): Promise<StaticReply<typeof RemovedReply>> => {
        await workspaceOf(request).queue.remove(id, questionId);
        return { success: true, id: questionId };
      },
      {
        params: questionParams,
        detail: openApiDetail({
          summary: "Remove a question that waits",
          replies: { 200: jsonReply("It is erased.", RemovedReply) },
          errors: noQuestion,
        }),
      },
    )
    .post(
      "/:id/queue/:questionId/send",
      async ({ params: { id, questionId }, request }): Promise<StaticReply<typeof SentReply>> => {
        await workspaceOf(request).queue.sendNow(id, questionId);
        return { success: true, generation_id: questionId, events: `/generations/${questionId}/events` };
      },
      {
        params: questionParams,
        detail: openApiDetail({
          summary: "Stop the answer that is being written, and ask this question",
          replies: { 200: jsonReply("It is asked, or is as soon as that answer has ended.", SentReply) },
          errors: {
            ...noQuestion,
            503: "The queue is full (with Retry-After), or the program is being stopped.",
          },
        }),
      },
    );

const queuedJson = (question: QueuedQuestion): StaticReply<typeof QueuedReply> => ({
  id: question.id,
  message: question.content,
  model: question.model,
  paused: question.isHeld,
  created_at: new Date(question.createdAt).toISOString(),
});
