/** Conversations as files: exported one by one or all together, and imported. */
import { Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { archiveFormat, archiveVersion } from "../conversations/transfer/archive-format.ts";
import type { ExportFormat } from "../conversations/transfer/export-conversation.ts";
import { downloadResponse } from "../http/download.ts";
import { fileNameOf } from "../http/file-name.ts";
import { jsonReply, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import { choiceField, choiceIn } from "../http/query-fields.ts";
import { largestImport, receivedFile } from "../http/received-file.ts";
import { type DocumentLook, sharedDocument } from "../http/shared-document.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import { exampleConversationId } from "./chat-reply.ts";

interface TransferDeps {
  readonly workspaceOf: WorkspaceOf;
  /** Of conversations as HTML. */
  readonly document: DocumentLook;
  /** Milliseconds since 1970, for tests. */
  readonly now?: () => number;
  /** For tests: the largest import in bytes. */
  readonly largestImport?: number;
}

export const importPath = "/api/conversations/import";

type Format = ExportFormat | "html";

const kinds: Readonly<Record<Format, { readonly type: string; readonly extension: string }>> = {
  json: { type: "application/json", extension: "json" },
  markdown: { type: "text/markdown", extension: "md" },
  html: { type: "text/html", extension: "html" },
};

const formats = ["markdown", "html", "json"] as const;

const exampleArchive = {
  format: archiveFormat,
  version: archiveVersion,
  exportedAt: 1_772_357_400_000,
  conversations: [],
  memories: [],
  presets: [],
  documents: [],
  projects: [],
};
const anything = t.Object({}, { additionalProperties: true });
/** The outside of a file alone; archive-format.ts says what its conversations are. */
const Archive = t.Object(
  {
    format: t.Literal(archiveFormat),
    version: t.Literal(archiveVersion),
    exportedAt: t.Integer({ description: "Milliseconds since 1970." }),
    conversations: t.Array(anything),
    memories: t.Array(anything),
    presets: t.Optional(t.Array(anything)),
    documents: t.Optional(t.Array(anything)),
    projects: t.Optional(t.Array(anything)),
  },
  { title: "Archive", examples: [exampleArchive] },
);
const Importable = t.Union([
  Archive,
  t.Array(t.Object({ title: t.String(), mapping: anything }, { additionalProperties: true }), {
    description: "OpenAI's conversations.json.",
  }),
  t.Array(t.Object({ id: t.String(), title: t.String(), chat: anything }, { additionalProperties: true }), {
    description: "An export of Open WebUI.",
  }),
  t.Array(t.Object({ uuid: t.String(), chat_messages: t.Array(anything) }, { additionalProperties: true }), {
    description: "Claude's conversations.json.",
  }),
  t.Object(
    { conversationId: t.String(), messages: t.Array(anything) },
    { additionalProperties: true, description: "A conversation of LibreChat." },
  ),
]);
const Imported = t.Object(
  {
    imported: t.Array(t.String(), { description: "The ids of what was imported." }),
    skipped: t.Array(t.String(), { description: "The ids of what was here already." }),
    refused: t.Array(t.Object({ title: t.String(), reason: t.String() })),
    memories: t.Integer({ description: "How many memories were added." }),
    presets: t.Integer({ description: "How many presets were added." }),
    documents: t.Integer({ description: "How many documents were added." }),
    projects: t.Integer({ description: "How many projects were added." }),
  },
  {
    title: "Imported",
    examples: [
      {
        ...{ imported: [exampleConversationId], skipped: [], refused: [] },
        ...{ memories: 0, presets: 0, documents: 0, projects: 0 },
      },
    ],
  },
);

export const createTransferRoutes = (deps: TransferDeps) => {
  const { workspaceOf, now = Date.now } = deps;
  return new Elysia({ name: "transfer", tags: ["conversations"] })
    .get(
      "/api/conversations/:id/export",
      ({ params: { id }, query, request }) => {
        const format = choiceIn(query.format, "format", formats);
        const time = now();
        const { transfer } = workspaceOf(request);
        const { type, extension } = kinds[format];
        if (format === "html") {
          const whole = transfer.document(id);
          return downloadResponse(sharedDocument(whole, deps.document, request, time), {
            type,
            fileName: fileNameOf(whole.title, time, extension),
            onEnd: () => whole[Symbol.dispose](),
          });
        }
        const whole = transfer.exportOne(id, format, time);
        return downloadResponse(whole.pieces, {
          type,
          fileName: fileNameOf(whole.title, time, extension),
          onEnd: () => whole[Symbol.dispose](),
        });
      },
      {
        params: t.Object({
          id: t.String({ minLength: 1, maxLength: 100, examples: [exampleConversationId] }),
        }),
        query: t.Object({ format: choiceField(formats, "markdown by default.") }),
        detail: openApiDetail({
          summary:
            "A conversation as a file: the path that is shown as Markdown or HTML, or all of it as JSON",
          description:
            "As HTML it is one document that needs nothing else: no script, no font, no request. It speaks the reader's " +
            "language, and holds small pictures; other files are named.",
          replies: {
            200: {
              description: "The file.",
              content: {
                "text/markdown": {
                  schema: t.String(),
                  example: "# What is a bond?\n\n## You\n\nWhat is a bond?\n",
                },
                "text/html": { schema: t.String(), example: "<!doctype html>" },
                "application/json": { schema: Archive },
              },
              headers: ["Content-Disposition"],
            },
          },
          errors: { 404: "There is no such conversation." },
        }),
      },
    )
    .get(
      "/api/export",
      ({ request }) => {
        const time = now();
        const whole = workspaceOf(request).transfer.exportAll(time);
        return downloadResponse(whole.pieces, {
          type: kinds.json.type,
          fileName: fileNameOf("assistant", time, "json"),
          onEnd: () => whole[Symbol.dispose](),
        });
      },
      {
        detail: openApiDetail({
          summary:
            "Everything as one file: all conversations that are not deleted, the memories, the projects, and the documents",
          replies: {
            200: { ...jsonReply("The file.", Archive), headers: ["Content-Disposition"] },
          },
        }),
      },
    )
    .post(
      importPath,
      async ({ request, server }): Promise<StaticReply<typeof Imported>> => {
        // Read here, so that its size is bounded before anything parses it; json-body.ts lets this address be.
        const { transfer } = workspaceOf(request);
        const end = transfer.beginImport();
        try {
          const file = await receivedFile(request, deps.largestImport ?? largestImport);
          // While it is imported nothing is sent: only the upload may not stand still.
          server?.timeout(request, 0);
          return await transfer.importFile(file);
        } finally {
          end();
        }
      },
      {
        detail: openApiDetail({
          summary: "Import conversations",
          description:
            "An export of this program (with its documents), of ChatGPT, Claude, Open WebUI (JSON lines, too) or LibreChat; which one is seen " +
            "from what is in it. The same file twice adds nothing. The reply lists the ids of what was imported and of what " +
            "was here already, and what was refused and why.",
          requestBody: {
            "application/json": { schema: Importable, example: exampleArchive },
            "multipart/form-data": {
              schema: t.Object({ file: t.String({ format: "binary" }) }),
              example: { file: JSON.stringify(exampleArchive) },
            },
          },
          replies: { 200: jsonReply("What became of each conversation.", Imported) },
          errors: { 422: "It is no export that can be imported." },
        }),
      },
    );
};
