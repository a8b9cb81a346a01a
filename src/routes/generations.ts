/** One answer by its id: the same stream again from any cursor, Stop, and Continue. */
import { Elysia, t } from "elysia";
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import { continuedFrom } from "../generations/continue-answer.ts";
import { eventStreamResponse } from "../sse/event-stream.ts";
import type { ChatDeps } from "./chat.ts";
import { chunkFrames, isDefect } from "./chat-chunks.ts";
import { continueKey } from "./idempotency-key.ts";

const params = t.Object({ id: t.String({ minLength: 1, maxLength: 100 }) });

export const createGenerationRoutes = ({ workspaceOf, log }: ChatDeps) =>
  new Elysia({ name: "generations", prefix: "/generations", tags: ["generations"] })
    .get(
      "/:id/events",
      ({ params: { id }, query, request, server }) => {
        server?.timeout(request, 0);
        const { generations } = workspaceOf(request);
        const generation = generations.get(id);
        if (generation === undefined) throw new NotFoundError("There is no answer with this id.");
        const after = cursorFrom(request.headers.get("last-event-id") ?? query.after);
        const frames = chunkFrames({
          generation,
          updates: generations.follow(id, Math.max(0, after), request.signal),
          writers: () => generations.writers(id),
          after,
        });
        return eventStreamResponse(frames, request, {
          headers: { "x-generation-id": id, "x-conversation-id": generation.conversationId },
          onDefect: (error) => {
            if (isDefect(error)) log.error("defect", { generation: id, error });
          },
        });
      },
      {
        params,
        query: t.Object({ after: t.Optional(t.String({ maxLength: 20 })) }),
        detail: { summary: "The answer's stream again, from after the cursor `after` or Last-Event-ID" },
      },
    )
    .post(
      "/:id/stop",
      ({ params: { id }, request }) => {
        const { generations } = workspaceOf(request);
        const generation = generations.get(id);
        if (generation === undefined) throw new NotFoundError("There is no answer with this id.");
        return { success: true, stopped: generations.stop(id), generation_id: id };
      },
      { params, detail: { summary: "Stop an answer; what was written is kept" } },
    )
    .post(
      "/:id/continue",
      async ({ params: { id }, request }) => {
        const { generations } = workspaceOf(request);
        await generations.continue(id, continueKey(request));
        const after = continuedFrom(generations.tokens(id, 0));
        return { success: true, generation_id: id, events: `/generations/${id}/events?after=${after}` };
      },
      {
        params,
        detail: {
          summary: "Go on with an answer that was interrupted, stopped or cut by its length limit",
          description:
            "The same answer goes on from the text that it has; `events` streams what is new. Only the last answer " +
            "of a conversation can be continued. One that is still being written is left as it is. With an " +
            "Idempotency-Key it is gone on with once.",
        },
      },
    );

/** @returns the id of the last frame that the reader has; -1 for none */
function cursorFrom(text: string | undefined): number {
  if (text === undefined || text === "") return -1;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidRequestError("after must be a whole number: the id of the last event that was read.", {
    param: "after",
  });
}
