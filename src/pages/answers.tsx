/** One answer as HTML: as a stream, as a whole once it has ended, and the forms that stop, repeat and continue it. */

import { Elysia, t } from "elysia";
import { Announcement } from "../../views/fragments/announcer.tsx";
import { Answer, answerId } from "../../views/fragments/answer.tsx";
import { ComposerNote } from "../../views/fragments/composer.tsx";
import { Partial } from "../../views/fragments/partial.tsx";
import type { AnswerProps } from "../../views/props.ts";
import { thoughtOf } from "../generations/written-text.ts";
import { isDefect } from "../http/answer-outcome.ts";
import { describeError, errorReply, htmlReply, isHtmx, plainText, seeOther } from "../http/html-reply.tsx";
import { encodeFrame, eventStreamResponse } from "../sse/event-stream.ts";
import type { Generation } from "../store/schema.ts";
import { tr } from "../texts/reader-language.ts";
import { answerNow } from "./answer-props.ts";
import { answerFrames, noAnswerFrames } from "./answer-stream.tsx";
import { frameProps } from "./list-props.ts";
import type { GenerationsPort } from "./page-ports.ts";
import { onceAfter } from "./page-questions.ts";
import type { PagesDeps, PagesOf } from "./render-chat.tsx";
import { seenToEnd } from "./seen.ts";
import { refusal, threadReply } from "./thread-reply.tsx";

/** How long a request for the whole answer waits, in milliseconds: less than proxies allow. */
const longestWait = 25_000;
/** How long the reply to Stop waits for the end, so that the page it leads to shows it. */
const stopWait = 1000;

const params = t.Object({ id: t.String({ maxLength: 100 }) });
const hidden = { params, detail: { hide: true } };
/** A form without fields has no body at all. */
const StepForm = t.Optional(t.Object({ after: t.Optional(t.String({ maxLength: 100 })) }));

export const createAnswerRoutes = (pagesOf: PagesOf) =>
  new Elysia({ name: "pages-answers" })
    .get(
      "/generations/:id/html",
      ({ params: { id }, query, request, server }) => {
        server?.timeout(request, 0);
        const deps = pagesOf(request);
        const generation = deps.generations.get(id);
        const after = cursorOf(request.headers.get("last-event-id") ?? query.after);
        const frames =
          generation === undefined
            ? noAnswerFrames(id)
            : seenToEnd(
                deps,
                generation.conversationId,
                answerFrames(deps, generation, after, request.signal, besides(deps, generation)),
                request.signal,
              );
        return eventStreamResponse(encoded(frames), request, {
          onDefect: (error) => {
            if (isDefect(error)) deps.reportDefect(error);
          },
        });
      },
      { ...hidden, query: t.Object({ after: t.Optional(t.String()) }) },
    )
    // For browsers that streams do not reach: at once with wait=0, at the end (or after a while) with wait=1.
    .get(
      "/generations/:id/answer",
      async ({ params: { id }, query, request, server }) => {
        server?.timeout(request, 0);
        const deps = pagesOf(request);
        if (query.wait === "1") await ended(deps.generations, id, request.signal, longestWait);
        const generation = deps.generations.get(id);
        if (generation === undefined)
          return errorReply(frameProps(deps), 404, tr`This answer no longer exists.`);
        const answer = { ...(await currentAnswer(deps, generation)), unstreamed: query.wait !== undefined };
        return htmlReply(<Answer answer={answer} fresh />);
      },
      { ...hidden, query: t.Object({ wait: t.Optional(t.String()) }) },
    )
    .get(
      "/generations/:id/thought",
      ({ params: { id }, request }) => {
        const deps = pagesOf(request);
        if (deps.generations.get(id) === undefined)
          return errorReply(frameProps(deps), 404, tr`This answer no longer exists.`);
        const text = thoughtOf(deps.generations.tokens(id, 0));
        return isHtmx(request) ? htmlReply(<span safe>{text}</span>) : plainText(text);
      },
      hidden,
    )
    // For hidden tabs, which have no stream: at the end, or after a while.
    .get(
      "/generations/:id/state",
      async ({ params: { id }, request, server }) => {
        server?.timeout(request, 0);
        const deps = pagesOf(request);
        if (deps.generations.get(id) === undefined)
          return errorReply(frameProps(deps), 404, tr`This answer no longer exists.`);
        await ended(deps.generations, id, request.signal, longestWait);
        return plainText(deps.generations.get(id)?.state ?? "gone");
      },
      hidden,
    )
    .post(
      "/generations/:id/answer/stop",
      async ({ params: { id }, request }) => {
        const deps = pagesOf(request);
        const generation = deps.generations.get(id);
        if (generation === undefined)
          return errorReply(frameProps(deps), 404, tr`This answer no longer exists.`);
        deps.generations.stop(id);
        if (isHtmx(request)) return new Response(null, { status: 204 });
        await ended(deps.generations, id, request.signal, stopWait);
        return seeOther(`/c/${generation.conversationId}#end`);
      },
      hidden,
    )
    // A model that has stopped thinking meanwhile is answering.
    .post(
      "/generations/:id/answer/now",
      ({ params: { id }, request }) => {
        const deps = pagesOf(request);
        const generation = deps.generations.get(id);
        if (generation === undefined)
          return errorReply(frameProps(deps), 404, tr`This answer no longer exists.`);
        deps.generations.answerNow(id);
        if (isHtmx(request)) return new Response(null, { status: 204 });
        return seeOther(`/c/${generation.conversationId}?stream=html#end`);
      },
      hidden,
    )
    .post(
      "/generations/:id/answer/retry",
      async ({ params: { id }, body, request }) => {
        const deps = pagesOf(request);
        try {
          const { conversationId } = await deps.generations.retry(id, onceAfter(`retry:${id}`, body));
          return await threadReply(deps, request, { conversationId, at: null, writes: true });
        } catch (error) {
          return refusal(deps, request, error);
        }
      },
      { ...hidden, body: StepForm },
    )
    .post(
      "/generations/:id/answer/continue",
      ({ params: { id }, body, request }) => continuedReply(pagesOf(request), id, body, request),
      { ...hidden, body: StepForm },
    );

const besides = ({ messages }: PagesDeps, { messageId }: Generation) => {
  const message = messages.get(messageId);
  return message === undefined ? [] : messages.siblingIds(message);
};

const currentAnswer = (deps: PagesDeps, generation: Generation): Promise<AnswerProps> =>
  answerNow(deps, generation, besides(deps, generation));

/** The answer that goes on, in its place; or why it does not. */
async function continuedReply(
  deps: PagesDeps,
  id: string,
  form: typeof StepForm.static | null,
  request: Request,
): Promise<Response> {
  try {
    const generation = await deps.generations.continue(id, onceAfter("continue", form));
    if (!isHtmx(request)) return seeOther(`/c/${generation.conversationId}?stream=html#end`);
    return htmlReply(
      <>
        <AnswerInPlace of={id} answer={await currentAnswer(deps, generation)} />
        <Announcement of="writing" />
      </>,
    );
  } catch (error) {
    const { status, message, code, headers } = describeError(error);
    if (status === 500) deps.reportDefect(error);
    if (!isHtmx(request)) return errorReply(frameProps(deps), status, message);
    // Another tab may have been faster, so that the page shows what is not so any more.
    const known = deps.generations.get(id);
    return htmlReply(
      <>
        {known === undefined ? "" : <AnswerInPlace of={id} answer={await currentAnswer(deps, known)} />}
        <Partial target="#composer-note" swap="innerHTML">
          <ComposerNote problem={message} code={code} />
        </Partial>
      </>,
      status,
      headers,
    );
  }
}

const AnswerInPlace = ({ of, answer }: { of: string; answer: AnswerProps }) => (
  <Partial target={`#${answerId(of)}`} swap="outerHTML">
    <Answer answer={answer} />
  </Partial>
);

/** A cursor is a whole number; anything else means from the beginning. */
function cursorOf(text: string | null | undefined): number {
  return text && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

async function* encoded(
  frames: AsyncIterable<Parameters<typeof encodeFrame>[0]> | Iterable<Parameters<typeof encodeFrame>[0]>,
) {
  for await (const frame of frames) yield encodeFrame(frame);
}

/** Resolves when the answer has ended, when the limit has passed or when the reader has gone. */
async function ended(
  generations: GenerationsPort,
  id: string,
  reader: AbortSignal,
  limit: number,
): Promise<void> {
  if (generations.get(id) === undefined) return;
  const signal = AbortSignal.any([reader, AbortSignal.timeout(limit)]);
  try {
    await generations.ended(id, signal);
  } catch (error) {
    if (!signal.aborted && isDefect(error)) throw error;
  }
}
