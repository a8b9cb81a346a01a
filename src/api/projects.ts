/** Projects by REST: conversations with instructions, documents and memory of their own. */
import { Elysia, t } from "elysia";
import { mostProjectDocuments } from "../conversations/project-fields.ts";
import { InvalidRequestError } from "../errors.ts";
import { isBlank } from "../http/blank.ts";
import { idempotencyKeyOf } from "../http/idempotency-key.ts";
import { jsonReply, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import { choiceField, choiceIn, countField, countIn } from "../http/query-fields.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import type { ProjectFields } from "../workspace/projects.ts";
import { DocumentReply, documentJson, exampleDocument, exampleId } from "./document-json.ts";
import { Memories, MemorizeRequest, memoryJson } from "./memory-json.ts";
import {
  DeletedProject,
  exampleProjectId,
  NewProject,
  ProjectChange,
  ProjectList,
  ProjectReply,
  projectJson,
} from "./project-json.ts";

const id = t.String({ minLength: 1, maxLength: 100, examples: [exampleProjectId] });
const documentId = t.String({ minLength: 1, maxLength: 100, examples: [exampleId] });
const params = t.Object({ id });
const documentParams = t.Object({ id, documentId });
const notThere = { 404: "There is no such project." };
const listed = { name: "n", minimum: 1, maximum: 1000, otherwise: 100 };
const Documents = t.Array(DocumentReply, { title: "ProjectDocuments", examples: [[exampleDocument]] });
const Added = t.Object(
  { documents: t.Array(documentId, { minItems: 1, maxItems: mostProjectDocuments }) },
  { title: "AddedDocuments", examples: [{ documents: [exampleId] }] },
);

/** @throws InvalidRequestError */
function fieldsOf({
  name,
  instructions,
  uses_general_memory: usesGeneralMemory,
}: typeof ProjectChange.static): ProjectFields {
  if (name !== undefined && isBlank(name))
    throw new InvalidRequestError("name must not be blank.", { param: "name" });
  return { name, instructions, usesGeneralMemory };
}

export const createProjectRoutes = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "projects", prefix: "/api/projects", tags: ["conversations"] })
    .get(
      "",
      ({ request }): StaticReply<typeof ProjectList> => {
        const { projects } = workspaceOf(request);
        return { projects: projects.list().map((each) => projectJson(projects, each)) };
      },
      {
        detail: openApiDetail({
          summary: "Your projects, by name",
          replies: { 200: jsonReply("All of them.", ProjectList) },
        }),
      },
    )
    .post(
      "",
      ({ body, request }): StaticReply<typeof ProjectReply> => {
        const { projects } = workspaceOf(request);
        return projectJson(projects, projects.create(fieldsOf(body), idempotencyKeyOf(request)));
      },
      {
        body: NewProject,
        detail: openApiDetail({
          summary: "Make a project",
          description:
            "Begin a conversation in it by `project_id` of a question. With an Idempotency-Key one is made, however often it is asked for.",
          requestHeaders: ["Idempotency-Key"],
          replies: { 200: jsonReply("It is made.", ProjectReply) },
        }),
      },
    )
    .get(
      "/:id",
      ({ params, request }): StaticReply<typeof ProjectReply> => {
        const { projects } = workspaceOf(request);
        return projectJson(projects, projects.require(params.id));
      },
      {
        params,
        detail: openApiDetail({
          summary: "One project",
          description: "Its conversations: GET /api/conversations with `project_id`.",
          replies: { 200: jsonReply("The project.", ProjectReply) },
          errors: notThere,
        }),
      },
    )
    .patch(
      "/:id",
      ({ params, body, request }): StaticReply<typeof ProjectReply> => {
        const { projects } = workspaceOf(request);
        return projectJson(projects, projects.change(params.id, fieldsOf(body)));
      },
      {
        params,
        body: ProjectChange,
        detail: openApiDetail({
          summary: "Change a project",
          description: "What it says applies from the next question on.",
          replies: { 200: jsonReply("The project as it is now.", ProjectReply) },
          errors: notThere,
        }),
      },
    )
    .delete(
      "/:id",
      async ({ params, query, request }): Promise<StaticReply<typeof DeletedProject>> => {
        const { projects } = workspaceOf(request);
        const takesAll = choiceIn(query.conversations, "conversations", ["keep", "delete"]) === "delete";
        const isForGood = choiceIn(query.permanent, "permanent", ["false", "true"]) === "true";
        if (!isForGood || projects.get(params.id) !== undefined) await projects.remove(params.id, takesAll);
        if (isForGood) await projects.erase(params.id);
        return { success: true, undo: isForGood ? null : `/api/projects/${params.id}/restore` };
      },
      {
        params,
        query: t.Object({
          conversations: choiceField(
            ["keep", "delete"],
            "delete: its conversations go to the trash, too; keep, by default: they stay, and are of no project.",
          ),
          permanent: choiceField(["false", "true"], "true: it cannot be restored. false by default."),
        }),
        detail: openApiDetail({
          summary: "Delete a project",
          description:
            "Its instructions and what is remembered in it go with it; its documents stay yours. It can be restored for `trash_days` days (30 unless set).",
          replies: { 200: jsonReply("It is deleted.", DeletedProject) },
          errors: notThere,
        }),
      },
    )
    .post(
      "/:id/restore",
      async ({ params, request }): Promise<StaticReply<typeof ProjectReply>> => {
        const { projects } = workspaceOf(request);
        return projectJson(projects, await projects.bringBack(params.id));
      },
      {
        params,
        detail: openApiDetail({
          summary: "Restore a deleted project",
          description: "With the conversations that were deleted with it.",
          replies: { 200: jsonReply("The project.", ProjectReply) },
          errors: { 404: "There is no such project, or it was erased." },
        }),
      },
    )
    .get(
      "/:id/documents",
      ({ params, request }): StaticReply<typeof Documents> => {
        const { projects, documents } = workspaceOf(request);
        return projects.documents(params.id).map((each) => documentJson(documents, each));
      },
      {
        params,
        detail: openApiDetail({
          summary: "The documents of a project",
          replies: { 200: jsonReply("In the order in which they were added.", Documents) },
          errors: notThere,
        }),
      },
    )
    .post(
      "/:id/documents",
      ({ params, body, request }): StaticReply<typeof Documents> => {
        const { projects, documents } = workspaceOf(request);
        projects.addDocuments(params.id, body.documents);
        return projects.documents(params.id).map((each) => documentJson(documents, each));
      },
      {
        params,
        body: Added,
        detail: openApiDetail({
          summary: "Add documents to a project",
          description:
            "All questions of the project are asked about them: passages that bear on one stand before it. One document can be in several projects.",
          replies: { 200: jsonReply("Its documents as they are now.", Documents) },
          errors: { 404: "There is no such project, or no such document." },
        }),
      },
    )
    .delete(
      "/:id/documents/:documentId",
      ({ params, request }): StaticReply<typeof Documents> => {
        const { projects, documents } = workspaceOf(request);
        projects.removeDocument(params.id, params.documentId);
        return projects.documents(params.id).map((each) => documentJson(documents, each));
      },
      {
        params: documentParams,
        detail: openApiDetail({
          summary: "Take a document out of a project",
          description: "It stays among your documents. One that the project does not have is no error.",
          replies: { 200: jsonReply("Its documents as they are now.", Documents) },
          errors: notThere,
        }),
      },
    )
    .get(
      "/:id/memories",
      ({ params, query, request }): StaticReply<typeof Memories> => {
        const { projects, memory } = workspaceOf(request);
        const project = projects.require(params.id).id;
        return memory.page(countIn(query.n, listed), { project }).map(memoryJson);
      },
      {
        params,
        query: t.Object({ n: countField(listed, "How many of them.") }),
        detail: openApiDetail({
          summary: "What is remembered in a project alone, newest first",
          description: "Each can be corrected and forgotten as any memory.",
          replies: { 200: jsonReply("The memories.", Memories) },
          errors: notThere,
        }),
      },
    )
    .post(
      "/:id/memories",
      async ({ params, body, request }) => {
        const { projects, memory } = workspaceOf(request);
        const projectId = projects.require(params.id).id;
        const { key, value, category } = body;
        if (isBlank(key)) throw new InvalidRequestError("key must not be blank.", { param: "key" });
        if (isBlank(value)) throw new InvalidRequestError("value must not be blank.", { param: "value" });
        const said = { key: key.trim(), value: value.trim(), category: category?.trim() || "general" };
        return memoryJson(await memory.memorize({ ...said, projectId }, idempotencyKeyOf(request)));
      },
      {
        params,
        body: MemorizeRequest,
        detail: openApiDetail({
          summary: "Remember something in a project alone",
          requestHeaders: ["Idempotency-Key"],
          replies: { 200: jsonReply("It is remembered.", Memories.items) },
          errors: notThere,
        }),
      },
    );
