/**
 * `/v1/chat/completions/:id`: completions that were made with `store: true`, listed, read, labelled and deleted. The
 * conversation stays in the list of conversations, where a person deletes it.
 * @see https://platform.openai.com/docs/api-reference/chat/list
 */
import { Elysia, t } from "elysia";
import type { DialectDeps } from "../dialects/answer.ts";
import { NotFoundError } from "../errors.ts";
import { jsonReply, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import type { Generation } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { completionOf } from "./chat-completions.ts";
import { ChatCompletion } from "./completion-reply.ts";
import { listOf, pagedList } from "./paged-list.ts";

const params = t.Object({
  id: t.String({ minLength: 1, maxLength: 100, examples: ["chatcmpl-019abc00-7a1b-7c2d-8e3f-0123456789ab"] }),
});
const list = pagedList(100, 20, ["asc", "desc"]);
const Metadata = t.Record(t.String({ maxLength: 64 }), t.String({ maxLength: 512 }), { maxProperties: 64 });

const example = { ...ChatCompletion.examples?.[0], metadata: { desk: "fx" } };
const Stored = t.Object(
  { ...ChatCompletion.properties, metadata: t.Record(t.String(), t.String()) },
  { title: "StoredChatCompletion", examples: [example] },
);
const StoredMessage = t.Object({
  id: t.String(),
  role: t.String(),
  content: t.String(),
  content_parts: t.Null(),
});
const exampleMessage = { id: "019abc00-0", role: "user", content: "What is a bond?", content_parts: null };
const Deleted = t.Object(
  { id: t.String(), object: t.Literal("chat.completion.deleted"), deleted: t.Literal(true) },
  {
    title: "DeletedChatCompletion",
    examples: [{ id: "chatcmpl-019abc00", object: "chat.completion.deleted", deleted: true }],
  },
);
const notThere = { 404: "There is no such completion, or it was made without store: true." };

export const createStoredCompletions = ({ workspaceOf }: Pick<DialectDeps, "workspaceOf">) =>
  new Elysia({ name: "v1-stored-completions", tags: ["openai"] })
    .get(
      "/v1/chat/completions",
      ({ query, request }) => {
        const workspace = workspaceOf(request);
        const wanted = Object.entries(query).flatMap(([name, value]) => {
          const key = /^metadata\[(.+)\]$/.exec(name)?.[1];
          return key === undefined ? [] : [[key, value] as const];
        });
        const found = workspace.completions
          .list()
          .filter(({ metadata }) => wanted.every(([key, value]) => metadata[key] === value))
          .flatMap(({ id }) => told(workspace, id) ?? [])
          .filter(({ model }) => query.model === undefined || model === query.model);
        return list.page(found, query);
      },
      {
        query: t.Object(
          { ...list.fields, model: t.Optional(t.String({ minLength: 1, maxLength: 200 })) },
          { additionalProperties: t.String({ maxLength: 512 }) },
        ),
        detail: openApiDetail({
          summary: "The completions that were made with `store: true`",
          description: "Queries of the form metadata[key]=value choose by labels.",
          replies: { 200: jsonReply("They.", listOf(Stored, "ChatCompletionList", example)) },
        }),
      },
    )
    .get(
      "/v1/chat/completions/:id",
      ({ params: { id }, request }) => required(workspaceOf(request), id).told,
      {
        params,
        detail: openApiDetail({
          summary: "A stored completion",
          replies: { 200: jsonReply("The completion.", Stored) },
          errors: notThere,
        }),
      },
    )
    .post(
      "/v1/chat/completions/:id",
      ({ params: { id }, body: { metadata }, request }) => {
        const workspace = workspaceOf(request);
        workspace.completions.setMetadata(required(workspace, id).generation, metadata ?? {});
        return required(workspace, id).told;
      },
      {
        params,
        body: t.Object(
          { metadata: t.Union([Metadata, t.Null()]) },
          { title: "CompletionLabels", examples: [{ metadata: { desk: "fx" } }] },
        ),
        detail: openApiDetail({
          summary: "Label a stored completion",
          replies: { 200: jsonReply("The completion.", Stored) },
          errors: notThere,
        }),
      },
    )
    .delete(
      "/v1/chat/completions/:id",
      ({ params: { id }, request }): StaticReply<typeof Deleted> => {
        const workspace = workspaceOf(request);
        const { generation, told } = required(workspace, id);
        workspace.library.eraseAnswer(generation);
        return { id: told.id, object: "chat.completion.deleted", deleted: true };
      },
      {
        params,
        detail: openApiDetail({
          summary: "Delete a stored completion; its conversation stays in the list of conversations",
          replies: { 200: jsonReply("It is deleted.", Deleted) },
          errors: notThere,
        }),
      },
    )
    .get(
      "/v1/chat/completions/:id/messages",
      ({ params: { id }, query, request }) => {
        const { generation } = required(workspaceOf(request), id);
        const messages = (generation.request?.messages ?? []).map(({ role, content }, index) => ({
          id: `${generation.id}-${index}`,
          role,
          content,
          content_parts: null,
        }));
        return list.page(messages, query);
      },
      {
        params,
        query: t.Object(list.fields),
        detail: openApiDetail({
          summary: "What a stored completion was asked with",
          replies: {
            200: jsonReply("Messages.", listOf(StoredMessage, "CompletionMessages", exampleMessage)),
          },
          errors: notThere,
        }),
      },
    );

/** @returns null for one that has not ended, or is not there */
function told(workspace: Workspace, id: string): StaticReply<typeof Stored> | null {
  const generation = workspace.completions.find(id.replace(/^chatcmpl-/, ""));
  const outcome = generation === undefined ? null : workspace.generations.outcome(generation);
  if (generation === undefined || outcome === null || outcome.state === "failed") return null;
  const logged = workspace.generations.tokens(generation.id, 0);
  const completion = completionOf(generation, [{ index: 0, generation, outcome, logged }], {
    n: 1,
    isOld: false,
  });
  return { ...completion, metadata: generation.request?.completion?.metadata ?? {} };
}

/** @throws NotFoundError */
function required(
  workspace: Workspace,
  id: string,
): { readonly generation: Generation; readonly told: StaticReply<typeof Stored> } {
  const generation = workspace.completions.find(id.replace(/^chatcmpl-/, ""));
  const completion = told(workspace, id);
  if (generation !== undefined && completion !== null) return { generation, told: completion };
  throw new NotFoundError(
    "There is no such completion. It may be unfinished, deleted, or made without store: true.",
  );
}
