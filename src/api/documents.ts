/** Documents that questions can be asked about: added, searched, read and deleted. Browsers get pages at the same addresses. */
import { Elysia, t } from "elysia";
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import { isBlank, seenSign } from "../http/blank.ts";
import { fileResponse } from "../http/file-response.ts";
import { jsonReply, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import { choiceField, choiceIn, countField, countIn } from "../http/query-fields.ts";
import { receivedOne } from "../http/received-file.ts";
import { wantsPage } from "../http/wants-page.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import {
  DocumentReply,
  documentJson,
  exampleDocument,
  exampleId,
  FoundPassages,
  foundPassageJson,
  passageJson,
  WholeDocument,
} from "./document-json.ts";

/** A form whose file is larger than other bodies. */
export const addDocumentPath = "/documents";

interface DocumentRoutesDeps {
  readonly workspaceOf: WorkspaceOf;
  /** For browsers, which ask for HTML at the same addresses. */
  readonly pages: {
    readonly list: (request: Request) => Response | Promise<Response>;
    readonly one: (request: Request, id: string) => Response | Promise<Response>;
  };
}

const listed = { name: "n", minimum: 1, maximum: 1000, otherwise: 100 };
const found = { name: "n", minimum: 1, maximum: 50, otherwise: 5 };
const from = { name: "from", minimum: 1, maximum: 1_000_000, otherwise: 1 };
const shown = { name: "n", minimum: 1, maximum: 500, otherwise: 100 };
const longestSearch = 1_000;
const params = t.Object({ id: t.String({ minLength: 1, maxLength: 100, examples: [exampleId] }) });
const notThere = { 404: "There is no such document." };
const Documents = t.Array(DocumentReply, { title: "Documents", examples: [[exampleDocument]] });
const Deleted = t.Object(
  { id: t.String(), deleted: t.Literal(true) },
  { title: "DeletedDocument", examples: [{ id: exampleId, deleted: true }] },
);

export const createDocumentRoutes = ({ workspaceOf, pages }: DocumentRoutesDeps) =>
  new Elysia({ name: "documents", tags: ["memory"] })
    .get(
      "/documents",
      ({ query, request }) => {
        if (wantsPage(request)) return pages.list(request);
        const { documents } = workspaceOf(request);
        return documents.page(countIn(query.n, listed)).map((each) => documentJson(documents, each));
      },
      {
        query: t.Object({ n: countField(listed, "How many of them.") }, { additionalProperties: true }),
        detail: openApiDetail({
          summary: "Your documents, newest first",
          replies: { 200: jsonReply("The documents, with the state of each.", Documents) },
        }),
      },
    )
    .post(
      addDocumentPath,
      async ({ query, request }): Promise<StaticReply<typeof DocumentReply>> => {
        const { documents } = workspaceOf(request);
        const { largest } = documents.limits;
        const sent = await receivedOne(request, largest, query.name ?? "document.txt");
        return documentJson(documents, await documents.add(sent));
      },
      {
        query: t.Object({
          name: t.Optional(
            t.String({ maxLength: 500, description: "The file's name, where the body is the file itself." }),
          ),
        }),
        detail: openApiDetail({
          summary: "Add a document",
          description:
            "Text, Markdown, PDF, CSV, XLSX, or a page saved as HTML. It is read in the background: its state says how far " +
            "it is. The same file again is the same document.",
          requestBody: {
            "application/octet-stream": {
              schema: t.String({ format: "binary" }),
              example: "The premium is 240 euros a year.\n",
            },
            "multipart/form-data": {
              schema: t.Object({ file: t.String({ format: "binary" }) }),
              example: { file: "The premium is 240 euros a year.\n" },
            },
          },
          replies: { 200: jsonReply("The document, which waits to be read.", DocumentReply) },
          errors: {
            413: "It is too large, or all documents together are.",
            422: "It is nothing that can be read, or not what its name says. The message names the reason.",
          },
        }),
      },
    )
    .get(
      "/documents/search",
      async ({ query, request }): Promise<StaticReply<typeof FoundPassages>> => {
        const question = query.q.trim();
        if (isBlank(question))
          throw new InvalidRequestError("q must say what is looked for.", { param: "q" });
        const { documents } = workspaceOf(request);
        return (await documents.search(question, countIn(query.n, found), request.signal)).map(
          foundPassageJson,
        );
      },
      {
        query: t.Object({
          q: t.String({
            minLength: 1,
            maxLength: longestSearch,
            description: "A question, or words.",
            "x-takes": { type: "string", minLength: 1, maxLength: longestSearch, pattern: seenSign },
          }),
          n: countField(found, "How many at most."),
        }),
        detail: openApiDetail({
          summary: "The passages that bear on a question",
          description: "By meaning and by words, best first: nothing when nothing bears on it.",
          replies: { 200: jsonReply("The passages that were found.", FoundPassages) },
        }),
      },
    )
    .get(
      "/documents/:id",
      ({ params: { id }, query, request }) => {
        if (wantsPage(request)) return pages.one(request, id);
        const { documents } = workspaceOf(request);
        const document = documents.get(id);
        if (document === undefined) throw new NotFoundError("There is no such document.");
        const first = countIn(query.from, from);
        const last = first + countIn(query.n, shown) - 1;
        return {
          ...documentJson(documents, document),
          passages: documents.passages(id, first, last).map(passageJson),
        };
      },
      {
        params,
        query: t.Object(
          {
            from: countField(from, "The number of the first passage."),
            n: countField(shown, "How many passages."),
          },
          { additionalProperties: true },
        ),
        detail: openApiDetail({
          summary: "A document, with its passages",
          replies: { 200: jsonReply("The document.", WholeDocument) },
          errors: notThere,
        }),
      },
    )
    .get(
      "/documents/:id/file",
      ({ params: { id }, request }) => {
        const { document, pieces } = workspaceOf(request).documents.read(id);
        return fileResponse({ file: document, pieces });
      },
      {
        params,
        detail: openApiDetail({
          summary: "A document as it was added",
          replies: {
            200: {
              description: "The file.",
              content: {
                "application/octet-stream": {
                  schema: t.String({ format: "binary" }),
                  example: "The premium is 240 euros a year.\n",
                },
              },
              headers: ["Content-Disposition"],
            },
          },
          errors: notThere,
        }),
      },
    )
    .delete(
      "/documents/:id",
      async ({ params: { id }, query, request }): Promise<StaticReply<typeof Deleted>> => {
        const { documents } = workspaceOf(request);
        if (choiceIn(query.permanent, "permanent", ["false", "true"]) === "true") await documents.erase(id);
        else await documents.remove(id);
        return { id, deleted: true };
      },
      {
        params,
        query: t.Object({
          permanent: choiceField(["false", "true"], "true: it cannot be restored. false by default."),
        }),
        detail: openApiDetail({
          summary: "Delete a document",
          description:
            "Its passages leave every prompt at once. It can be restored for `trash_days` days (30 unless set).",
          replies: { 200: jsonReply("It is deleted.", Deleted) },
          errors: notThere,
        }),
      },
    )
    .post(
      "/documents/:id/restore",
      async ({ params: { id }, request }): Promise<StaticReply<typeof DocumentReply>> => {
        const { documents } = workspaceOf(request);
        return documentJson(documents, await documents.bringBack(id));
      },
      {
        params,
        detail: openApiDetail({
          summary: "Restore a deleted document",
          replies: { 200: jsonReply("The document.", DocumentReply) },
          errors: { 404: "There is no such document, or it was erased." },
        }),
      },
    );
