/**
 * `POST /completion` and `/infill`, as llama.cpp's server. Each answer is a generation like any other: in the log, resumable,
 * stoppable.
 */
import { Elysia } from "elysia";
import { begunAnswer, type DialectDeps, endOfAnswer, headersOf } from "../dialects/answer.ts";
import { answerFrames } from "../dialects/answer-stream.ts";
import { askingErrors } from "../dialects/asking-errors.ts";
import { IgnoredFields } from "../dialects/ignored-fields.ts";
import type { EngineLookup } from "../dialects/token-counts.ts";
import { vocabularyOf } from "../dialects/vocabularies.ts";
import { UnsupportedRequestError } from "../errors.ts";
import type { Question } from "../generations/question.ts";
import { idempotencyKeyOf } from "../http/idempotency-key.ts";
import { events, openApiDetail, type Reply } from "../http/openapi/openapi-detail.ts";
import { Completion, CompletionEvent, completionEvents, completionOf } from "./completion-reply.ts";
import { CompletionRequest, InfillRequest, promptIn, questionFrom } from "./completion-request.ts";

interface CompletionsDeps extends DialectDeps {
  readonly engines: EngineLookup;
  /** @returns the id that a name stands for @throws UnknownModelError */
  readonly resolve: (name: string) => string;
}

const replies: Readonly<Record<number, Reply>> = {
  200: {
    description: "The whole of it; with `stream: true` its pieces.",
    content: {
      "application/json": { schema: Completion },
      "text/event-stream": events(CompletionEvent, 'data: {"index":0,"content":" a loan","stop":false}\n\n'),
    },
    headers: ["X-Generation-Id", "X-Conversation-Id"],
  },
};
const description =
  "Fields that have no effect here are passed over; the header X-Ignored-Fields names them.";

export const createLlamaCppCompletions = (deps: CompletionsDeps) => {
  const answer = async (
    request: Request,
    question: Question,
    body: Omit<CompletionRequest, "prompt">,
    ignored: IgnoredFields,
  ): Promise<Response> => {
    const workspace = deps.workspaceOf(request);
    const headers = ignored.headers();
    const generation = await begunAnswer(workspace, question, request);
    const returnsTokens = body.return_tokens === true;
    const wanted = { returnsTokens, returnsProgress: body.return_progress === true };
    if (body.stream === true)
      return await answerFrames({ log: deps.log, headers }, workspace, generation, request, (updates) =>
        completionEvents(generation, updates, wanted),
      );
    const outcome = await endOfAnswer(workspace, generation, request.signal);
    const logged = workspace.generations.tokens(generation.id, 0);
    const whole = completionOf(generation, outcome, logged, { returnsTokens, isStreamed: false });
    return Response.json(whole, { headers: { ...headersOf(generation), ...headers } });
  };
  const detail = openApiDetail({
    summary: "Go on with a text, as llama.cpp's server",
    description,
    requestHeaders: ["Idempotency-Key"],
    ...{ replies, errors: askingErrors },
  });
  const complete = (request: Request, body: CompletionRequest) => {
    const prompt = promptIn(body);
    const shown = typeof prompt === "string" ? prompt : `[${prompt.length} tokens]`;
    const question = questionFrom(body, prompt, shown, idempotencyKeyOf(request));
    return answer(request, question, body, new IgnoredFields(body, CompletionRequest));
  };
  return new Elysia({ name: "llama-cpp-completions", tags: ["llama.cpp"] })
    .post(
      "/completion",
      ({ body, request, server }) => {
        server?.timeout(request, 0);
        return complete(request, body);
      },
      { body: CompletionRequest, detail },
    )
    .post(
      "/completions",
      ({ body, request, server }) => {
        server?.timeout(request, 0);
        return complete(request, body);
      },
      { body: CompletionRequest, detail },
    )
    .post(
      "/infill",
      async ({ body, request, server }) => {
        server?.timeout(request, 0);
        const vocabulary = vocabularyOf(deps.engines, deps.resolve(body.model || "auto"));
        const before = body.input_prefix + (body.prompt ?? "");
        const prompt = await vocabulary.between(before, body.input_suffix, request.signal);
        if (prompt === null)
          throw new UnsupportedRequestError(
            "This model was not trained to write what stands between two texts. Ask a model for code that was, such as Qwen2.5-Coder.",
          );
        const question = questionFrom(body, prompt, before, idempotencyKeyOf(request));
        return await answer(request, question, body, new IgnoredFields(body, InfillRequest));
      },
      {
        body: InfillRequest,
        detail: openApiDetail({
          summary: "Write what stands between two texts, as llama.cpp's server",
          description,
          requestHeaders: ["Idempotency-Key"],
          ...{ replies, errors: askingErrors },
        }),
      },
    );
};
