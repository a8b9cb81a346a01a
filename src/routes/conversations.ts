/** The conversations by REST: listed, searched, named, branched, copied and deleted; deletions can be undone. */
import { Elysia, t } from "elysia";
import type { ConversationLibrary } from "../conversations/library.ts";
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import type { Conversation } from "../store/schema.ts";
import { conversationFacts, type MessageFactsDeps, messageFacts } from "./conversation-facts.ts";

export interface ConversationDeps extends MessageFactsDeps {
  readonly library: ConversationLibrary;
}

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

export const createConversationRoutes = (deps: ConversationDeps) => {
  const { library, store } = deps;
  const messagesOf = (conversation: Conversation, limit: number, before?: string) => ({
    ...conversationFacts(conversation),
    messages: store.messages
      .path(conversation.id, { limit, ...(before === undefined ? {} : { before }) })
      .map((message) => messageFacts(deps, message)),
  });
  return new Elysia({ name: "conversations", prefix: "/api/conversations", tags: ["conversations"] })
    .get(
      "",
      ({ query }) => {
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
      ({ params, query }) =>
        messagesOf(
          found(library, params.id),
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
    .patch("/:id", ({ params, body }) => conversationFacts(library.change(params.id, body)), {
      params,
      body: Change,
      detail: { summary: "Rename, pin, archive, or put into a folder" },
    })
    .delete(
      "/:id",
      ({ params }) => {
        library.remove(params.id);
        return { success: true, undo: `/api/conversations/${params.id}/restore` };
      },
      { params, detail: { summary: "Delete; it can be brought back for 30 days" } },
    )
    .post("/:id/restore", ({ params }) => conversationFacts(library.bringBack(params.id)), {
      params,
      detail: { summary: "Bring a deleted conversation back" },
    })
    .post(
      "/:id/fork",
      ({ params, body }) => {
        belongs(deps, params.id, body.message_id);
        return conversationFacts(library.fork(body.message_id));
      },
      {
        params,
        body: t.Object({ message_id: id }),
        detail: { summary: "Copy a conversation, up to and including a message, into a new one" },
      },
    )
    .post(
      "/:id/messages/:messageId/show",
      ({ params }) => {
        belongs(deps, params.id, params.messageId);
        library.show(params.messageId);
        return messagesOf(found(library, params.id), 100);
      },
      { params: messageParams, detail: { summary: "Show the branch that this message is on" } },
    )
    .delete(
      "/:id/messages/:messageId",
      ({ params }) => {
        belongs(deps, params.id, params.messageId);
        library.removeMessage(params.messageId);
        return {
          success: true,
          undo: `/api/conversations/${params.id}/messages/${params.messageId}/restore`,
        };
      },
      { params: messageParams, detail: { summary: "Delete a message and what follows it" } },
    )
    .post(
      "/:id/messages/:messageId/restore",
      ({ params }) => {
        belongs(deps, params.id, params.messageId);
        library.bringMessageBack(params.messageId);
        return messagesOf(found(library, params.id), 100);
      },
      { params: messageParams, detail: { summary: "Bring a deleted message back" } },
    );
};

function found(library: ConversationLibrary, id: string): Conversation {
  const conversation = library.get(id);
  if (conversation === undefined)
    throw new NotFoundError("There is no such conversation. It may have been deleted.");
  return conversation;
}

/** An address that names a message of another conversation names nothing. */
function belongs({ store, library }: ConversationDeps, conversationId: string, messageId: string): void {
  found(library, conversationId);
  if (store.messages.get(messageId)?.conversationId !== conversationId)
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
