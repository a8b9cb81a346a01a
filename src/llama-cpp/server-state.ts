/** llama.cpp's `/props`, `/slots`, `/models/load` and `/models/unload`. */
import { Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { type KeptModelsDeps, loadModel, unloadModel } from "../dialects/kept-models.ts";
import type { EngineLookup } from "../dialects/token-counts.ts";
import { jsonReply, openApiDetail } from "../http/openapi/openapi-detail.ts";
import type { ShelvedModel } from "../status/model-shelf.ts";

interface ServerStateDeps extends KeptModelsDeps {
  readonly engines: EngineLookup;
  /** Those whose files are here. */
  readonly shelved: () => readonly ShelvedModel[];
  readonly seesPictures: () => boolean;
  readonly version: string;
}

const Props = t.Object(
  {
    default_generation_settings: t.Object({
      id: t.Integer(),
      n_ctx: t.Integer(),
      is_processing: t.Boolean(),
    }),
    total_slots: t.Integer(),
    role: t.Literal("model", { description: "One server, whatever models it has." }),
    model_alias: t.String(),
    model_path: t.String({ description: "The model's id: where files lie is told to nobody." }),
    modalities: t.Object({ vision: t.Boolean(), audio: t.Boolean(), video: t.Boolean() }),
    chat_template: t.String(),
    build_info: t.String(),
    is_sleeping: t.Boolean(),
  },
  {
    title: "LlamaCppProps",
    examples: [
      {
        default_generation_settings: { id: 0, n_ctx: 8192, is_processing: false },
        ...{
          total_slots: 4,
          role: "model",
          model_alias: "qwen2.5-1.5b-instruct",
          model_path: "qwen2.5-1.5b-instruct",
        },
        ...{ modalities: { vision: false, audio: false, video: false }, chat_template: "" },
        ...{ build_info: "local-financial-assistant 0.2.0", is_sleeping: false },
      },
    ],
  },
);
const Slots = t.Array(
  t.Object({ id: t.Integer(), n_ctx: t.Integer(), is_processing: t.Boolean(), model: t.String() }),
  {
    title: "LlamaCppSlots",
    examples: [[{ id: 0, n_ctx: 8192, is_processing: false, model: "qwen2.5-1.5b-instruct" }]],
  },
);
const NamedModel = t.Object(
  { model: t.String({ minLength: 1, maxLength: 300 }) },
  { title: "LlamaCppModelName", additionalProperties: t.Unknown(), examples: [{ model: "auto" }] },
);
const Done = t.Object({ success: t.Literal(true) }, { title: "LlamaCppDone", examples: [{ success: true }] });

export const createLlamaCppState = (deps: ServerStateDeps) => {
  const { engines, models } = deps;
  const statuses = () => engines.ready().map((engine) => engine.status());
  return new Elysia({ name: "llama-cpp-state", tags: ["llama.cpp"] })
    .get(
      "/props",
      () => {
        const [first] = statuses();
        const model = first?.model ?? "";
        return {
          default_generation_settings: {
            ...{ id: 0, n_ctx: first?.contextSize ?? 0, is_processing: (first?.busySlots ?? 0) > 0 },
          },
          total_slots: first?.slots ?? 0,
          role: "model",
          model_alias: model,
          model_path: model,
          modalities: { vision: deps.seesPictures(), audio: false, video: false },
          chat_template: deps.shelved().find(({ id }) => id === model)?.template ?? "",
          build_info: `local-financial-assistant ${deps.version}`,
          is_sleeping: first === undefined,
        };
      },
      {
        detail: openApiDetail({
          summary: "What answers, as llama.cpp's server tells it",
          replies: { 200: jsonReply("The first engine that is ready.", Props) },
        }),
      },
    )
    .get(
      "/slots",
      () =>
        statuses()
          .flatMap(({ slots, busySlots, contextSize, model }) =>
            Array.from({ length: slots }, (_, at) => ({
              ...{ n_ctx: contextSize ?? 0, is_processing: at < busySlots, model: model ?? "" },
            })),
          )
          .map((slot, id) => ({ id, ...slot })),
      {
        detail: openApiDetail({
          summary: "The places for answers, as llama.cpp's server tells them",
          replies: { 200: jsonReply("Whether each is busy; nothing of what it writes.", Slots) },
        }),
      },
    )
    .post(
      "/models/load",
      async ({ body, request, server }) => {
        server?.timeout(request, 0);
        // Who may steer the program is asked first.
        deps.statusOf(request);
        await loadModel(deps, request, models.resolve(body.model));
        return { success: true };
      },
      {
        body: NamedModel,
        detail: openApiDetail({
          summary: "Load a model beside others, as llama.cpp's router",
          replies: { 200: jsonReply("It is loaded.", Done) },
          errors: { 404: "There is no such model.", 503: "It cannot be loaded." },
        }),
      },
    )
    .post(
      "/models/unload",
      async ({ body, request }) => {
        await unloadModel(deps, request, models.resolve(body.model));
        return { success: true };
      },
      {
        body: NamedModel,
        detail: openApiDetail({
          summary: "Unload a model, as llama.cpp's router",
          replies: { 200: jsonReply("It is unloaded.", Done) },
          errors: { 400: "It stays loaded.", 404: "There is no such model." },
        }),
      },
    );
};
