/** Memories as files, several at once, and what is said of one: superseded, not relevant, not contradicted. */
import { Elysia, t } from "elysia";
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import { momentIn } from "../finance/data/moment.ts";
import { isBlank } from "../http/blank.ts";
import { downloadResponse } from "../http/download.ts";
import { fileNameOf } from "../http/file-name.ts";
import { jsonReply, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import { choiceField, choiceIn } from "../http/query-fields.ts";
import { receivedFiles } from "../http/received-file.ts";
import { textOfBody } from "../http/text-body.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import { largestMemoryFile } from "../workspace/memory.ts";
import { instantField } from "./dataset-json.ts";
import { detailJson, exampleId, MemoryDetail } from "./memory-json.ts";

export const importMemoriesPath = "/memories/import";

const formats = ["json", "csv"] as const;
const params = t.Object({ id: t.String({ minLength: 1, maxLength: 100, examples: [exampleId] }) });
const exampleMoment = "2026-03-01T09:30:00.000Z";
const text = (maxLength: number) => t.String({ minLength: 1, maxLength });

const ImportedMemories = t.Object(
  {
    id: t.String({ description: "Of the import; it can be undone by it." }),
    added: t.Integer(),
    known: t.Integer({ description: "How many were there already." }),
    refused: t.Array(t.Object({ entry: t.Integer(), reason: t.String() })),
  },
  { title: "ImportedMemories", examples: [{ id: exampleId, added: 2, known: 0, refused: [] }] },
);
const exampleFile = [{ key: "savings goal", value: "A house in ten years", category: "goals" }];
const Importable = t.Array(
  t.Object(
    {
      key: text(500),
      value: text(20_000),
      category: t.Optional(text(100)),
      kind: t.Optional(t.Union([t.Literal("fact"), t.Literal("exchange")])),
      timestamp: t.Optional(t.String({ description: "When it was stated." })),
      valid_from: t.Optional(t.Union([t.String(), t.Null()])),
      valid_to: t.Optional(t.Union([t.String(), t.Null()])),
      confidence: t.Optional(t.Number({ minimum: 0, maximum: 1 })),
    },
    { additionalProperties: true },
  ),
  { title: "MemoryFile" },
);
const ForgottenMemories = t.Object(
  {
    forgotten: t.Integer(),
    moment: t.String({ description: "By it they are restored together." }),
  },
  { title: "ForgottenMemories", examples: [{ forgotten: 2, moment: exampleMoment }] },
);
const SupersedingText = t.Object(
  {
    value: text(20_000),
    key: t.Optional(text(500)),
    category: t.Optional(text(100)),
    valid_from: t.Optional(instantField("Since when it holds")),
  },
  { title: "SupersedingText", examples: [{ value: "A flat in five years" }] },
);
const Feedback = t.Object(
  { relevant: t.Boolean({ description: "false: it did not bear on a question; true takes that back." }) },
  { title: "MemoryFeedback", examples: [{ relevant: false }] },
);
const notThere = { 404: "There is no such memory." };
type Detail = StaticReply<typeof MemoryDetail>;
type Forgotten = StaticReply<typeof ForgottenMemories>;

export const createMemoryFileRoutes = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "memory-files", tags: ["memory"] })
    .get(
      "/memories/export",
      ({ query, request }) => {
        const format = choiceIn(query.format, "format", formats);
        return downloadResponse(workspaceOf(request).memory.exportAs(format), {
          type: format === "csv" ? "text/csv" : "application/json",
          fileName: fileNameOf("memories", Date.now(), format),
        });
      },
      {
        query: t.Object({ format: choiceField(formats, "json by default.") }),
        detail: openApiDetail({
          summary: "All memories as a file",
          replies: {
            200: {
              description: "The file, in the form that POST /memories/import takes.",
              content: {
                "application/json": { schema: Importable, example: exampleFile },
                "text/csv": {
                  schema: t.String(),
                  example: "key,value\r\nsavings goal,A house in ten years\r\n",
                },
              },
              headers: ["Content-Disposition"],
            },
          },
        }),
      },
    )
    .post(
      importMemoriesPath,
      async ({ request }): Promise<StaticReply<typeof ImportedMemories>> => {
        const [file] = await receivedFiles(request, largestMemoryFile, "");
        if (file === undefined) throw new InvalidRequestError("The form has no file.");
        const { memory } = workspaceOf(request);
        return memory.importFrom({ name: file.name, text: textOfBody(file.bytes, null) });
      },
      {
        detail: openApiDetail({
          summary: "Import memories",
          description:
            "A list in JSON, or a CSV with the columns key and value. What comes twice is stored once. Entries that cannot " +
            "be read are named, and the others are stored.",
          requestBody: {
            "application/json": { schema: Importable, example: exampleFile },
            "text/csv": { schema: t.String(), example: "key,value\r\nsavings goal,A house in ten years\r\n" },
            "multipart/form-data": {
              schema: t.Object({ file: t.String({ format: "binary" }) }),
              example: { file: JSON.stringify(exampleFile) },
            },
          },
          replies: { 200: jsonReply("What became of the entries.", ImportedMemories) },
          errors: { 422: "It is no list of memories." },
        }),
      },
    )
    .post(
      "/memories/import/undo",
      async ({ body, request }): Promise<Forgotten> => {
        const { count, moment } = await workspaceOf(request).memory.undoImport(body.id);
        return { forgotten: count, moment: new Date(moment).toISOString() };
      },
      {
        body: t.Object({ id: text(100) }, { title: "UndoneImport", examples: [{ id: exampleId }] }),
        detail: openApiDetail({
          summary: "Forget what an import has brought",
          replies: {
            200: jsonReply("They are forgotten; none when there is no such import.", ForgottenMemories),
          },
        }),
      },
    )
    .post(
      "/memories/forget",
      async ({ body, request }): Promise<Forgotten> => {
        const { count, moment } = await workspaceOf(request).memory.forgetAll(body.ids);
        return { forgotten: count, moment: new Date(moment).toISOString() };
      },
      {
        body: t.Object(
          { ids: t.Array(text(100), { maxItems: 1_000 }) },
          { title: "MemoriesToForget", examples: [{ ids: [exampleId] }] },
        ),
        detail: openApiDetail({
          summary: "Forget several memories",
          replies: { 200: jsonReply("They are forgotten.", ForgottenMemories) },
        }),
      },
    )
    .post(
      "/memories/restore",
      async ({ body, request }) => {
        const moment = momentIn("moment", body.moment) ?? 0;
        return { restored: await workspaceOf(request).memory.bringBackAll(moment) };
      },
      {
        body: t.Object(
          { moment: instantField("When they were forgotten") },
          { title: "MemoriesToRestore", examples: [{ moment: exampleMoment }] },
        ),
        detail: openApiDetail({
          summary: "Restore the memories that were forgotten together",
          replies: {
            200: jsonReply(
              "How many were restored.",
              t.Object({ restored: t.Integer() }, { title: "RestoredMemories", examples: [{ restored: 2 }] }),
            ),
          },
        }),
      },
    )
    .post(
      "/memories/:id/supersede",
      async ({ params, body, request }): Promise<Detail> => {
        const { memory } = workspaceOf(request);
        const { value, key, category, valid_from } = body;
        if ([value, key ?? value, category ?? value].some(isBlank))
          throw new InvalidRequestError("key, value and category must not be blank.");
        const validFrom = momentIn("valid_from", valid_from);
        const made = await memory.supersede(params.id, {
          value: value.trim(),
          ...(key === undefined ? {} : { key: key.trim() }),
          ...(category === undefined ? {} : { category: category.trim() }),
          ...(validFrom === undefined ? {} : { validFrom }),
        });
        return detailJson(memory, made);
      },
      {
        params,
        body: SupersedingText,
        detail: openApiDetail({
          summary: "Put a new memory in the place of one",
          description: "The old one stays for questions about the time before; it is recalled no more.",
          replies: { 200: jsonReply("The new memory.", MemoryDetail) },
          errors: notThere,
        }),
      },
    )
    .post(
      "/memories/:id/feedback",
      async ({ params, body, request }): Promise<Detail> => {
        const { memory } = workspaceOf(request);
        return detailJson(memory, await memory.dismiss(params.id, body.relevant ? -1 : 1));
      },
      {
        params,
        body: Feedback,
        detail: openApiDetail({
          summary: "Say that a memory did not bear on a question",
          description: "It is recalled less readily from then on.",
          replies: { 200: jsonReply("The memory.", MemoryDetail) },
          errors: notThere,
        }),
      },
    )
    .post(
      "/memories/:id/settle",
      async ({ params, body, request }): Promise<Detail> => {
        const { memory } = workspaceOf(request);
        await memory.settle(params.id, body.other);
        const found = memory.get(params.id);
        if (found === undefined) throw new NotFoundError("There is no such memory.");
        return detailJson(memory, found);
      },
      {
        params,
        body: t.Object({ other: text(100) }, { title: "SettledMemory", examples: [{ other: exampleId }] }),
        detail: openApiDetail({
          summary: "Say that two memories do not contradict each other",
          replies: { 200: jsonReply("The memory.", MemoryDetail) },
          errors: notThere,
        }),
      },
    );
