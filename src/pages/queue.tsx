/** The questions that wait for the answer before them: shown above the form to ask with, edited, removed and sent. */

import { Elysia, t } from "elysia";
import { QueueInPlace } from "../../views/fragments/queue.tsx";
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import { QuestionGoneError } from "../generations/generation-errors.ts";
import { htmlReply, isHtmx, seeOther } from "../http/html-reply.tsx";
import { say } from "../texts/say.ts";
import { checkedText } from "./page-questions.ts";
import { queueProps } from "./queue-props.ts";
import type { PagesDeps, PagesOf } from "./render-chat.tsx";
import { refusal, threadReply } from "./thread-reply.tsx";

const id = t.String({ maxLength: 100 });
const params = t.Object({ id, questionId: id });
const Action = t.Object({ do: t.Optional(t.String()), text: t.Optional(t.String()) });

export const createQueuePages = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-queue" })
    // For a tab that has learnt that other questions wait.
    .get(
      "/c/:id/queue",
      ({ params: { id }, request }) => {
        const deps = pagesOf(request);
        if (deps.conversations.get(id) === undefined) return refusal(deps, request, noConversation());
        return isHtmx(request)
          ? htmlReply(<QueueInPlace queue={queueProps(deps, id)} />)
          : seeOther(`/c/${id}#end`);
      },
      { params: t.Object({ id }), detail: { hide: true } },
    )
    .post(
      "/c/:id/queue/:questionId",
      async ({ params, body, request }) => {
        const deps = pagesOf(request);
        try {
          return await done(deps, params, body, request);
        } catch (error) {
          // A plain page may be older than the queue: it shows what has become of the question.
          const isStale = error instanceof QuestionGoneError && body.do !== "edit";
          if (isStale && !isHtmx(request)) return seeOther(`/c/${params.id}#end`);
          return refusal(deps, request, error);
        }
      },
      { params, body: Action, detail: { hide: true } },
    );

async function done(
  deps: PagesDeps,
  { id, questionId }: typeof params.static,
  action: typeof Action.static,
  request: Request,
): Promise<Response> {
  const { queue } = deps;
  if (deps.conversations.get(id) === undefined) throw noConversation();
  const place = { conversationId: id, at: null };
  switch (action.do) {
    case "send":
      await queue.sendNow(id, questionId);
      return threadReply(deps, request, { ...place, writes: true });
    case "edit":
      await queue.edit(id, questionId, checkedText(action.text));
      break;
    case "remove":
      await queue.remove(id, questionId);
      break;
    default:
      throw new InvalidRequestError(say`This cannot be done with a question that waits.`);
  }
  return isHtmx(request)
    ? htmlReply(<QueueInPlace queue={queueProps(deps, id)} />)
    : seeOther(`/c/${id}#end`);
}

const noConversation = () => new NotFoundError(say`There is no such conversation. It may have been deleted.`);
