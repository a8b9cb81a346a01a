/** The conversations by REST: listed, searched, named, branched, copied and deleted; deletions can be undone. */
import { Elysia, t } from "elysia";
import { NoConversationError } from "../conversations/conversation-errors.ts";
import { longestInstructions } from "../conversations/conversation-fields.ts";
import { type ConversationLibrary, longestFolder } from "../conversations/library.ts";
import { longestTitle } from "../conversations/longest-title.ts";
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import { isBlank, seenSign } from "../http/blank.ts";
import { idempotencyKeyOf } from "../http/idempotency-key.ts";
import { jsonReply, nullable, openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import { choiceField, choiceIn, countField, countIn } from "../http/query-fields.ts";
import type { WorkspaceOf } from "../http/workspace-of.ts";
import type { Conversation } from "../store/schema.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { conversationLinks, exampleConversationId, exampleMessageId } from "./chat-reply.ts";
import {
  ConversationReply,
  ConversationWithMessages,
  conversationJson,
  messageJson,
} from "./conversation-json.ts";

const listed = { name: "limit", minimum: 1, maximum: 200, otherwise: 50 };
const shown = { name: "limit", minimum: 1, maximum: 500, otherwise: 100 };

const id = t.String({ minLength: 1, maxLength: 100, examples: [exampleConversationId] });
const messageId = t.String({ minLength: 1, maxLength: 100, examples: [exampleMessageId] });
const params = t.Object({ id });
const messageParams = t.Object({ id, messageId });
const rating = nullable(t.Union([t.Literal("good"), t.Literal("bad")]));
const Rated = t.Object(
  { id: t.String(), rating },
  { title: "Rated", examples: [{ id: exampleMessageId, rating: "good" }] },
);
const Change = t.Object(
  {
    title: t.Optional(
      t.String({
        minLength: 1,
        maxLength: 1000,
        "x-takes": { type: "string", minLength: 1, maxLength: longestTitle, pattern: seenSign },
      }),
    ),
    folder: t.Optional(
      t.String({
        maxLength: 1000,
        description: "Empty: in no folder.",
        "x-takes": { type: "string", maxLength: longestFolder },
      }),
    ),
    pinned: t.Optional(t.Boolean()),
    archived: t.Optional(t.Boolean()),
    instructions: t.Optional(
      t.String({
        maxLength: longestInstructions,
        description: "What the model is told in this conversation alone; empty: nothing.",
      }),
    ),
    project_id: t.Optional(
      nullable(
        t.String({
          minLength: 1,
          maxLength: 100,
          description:
            "The project that it belongs to from now on; null: none. What is remembered of it goes along.",
        }),
      ),
    ),
    temporary: t.Optional(t.Literal(false, { description: "A temporary conversation is kept from now on." })),
  },
  {
    title: "ConversationChange",
    description: "What is left out stays as it is.",
    examples: [{ title: "Bonds", folder: "Basics", pinned: true }],
  },
);

const ConversationList = t.Object(
  {
    conversations: t.Array(
      t.Union([
        ConversationReply,
        t.Object(
          { id: t.String(), title: t.String(), message_id: nullable(t.String()), excerpt: t.String() },
          { title: "SearchHit", description: "With `q`: what was found, between ** and **." },
        ),
      ]),
    ),
    next: nullable(t.String({ description: "The cursor of the next page; null: this is the last one." })),
  },
  { title: "ConversationList", examples: [{ conversations: ConversationReply.examples, next: null }] },
);
const Undoable = t.Object(
  { success: t.Literal(true), undo: t.String({ description: "POST there to bring it back." }) },
  {
    title: "Undoable",
    examples: [{ success: true, undo: `/api/conversations/${exampleConversationId}/restore` }],
  },
);
/** For following pages; a search has no pages, but an invalid cursor is an error there, too. */
const cursorForm = /^[0-9]{1,15}\.[A-Za-z0-9_-]{1,100}$/;

const ofConversation = "$response.body#/id";
const firstMessage = "$response.body#/messages/0/id";
const secondMessage = "$response.body#/messages/1/id";
/** What the messages of a conversation lead to; the first is a question, the second its answer. */
const messageLinks = {
  postApiConversationsByIdFork: {
    parameters: { id: ofConversation },
    requestBody: { message_id: secondMessage },
  },
  postApiConversationsByIdMessagesByMessageIdShow: {
    parameters: { id: ofConversation, messageId: secondMessage },
  },
  postApiConversationsByIdMessagesByMessageIdEdit: {
    parameters: { id: ofConversation, messageId: firstMessage },
  },
  postApiConversationsByIdMessagesByMessageIdRegenerate: {
    parameters: { id: ofConversation, messageId: secondMessage },
  },
  postApiConversationsByIdMessagesByMessageIdContinue: {
    parameters: { id: ofConversation, messageId: secondMessage },
  },
  deleteApiConversationsByIdMessagesByMessageId: {
    parameters: { id: ofConversation, messageId: secondMessage },
  },
  postApiConversationsByIdMessagesByMessageIdRestore: {
    parameters: { id: ofConversation, messageId: secondMessage },
  },
};
const noConversation = { 404: "There is no such conversation." };
const noMessage = { 404: "There is no such message in this conversation." };

export const createConversationRoutes = (workspaceOf: WorkspaceOf) =>
  new Elysia({ name: "conversations", prefix: "/api/conversations", tags: ["conversations"] })
    .get(
      "",
      ({ query, request }): StaticReply<typeof ConversationList> => {
        const { library } = workspaceOf(request);
        const limit = countIn(query.limit, listed);
        refuseStrangeCursor(query.cursor);
        const archived = choiceIn(query.archived, "archived", ["false", "true"]) === "true";
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
          archived,
          ...(query.folder === undefined ? {} : { folder: query.folder }),
          ...(query.project_id === undefined ? {} : { project: query.project_id }),
        };
        const page = library.list(limit, options, query.cursor);
        return { conversations: page.conversations.map(conversationJson), next: page.next };
      },
      {
        query: t.Object({
          limit: countField(listed, "How many of them."),
          cursor: t.Optional(
            t.String({
              description: "`next` of the page before.",
              "x-takes": { type: "string", pattern: cursorForm.source },
            }),
          ),
          archived: choiceField(["false", "true"], "true: those that are archived."),
          folder: t.Optional(t.String({ maxLength: 200 })),
          project_id: t.Optional(t.String({ maxLength: 100, description: "Those of this project." })),
          q: t.Optional(t.String({ maxLength: 500, description: "Words in their messages." })),
        }),
        detail: openApiDetail({
          summary: "The conversations, the last updated first; or those whose messages have the words",
          replies: { 200: jsonReply("A page of them.", ConversationList) },
        }),
      },
    )
    .get(
      "/:id",
      ({ params, query, request }) =>
        messagesOf(workspaceOf(request), params.id, countIn(query.limit, shown), query.before),
      {
        params,
        query: t.Object({
          limit: countField(shown, "How many messages."),
          before: t.Optional(t.String({ maxLength: 100, description: "Those before this message." })),
        }),
        detail: openApiDetail({
          summary: "A conversation with the last messages of the branch that is shown",
          replies: {
            200: { ...jsonReply("The conversation.", ConversationWithMessages), links: messageLinks },
          },
          errors: noConversation,
        }),
      },
    )
    .patch(
      "/:id",
      ({ params, body, request }) => {
        const { title, folder = "", project_id: project } = body;
        if (title !== undefined && (isBlank(title) || title.length > longestTitle))
          throw new InvalidRequestError(`title must be a text of 1 to ${longestTitle} characters.`, {
            param: "title",
          });
        if (folder.length > longestFolder)
          throw new InvalidRequestError(`folder must be a text of 0 to ${longestFolder} characters.`, {
            param: "folder",
          });
        const change = { ...body, ...(project === undefined ? {} : { project }) };
        return conversationJson(workspaceOf(request).library.change(params.id, change));
      },
      {
        params,
        body: Change,
        detail: openApiDetail({
          summary: "Rename, pin, archive, put into a folder or a project",
          replies: { 200: jsonReply("The conversation as it is now.", ConversationReply) },
          errors: noConversation,
        }),
      },
    )
    .delete(
      "/:id",
      ({ params, request }): StaticReply<typeof Undoable> => {
        workspaceOf(request).library.remove(params.id);
        return { success: true, undo: `/api/conversations/${params.id}/restore` };
      },
      {
        params,
        detail: openApiDetail({
          summary: "Delete; it can be restored for `trash_days` days (30 unless set)",
          replies: { 200: jsonReply("It is deleted.", Undoable) },
          errors: noConversation,
        }),
      },
    )
    .post(
      "/:id/restore",
      ({ params, request }) => conversationJson(workspaceOf(request).library.bringBack(params.id)),
      {
        params,
        detail: openApiDetail({
          summary: "Bring a deleted conversation back",
          replies: { 200: jsonReply("The conversation.", ConversationReply) },
          errors: noConversation,
        }),
      },
    )
    .post(
      "/:id/fork",
      async ({ params, body, request }) => {
        const workspace = workspaceOf(request);
        belongs(workspace, params.id, body.message_id);
        const key = idempotencyKeyOf(request);
        return conversationJson(
          await workspace.library.fork(body.message_id, key === null ? null : `api:${key}`),
        );
      },
      {
        params,
        body: t.Object({ message_id: messageId }, { examples: [{ message_id: exampleMessageId }] }),
        detail: openApiDetail({
          summary: "Copy a conversation, up to and including a message, into a new one",
          description: "With an Idempotency-Key one copy is made, however often it is asked for.",
          requestHeaders: ["Idempotency-Key"],
          replies: {
            200: {
              ...jsonReply("The copy.", ConversationReply),
              links: conversationLinks("$response.body#/id"),
            },
          },
          errors: noMessage,
        }),
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
      {
        params: messageParams,
        detail: openApiDetail({
          summary: "Show the branch that this message is on",
          replies: { 200: jsonReply("The conversation as it is shown now.", ConversationWithMessages) },
          errors: noMessage,
        }),
      },
    )
    .patch(
      "/:id/messages/:messageId",
      async ({ params, body: { rating }, request }): Promise<StaticReply<typeof Rated>> => {
        const workspace = workspaceOf(request);
        belongs(workspace, params.id, params.messageId);
        await workspace.ratings.rate(params.messageId, rating);
        return { id: params.messageId, rating };
      },
      {
        params: messageParams,
        body: t.Object({ rating }, { title: "Rate", examples: [{ rating: "good" }] }),
        detail: openApiDetail({
          summary: "Rate an answer, or take the rating back with null",
          replies: { 200: jsonReply("It is rated.", Rated) },
          errors: { ...noMessage, 422: "It is a question." },
        }),
      },
    )
    .delete(
      "/:id/messages/:messageId",
      ({ params, request }): StaticReply<typeof Undoable> => {
        const workspace = workspaceOf(request);
        belongs(workspace, params.id, params.messageId);
        workspace.library.removeMessage(params.messageId);
        return {
          success: true,
          undo: `/api/conversations/${params.id}/messages/${params.messageId}/restore`,
        };
      },
      {
        params: messageParams,
        detail: openApiDetail({
          summary: "Delete a message and what follows it",
          replies: { 200: jsonReply("It is deleted.", Undoable) },
          errors: noMessage,
        }),
      },
    )
    .post(
      "/:id/messages/:messageId/restore",
      ({ params, request }) => {
        const workspace = workspaceOf(request);
        belongs(workspace, params.id, params.messageId);
        workspace.library.bringMessageBack(params.messageId);
        return messagesOf(workspace, params.id, 100);
      },
      {
        params: messageParams,
        detail: openApiDetail({
          summary: "Bring a deleted message back",
          replies: { 200: jsonReply("The conversation with it.", ConversationWithMessages) },
          errors: noMessage,
        }),
      },
    );

function messagesOf(
  workspace: Workspace,
  id: string,
  limit: number,
  before?: string,
): StaticReply<typeof ConversationWithMessages> {
  return {
    ...conversationJson(found(workspace.library, id)),
    messages: workspace.messages
      .path(id, { limit, ...(before === undefined ? {} : { before }) })
      .map((message) => messageJson(workspace, message)),
  };
}

function found(library: ConversationLibrary, id: string): Conversation {
  const conversation = library.get(id);
  if (conversation === undefined) throw new NoConversationError();
  return conversation;
}

/** An address that names a message of another conversation names nothing. */
function belongs({ messages, library }: Workspace, conversationId: string, messageId: string): void {
  found(library, conversationId);
  if (messages.get(messageId)?.conversationId !== conversationId)
    throw new NotFoundError("There is no such message in this conversation.");
}

/** @throws InvalidRequestError */
function refuseStrangeCursor(cursor: string | undefined): void {
  if (cursor === undefined || cursorForm.test(cursor)) return;
  throw new InvalidRequestError("cursor must be the `next` of the page before.", { param: "cursor" });
}

/** Matches are marked in Markdown. */
const plainExcerpt = (excerpt: string) => excerpt.replaceAll(/[\uFDD0\uFDD1]/g, "**");
