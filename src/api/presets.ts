/** Presets by REST: choices with a name, with which a conversation can be begun. */
import { Elysia, t } from "elysia";
import { InvalidRequestError } from "../errors.ts";
import { isBlank, seenSign } from "../http/blank.ts";
import {
  jsonReply,
  nullable,
  openApiDetail,
  type StaticReply,
  time,
} from "../http/openapi/openapi-detail.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import { changeProperties, choiceProperties } from "../preferences/preset-schemas.ts";
import type { Preset } from "../store/schema.ts";

const exampleId = "019ac120-4f2b-7000-8000-5b1d2e9a7c44";
const choices = choiceProperties();
const PresetReply = t.Object(
  {
    id: t.String(),
    name: t.String(),
    instructions: nullable(choices.instructions),
    model: nullable(choices.model),
    temperature: nullable(choices.temperature),
    top_p: nullable(choices.top_p),
    max_tokens: nullable(choices.max_tokens),
    recall: nullable(choices.recall),
    created_at: time(),
  },
  {
    title: "Preset",
    description: "null: as in your settings.",
    examples: [
      {
        ...{ id: exampleId, name: "Short answers", instructions: "Answer in one sentence.", model: null },
        ...{ temperature: 0.2, top_p: null, max_tokens: 200, recall: 0 },
        created_at: "2026-03-01T09:30:00.000Z",
      },
    ],
  },
);
const PresetList = t.Object(
  { presets: t.Array(PresetReply) },
  { title: "PresetList", examples: [{ presets: PresetReply.examples }] },
);
const name = t.String({
  minLength: 1,
  maxLength: 1000,
  description: "You have none that is called so.",
  "x-takes": { type: "string", minLength: 1, maxLength: 80, pattern: seenSign },
});
const NewPreset = t.Object(
  { name, ...changeProperties() },
  {
    title: "NewPreset",
    description: "What is left out, or null, is as in your settings.",
    examples: [
      { name: "Short answers", instructions: "Answer in one sentence.", temperature: 0.2, recall: 0 },
    ],
  },
);
const PresetChange = t.Object(
  { name: t.Optional(name), ...changeProperties() },
  {
    title: "PresetChange",
    description: "What is left out stays as it is; null is as in your settings.",
    examples: [{ max_tokens: 400, temperature: null }],
  },
);
const Deleted = t.Object(
  { id: t.String(), deleted: t.Literal(true), preset: PresetReply },
  {
    title: "DeletedPreset",
    description: "Post the preset again to bring it back.",
    examples: [{ id: exampleId, deleted: true, preset: PresetReply.examples?.[0] }],
  },
);
const params = t.Object({ id: t.String({ minLength: 1, maxLength: 100, examples: [exampleId] }) });
const notThere = { 404: "There is no such preset." };

const presetJson = ({ id, name, choices: chosen, createdAt }: Preset): StaticReply<typeof PresetReply> => ({
  ...{ id, name, instructions: chosen.instructions ?? null, model: chosen.model ?? null },
  ...{ temperature: chosen.temperature ?? null, top_p: chosen.top_p ?? null },
  ...{ max_tokens: chosen.max_tokens ?? null, recall: chosen.recall ?? null },
  created_at: new Date(createdAt).toISOString(),
});

/** @throws InvalidRequestError */
function refuseBlank({ name: given }: { readonly name?: string }): void {
  if (given !== undefined && isBlank(given))
    throw new InvalidRequestError("name must not be blank.", { param: "name" });
}

export const createPresetRoutes = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "presets", prefix: "/api/presets", tags: ["presets"] })
    .get(
      "",
      ({ request }): StaticReply<typeof PresetList> => ({
        presets: workspaceOf(request).presets.list().map(presetJson),
      }),
      {
        detail: openApiDetail({
          summary: "Your presets, by name",
          replies: { 200: jsonReply("All of them.", PresetList) },
        }),
      },
    )
    .post(
      "",
      ({ body, request }): StaticReply<typeof PresetReply> => {
        refuseBlank(body);
        return presetJson(workspaceOf(request).presets.create(body));
      },
      {
        body: NewPreset,
        detail: openApiDetail({
          summary: "Save instructions, model, sampling and memory under a name",
          description: "Begin a conversation with it by `preset` of a question.",
          replies: { 200: jsonReply("It is saved.", PresetReply) },
        }),
      },
    )
    .patch(
      "/:id",
      ({ params, body, request }): StaticReply<typeof PresetReply> => {
        refuseBlank(body);
        return presetJson(workspaceOf(request).presets.change(params.id, body));
      },
      {
        params,
        body: PresetChange,
        detail: openApiDetail({
          summary: "Change a preset",
          description: "Conversations that were begun with it keep their values.",
          replies: { 200: jsonReply("The preset as it is now.", PresetReply) },
          errors: notThere,
        }),
      },
    )
    .delete(
      "/:id",
      ({ params, request }): StaticReply<typeof Deleted> => {
        const preset = workspaceOf(request).presets.remove(params.id);
        return { id: preset.id, deleted: true, preset: presetJson(preset) };
      },
      {
        params,
        detail: openApiDetail({
          summary: "Delete a preset",
          description: "Conversations that were begun with it keep their values.",
          replies: { 200: jsonReply("It is deleted.", Deleted) },
          errors: notThere,
        }),
      },
    );
