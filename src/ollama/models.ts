/** Ollama's lists of models: what is here, what is loaded, and what one is. */
import { type Static, Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import type { ListedModel, ModelsPort } from "../dialects/models-port.ts";
import { OllamaDetails } from "../dialects/ollama-details.ts";
import { UnknownModelError } from "../errors.ts";
import { jsonReply, openApiDetail, time } from "../http/openapi/openapi-detail.ts";
import type { ShelvedModel } from "../status/model-shelf.ts";
import { namedModel } from "./model-name.ts";
import { NamedModel } from "./shapes.ts";

/** The version of Ollama whose interface this is: its programs ask for one that is new enough. */
const interfaceVersion = "0.33.0";

interface OllamaModelsDeps {
  readonly models: ModelsPort;
  /** Those whose files are here. */
  readonly shelved: () => readonly ShelvedModel[];
  /** Of a model that is loaded; null: not known. */
  readonly digestOf: (model: string) => string | null;
  readonly seesPictures: () => boolean;
}

const exampleDetails = {
  parent_model: "",
  format: "gguf",
  family: "qwen2",
  families: ["qwen2"],
  parameter_size: "1.5B",
  quantization_level: "Q4_K_M",
};
const head = {
  name: t.String(),
  model: t.String(),
  size: t.Integer({ description: "Bytes; 0: not known." }),
  digest: t.String({ description: "The file's sha256, once it was loaded." }),
  details: OllamaDetails,
};
const exampleHead = {
  name: "qwen2.5-1.5b-instruct:latest",
  model: "qwen2.5-1.5b-instruct:latest",
  size: 986_048_768,
  digest: "",
  details: exampleDetails,
};
const Tags = t.Object(
  { models: t.Array(t.Object({ ...head, modified_at: time(), capabilities: t.Array(t.String()) })) },
  {
    title: "OllamaModels",
    examples: [
      {
        models: [
          { ...exampleHead, modified_at: "2026-03-01T09:30:00.000Z", capabilities: ["completion", "tools"] },
        ],
      },
    ],
  },
);
const Running = t.Object(
  {
    models: t.Array(
      t.Object({ ...head, expires_at: time(), size_vram: t.Integer(), context_length: t.Integer() }),
    ),
  },
  {
    title: "OllamaRunning",
    examples: [
      {
        models: [
          { ...exampleHead, expires_at: "2026-03-02T09:30:00.000Z", size_vram: 0, context_length: 8192 },
        ],
      },
    ],
  },
);
const Shown = t.Object(
  {
    modelfile: t.String(),
    parameters: t.String(),
    template: t.String(),
    license: t.String(),
    details: OllamaDetails,
    model_info: t.Record(t.String(), t.Unknown()),
    capabilities: t.Array(t.String()),
    modified_at: time(),
  },
  {
    title: "OllamaModel",
    examples: [
      {
        modelfile: "FROM qwen2.5-1.5b-instruct",
        parameters: "",
        template: "",
        license: "apache-2.0",
        details: exampleDetails,
        model_info: { "general.architecture": "qwen2", "qwen2.context_length": 32_768 },
        capabilities: ["completion", "tools"],
        modified_at: "2026-03-01T09:30:00.000Z",
      },
    ],
  },
);
const Version = t.Object(
  { version: t.String() },
  { title: "OllamaVersion", examples: [{ version: interfaceVersion }] },
);

interface Described {
  readonly model: ListedModel;
  /** undefined: it is not here. */
  readonly file: ShelvedModel | undefined;
}

/** How long a model is loaded is not known before: KEEP_ALIVE and others decide. */
const dayMs = 24 * 60 * 60 * 1000;

export const createOllamaModels = (deps: OllamaModelsDeps) => {
  const { models, shelved, digestOf } = deps;
  /** Each with what is known of its file; the folder of models is looked through once. */
  const described = (listed: readonly ListedModel[]) => {
    const files = new Map(shelved().map((file) => [file.id, file]));
    return listed.map((model) => ({ model, file: files.get(model.id) }));
  };
  const facts = ({ model, file }: Described): Static<typeof Tags>["models"][number] => ({
    ...headOf(model, file, digestOf(model.id)),
    modified_at: new Date(models.since).toISOString(),
    capabilities: capabilitiesOf(model, file, deps.seesPictures()),
  });
  return new Elysia({ name: "ollama-models", tags: ["ollama"] })
    .get("/api/version", () => ({ version: interfaceVersion }), {
      detail: openApiDetail({
        summary: "The version of Ollama's interface that is spoken here",
        replies: { 200: jsonReply("The version.", Version) },
      }),
    })
    .get("/api/tags", () => ({ models: described(models.listed()).map(facts) }), {
      detail: openApiDetail({
        summary: "The models that can be asked, as Ollama's",
        replies: { 200: jsonReply("The models.", Tags) },
      }),
    })
    .get(
      "/api/ps",
      () => ({
        models: described(models.listed().filter(({ load = "loaded" }) => load === "loaded")).map(
          ({ model, file }) => ({
            ...headOf(model, file, digestOf(model.id)),
            expires_at: new Date(Date.now() + dayMs).toISOString(),
            size_vram: 0,
            context_length: model.contextLength ?? 0,
          }),
        ),
      }),
      {
        detail: openApiDetail({
          summary: "The models that are loaded, as Ollama's",
          replies: { 200: jsonReply("The models.", Running) },
        }),
      },
    )
    .post(
      "/api/show",
      ({ body }) => {
        const id = models.resolve(namedModel(body));
        const [found] = described(models.listed().filter((listed) => listed.id === id));
        if (found === undefined) throw new UnknownModelError(id, []);
        return shownOf(found.model, found.file, facts(found));
      },
      {
        body: NamedModel,
        detail: openApiDetail({
          summary: "What a model is, as Ollama's",
          replies: { 200: jsonReply("The model.", Shown) },
          errors: { 404: "There is no such model." },
        }),
      },
    );
};

/** Names have tags: some programs take them apart. */
const taggedName = (id: string) => (id.includes(":") ? id : `${id}:latest`);

const headOf = ({ id }: ListedModel, model: ShelvedModel | undefined, digest: string | null) => ({
  name: taggedName(id),
  model: taggedName(id),
  size: model?.sizeBytes ?? 0,
  digest: digest ?? "",
  details: {
    parent_model: "",
    format: "gguf",
    family: model?.architecture ?? "",
    families: model?.architecture == null ? [] : [model.architecture],
    parameter_size: model?.parameters ?? "",
    quantization_level: model?.quantisation ?? "",
  },
});

function capabilitiesOf({ purpose }: ListedModel, model: ShelvedModel | undefined, sees: boolean): string[] {
  if (purpose === "embeddings") return ["embedding"];
  const thinks =
    model?.abilities.includes("thinks") === true ||
    /enable_thinking|<think>|reasoning_effort/.test(model?.template ?? "");
  // One in this process sees nothing.
  const vision = sees && model === undefined;
  return ["completion", "tools", ...(thinks ? ["thinking"] : []), ...(vision ? ["vision"] : [])];
}

function shownOf(
  { id, contextLength }: ListedModel,
  model: ShelvedModel | undefined,
  { details, capabilities, modified_at }: Static<typeof Tags>["models"][number],
): Static<typeof Shown> {
  const architecture = model?.architecture ?? "unknown";
  const context = contextLength ?? model?.contextSize ?? null;
  return {
    modelfile: `FROM ${id}`,
    parameters: "",
    template: model?.template ?? "",
    license: model?.licence ?? "",
    details,
    model_info: {
      "general.architecture": architecture,
      ...(context === null ? {} : { [`${architecture}.context_length`]: context }),
    },
    capabilities,
    modified_at,
  };
}
