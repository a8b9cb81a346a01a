/**
 * `/v1/responses`, as OpenAI's: an answer that can be gone on from, read again, stopped and deleted by its id. Its state is
 * that of the conversations and generations which exist already.
 * @see https://platform.openai.com/docs/api-reference/responses
 */
import { Elysia, t } from "elysia";
import type { Outcome } from "../../generations/generation-update.ts";
import type { Generation } from "../../store/schema.ts";
import type { Workspace } from "../../workspace.ts";
import { idempotencyKeyOf } from "../idempotency-key.ts";
import { responseFrames } from "./response-events.ts";
import { responseObject } from "./response-object.ts";
import { questionFromResponse, ResponseRequest, responseId, storedResponse } from "./response-request.ts";
import { begunAnswer, endOfAnswer, headersOf, modelOf, type V1Deps } from "./v1-answer.ts";
import { v1FrameStream } from "./v1-stream.ts";

const params = t.Object({ id: t.String({ minLength: 1, maxLength: 100 }) });

export const createResponses = (deps: V1Deps) =>
  new Elysia({ name: "v1-responses", tags: ["openai"] })
    .post(
      "/v1/responses",
      async ({ body, request, server }) => {
        server?.timeout(request, 0);
        const workspace = deps.workspaceOf(request);
        const key = idempotencyKeyOf(request);
        const generation = await begunAnswer(workspace, questionFromResponse(body, workspace, key), request);
        if (body.stream === true) return await streamed(deps, workspace, generation, request, -1);
        if (body.background === true) return factsOf(workspace, generation);
        const outcome = await endOfAnswer(workspace, generation, request.signal);
        return Response.json(factsOf(workspace, generation, outcome), { headers: headersOf(generation) });
      },
      {
        body: ResponseRequest,
        detail: { summary: "A response, whole, as events or in the background, as OpenAI's" },
      },
    )
    .get(
      "/v1/responses/:id",
      async ({ params: { id }, query, request, server }) => {
        const workspace = deps.workspaceOf(request);
        const generation = storedResponse(workspace, id);
        if (query.stream !== true) return factsOf(workspace, generation);
        server?.timeout(request, 0);
        return await streamed(deps, workspace, generation, request, query.starting_after ?? -1);
      },
      {
        params,
        query: t.Object({
          stream: t.Optional(t.BooleanString()),
          starting_after: t.Optional(t.Numeric({ minimum: -1, maximum: 999_999_999 })),
        }),
        detail: { summary: "A response as it is now, or its events from any one on" },
      },
    )
    .post(
      "/v1/responses/:id/cancel",
      async ({ params: { id }, request }) => {
        const workspace = deps.workspaceOf(request);
        const generation = storedResponse(workspace, id);
        if (workspace.generations.stop(generation.id))
          await endOfAnswer(workspace, generation, request.signal);
        return factsOf(workspace, storedResponse(workspace, id));
      },
      { params, detail: { summary: "Stop a response; the text that it has is kept" } },
    )
    .delete(
      "/v1/responses/:id",
      ({ params: { id }, request }) => {
        const workspace = deps.workspaceOf(request);
        const generation = storedResponse(workspace, id);
        workspace.generations.stop(generation.id);
        workspace.library.removeMessage(generation.messageId);
        return { id: responseId(generation), object: "response", deleted: true };
      },
      { params, detail: { summary: "Delete a response, and what was gone on from it" } },
    );

/** @param outcome how it ended, when that is known; otherwise it is looked up */
function factsOf({ generations }: Workspace, generation: Generation, outcome?: Outcome) {
  const logged = generations.tokens(generation.id, 0);
  const ended = outcome ?? generations.outcome(generation);
  const writers = { writers: generations.writers(generation.id) };
  return responseObject(generation, ended, logged, modelOf(generation, writers));
}

const streamed = (
  deps: V1Deps,
  workspace: Workspace,
  generation: Generation,
  request: Request,
  after: number,
): Promise<Response> =>
  v1FrameStream(deps, workspace, generation, request, (updates) =>
    responseFrames({
      generation,
      updates,
      model: () => modelOf(generation, { writers: workspace.generations.writers(generation.id) }),
      after,
    }),
  );
