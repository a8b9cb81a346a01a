/**
 * Takes a question from the page's form. With htmx the reply is the pieces of the page that change; without, a
 * redirect to the page that writes the answer into itself.
 */
import { Elysia, t } from "elysia";
import { Announcement } from "../../views/fragments/announcer.tsx";
import { ComposerFields, ComposerNote, questionLimit } from "../../views/fragments/composer.tsx";
import { ConversationItems, listId } from "../../views/fragments/conversation-list.tsx";
import { Partial } from "../../views/fragments/partial.tsx";
import { ThreadHeading, Turn } from "../../views/fragments/turn.tsx";
import { pageTitle } from "../../views/pages/chat-page.tsx";
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import type { Question } from "../generations/question.ts";
import type { Generation } from "../store/schema.ts";
import { answerNow } from "./answer-props.ts";
import { describeError, htmlReply, isHtmx, seeOther } from "./page-replies.tsx";
import { conversationsShown, newComposer, type PagesDeps, renderChat } from "./render-chat.tsx";

const AskForm = t.Object({
  text: t.Optional(t.String()),
  /** A question to begin with, from its button. */
  suggestion: t.Optional(t.String()),
  conversation_id: t.Optional(t.String({ maxLength: 100 })),
  key: t.Optional(t.String({ maxLength: 100 })),
});
type AskForm = typeof AskForm.static;

export const createAskRoutes = (deps: PagesDeps) =>
  new Elysia({ name: "pages-ask" }).post(
    "/ask",
    async ({ body, request }) => {
      const text = (body.suggestion ?? body.text ?? "").trim();
      try {
        const generation = await deps.generations.ask(questionFrom(deps, body, text));
        if (!isHtmx(request)) return seeOther(`/c/${generation.conversationId}?stream=html#end`);
        return askedReply(deps, generation, text, body.conversation_id === undefined);
      } catch (error) {
        return refusedReply(deps, error, body, text, isHtmx(request));
      }
    },
    { body: AskForm, detail: { hide: true } },
  );

function questionFrom(deps: PagesDeps, form: AskForm, text: string): Question {
  if (text === "") throw new InvalidRequestError("Write a question first.");
  if (text.length > questionLimit)
    throw new InvalidRequestError(
      `A question may have at most ${questionLimit} characters; this has ${text.length}.`,
    );
  if (form.conversation_id !== undefined && deps.conversations.get(form.conversation_id) === undefined)
    throw new NotFoundError("This conversation no longer exists. Begin a new one.");
  return {
    message: text,
    // Whichever runs: the settings may name a file that only becomes a model when it is loaded.
    model: "auto",
    memoryContext: deps.settings.memory.recall,
    sampling: { temperature: 0.7, topP: 0.95, maxTokens: 2048, stop: [], topLogprobs: null },
    ...(form.conversation_id === undefined ? {} : { conversationId: form.conversation_id }),
    // The text is part of the key: a page from the browser's history sends its old key with a new question.
    ...(form.key === undefined ? {} : { idempotencyKey: `${form.key}:${Bun.hash(text).toString(36)}` }),
  };
}

function askedReply(deps: PagesDeps, generation: Generation, text: string, isNew: boolean): Response {
  const id = generation.conversationId;
  const turn = { question: text, answer: answerNow(deps.generations, generation) };
  const title = deps.conversations.get(id)?.title ?? text;
  return htmlReply(
    <>
      <Partial target="#thread" swap={isNew ? "innerHTML" : "beforeend"}>
        {isNew ? <ThreadHeading title={title} /> : ""}
        <Turn turn={turn} />
      </Partial>
      <Partial target="#composer-fields" swap="innerHTML">
        <ComposerFields composer={newComposer(id)} />
      </Partial>
      <Partial target="#composer-note" swap="innerHTML">
        {""}
      </Partial>
      <Partial target={`#${listId}`} swap="innerMorph">
        <ConversationItems conversations={conversationsShown(deps)} current={id} />
      </Partial>
      <Partial target="title" swap="textContent">
        <span safe>{pageTitle({ id, title })}</span>
      </Partial>
      <Announcement of="writing" />
    </>,
    200,
    isNew ? { "hx-push-url": `/c/${id}` } : {},
  );
}

/** The text is kept: in the form that still stands with htmx, in a form filled again without. */
function refusedReply(deps: PagesDeps, error: unknown, form: AskForm, text: string, htmx: boolean): Response {
  const { status, message, headers } = describeError(error);
  if (status === 500) deps.reportDefect(error);
  if (!htmx) {
    const id = deps.conversations.get(form.conversation_id ?? "")?.id ?? null;
    return renderChat(deps, id, { ...newComposer(id), text, problem: message }, { status, headers });
  }
  return htmlReply(
    <Partial target="#composer-note" swap="innerHTML">
      <ComposerNote problem={message} />
    </Partial>,
    status,
    headers,
  );
}
