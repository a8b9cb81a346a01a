/** What a page does with single messages: other branches, other wordings, other answers, copies, deletion and its undoing. */

import { Elysia, t } from "elysia";
import type { EditProps } from "../../views/edit-props.ts";
import { AgainForm, type AgainProps } from "../../views/fragments/again-form.tsx";
import { CommandReply } from "../../views/fragments/commands.tsx";
import { EditForm } from "../../views/fragments/edit-form.tsx";
import { Partial } from "../../views/fragments/partial.tsx";
import { RatingInPlace } from "../../views/fragments/rating.tsx";
import { AgainPage } from "../../views/pages/again-page.tsx";
import { EditPage } from "../../views/pages/edit-page.tsx";
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import { questionLimit } from "../generations/question.ts";
import { describeError, htmlReply, isHtmx, plainText, seeOther } from "../http/html-reply.tsx";
import type { Message } from "../store/schema.ts";
import { tr } from "../texts/reader-language.ts";
import { say } from "../texts/say.ts";
import { editQuestion, messageOf, questionOf, regenerate, takeAlternative } from "../workspace/ask-again.ts";
import { rememberMessage } from "../workspace/remember-message.ts";
import { frameProps } from "./list-props.ts";
import { onceAfter, questionFromPage } from "./page-questions.ts";
import type { PagesDeps, PagesOf } from "./render-chat.tsx";
import { conversationOf, turnsShownBy } from "./tab-state.ts";
import { endOf } from "./thread-props.ts";
import { refusal, Shape, threadReply } from "./thread-reply.tsx";

const id = t.String({ maxLength: 100 });
const params = t.Object({ id });
const hidden = { detail: { hide: true }, params };
const Action = t.Object({
  do: t.Optional(t.String()),
  show: t.Optional(id),
  key: t.Optional(id),
  after: t.Optional(id),
  model: t.Optional(t.String({ minLength: 1, maxLength: 200 })),
  memory: t.Optional(t.Union([t.Literal("on"), t.Literal("off")])),
  rate: t.Optional(t.Union([t.Literal("good"), t.Literal("bad"), t.Literal("none")])),
  take: t.Optional(t.String({ pattern: "^\\d{1,6}\\.\\d{1,2}$" })),
});
const EditBody = t.Object({ text: t.Optional(t.String()), key: t.Optional(id) });

export const createMessagePages = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-messages" })
    .post(
      "/messages/:id",
      async ({ params: { id }, body, request }) => {
        const deps = pagesOf(request);
        try {
          return await reply(deps, id, body, request);
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      { ...hidden, body: Action },
    )
    // Of a long text a page shows the beginning.
    .get(
      "/messages/:id/text",
      ({ params: { id }, request }) => {
        const deps = pagesOf(request);
        try {
          return plainText(messageOf(deps, id).content);
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      hidden,
    )
    .get(
      "/messages/:id/edit",
      ({ params: { id }, request }) => {
        const deps = pagesOf(request);
        try {
          const message = questionOf(deps, id);
          const edit = editProps(message, message.content);
          return htmlReply(
            isHtmx(request) ? <EditForm edit={edit} /> : <EditPage {...frameProps(deps)} edit={edit} />,
          );
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      hidden,
    )
    .get(
      "/messages/:id/again",
      ({ params: { id }, request }) => {
        const deps = pagesOf(request);
        try {
          const again = againProps(deps, messageOf(deps, id));
          return htmlReply(
            isHtmx(request) ? <AgainForm again={again} /> : <AgainPage {...frameProps(deps)} again={again} />,
          );
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      hidden,
    )
    .post(
      "/messages/:id/edit",
      async ({ params: { id }, body, request }) => {
        const deps = pagesOf(request);
        const text = (body.text ?? "").trim();
        try {
          const asked = questionOf(deps, id);
          const values = deps.presets.valuesFor({ conversationId: asked.conversationId });
          const question = questionFromPage(values, { text, key: body.key });
          const { conversationId } = await editQuestion(deps, id, question);
          return await threadReply(deps, request, { conversationId, at: null, writes: true });
        } catch (error) {
          return editRefusal(deps, id, text, request, error);
        }
      },
      { ...hidden, body: EditBody },
    );

async function reply(
  deps: PagesDeps,
  id: string,
  action: typeof Action.static,
  request: Request,
): Promise<Response> {
  const { library, messages } = deps;
  const { conversationId } = action.do === "restore" ? deletedMessageOf(deps, id) : messageOf(deps, id);
  if (action.show !== undefined) {
    if (messages.get(action.show)?.conversationId !== conversationId) throw noMessage();
    library.show(action.show);
    return threadReply(deps, request, { conversationId, at: action.show });
  }
  if (action.rate !== undefined) {
    const rating = action.rate === "none" ? null : action.rate;
    await deps.ratings.rate(id, rating);
    if (!isHtmx(request)) return seeOther(`/c/${conversationId}?at=${id}#end`);
    // A tab that shows the conversation's end knows of it then: it is not told what it has done itself.
    const showsEnd = turnsShownBy(request) !== null && conversationOf(request) === conversationId;
    return htmlReply(
      <>
        <RatingInPlace messageId={id} rating={rating} />
        {showsEnd ? <Shape thread={endOf(deps, conversationId)} /> : ""}
      </>,
    );
  }
  if (action.take !== undefined) {
    await takeAlternative(deps, id, action.take);
    return threadReply(deps, request, { conversationId, at: null, writes: true });
  }
  switch (action.do) {
    case "again-with": {
      // One that is not loaded is loaded first: the answer waits for it.
      const { model } = await deps.modelChoice.forAnswer(action.model ?? "");
      const withoutMemory = action.memory === "off";
      const key = `again-with:${model}:${withoutMemory ? "no-memory:" : ""}${id}`;
      await regenerate(deps, id, { model, withoutMemory, ...onceAfter(key, action) });
      return threadReply(deps, request, { conversationId, at: null, writes: true });
    }
    case "again":
    case "replay":
    case "measure":
      await regenerate(deps, id, {
        replay: action.do !== "again",
        measured: action.do === "measure",
        ...onceAfter(`${action.do}:${id}`, action),
      });
      return threadReply(deps, request, { conversationId, at: null, writes: true });
    case "fork": {
      // The message is part of the key: a page has one key for all the copies that it makes.
      const key = action.key === undefined ? null : `page:${action.key}:${id}`;
      return seeOther(`/c/${(await library.fork(id, key)).id}#end`);
    }
    case "remember": {
      const memory = await rememberMessage(deps, id);
      if (!isHtmx(request)) return seeOther(`/memory#m-${memory.id}`);
      return htmlReply(
        <Partial target="#notice" swap="innerHTML">
          <CommandReply reply={{ kind: "remembered", memory }} />
        </Partial>,
      );
    }
    case "delete": {
      const { parentId: at } = library.removeMessage(id);
      const notice = {
        text: tr`Message and replies deleted.`,
        undo: { url: `/messages/${id}`, inPlace: true },
      };
      return threadReply(deps, request, { conversationId, at, notice });
    }
    case "restore":
      library.bringMessageBack(id);
      return threadReply(deps, request, { conversationId, at: id });
    default:
      throw new InvalidRequestError(say`This cannot be done with a message.`);
  }
}

function againProps({ messages, modelChoice }: PagesDeps, message: Message): AgainProps {
  const siblings = messages.siblingIds(message);
  return {
    messageId: message.id,
    conversationId: message.conversationId,
    after: siblings.at(-1) ?? message.id,
    models: modelChoice.cards().map(({ id, name, state }) => ({ id, name, isLoaded: state !== "stored" })),
    recalls: (messages.generationOf(message.id)?.memoryContext ?? 0) > 0,
  };
}

/** The text is kept: in the form that still stands with htmx, in a page of its own without. */
function editRefusal(deps: PagesDeps, id: string, text: string, request: Request, error: unknown): Response {
  const message = deps.messages.get(id);
  if (message === undefined || message.role !== "user") return refusal(deps, request, error);
  const { status, message: problem, headers } = describeError(error);
  if (status === 500) deps.reportDefect(error);
  const edit = { ...editProps(message, text), problem };
  if (!isHtmx(request)) return htmlReply(<EditPage {...frameProps(deps)} edit={edit} />, status, headers);
  return htmlReply(
    <Partial target={`#m-${id} .edit-form`} swap="outerHTML">
      <EditForm edit={edit} />
    </Partial>,
    status,
    headers,
  );
}

const editProps = ({ id, conversationId }: Message, text: string): EditProps => ({
  conversationId,
  messageId: id,
  key: crypto.randomUUID(),
  text,
  limit: questionLimit,
});

/** A message that is to be brought back. @throws NotFoundError */
function deletedMessageOf({ messages, conversations }: PagesDeps, id: string): Message {
  const message = messages.get(id);
  if (message !== undefined && conversations.get(message.conversationId) !== undefined) return message;
  throw noMessage();
}

const noMessage = () => new NotFoundError(say`There is no such message. It may have been deleted.`);
