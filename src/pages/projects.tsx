/** The pages of projects: the list, one project, and what they do. All of it is plain forms. */
import { Elysia, t } from "elysia";
import { ProjectPage } from "../../views/pages/project-page.tsx";
import { ProjectsPage } from "../../views/pages/projects-page.tsx";
import type { ProjectProps } from "../../views/project-props.ts";
import type { NoticeProps } from "../../views/props.ts";
import { errorReply, htmlReply, seeOther } from "../http/html-reply.tsx";
import type { Project } from "../store/schema.ts";
import { tr } from "../texts/reader-language.ts";
import type { OwnDocuments } from "../workspace/documents.ts";
import { mostProjectDocuments, type OwnProjects } from "../workspace/projects.ts";
import { frameProps, listedConversations } from "./list-props.ts";
import type { PagesDeps, PagesOf } from "./render-chat.tsx";
import { answered } from "./thread-reply.tsx";

const hidden = { detail: { hide: true } };
const id = t.String({ maxLength: 100 });
const params = t.Object({ id });
const name = t.String({ maxLength: 1000 });
const done = t.Optional(t.String({ maxLength: 20 }));
const conversationsShown = 20;
const documentsOffered = 200;
const memoriesShown = 50;

type Deps = PagesDeps & { readonly projects: OwnProjects; readonly documents: OwnDocuments };

const having = (deps: PagesDeps): Deps => {
  const { projects, documents } = deps;
  if (projects === undefined || documents === undefined) throw new Error("These pages have no projects.");
  return { ...deps, projects, documents };
};

export const createProjectPages = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-projects" })
    .get(
      "/projects",
      ({ query, request }) => listReply(having(pagesOf(request)), listNotice(pagesOf(request), query)),
      { ...hidden, query: t.Object({ undo: t.Optional(id), done }) },
    )
    .post(
      "/projects",
      ({ body, request }) =>
        answered(having(pagesOf(request)), request, ({ projects }) =>
          seeOther(`/projects/${projects.create({ name: body.name }).id}`),
        ),
      { ...hidden, body: t.Object({ name }) },
    )
    .get(
      "/projects/:id",
      ({ params: { id }, query, request }) => {
        const deps = having(pagesOf(request));
        const project = deps.projects.get(id);
        if (project === undefined)
          return errorReply(frameProps(deps), 404, tr`There is no such project. It may have been deleted.`);
        const notice = query.done === "saved" ? { text: tr`Saved.` } : forgottenNotice(deps, id, query.undo);
        return htmlReply(
          <ProjectPage
            {...frameProps(deps)}
            project={projectProps(deps, project)}
            notice={notice}
            isReadOnly={deps.isReadOnly ?? false}
          />,
        );
      },
      { ...hidden, params, query: t.Object({ undo: t.Optional(id), done }) },
    )
    .post(
      "/projects/:id",
      ({ params: { id }, body, request }) =>
        answered(having(pagesOf(request)), request, ({ projects }) => {
          const { name, instructions, general } = body;
          projects.change(id, { name, instructions, usesGeneralMemory: general !== undefined });
          return seeOther(`/projects/${id}?done=saved`);
        }),
      {
        ...hidden,
        params,
        body: t.Object({
          ...{ name, instructions: t.Optional(t.String({ maxLength: 100_000 })) },
          general: t.Optional(t.Literal("1")),
        }),
      },
    )
    .post(
      "/projects/:id/documents",
      ({ params, body, request }) =>
        answered(having(pagesOf(request)), request, ({ projects }) => {
          const ids = [body["id[]"]].flat();
          if (body.do === "add") projects.addDocuments(params.id, ids);
          else for (const documentId of ids) projects.removeDocument(params.id, documentId);
          return seeOther(`/projects/${params.id}#project-documents`);
        }),
      {
        ...hidden,
        params,
        body: t.Object({
          "id[]": t.Union([id, t.Array(id, { maxItems: mostProjectDocuments })]),
          do: t.Union([t.Literal("add"), t.Literal("remove")]),
        }),
      },
    )
    .post(
      "/projects/:id/memories",
      ({ params, body, request }) =>
        answered(having(pagesOf(request)), request, async ({ projects, memory }) => {
          const { id: projectId } = projects.require(params.id);
          const { text = "", forget, restore } = body;
          if (text.trim() !== "") await memory.state(text, { projectId });
          if (restore !== undefined) await memory.bringBack(restore);
          if (forget !== undefined) {
            await memory.forget(forget);
            return seeOther(`/projects/${projectId}?${new URLSearchParams({ undo: forget })}`);
          }
          return seeOther(`/projects/${projectId}#project-memory`);
        }),
      {
        ...hidden,
        params,
        body: t.Object({
          ...{ text: t.Optional(t.String({ maxLength: 2_000 })), forget: t.Optional(id) },
          restore: t.Optional(id),
        }),
      },
    )
    .post(
      "/projects/:id/delete",
      ({ params: { id }, body, request }) =>
        answered(having(pagesOf(request)), request, async ({ projects }) => {
          await projects.remove(id, body?.conversations !== undefined);
          return seeOther(`/projects?${new URLSearchParams({ undo: id })}`);
        }),
      // A form without a field that is set has no body.
      { ...hidden, params, body: t.Optional(t.Object({ conversations: t.Optional(t.Literal("1")) })) },
    )
    .post(
      "/projects/:id/restore",
      ({ params: { id }, request }) =>
        answered(having(pagesOf(request)), request, async ({ projects }) =>
          seeOther(`/projects/${(await projects.bringBack(id)).id}`),
        ),
      { ...hidden, params },
    )
    .post(
      "/projects/:id/erase",
      ({ params: { id }, request }) =>
        answered(having(pagesOf(request)), request, async ({ projects }) => {
          await projects.erase(id);
          return seeOther("/projects?done=erased");
        }),
      { ...hidden, params },
    );

function listReply(deps: Deps, notice: NoticeProps | null): Response {
  const { projects } = deps;
  return htmlReply(
    <ProjectsPage
      {...frameProps(deps)}
      projects={projects.list().map(({ id, name }) => ({ id, name, counts: projects.counts(id) }))}
      deleted={projects.deleted()}
      notice={notice}
      isReadOnly={deps.isReadOnly ?? false}
    />,
  );
}

function listNotice(
  { projects }: PagesDeps,
  { undo, done }: { readonly undo?: string | undefined; readonly done?: string | undefined },
): NoticeProps | null {
  if (done === "erased") return { text: tr`Deleted for good.` };
  const deleted = projects?.deleted().find(({ id }) => id === undo);
  if (deleted === undefined) return null;
  return {
    text: tr`“${deleted.name}” was deleted.`,
    undo: { url: `/projects/${deleted.id}/restore`, inPlace: false },
  };
}

function forgottenNotice({ memory }: PagesDeps, id: string, undo: string | undefined): NoticeProps | null {
  if (undo === undefined || !memory.canBringBack(undo)) return null;
  return {
    text: tr`Forgotten.`,
    undo: {
      url: `/projects/${id}/memories`,
      inPlace: false,
      field: { name: "restore", value: undo },
    },
  };
}

function projectProps(deps: Deps, project: Project): ProjectProps {
  const { projects, documents, memory } = deps;
  const { id, name, instructions, usesGeneralMemory } = project;
  const own = projects.documents(id);
  const ids = new Set(own.map((document) => document.id));
  return {
    ...{ id, name, instructions, usesGeneralMemory },
    conversations: listedConversations(deps, conversationsShown, { project: id }),
    documents: own,
    otherDocuments: documents.page(documentsOffered).filter((document) => !ids.has(document.id)),
    memories: memory.page(memoriesShown, { project: id }),
    counts: projects.counts(id),
  };
}
