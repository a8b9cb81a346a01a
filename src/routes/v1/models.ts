/**
 * `GET /v1/models`: what can be asked for now, as OpenAI's. Aliases name models, too, when one is asked for by its name.
 * @see https://platform.openai.com/docs/api-reference/models
 */
import { Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { described, jsonReply } from "../openapi/described.ts";

export interface ModelsPort {
  /** The ids of the models that can answer now, and of the one that embeds. */
  ids(): readonly string[];
  /** @returns the id that a name stands for @throws UnknownModelError or ModelNotRunningError */
  resolve(name: string): string;
  /** Since when they are there: the server's start, in milliseconds since 1970. */
  readonly since: number;
}

const exampleModel = {
  id: "qwen2.5-1.5b-instruct",
  object: "model",
  created: 1_772_352_000,
  owned_by: "local",
};
const Model = t.Object(
  {
    id: t.String(),
    object: t.Literal("model"),
    created: t.Integer({ description: "Seconds since 1970: since when it is there." }),
    owned_by: t.Literal("local"),
  },
  { title: "Model", examples: [exampleModel] },
);
const Models = t.Object(
  { object: t.Literal("list"), data: t.Array(Model) },
  { title: "Models", examples: [{ object: "list", data: [exampleModel] }] },
);

export const createModels = (models: ModelsPort) => {
  const facts = (id: string) => ({
    id,
    object: "model",
    created: Math.floor(models.since / 1000),
    owned_by: "local",
  });
  return new Elysia({ name: "v1-models", tags: ["openai"] })
    .get("/v1/models", () => ({ object: "list", data: models.ids().map(facts) }), {
      detail: described({
        summary: "The models that can be asked, as OpenAI's",
        replies: { 200: jsonReply("The models.", Models) },
      }),
    })
    .get(
      // Ids of a vLLM's models may hold slashes.
      "/v1/models/*",
      ({ params }) => {
        const name = params["*"];
        return facts(models.ids().includes(name) ? name : models.resolve(name));
      },
      {
        detail: described({
          summary: "One model by its id or alias",
          replies: { 200: jsonReply("The model that the name stands for.", Model) },
          errors: { 404: "There is no such model, or it does not run." },
        }),
      },
    );
};
