/** `/v1/files`: files of requests for `/v1/batches`, and what batches write. @see https://platform.openai.com/docs/api-reference/files */
import { Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { fileResponse } from "../http/file-response.ts";
import { BadFieldError } from "../http/openai-error.ts";
import { jsonReply, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import { choiceField, choiceIn } from "../http/query-fields.ts";
import { onlyFile, receivedForm } from "../http/received-file.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import type { RequestFile } from "../store/batch-tables.ts";
import { listOf, pagedList } from "./paged-list.ts";

export const requestFilesPath = "/v1/files";

const exampleId = "file-4a7c9d3e7a1c6f0b2d111b4e28ba2fa1";
const purposes = ["batch", "batch_output"] as const;
const example = {
  ...{ id: exampleId, object: "file", bytes: 140, created_at: 1_772_357_400, filename: "questions.jsonl" },
  ...{ purpose: "batch", status: "processed" },
};
const FileReply = t.Object(
  {
    id: t.String(),
    object: t.Literal("file"),
    bytes: t.Integer(),
    created_at: t.Integer({ description: "Seconds since 1970." }),
    filename: t.String(),
    purpose: t.Union(purposes.map((purpose) => t.Literal(purpose))),
    status: t.Literal("processed"),
  },
  { title: "RequestFile", examples: [example] },
);
const Deleted = t.Object(
  { id: t.String(), object: t.Literal("file"), deleted: t.Literal(true) },
  { title: "DeletedRequestFile", examples: [{ id: exampleId, object: "file", deleted: true }] },
);
const params = t.Object({ id: t.String({ minLength: 1, maxLength: 100, examples: [exampleId] }) });
const notThere = { 404: "There is no such file." };
const list = pagedList(10_000, 10_000, ["desc", "asc"]);

const fileJson = ({ id, size, createdAt, name, purpose }: RequestFile): StaticReply<typeof FileReply> => ({
  ...{ id, object: "file", bytes: size, created_at: Math.floor(createdAt / 1000), filename: name, purpose },
  status: "processed",
});

const exampleLine = `${JSON.stringify({
  ...{ custom_id: "1", method: "POST", url: "/v1/chat/completions" },
  body: { model: "auto", messages: [{ role: "user", content: "What is a bond?" }] },
})}\n`;

export const createRequestFiles = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "v1-files", tags: ["openai"] })
    .post(
      requestFilesPath,
      async ({ request }) => {
        const { requestBatches } = workspaceOf(request);
        const { files, fields } = await receivedForm(request, requestBatches.largest);
        if (fields.purpose !== "batch")
          throw new BadFieldError("purpose", 'must be "batch": files have no other use here.');
        const { name, bytes } = onlyFile(files);
        if (bytes.length === 0) throw new BadFieldError("file", "is empty.");
        return fileJson(await requestBatches.add(name, bytes));
      },
      {
        detail: openApiDetail({
          summary: "Upload a file of requests for a batch, as OpenAI's",
          description: "A JSON object a line, each with custom_id, method, url and body.",
          requestBody: {
            "multipart/form-data": {
              schema: t.Object({ purpose: t.Literal("batch"), file: t.String({ format: "binary" }) }),
              example: { purpose: "batch", file: exampleLine },
            },
          },
          replies: { 200: jsonReply("The file, with its id.", FileReply) },
          errors: { 413: "It is too large, or all files together are." },
        }),
      },
    )
    .get(
      requestFilesPath,
      ({ query, request }) => {
        const purpose = choiceIn(query.purpose ?? "any", "purpose", ["any", ...purposes]);
        const files = workspaceOf(request).requestBatches.files().map(fileJson);
        return list.page(
          files.filter((file) => purpose === "any" || file.purpose === purpose),
          query,
        );
      },
      {
        query: t.Object({ ...list.fields, purpose: choiceField(purposes, "Only those.") }),
        detail: openApiDetail({
          summary: "The files of programs, the newest first",
          replies: { 200: jsonReply("They.", listOf(FileReply, "RequestFileList", example)) },
        }),
      },
    )
    .get(
      "/v1/files/:id",
      ({ params: { id }, request }) => fileJson(workspaceOf(request).requestBatches.file(id)),
      {
        params,
        detail: openApiDetail({
          summary: "What a file of a program is",
          replies: { 200: jsonReply("The file.", FileReply) },
          errors: notThere,
        }),
      },
    )
    .get(
      "/v1/files/:id/content",
      ({ params: { id }, request }) => {
        const { file, pieces } = workspaceOf(request).requestBatches.read(id);
        return fileResponse({ file: { ...file, mediaType: "application/jsonl", kind: "text" }, pieces });
      },
      {
        params,
        detail: openApiDetail({
          summary: "The lines of a file of a program",
          replies: {
            200: {
              description: "Its bytes.",
              content: {
                "application/octet-stream": { schema: t.String({ format: "binary" }), example: exampleLine },
              },
            },
          },
          errors: notThere,
        }),
      },
    )
    .delete(
      "/v1/files/:id",
      ({ params: { id }, request }): StaticReply<typeof Deleted> => {
        workspaceOf(request).requestBatches.removeFile(id);
        return { id, object: "file", deleted: true };
      },
      {
        params,
        detail: openApiDetail({
          summary: "Delete a file of a program",
          replies: { 200: jsonReply("It is deleted.", Deleted) },
          errors: { ...notThere, 400: "A batch is being made of it." },
        }),
      },
    );
