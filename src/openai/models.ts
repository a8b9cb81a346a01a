/**
 * `GET /v1/models`: the models that can be asked, in OpenAI's form, those that run first. Aliases name models, too, when one is
 * asked for by its name.
 * @see https://platform.openai.com/docs/api-reference/models
 */
import { Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import type { ListedModel, ModelsForm, ModelsPort } from "../dialects/models-port.ts";
import { jsonReply, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import type { ShelvedModel } from "../status/model-shelf.ts";
import { detailFields, detailsOf, NamedModel, namedModel } from "./model-details.ts";

const exampleModel = {
  id: "qwen2.5-1.5b-instruct",
  object: "model",
  created: 1_772_352_000,
  owned_by: "local",
  purpose: "chat",
  context_length: 8192,
  max_model_len: 8192,
  status: { value: "loaded" },
  ...{ aliases: [], tags: [], architecture: { input_modalities: ["text"], output_modalities: ["text"] } },
  meta: { n_ctx: 8192, n_ctx_train: 32_768, size: 986_048_768, ftype: "Q4_K_M" },
};
const contextLength = (description: string) => t.Union([t.Integer(), t.Null()], { description });
const Model = t.Object(
  {
    id: t.String(),
    object: t.Literal("model"),
    created: t.Integer({ description: "Seconds since 1970: since when it is there." }),
    owned_by: t.Literal("local"),
    purpose: t.Union([t.Literal("chat"), t.Literal("embeddings")], {
      description: "What it can be asked for: answers, or vectors. OpenAI's interface has no such field.",
    }),
    context_length: contextLength("Tokens of prompt and answer together; null: it is not loaded yet."),
    max_model_len: contextLength("The same, as vLLM calls it."),
    status: t.Object(
      { value: t.Union([t.Literal("loaded"), t.Literal("loading"), t.Literal("unloaded")]) },
      {
        description:
          "As llama-server's router tells it. A request that names a model which is unloaded has it loaded.",
      },
    ),
    ...detailFields,
  },
  { title: "Model", examples: [exampleModel] },
);
const Models = t.Object(
  {
    object: t.Literal("list"),
    data: t.Array(Model),
    models: t.Array(NamedModel, {
      description: "The same, as llama.cpp's server tells them to Ollama's programs.",
    }),
  },
  { title: "Models", examples: [{ object: "list", data: [exampleModel], models: [] }] },
);

interface ModelsDeps {
  readonly models: ModelsPort;
  /** Those whose files are here. */
  readonly shelved: () => readonly ShelvedModel[];
  readonly seesPictures: () => boolean;
}

const fileOf = ({ id }: ListedModel, files: readonly ShelvedModel[]) =>
  files.find((model) => model.id === id);

/** @param other for programs of another kind, which have the same address */
export const createModels = ({ models, shelved, seesPictures }: ModelsDeps, other: ModelsForm) => {
  const facts = (
    model: ListedModel,
    files: readonly ShelvedModel[] = shelved(),
  ): StaticReply<typeof Model> => {
    const { id, purpose, contextLength, load = "loaded" } = model;
    return {
      id,
      object: "model",
      created: Math.floor(models.since / 1000),
      owned_by: "local",
      purpose,
      context_length: contextLength,
      max_model_len: contextLength,
      status: { value: load },
      ...detailsOf(model, fileOf(model, files), seesPictures()),
    };
  };
  const list = (): StaticReply<typeof Models> => {
    const listed = models.listed();
    // The folder of models is looked through for it.
    const files = shelved();
    return {
      object: "list",
      data: listed.map((model) => facts(model, files)),
      models: listed.map((model) => namedModel(model, fileOf(model, files))),
    };
  };
  const named = (name: string): ListedModel => {
    const withId = (id: string) => models.listed().find((model) => model.id === id);
    const exact = withId(name);
    if (exact !== undefined) return exact;
    const id = models.resolve(name);
    return withId(id) ?? { id, purpose: "chat", contextLength: null };
  };
  return new Elysia({ name: "v1-models", tags: ["openai"] })
    .get(
      "/v1/models",
      ({ request }) => (other.isFor(request) ? other.list(models.listed(), models.since) : list()),
      {
        detail: openApiDetail({
          summary: "The models that can be asked, as OpenAI's",
          description: "In Anthropic's form where the header `anthropic-version` is sent.",
          replies: {
            200: jsonReply(
              "The models.",
              t.Union([Models, other.schemas.list], { examples: Models.examples }),
            ),
          },
        }),
      },
    )
    .get(
      // Ids of a vLLM's models may hold slashes.
      "/v1/models/*",
      ({ params, request }) => {
        const model = named(params["*"]);
        return other.isFor(request) ? other.one(model, models.since) : facts(model);
      },
      {
        detail: openApiDetail({
          summary: "One model by its id or alias",
          replies: {
            200: jsonReply(
              "The model that the name stands for.",
              t.Union([Model, other.schemas.one], { examples: [exampleModel] }),
            ),
          },
          errors: { 404: "There is no such model, or it does not run." },
        }),
      },
    );
};
