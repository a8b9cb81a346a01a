/**
 * `POST /api/chat` and `/api/generate`, as Ollama's. Each answer is a generation like any other: in the log, resumable,
 * stoppable.
 */

import type { TSchema } from "@sinclair/typebox";
import { Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { begunAnswer, type DialectDeps, endOfAnswer, headersOf } from "../dialects/answer.ts";
import { answerLinesReply } from "../dialects/answer-stream.ts";
import { askingErrors } from "../dialects/asking-errors.ts";
import { IgnoredFields } from "../dialects/ignored-fields.ts";
import type { Question } from "../generations/question.ts";
import { OllamaErrorReply } from "../http/ollama-error.ts";
import { openApiDetail, type Reply } from "../http/openapi/openapi-detail.ts";
import { messagesBefore } from "./context.ts";
import type { KeptModels } from "./kept-models.ts";
import { questionFromChat, questionFromGenerate } from "./question.ts";
import {
  ChatLine,
  chatForm,
  GenerateLine,
  generateForm,
  headOf,
  type LineForm,
  wholeReply,
} from "./reply.ts";
import { ChatRequest, GenerateRequest } from "./shapes.ts";
import { answerLines } from "./stream.ts";

interface OllamaAnswersDeps extends DialectDeps {
  readonly kept: KeptModels;
}

const replies = (line: TSchema): Readonly<Record<number, Reply>> => ({
  200: {
    description: "A line of JSON a token; with `stream: false` one object with all of it.",
    content: {
      "application/json": { schema: line },
      "application/x-ndjson": {
        example: '{"model":"qwen2.5-1.5b-instruct","created_at":"2026-03-01T09:30:00.000Z","done":false}\n',
        "x-item-schema": t.Union([line, OllamaErrorReply]),
      },
    },
  },
});
const description =
  "Fields and options that have no effect here are passed over; the header X-Ignored-Fields names them. The type of the body need not be told.";

export const createOllamaAnswers = (deps: OllamaAnswersDeps) => {
  const answer = async (
    request: Request,
    question: Question,
    { isStreamed, ignored, form }: { isStreamed: boolean; ignored: IgnoredFields; form: LineForm },
  ): Promise<Response> => {
    const workspace = deps.workspaceOf(request);
    const headers = ignored.headers();
    const generation = await begunAnswer(workspace, question, request);
    if (isStreamed)
      return await answerLinesReply({ log: deps.log, headers }, workspace, generation, request, (updates) =>
        answerLines(generation, updates, form),
      );
    const outcome = await endOfAnswer(workspace, generation, request.signal);
    const logged = workspace.generations.tokens(generation.id, 0);
    return Response.json(wholeReply(generation, outcome, logged, form), {
      headers: { ...headersOf(generation), ...headers },
    });
  };
  /** A request without a question is for the model itself. */
  const keep = async (request: Request, { model, keep_alive: keepAlive }: ChatRequest, form: LineForm) => {
    const kept = await deps.kept(request, model, keepAlive);
    return { ...headOf(kept.model), ...form.said({ text: "" }), done: true, done_reason: kept.reason };
  };
  return new Elysia({ name: "ollama-answers", tags: ["ollama"] })
    .post(
      "/api/chat",
      async ({ body, request, server }) => {
        server?.timeout(request, 0);
        if ((body.messages ?? []).length === 0) return Response.json(await keep(request, body, chatForm));
        const ignored = new IgnoredFields(body, ChatRequest);
        const question = questionFromChat(body, ignored);
        return await answer(request, question, {
          isStreamed: body.stream !== false,
          ignored,
          form: chatForm,
        });
      },
      {
        body: ChatRequest,
        detail: openApiDetail({
          summary: "The next message of a conversation, as Ollama's",
          description,
          replies: replies(ChatLine),
          errors: askingErrors,
        }),
      },
    )
    .post(
      "/api/generate",
      async ({ body, request, server }) => {
        server?.timeout(request, 0);
        if (!body.prompt && !body.suffix && (body.images ?? []).length === 0)
          return Response.json(await keep(request, body, generateForm));
        const ignored = new IgnoredFields(body, GenerateRequest);
        const before = body.context?.length ? messagesBefore(deps.workspaceOf(request), body.context) : [];
        if (before === null) ignored.note("context");
        const question = questionFromGenerate(body, before ?? [], ignored);
        return await answer(request, question, {
          ...{ isStreamed: body.stream !== false, ignored, form: generateForm },
        });
      },
      {
        body: GenerateRequest,
        detail: openApiDetail({
          summary: "An answer to one prompt, or a text to continue, as Ollama's",
          description,
          replies: replies(GenerateLine),
          errors: askingErrors,
        }),
      },
    );
};
