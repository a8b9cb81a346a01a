/** Files for questions: upload, download, removal. A question names them by their ids. */
import { Elysia, t } from "elysia";
import { fileResponse } from "../http/file-response.ts";
import { jsonReply, openApiDetail, type StaticReply, time } from "../http/openapi/openapi-detail.ts";
import { receivedOne } from "../http/received-file.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import type { StoredFile } from "../store/file-tables.ts";

/** A form whose file is larger than other bodies. */
export const uploadPath = "/files";

const exampleId = "1b4e28ba-2fa1-4a7c-9d3e-7a1c6f0b2d11";
/** Of files that are shown; all others are saved. */
const pictureTypes = ["image/png", "image/jpeg", "image/webp", "image/gif"];
const kinds = ["text", "csv", "xlsx", "pdf", "image"] as const;

const FileReply = t.Object(
  {
    id: t.String({ description: "A question names it in `files`." }),
    name: t.String(),
    kind: t.Union(kinds.map((kind) => t.Literal(kind))),
    media_type: t.String(),
    size: t.Integer({ description: "In bytes." }),
    characters: t.Integer({ description: "How much text a model can read of it; 0 of a picture." }),
    is_cut: t.Boolean({ description: "Whether the file has more text than is kept for a model." }),
    timestamp: time(),
  },
  {
    title: "File",
    examples: [
      {
        id: exampleId,
        name: "trades.csv",
        kind: "csv",
        media_type: "text/csv",
        size: 35,
        characters: 35,
        is_cut: false,
        timestamp: "2026-03-01T09:30:00.000Z",
      },
    ],
  },
);
const Removed = t.Object(
  { id: t.String(), deleted: t.Literal(true) },
  { title: "RemovedFile", examples: [{ id: exampleId, deleted: true }] },
);
const params = t.Object({ id: t.String({ minLength: 1, maxLength: 100, examples: [exampleId] }) });
const notThere = { 404: "There is no such file." };

const fileJson = (file: StoredFile): StaticReply<typeof FileReply> => ({
  id: file.id,
  name: file.name,
  kind: file.kind,
  media_type: file.mediaType,
  size: file.size,
  characters: file.characters,
  is_cut: file.isCut,
  timestamp: new Date(file.createdAt).toISOString(),
});

/** How long a file may take to be read, in seconds. */
const readingSeconds = 90;

export const createFileRoutes = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "files", tags: ["chat"] })
    .post(
      uploadPath,
      async ({ query, request, server }) => {
        const { files } = workspaceOf(request);
        const sent = await receivedOne(request, files.limits.largest, query.name ?? "file.txt");
        // While it is read nothing is sent.
        server?.timeout(request, readingSeconds);
        return fileJson(await files.add(sent, request.signal));
      },
      {
        query: t.Object({
          name: t.Optional(
            t.String({ maxLength: 500, description: "The file's name, where the body is the file itself." }),
          ),
        }),
        detail: openApiDetail({
          summary: "Upload a file that a question can name",
          description:
            "Text, Markdown, CSV, XLSX, PDF, or a picture (PNG, JPEG, WebP, GIF). What the file is must be what its name " +
            "says. A file that no question names is removed after a day.",
          requestBody: {
            "application/octet-stream": {
              schema: t.String({ format: "binary" }),
              example: "Buy low, sell high.\n",
            },
            "multipart/form-data": {
              schema: t.Object({ file: t.String({ format: "binary" }) }),
              example: { file: "Date,Pair,Profit\n2026-01-05,EURUSD,120\n" },
            },
          },
          replies: { 200: jsonReply("The file, with its id.", FileReply) },
          errors: {
            413: "It is too large, or all files together are.",
            422: "It cannot be read, or it is not what its name says. The message names the reason.",
          },
        }),
      },
    )
    .get("/files/:id", ({ params: { id }, request }) => fileResponse(workspaceOf(request).files.read(id)), {
      params,
      detail: openApiDetail({
        summary: "A file as it was uploaded",
        replies: {
          200: {
            description: "The file.",
            content: {
              "application/octet-stream": {
                schema: t.String({ format: "binary" }),
                example: "Date,Pair,Profit\n2026-01-05,EURUSD,120\n",
              },
              ...Object.fromEntries(
                pictureTypes.map((type) => [
                  type,
                  { schema: t.String({ format: "binary" }), example: "(a picture)" },
                ]),
              ),
            },
            headers: ["Content-Disposition"],
          },
        },
        errors: notThere,
      }),
    })
    .get(
      "/files/:id/text",
      ({ params: { id }, request }) =>
        new Response(workspaceOf(request).files.textOf(id), {
          headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
        }),
      {
        params,
        detail: openApiDetail({
          summary: "The text that a model can read of a file",
          replies: {
            200: {
              description: "The text; empty of a picture.",
              content: { "text/plain": { schema: t.String(), example: "Date,Pair,Profit\n" } },
            },
          },
          errors: notThere,
        }),
      },
    )
    .delete(
      "/files/:id",
      async ({ params: { id }, request }): Promise<StaticReply<typeof Removed>> => {
        await workspaceOf(request).files.remove(id);
        return { id, deleted: true };
      },
      {
        params,
        detail: openApiDetail({
          summary: "Remove a file that no question has",
          replies: { 200: jsonReply("It is removed.", Removed) },
          errors: { ...notThere, 422: "A question has it: delete the question instead." },
        }),
      },
    );
