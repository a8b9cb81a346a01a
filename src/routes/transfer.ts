/** Conversations as files: exported one by one or all together, and imported. */
import { Elysia, t } from "elysia";
import type { ExportFormat } from "../conversations/transfer/export-conversation.ts";
import { InvalidRequestError } from "../errors.ts";
import { downloadResponse, fileHeaders } from "./download.ts";
import { receivedFile } from "./received-file.ts";
import type { WorkspaceOf } from "./workspace-of.ts";

export interface TransferDeps {
  readonly workspaceOf: WorkspaceOf;
  /** Milliseconds since 1970, for tests. */
  readonly now?: () => number;
  /** For tests: the largest import in bytes. */
  readonly largestImport?: number;
}

/** In bytes. The server must let bodies of this size, and of a form around it, through to the route. */
export const largestImport = 200_000_000;
export const importPath = "/api/conversations/import";

const kinds: Readonly<Record<ExportFormat, { readonly type: string; readonly extension: string }>> = {
  json: { type: "application/json", extension: "json" },
  markdown: { type: "text/markdown", extension: "md" },
};

export const createTransferRoutes = (deps: TransferDeps) => {
  const { workspaceOf, now = Date.now } = deps;
  return new Elysia({ name: "transfer", tags: ["conversations"] })
    .get(
      "/api/conversations/:id/export",
      ({ params: { id }, query, request }) => {
        const format = formatFrom(query.format);
        const time = now();
        const { title, text } = workspaceOf(request).transfer.exportOne(id, format, time);
        const { type, extension } = kinds[format];
        return new Response(text, {
          headers: fileHeaders(type, `${inFileName(title)}-${dayOf(time)}.${extension}`),
        });
      },
      {
        params: t.Object({ id: t.String({ minLength: 1, maxLength: 100 }) }),
        query: t.Object({
          format: t.Optional(t.String({ description: "markdown (unless told), or json." })),
        }),
        detail: {
          summary: "A conversation as a file: the path that is shown as Markdown, or all of it as JSON",
        },
      },
    )
    .get(
      "/api/export",
      ({ request }) => {
        const time = now();
        const whole = workspaceOf(request).transfer.exportAll(time);
        return downloadResponse(whole.pieces, {
          type: kinds.json.type,
          fileName: `assistant-${dayOf(time)}.json`,
          onEnd: () => whole[Symbol.dispose](),
        });
      },
      {
        detail: {
          summary: "Everything as one file: all conversations that are not deleted, and the memories",
        },
      },
    )
    .post(
      importPath,
      async ({ request, server }) => {
        const file = await receivedFile(request, deps.largestImport ?? largestImport);
        // While it is imported nothing is sent: only the upload may not stand still.
        server?.timeout(request, 0);
        return workspaceOf(request).transfer.importFile(file);
      },
      {
        // The file is read here, so that its size is bounded before anything parses it.
        parse: "none",
        detail: {
          summary: "Import conversations",
          description:
            "An export of this program, OpenAI's conversations.json, or an export of Open WebUI; which one is seen from " +
            "what is in it. The same file twice adds nothing. The reply lists the ids of what was imported and of what " +
            "was here already, and what was refused and why.",
          requestBody: {
            required: true,
            content: {
              "application/json": { schema: { type: "object" } },
              "multipart/form-data": {
                schema: { type: "object", properties: { file: { type: "string", format: "binary" } } },
              },
            },
          },
        },
      },
    );
};

/** By hand: a check by schema would not say what there is to choose from. */
function formatFrom(format = "markdown"): ExportFormat {
  if (format === "markdown" || format === "json") return format;
  throw new InvalidRequestError("format must be markdown or json.", { param: "format" });
}

/** Of a title what stands in a header and in any file system as it is. */
function inFileName(title: string): string {
  const plain = title.normalize("NFKD").toLowerCase().replaceAll(/\p{M}/gu, "");
  const name = plain.replaceAll(/[^a-z0-9]+/g, "-").slice(0, 60);
  return name.replaceAll(/^-+|-+$/g, "") || "conversation";
}

const dayOf = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10);
