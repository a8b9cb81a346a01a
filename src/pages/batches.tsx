/** Several questions at once, on one page: asked together, each answered in its card, stopped and asked again together. */

import { Elysia, t } from "elysia";
import type { BatchFormProps, BatchProps, CardState } from "../../views/batch-props.ts";
import { BatchFormPage, BatchNews, BatchPage } from "../../views/pages/batch-pages.tsx";
import { InvalidRequestError } from "../errors.ts";
import { downloadResponse } from "../http/download.ts";
import { describeError, errorReply, htmlReply, seeOther } from "../http/html-reply.tsx";
import { tr } from "../texts/reader-language.ts";
import { say } from "../texts/say.ts";
import { type BatchEntry, type BatchesOfOwner, mostTogether } from "../workspace/batches.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { isUnfinished, turnsOf } from "./answer-props.ts";
import { calendarOf } from "./calendar.ts";
import { frameProps } from "./list-props.ts";
import { questionFromPage } from "./page-questions.ts";
import type { PagesDeps } from "./render-chat.tsx";

interface BatchDeps extends PagesDeps {
  readonly batches: BatchesOfOwner;
  exportOne: Workspace["transfer"]["exportOne"];
}

const hidden = { detail: { hide: true } };
const id = t.String({ maxLength: 100, pattern: "^[\\w-]+$" });
const params = t.Object({ id: t.String({ maxLength: 100 }) });
const lines = t.String({ maxLength: 100_000 });
const instruments = t.Optional(t.String({ maxLength: 500 }));
const BatchForm = t.Object({
  ...{
    id: t.Optional(id),
    questions: t.Optional(lines),
    instruments,
    preset: t.Optional(t.String({ maxLength: 100 })),
  },
  from: t.Optional(t.Numeric({ minimum: 0, maximum: mostTogether })),
});
/** HTTP/1.1 allows six connections: so many answers of a page have a stream, and one connection stays free. */
const mostStreams = 4;

export const createBatchPages = (depsOf: (request: Request) => BatchDeps) =>
  new Elysia({ name: "pages-batches" })
    .get(
      "/batches",
      ({ query, request }) => {
        const deps = depsOf(request);
        const { questions = "", instruments = "" } = query;
        return htmlReply(
          <BatchFormPage {...frameProps(deps)} form={{ ...emptyForm(deps), questions, instruments }} />,
        );
      },
      { ...hidden, query: t.Object({ questions: t.Optional(lines), instruments }) },
    )
    .post(
      "/batches",
      async ({ body, request }) => {
        const deps = depsOf(request);
        const { preset = "" } = body;
        const form = { ...emptyForm(deps), preset, questions: body.questions ?? "", instruments: "" };
        const { id: batchId = form.id, from = 0 } = body;
        let texts: readonly string[] = [];
        try {
          texts = textsOf(body.questions ?? "", body.instruments ?? "", mostTogether - from);
          const values = deps.presets.valuesFor({ preset });
          const questions = texts.map((text) => questionFromPage(values, { text }));
          const { asked, problem } = await deps.batches.ask(batchId, questions, from);
          if (problem === null) return seeOther(`/batches/${batchId}`);
          const words = tr`${from + asked} of ${from + texts.length} were asked. ${describeError(problem).message}`;
          return formAgain(deps, problem, {
            ...{ ...form, id: batchId, from: from + asked, problem: words },
            questions: texts.slice(asked).join("\n"),
          });
        } catch (error) {
          const { message: problem } = describeError(error);
          return formAgain(deps, error, {
            ...{ ...form, id: batchId, from, problem },
            instruments: body.instruments ?? "",
          });
        }
      },
      { ...hidden, body: BatchForm },
    )
    .get(
      "/batches/:id",
      ({ params: { id }, request }) =>
        answered(depsOf(request), async (deps) =>
          htmlReply(<BatchPage {...frameProps(deps)} batch={await batchProps(deps, id)} />),
        ),
      { ...hidden, params },
    )
    .get(
      "/batches/:id/news",
      ({ params: { id }, query: { shown = "" }, request }) =>
        answered(depsOf(request), async (deps) => {
          const batch = await batchProps(deps, id);
          const changed = [...batch.shown].flatMap((state, at) => (state === shown[at] ? [] : [at]));
          if (changed.length === 0) return new Response(null, { status: 204 });
          return htmlReply(<BatchNews batch={batch} changed={changed} />);
        }),
      { ...hidden, params, query: t.Object({ shown: t.Optional(t.String({ maxLength: 1000 })) }) },
    )
    .get(
      "/batches/:id/export",
      ({ params: { id }, request }) =>
        answered(depsOf(request), async (deps) => {
          const entries = deps.batches.get(id);
          const fileName = "questions.md";
          return downloadResponse(markdownOf(deps, entries), { type: "text/markdown", fileName });
        }),
      { ...hidden, params },
    )
    .post(
      "/batches/:id",
      ({ params: { id }, body, request }) =>
        answered(depsOf(request), async (deps) => {
          if (body.do === "stop") deps.batches.stop(id);
          else await deps.batches.askRest(id);
          return seeOther(`/batches/${id}`);
        }),
      { ...hidden, params, body: t.Object({ do: t.Union([t.Literal("stop"), t.Literal("again")]) }) },
    );

async function answered(deps: BatchDeps, reply: (deps: BatchDeps) => Promise<Response>): Promise<Response> {
  try {
    return await reply(deps);
  } catch (error) {
    const { status, message } = describeError(error);
    if (status === 500) deps.reportDefect(error);
    return errorReply(frameProps(deps), status, message);
  }
}

function formAgain(deps: BatchDeps, error: unknown, form: BatchFormProps): Response {
  const { status, headers } = describeError(error);
  if (status === 500) deps.reportDefect(error);
  return htmlReply(<BatchFormPage {...frameProps(deps)} form={form} />, status, headers);
}

const placeholder = /\[instrument\]/gi;

/** A question a line; one with [instrument] becomes one for each instrument. @throws InvalidRequestError */
function textsOf(sent: string, names: string, most: number): readonly string[] {
  const symbols = names.split(/[,;\n]/).flatMap((name) => (name.trim() === "" ? [] : [name.trim()]));
  const written = sent.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
  const isOpen = (line: string) => line.search(placeholder) >= 0;
  if (written.some(isOpen) && symbols.length === 0)
    throw new InvalidRequestError(say`Name the instruments that [instrument] stands for.`);
  const count = written.reduce((sum, line) => sum + (isOpen(line) ? symbols.length : 1), 0);
  if (count === 0) throw new InvalidRequestError(say`Write a question first.`);
  if (count > most)
    throw new InvalidRequestError(
      say`A batch can have at most ${mostTogether} questions; this one would have ${count + mostTogether - most}. Remove some.`,
    );
  return written.flatMap((line) =>
    isOpen(line) ? symbols.map((symbol) => line.replaceAll(placeholder, () => symbol)) : [line],
  );
}

function emptyForm({ batches, messages, presets, calendar = calendarOf() }: BatchDeps): BatchFormProps {
  const recent = batches.recent().flatMap(({ id, first, count }) => {
    const question = messages.get(first.questionId);
    if (question === undefined) return [];
    return [{ id, count, title: question.content.slice(0, 100), when: calendar.dateOf(first.createdAt) }];
  });
  const form = { id: crypto.randomUUID(), from: 0, questions: "", instruments: "" };
  return { ...form, presets: presets.list(), preset: "", most: mostTogether, problem: null, recent };
}

async function batchProps(deps: BatchDeps, id: string): Promise<BatchProps> {
  const entries = deps.batches.get(id);
  let streams = 0;
  const cards = await Promise.all(
    entries.map(async ({ question, answer, generation }) => {
      const isOpen = isUnfinished(generation);
      if (isOpen) streams++;
      const state: CardState = !isOpen ? "ended" : streams > mostStreams ? "waiting" : "running";
      const [turn] = await turnsOf(
        [
          { message: question, generation: null, siblings: [question.id] },
          { message: answer, generation, siblings: deps.messages.siblingIds(answer) },
        ],
        deps,
      );
      return turn?.answer ? [{ question: turn.question, answer: turn.answer, state }] : [];
    }),
  );
  const shown = cards.flat();
  return {
    id,
    cards: shown,
    ended: shown.filter(({ state }) => state === "ended").length,
    unanswered: shown.filter(({ answer: { state } }) => state === "failed" || state === "stopped").length,
    shown: shown.map(({ state }) => state.charAt(0)).join(""),
    copyKey: crypto.randomUUID(),
  };
}

/** One conversation after the other, as each of them is saved. */
function* markdownOf({ exportOne }: BatchDeps, entries: readonly BatchEntry[]): Generator<string> {
  for (const { question } of entries) {
    using file = exportOne(question.conversationId, "markdown", Date.now());
    for (let piece = file.pieces.next(); !piece.done; piece = file.pieces.next()) yield piece.value;
    yield "\n";
  }
}
