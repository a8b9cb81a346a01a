/** The conversations by REST: listed, searched, named, branched, copied and deleted; deletions can be undone. */
import { Elysia, t } from "elysia";
import type { ConversationLibrary } from "../conversations/library.ts";
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import type { Conversation } from "../store/schema.ts";
import type { Workspace } from "../workspace.ts";
import { conversationFacts, messageFacts } from "./conversation-facts.ts";
import { idempotencyKeyOf } from "./idempotency-key.ts";
import type { WorkspaceOf } from "./workspace-of.ts";

const mostListed = 200;
const mostMessages = 500;

const id = t.String({ minLength: 1, maxLength: 100 });
const params = t.Object({ id });
const messageParams = t.Object({ id, messageId: id });
const Change = t.Object(
  {
    title: t.Optional(t.String({ minLength: 1, maxLength: 1000 })),
    folder: t.Optional(t.String({ maxLength: 1000, description: "Empty: in no folder." })),
    pinned: t.Optional(t.Boolean()),
    archived: t.Optional(t.Boolean()),
  },
  { description: "What is left out stays as it is." },
);

export const createConversationRoutes = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "conversations", prefix: "/api/conversations", tags: ["conversations"] })
    .get(
      "",
      ({ query, request }) => {
        const { library } = workspaceOf(request);
        const limit = countFrom(query.limit, 50, mostListed, "limit");
        if (query.q !== undefined)
          return {
            conversations: library.search(query.q, limit).map((hit) => ({
              id: hit.conversationId,
              title: hit.title,
              message_id: hit.messageId,
              excerpt: plainExcerpt(hit.excerpt),
            })),
            next: null,
          };
        const options = {
          archived: query.archived === "true",
          ...(query.folder === undefined ? {} : { folder: query.folder }),
        };
        const page = library.list(limit, options, query.cursor);
        return { conversations: page.conversations.map(conversationFacts), next: page.next };
      },
      {
        query: t.Object({
          limit: t.Optional(t.String({ description: `1 to ${mostListed}; 50 unless told.` })),
          cursor: t.Optional(t.String({ maxLength: 200, description: "`next` of the page before." })),
          archived: t.Optional(t.String({ description: "true: those that are archived." })),
          folder: t.Optional(t.String({ maxLength: 200 })),
          q: t.Optional(t.String({ maxLength: 500, description: "Words that were said in them." })),
        }),
        detail: {
          summary: "The conversations, the one updated last first; or those in which words were said",
        },
      },
    )
    .get(
      "/:id",
      ({ params, query, request }) =>
        messagesOf(
          workspaceOf(request),
          params.id,
          countFrom(query.limit, 100, mostMessages, "limit"),
          query.before,
        ),
      {
        params,
        query: t.Object({
          limit: t.Optional(t.String({ description: `1 to ${mostMessages}; 100 unless told.` })),
          before: t.Optional(t.String({ maxLength: 100, description: "Those before this message." })),
        }),
        detail: { summary: "A conversation with the last messages of the branch that is shown" },
      },
    )
    .patch(
      "/:id",
      ({ params, body, request }) => conversationFacts(workspaceOf(request).library.change(params.id, body)),
      { params, body: Change, detail: { summary: "Rename, pin, archive, or put into a folder" } },
    )
    .delete(
      "/:id",
      ({ params, request }) => {
        workspaceOf(request).library.remove(params.id);
        return { success: true, undo: `/api/conversations/${params.id}/restore` };
      },
      { params, detail: { summary: "Delete; it can be brought back for 30 days" } },
    )
    .post(
      "/:id/restore",
      ({ params, request }) => conversationFacts(workspaceOf(request).library.bringBack(params.id)),
      { params, detail: { summary: "Bring a deleted conversation back" } },
    )
    .post(
      "/:id/fork",
      ({ params, body, request }) => {
        const workspace = workspaceOf(request);
        belongs(workspace, params.id, body.message_id);
        const key = idempotencyKeyOf(request);
        return conversationFacts(workspace.library.fork(body.message_id, key === null ? null : `api:${key}`));
      },
      {
        params,
        body: t.Object({ message_id: id }),
        detail: {
          summary: "Copy a conversation, up to and including a message, into a new one",
          description: "With an Idempotency-Key one copy is made, however often it is asked for.",
        },
      },
    )
    .post(
      "/:id/messages/:messageId/show",
      ({ params, request }) => {
        const workspace = workspaceOf(request);
        belongs(workspace, params.id, params.messageId);
        workspace.library.show(params.messageId);
        return messagesOf(workspace, params.id, 100);
      },
      { params: messageParams, detail: { summary: "Show the branch that this message is on" } },
    )
    .delete(
      "/:id/messages/:messageId",
      ({ params, request }) => {
        const workspace = workspaceOf(request);
        belongs(workspace, params.id, params.messageId);
        workspace.library.removeMessage(params.messageId);
        return {
          success: true,
          undo: `/api/conversations/${params.id}/messages/${params.messageId}/restore`,
        };
      },
      { params: messageParams, detail: { summary: "Delete a message and what follows it" } },
    )
    .post(
      "/:id/messages/:messageId/restore",
      ({ params, request }) => {
        const workspace = workspaceOf(request);
        belongs(workspace, params.id, params.messageId);
        workspace.library.bringMessageBack(params.messageId);
        return messagesOf(workspace, params.id, 100);
      },
      { params: messageParams, detail: { summary: "Bring a deleted message back" } },
    );

function messagesOf(workspace: Workspace, id: string, limit: number, before?: string) {
  return {
    ...conversationFacts(found(workspace.library, id)),
    messages: workspace.messages
      .path(id, { limit, ...(before === undefined ? {} : { before }) })
      .map((message) => messageFacts(workspace, message)),
  };
}

function found(library: ConversationLibrary, id: string): Conversation {
  const conversation = library.get(id);
  if (conversation === undefined)
    throw new NotFoundError("There is no such conversation. It may have been deleted.");
  return conversation;
}

/** An address that names a message of another conversation names nothing. */
function belongs({ messages, library }: Workspace, conversationId: string, messageId: string): void {
  found(library, conversationId);
  if (messages.get(messageId)?.conversationId !== conversationId)
    throw new NotFoundError("There is no such message in this conversation.");
}

/** What was found is marked as Markdown marks it. */
const plainExcerpt = (excerpt: string) => excerpt.replaceAll(/[\uFDD0\uFDD1]/g, "**");

/** By hand: a check by schema would not say which of a query's fields is wrong. */
function countFrom(text: string | undefined, otherwise: number, most: number, name: string): number {
  if (text === undefined) return otherwise;
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= most) return count;
  throw new InvalidRequestError(`${name} must be a whole number from 1 to ${most}.`, { param: name });
}
