/** What runs, as JSON, and the means to start and stop it and to change its model. */
import { Elysia, t } from "elysia";
import { actionName, actionOf, engineName } from "../http/engine-fields.ts";
import { jsonReply, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import type { StatusPort } from "../status/status-report.ts";
import { StatusReply, Steered, statusJson } from "./status-json.ts";

const modelName = t.String({ minLength: 1, maxLength: 200, description: "One of the engine's models" });
const steerErrors = { 404: "There is no such engine or model.", 503: "It cannot be done at present." };

/** @param statusOf throws ForbiddenError for an identity without access */
export const createStatusRoutes = (statusOf: (request: Request) => StatusPort) =>
  new Elysia({ name: "status", tags: ["status"] })
    .get("/api/status", ({ request }) => statusJson(statusOf(request).report()), {
      detail: openApiDetail({
        summary: "What runs: every engine, the queue, and what was done since the start",
        description:
          "Durations are in milliseconds, times in ISO 8601, memory in bytes, utilisation from 0 to 1; null is unknown.",
        replies: { 200: jsonReply("How it is.", StatusReply) },
      }),
    })
    .post(
      "/api/engines/:name/load",
      async ({ params: { name }, body: { model }, request }): Promise<StaticReply<typeof Steered>> => {
        await statusOf(request).load(name, model);
        return { success: true, engine: name, action: "load", model };
      },
      {
        params: t.Object({ name: engineName }),
        body: t.Object({ model: modelName }, { examples: [{ model: "smollm2-135m-instruct" }] }),
        detail: openApiDetail({
          summary: "Put another model in the place of the one that an engine runs",
          description:
            "Running answers finish first, new ones wait. Replies when that has begun; GET /api/status lists each " +
            "engine's models and tells how it goes on.",
          replies: { 200: jsonReply("It has begun.", Steered) },
          errors: steerErrors,
        }),
      },
    )
    .post(
      "/api/engines/:name/:action",
      async ({ params: { name, action: word }, request }): Promise<StaticReply<typeof Steered>> => {
        const action = actionOf(word);
        await statusOf(request).act(name, action);
        return { success: true, engine: name, action };
      },
      {
        params: t.Object({ name: engineName, action: actionName }),
        detail: openApiDetail({
          summary: "Start, stop or restart an engine, or unload a model that a request had loaded",
          description: "Replies when that has begun; GET /api/status tells how it goes on.",
          replies: { 200: jsonReply("It has begun.", Steered) },
          errors: steerErrors,
        }),
      },
    );
