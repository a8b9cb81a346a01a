/** The pages of documents: list, add, ask about, delete, restore; and one document with its text. */
import { Elysia, t } from "elysia";
import type { DocumentRowProps, PassageSearch } from "../../views/document-list-props.ts";
import { DocumentRow } from "../../views/fragments/document-row.tsx";
import { DocumentPage } from "../../views/pages/document-page.tsx";
import { DocumentsPage } from "../../views/pages/documents-page.tsx";
import type { NoticeProps } from "../../views/props.ts";
import { InvalidRequestError } from "../errors.ts";
import { errorReply, htmlReply, seeOther } from "../http/html-reply.tsx";
import { receivedForm } from "../http/received-file.ts";
import type { StoredDocument } from "../store/document-tables.ts";
import { toldIn, tr } from "../texts/reader-language.ts";
import { say } from "../texts/say.ts";
import { mostChosen, type OwnDocuments } from "../workspace/documents.ts";
import { calendarOf } from "./calendar.ts";
import { frameProps } from "./list-props.ts";
import type { PagesDeps, PagesOf } from "./render-chat.tsx";
import { refusal } from "./thread-reply.tsx";

export const addDocumentPagePath = "/documents/add";
/** So many files of the largest size can be added at once. */
export const filesAtOnce = 3;

const documentsOfPage = 50;
const passagesOfPage = 60;
const passagesFound = 8;
const hidden = { detail: { hide: true } };
const id = t.String({ maxLength: 100 });

type Deps = PagesDeps & { readonly documents: OwnDocuments };

/** What browsers get at the addresses of the API. */
export const documentPages = (pagesOf: PagesOf) => ({
  list: (request: Request) => listPage(having(pagesOf(request)), new URL(request.url).searchParams),
  one: (request: Request, documentId: string) =>
    onePage(having(pagesOf(request)), documentId, new URL(request.url).searchParams, request.signal),
});

export const createDocumentPages = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-documents" })
    .post(
      addDocumentPagePath,
      async ({ query: { project }, request }) => {
        const deps = having(pagesOf(request));
        try {
          if (project !== undefined) deps.projects?.require(project);
          const { largest } = deps.documents.limits;
          const { files } = await receivedForm(request, largest * filesAtOnce);
          if (files.length === 0) throw new InvalidRequestError(say`Choose a file first.`);
          const added: string[] = [];
          for (const file of files) added.push((await deps.documents.add(file)).id);
          if (project === undefined) return seeOther("/documents");
          deps.projects?.addDocuments(project, added);
          return seeOther(`/projects/${project}#project-documents`);
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      // They are added to a project, too.
      { ...hidden, query: t.Object({ project: t.Optional(id) }) },
    )
    .post(
      "/documents/ask",
      ({ body, request }) => {
        const deps = having(pagesOf(request));
        try {
          const ids = [body["id[]"] ?? []].flat();
          if (body.for === undefined)
            return seeOther(ids.length === 0 ? "/documents" : `/?documents=${ids.join(",")}`);
          deps.documents.chooseFor(body.for, ids);
          return seeOther(`/c/${encodeURIComponent(body.for)}#end`);
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      {
        ...hidden,
        body: t.Object({
          "id[]": t.Optional(t.Union([id, t.Array(id, { maxItems: mostChosen })])),
          for: t.Optional(id),
        }),
      },
    )
    .get(
      "/documents/:id/row",
      ({ params, request }) => {
        const deps = having(pagesOf(request));
        const document = deps.documents.get(params.id);
        return document === undefined
          ? htmlReply("", 404)
          : htmlReply(
              <DocumentRow
                document={rowOf(deps.documents, document)}
                dates={deps.calendar ?? calendarOf()}
                isReadOnly={deps.isReadOnly ?? false}
              />,
            );
      },
      { ...hidden, params: t.Object({ id }) },
    )
    .post(
      "/documents/:id/change",
      async ({ params, body, request }) => {
        const deps = having(pagesOf(request));
        try {
          if (body.do === "restore") {
            await deps.documents.bringBack(params.id);
            return seeOther(`/documents#d-${params.id}`);
          }
          await deps.documents.remove(params.id);
          return seeOther(`/documents?undo=${encodeURIComponent(params.id)}`);
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      {
        ...hidden,
        params: t.Object({ id }),
        body: t.Object({ do: t.Union([t.Literal("delete"), t.Literal("restore")]) }),
      },
    );

function having(deps: PagesDeps): Deps {
  const { documents } = deps;
  if (documents === undefined) throw new Error("These pages have no documents.");
  return { ...deps, documents };
}

function listPage(deps: Deps, query: URLSearchParams): Response {
  const { documents } = deps;
  const text = (query.get("q") ?? "").trim().slice(0, 200);
  const after = query.get("after");
  const options = { text, ...(after === null ? {} : { after }) };
  const found = documents.page(documentsOfPage + 1, options);
  const shown = found.slice(0, documentsOfPage);
  const conversation = deps.conversations.get(query.get("for") ?? "");
  return htmlReply(
    <DocumentsPage
      {...frameProps(deps)}
      documents={shown.map((document) => rowOf(documents, document))}
      dates={deps.calendar ?? calendarOf()}
      query={text}
      next={found.length > documentsOfPage ? (shown.at(-1)?.id ?? null) : null}
      notice={noticeOf(documents, query.get("undo"))}
      isReadOnly={deps.isReadOnly ?? false}
      chosenFor={
        conversation === undefined
          ? null
          : { id: conversation.id, chosen: documents.ofConversation(conversation.id) }
      }
    />,
    200,
    { vary: "accept" },
  );
}

async function onePage(
  deps: Deps,
  documentId: string,
  query: URLSearchParams,
  signal: AbortSignal,
): Promise<Response> {
  const { documents } = deps;
  const document = documents.get(documentId);
  if (document === undefined)
    return errorReply(frameProps(deps), 404, tr`This document no longer exists. It may have been deleted.`);
  const marked = numberOf(query.get("passage"), document.passages);
  const from = marked ?? numberOf(query.get("from"), document.passages) ?? 1;
  const first = from - ((from - 1) % passagesOfPage);
  const last = first + passagesOfPage - 1;
  const q = (query.get("q") ?? "").trim().slice(0, 500);
  return htmlReply(
    <DocumentPage
      {...frameProps(deps)}
      document={rowOf(documents, document)}
      passages={documents.passages(documentId, first, last)}
      marked={marked}
      before={first > 1 ? first - passagesOfPage : null}
      after={last < document.passages ? last + 1 : null}
      search={q === "" ? null : await searched(documents, document, q, signal)}
      isReadOnly={deps.isReadOnly ?? false}
    />,
    200,
    { vary: "accept" },
  );
}

const numberOf = (text: string | null, most: number): number | null =>
  text !== null && /^\d{1,7}$/.test(text) && Number(text) >= 1 && Number(text) <= most ? Number(text) : null;

async function searched(
  documents: OwnDocuments,
  document: StoredDocument,
  q: string,
  signal: AbortSignal,
): Promise<PassageSearch> {
  const found = await documents.searchIn([document], q, passagesFound, signal);
  return { q, found: found.map(({ passage, score }) => ({ ...passage, score })) };
}

function rowOf(documents: OwnDocuments, document: StoredDocument): DocumentRowProps {
  const { name, problem } = document;
  return {
    ...document,
    why: problem === null ? null : toldIn(problem.template, [name, ...problem.values]),
    embedded: documents.embedded(document.id),
  };
}

function noticeOf(documents: OwnDocuments, undo: string | null): NoticeProps | null {
  if (undo === null || !documents.canBringBack(undo)) return null;
  return {
    text: tr`Deleted.`,
    undo: { url: `/documents/${encodeURIComponent(undo)}/change`, inPlace: false },
  };
}
