/**
 * Two answers to one question, side by side: each is a version of the other, and the one that is picked is shown by the
 * conversation from then on. Any two versions of an answer can be compared.
 */

import { Elysia, t } from "elysia";
import type { ComparedAnswer, CompareFormProps, SideFields } from "../../views/compare-props.ts";
import { ComparedPage, CompareFormPage } from "../../views/pages/compare-page.tsx";
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import { type AnswerSettings, type Question, questionLimit } from "../generations/question.ts";
import { describeError, errorReply, htmlReply, seeOther } from "../http/html-reply.tsx";
import type { Generation, Message } from "../store/schema.ts";
import { tr } from "../texts/reader-language.ts";
import { say } from "../texts/say.ts";
import { messageOf } from "../workspace/ask-again.ts";
import type { AskValues } from "../workspace/presets.ts";
import { turnsOf } from "./answer-props.ts";
import { frameProps } from "./list-props.ts";
import { questionFromPage } from "./page-questions.ts";
import type { PagesDeps } from "./render-chat.tsx";

interface CompareDeps extends PagesDeps {
  askBoth(question: Question, second: AnswerSettings): Promise<readonly Generation[]>;
  /** What can answer. */
  models(): readonly string[];
}

const hidden = { detail: { hide: true } };
const id = t.String({ maxLength: 100 });
const params = t.Object({ id });
const word = t.Optional(t.String({ maxLength: 200 }));
const instructions = t.Optional(t.String({ maxLength: 20_000 }));
const CompareForm = t.Object({
  ...{ text: t.Optional(t.String()), key: t.Optional(id), preset: t.Optional(id) },
  ...{ model_0: word, temperature_0: word, memory_0: word, instructions_0: instructions },
  ...{ model_1: word, temperature_1: word, memory_1: word, instructions_1: instructions },
});
type CompareForm = typeof CompareForm.static;

export const createComparePages = (depsOf: (request: Request) => CompareDeps) =>
  new Elysia({ name: "pages-compare" })
    .get(
      "/compare",
      ({ query, request }) => {
        const deps = depsOf(request);
        const form = { ...emptyForm(deps, query.preset), text: query.q ?? "" };
        return htmlReply(<CompareFormPage {...frameProps(deps)} form={form} />);
      },
      {
        ...hidden,
        query: t.Object({ q: t.Optional(t.String({ maxLength: questionLimit })), preset: t.Optional(id) }),
      },
    )
    .post(
      "/compare",
      async ({ body, request }) => {
        const deps = depsOf(request);
        try {
          const [first] = await asked(deps, body);
          return seeOther(`/compare/${first?.messageId}`);
        } catch (error) {
          const { status, message, headers } = describeError(error);
          if (status === 500) deps.reportDefect(error);
          const form = { ...sentForm(deps, body), problem: message };
          return htmlReply(<CompareFormPage {...frameProps(deps)} form={form} />, status, headers);
        }
      },
      { ...hidden, body: CompareForm },
    )
    .get(
      "/compare/:id",
      async ({ params: { id }, request }) => {
        const deps = depsOf(request);
        try {
          return await comparedReply(deps, id);
        } catch (error) {
          return refused(deps, error);
        }
      },
      { ...hidden, params },
    )
    .post(
      "/compare/:id",
      ({ params: { id }, body, request }) => {
        const deps = depsOf(request);
        try {
          const { conversationId } = messageOf(deps, id);
          if (body.do === "pick") {
            deps.library.show(id);
            return seeOther(`/c/${conversationId}#end`);
          }
          for (const { generation } of pairOf(deps, messageOf(deps, id)) ?? [])
            deps.generations.stop(generation.id);
          return seeOther(`/compare/${id}`);
        } catch (error) {
          return refused(deps, error);
        }
      },
      {
        ...hidden,
        params,
        body: t.Object({ do: t.Union([t.Literal("pick"), t.Literal("stop")]) }),
      },
    );

function refused(deps: CompareDeps, error: unknown): Response {
  const { status, message } = describeError(error);
  if (status === 500) deps.reportDefect(error);
  return errorReply(frameProps(deps), status, message);
}

/** @throws InvalidRequestError, or what asking throws */
function asked(deps: CompareDeps, form: CompareForm): Promise<readonly Generation[]> {
  const asking = deps.presets.valuesFor({ preset: form.preset });
  const question = questionFromPage(asking, { text: form.text ?? "", key: form.key });
  const settings = (side: SideFields) => settingsOf(deps, asking.values, question, side);
  const [first, second] = sentForm(deps, form).sides;
  return deps.askBoth({ ...question, ...settings(first) }, settings(second));
}

function settingsOf(
  { personal }: CompareDeps,
  { instructions: own, recall }: AskValues["values"],
  question: Question,
  side: SideFields,
): AnswerSettings {
  const temperature = Number(side.temperature);
  if (side.temperature.trim() === "" || !(temperature >= 0 && temperature <= 2))
    throw new InvalidRequestError(say`The temperature is a number from 0 to 2.`);
  const isOwn = side.instructions.trim() === own.trim();
  return {
    model: side.model,
    // A preset may have turned it off for the other side.
    memoryContext: side.memory ? recall || personal.values().recall : 0,
    sampling: { ...question.sampling, temperature },
    ...(isOwn ? {} : { systemPrompt: personal.promptWith(side.instructions.trim()) }),
  };
}

/** The second answer differs in one thing: the model, or without another one the temperature. */
function emptyForm({ presets, models }: CompareDeps, wanted?: string): CompareFormProps {
  const preset = presets.list().find(({ id }) => id === wanted) ?? null;
  const { temperature, instructions: own, recall, model } = presets.valuesFor({ preset: preset?.id }).values;
  const known = models();
  const [first = "auto", second] =
    model === undefined ? known : [model, ...known.filter((each) => each !== model)];
  const side = {
    model: model ?? "auto",
    temperature: `${temperature}`,
    memory: recall > 0,
    instructions: own,
  };
  return {
    ...{ text: "", limit: questionLimit, key: crypto.randomUUID(), models: known, problem: null },
    ...{ presets: presets.list(), preset },
    sides: [
      { ...side, model: second === undefined ? side.model : first },
      second === undefined
        ? { ...side, temperature: temperature < 0.5 ? "1" : "0.2" }
        : { ...side, model: second },
    ],
  };
}

/** As it was sent; what a program leaves out is as in a form that nobody has touched. */
function sentForm(deps: CompareDeps, form: CompareForm): CompareFormProps {
  const untouched = emptyForm(deps, form.preset);
  const [first, second] = untouched.sides;
  return {
    ...untouched,
    text: form.text ?? "",
    sides: [
      {
        model: form.model_0 ?? first.model,
        temperature: form.temperature_0 ?? first.temperature,
        memory: form.memory_0 === undefined ? first.memory : form.memory_0 === "on",
        instructions: form.instructions_0 ?? first.instructions,
      },
      {
        model: form.model_1 ?? second.model,
        temperature: form.temperature_1 ?? second.temperature,
        memory: form.memory_1 === undefined ? second.memory : form.memory_1 === "on",
        instructions: form.instructions_1 ?? second.instructions,
      },
    ],
  };
}

interface Pair {
  readonly message: Message;
  readonly generation: Generation;
}

/** This answer and the version after it, or before the last one; null: it is the only one. @throws NotFoundError */
function pairOf({ messages }: CompareDeps, message: Message): readonly [Pair, Pair] | null {
  if (message.role !== "assistant") throw new NotFoundError(say`This message is a question, not an answer.`);
  const siblings = messages.siblingIds(message);
  const at = Math.min(siblings.indexOf(message.id), siblings.length - 2);
  const [first, second] = siblings.slice(at, at + 2).map((sibling) => {
    const found = messages.get(sibling);
    const generation = messages.generationOf(sibling);
    return found === undefined || generation === undefined ? undefined : { message: found, generation };
  });
  return at < 0 || first === undefined || second === undefined ? null : [first, second];
}

async function comparedReply(deps: CompareDeps, messageId: string): Promise<Response> {
  const message = messageOf(deps, messageId);
  const pair = pairOf(deps, message);
  const { conversationId } = message;
  if (pair === null) return seeOther(`/c/${conversationId}?at=${messageId}#end`);
  const question = deps.messages.get(pair[0].generation.questionId);
  if (question === undefined) throw new NotFoundError(say`The question of this answer was deleted.`);
  const siblings = deps.messages.siblingIds(message);
  const [first, second] = await Promise.all(
    pair.map(async ({ message: version, generation }) => {
      const [turn] = await turnsOf(
        [
          { message: question, generation: null, siblings: [question.id] },
          { message: version, generation, siblings },
        ],
        deps,
      );
      return { turn, version, generation };
    }),
  );
  if (!first?.turn?.answer || !second?.turn?.answer)
    throw new NotFoundError(say`This answer no longer exists.`);
  const settings = settingsShown(deps, first.generation, second.generation);
  const compared = (answer: ComparedAnswer["answer"], at: 0 | 1): ComparedAnswer => ({
    answer,
    settings: settings[at],
  });
  return htmlReply(
    <ComparedPage
      {...frameProps(deps)}
      compared={{
        question: first.turn.question,
        conversationId,
        answers: [compared(first.turn.answer, 0), compared(second.turn.answer, 1)],
        versions: siblings.length,
        copyKey: crypto.randomUUID(),
      }}
    />,
  );
}

/** In words: the model and the temperature of each, and what else differs. */
function settingsShown(
  { personal }: CompareDeps,
  first: Generation,
  second: Generation,
): readonly [readonly string[], readonly string[]] {
  const hasMemory = ({ memoryContext }: Generation) => memoryContext > 0;
  const differsInMemory = hasMemory(first) !== hasMemory(second);
  const instructionsOf = ({ receipt }: Generation) => receipt?.systemPrompt ?? personal.prompt();
  const differsInWords = instructionsOf(first) !== instructionsOf(second);
  const of = (generation: Generation): readonly string[] => {
    const { writers, model, sampling } = generation;
    const name = writers.at(-1)?.model ?? model;
    const isOwn = instructionsOf(generation).startsWith(personal.prompt());
    return [
      ...(name === "auto" ? [] : [name]),
      tr`Temperature ${sampling.temperature}`,
      ...(differsInMemory ? [hasMemory(generation) ? tr`With memory` : tr`Without memory`] : []),
      ...(differsInWords ? [isOwn ? tr`Your instructions` : tr`Other instructions`] : []),
    ];
  };
  return [of(first), of(second)];
}
