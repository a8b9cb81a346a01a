/** The models that can be asked or loaded, and the change to another one, as the simple chat clients do it. */

import { Elysia, t } from "elysia";
import { jsonReply, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import { wantsPage } from "../http/wants-page.ts";
import type { ChosenModel, Models } from "../status/model-choice.ts";
import type { ModelShelf } from "../status/model-shelf.ts";
import { createModelShelfRoutes } from "./model-shelf.ts";

interface ModelRoutesDeps {
  /** @throws ForbiddenError for an identity without admin rights */
  readonly shelfOf: (request: Request) => ModelShelf;
  readonly list: () => Models;
  /** For browsers, which ask for HTML at the same address. */
  readonly page: (request: Request) => Response | Promise<Response>;
  /** @throws ForbiddenError for an identity without admin rights, or what choosing throws */
  readonly choose: (request: Request, name: string) => Promise<ChosenModel>;
}

const ModelList = t.Object(
  {
    models: t.Array(t.String(), { description: "Their ids, the one that answers first." }),
    current: t.Union([t.String(), t.Null()], { description: "The one that answers." }),
  },
  { title: "ModelList", examples: [{ models: ["smollm2-135m-instruct"], current: "smollm2-135m-instruct" }] },
);
const Switched = t.Object(
  { success: t.Literal(true), model: t.String(), message: t.String() },
  {
    title: "ModelSwitched",
    examples: [
      { success: true, model: "smollm2-135m-instruct", message: "smollm2-135m-instruct is being loaded." },
    ],
  },
);

const listed = (models: Models): StaticReply<typeof ModelList> => models;

export const createModelRoutes = ({ list, choose, page, shelfOf }: ModelRoutesDeps) =>
  new Elysia({ name: "models", tags: ["status"] })
    .use(createModelShelfRoutes(shelfOf))
    .get("/models", ({ request }) => (wantsPage(request) ? page(request) : listed(list())), {
      detail: openApiDetail({
        summary: "The models that can be asked or loaded, and the one that answers",
        replies: { 200: jsonReply("Their ids.", ModelList) },
      }),
    })
    .post(
      "/models/switch",
      async ({ body: { model }, request }): Promise<StaticReply<typeof Switched>> => {
        const chosen = await choose(request, model);
        const message = `${chosen.model} ${chosen.isLoading ? "is being loaded" : "answers"}.`;
        return { success: true, model: chosen.model, message };
      },
      {
        body: t.Object(
          {
            model: t.String({ minLength: 1, maxLength: 200, description: "A model's id or alias, or auto." }),
          },
          { examples: [{ model: "smollm2-135m-instruct" }] },
        ),
        detail: openApiDetail({
          summary: "Have another model answer",
          description:
            "Running answers finish first, new ones wait. Replies when that has begun. A name that the model which runs " +
            "answers to changes nothing.",
          replies: { 200: jsonReply("It answers, or is being loaded.", Switched) },
          errors: { 404: "There is no such model here.", 503: "It cannot be done at present." },
        }),
      },
    );
