/** Models on this machine, fetched from the catalogue or the hub, and removed. */
import { Elysia, t } from "elysia";
import { jsonReply, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import { modelId, pullAction, pullActionOf, wantedName } from "../http/pull-fields.ts";
import type { ModelShelf } from "../status/model-shelf.ts";
import { PreviewReply, PullReply, previewJson, pullJson, ShelfReply, shelfJson } from "./model-json.ts";

const Removed = t.Object(
  { success: t.Literal(true), id: t.String() },
  { title: "ModelRemoved", examples: [{ success: true, id: "tiny-Q4_K_M" }] },
);
const name = { params: t.Object({ id: modelId }) };
const hubErrors = {
  404: "There is no such model.",
  409: "The hub has another file now than when it was first fetched.",
  502: "The hub refuses it: a token is missing, or its terms are not accepted.",
  503: "The hub cannot be reached, or what is there cannot be used.",
};

/** @param shelfOf throws ForbiddenError for an identity without access */
export const createModelShelfRoutes = (shelfOf: (request: Request) => ModelShelf) =>
  new Elysia({ name: "model-shelf", tags: ["status"] })
    .get("/api/models", ({ request }) => shelfJson(shelfOf(request).report()), {
      detail: openApiDetail({
        summary: "The models here, those that can be had, and what is being fetched",
        description: "Whether a model fits follows from its size and the memory of this machine.",
        replies: { 200: jsonReply("All of them.", ShelfReply) },
      }),
    })
    .get(
      "/api/models/files",
      async ({ query, request }) => previewJson(await shelfOf(request).preview(query.name, request.signal)),
      {
        query: t.Object({ name: wantedName }),
        detail: openApiDetail({
          summary: "What the model hub has under a name, and what suits this machine",
          description: "Asks the hub, and fetches nothing.",
          replies: { 200: jsonReply("Its files.", PreviewReply) },
          errors: hubErrors,
        }),
      },
    )
    .post(
      "/api/models/pull",
      async ({ body: { name: wanted, use = false }, request }) =>
        pullJson(await shelfOf(request).pull(wanted, { use, signal: request.signal })),
      {
        body: t.Object(
          {
            name: wantedName,
            use: t.Optional(t.Boolean({ description: "Have it answer when it is here." })),
          },
          { examples: [{ name: "hf:user/tiny-GGUF:Q4_K_M" }] },
        ),
        detail: openApiDetail({
          summary: "Fetch a model of the catalogue or the hub in the background",
          description:
            "Replies when it has begun; GET /api/models tells how far it is. What is begun already goes on.",
          replies: { 200: jsonReply("It has begun.", PullReply) },
          errors: hubErrors,
        }),
      },
    )
    .post(
      "/api/models/pulls/:id/:action",
      async ({ params: { id, action: word }, request }): Promise<StaticReply<typeof PullReply>> => {
        const shelf = shelfOf(request);
        const action = pullActionOf(word);
        if (action !== "cancel") return pullJson(await shelf[action](id));
        const pull = await shelf.pause(id);
        await shelf.cancel(id);
        return pullJson(pull);
      },
      {
        params: t.Object({ id: modelId, action: pullAction }),
        detail: openApiDetail({
          summary: "Pause, resume or cancel what is being fetched",
          description: "A pause keeps what is here of it, over restarts, too; a cancel removes it.",
          replies: { 200: jsonReply("As it was before a cancel, or is now.", PullReply) },
          errors: hubErrors,
        }),
      },
    )
    .delete(
      "/api/models/:id",
      ({ params: { id }, request }): StaticReply<typeof Removed> => {
        shelfOf(request).remove(id);
        return { success: true, id };
      },
      {
        ...name,
        detail: openApiDetail({
          summary: "Remove the files of a model",
          replies: { 200: jsonReply("They are gone.", Removed) },
          errors: { 404: "It is not here.", 409: "It is in use." },
        }),
      },
    );
