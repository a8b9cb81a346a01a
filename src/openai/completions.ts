/**
 * `POST /v1/completions`, as OpenAI's: a text to continue as it is, without a template.
 * @see https://platform.openai.com/docs/api-reference/completions
 */
import { Elysia } from "elysia";
import type { PromptToken } from "../chat/chat-event.ts";
import { type DialectDeps, headersOf, modelOf, wholeAnswer } from "../dialects/answer.ts";
import { askingErrors } from "../dialects/asking-errors.ts";
import { IgnoredFields } from "../dialects/ignored-fields.ts";
import { finishReasonOf } from "../http/answer-outcome.ts";
import { idempotencyKeyOf } from "../http/idempotency-key.ts";
import { openApiDetail } from "../http/openapi/openapi-detail.ts";
import type { Generation } from "../store/schema.ts";
import { completionReplies } from "./completion-reply.ts";
import { CompletionRequest, choicesOf, questionsFrom } from "./completion-request.ts";
import { logprobColumns } from "./text-logprobs.ts";
import { fingerprintOf } from "./v1-choice-facts.ts";
import {
  begunChoices,
  type Choice,
  type EndedChoice,
  endsOfChoices,
  questionsOf,
  usageOfChoices,
} from "./v1-choices.ts";
import { type StreamShape, v1Stream } from "./v1-stream.ts";

export const createCompletions = (deps: DialectDeps) =>
  new Elysia({ name: "v1-completions", tags: ["openai"] }).post(
    "/v1/completions",
    async ({ body, request, server }) => {
      server?.timeout(request, 0);
      const workspace = deps.workspaceOf(request);
      const n = choicesOf(body);
      const ignored = new IgnoredFields(body, CompletionRequest);
      const questions = questionsOf(questionsFrom(body, idempotencyKeyOf(request), ignored), n);
      const headers = ignored.headers();
      const choices = await begunChoices(workspace, questions, request, deps.slots());
      const { first } = choices;
      const sent = ({ index }: Choice): EchoedPrompt => ({
        isWanted: body.echo === true,
        prompt: questions[index]?.request?.prompt ?? "",
      });
      if (body.stream === true) {
        const withUsage = body.stream_options?.include_usage === true;
        const shape = chunksOf(first, n, { sent, withUsage });
        return await v1Stream({ ...deps, headers }, workspace, choices, request, shape);
      }
      const ended = await endsOfChoices(workspace, choices, request.signal);
      return Response.json(
        {
          ...headOf(first, modelOf(first, ended.at(0)?.outcome ?? { writers: [] })),
          choices: ended.map((choice) => choiceOf(choice, sent(choice))),
          usage: usageOfChoices(ended, n),
          system_fingerprint: fingerprintOf(ended.at(0)?.outcome ?? { writers: [] }),
        },
        { headers: { ...headersOf(first), ...headers } },
      );
    },
    {
      body: CompletionRequest,
      detail: openApiDetail({
        summary: "Go on with a text, as OpenAI's",
        description:
          "Fields, tools and items that have no effect here are passed over; the header X-Ignored-Fields names them.",
        requestHeaders: ["Idempotency-Key"],
        replies: completionReplies,
        errors: askingErrors,
      }),
    },
  );

/** The prompt of a choice, and whether it stands before the answer. */
interface EchoedPrompt {
  readonly isWanted: boolean;
  readonly prompt: string | readonly number[];
}

/** @param tokens what the engine told of the prompt; none where the text is known without it */
function echoedText({ isWanted, prompt }: EchoedPrompt, tokens: readonly PromptToken[]): string {
  if (!isWanted) return "";
  return typeof prompt === "string" ? prompt : tokens.map(({ text }) => text).join("");
}

function choiceOf({ index, generation, outcome, logged }: EndedChoice, sent: EchoedPrompt) {
  const { text, tokens } = wholeAnswer(logged);
  const echoed = logged.flatMap((token) => token.echoed ?? []);
  return {
    text: echoedText(sent, echoed) + text,
    index,
    logprobs: generation.sampling.topLogprobs === null ? null : logprobColumns([...echoed, ...tokens], 0),
    finish_reason: finishReasonOf(outcome),
  };
}

const headOf = (generation: Generation, model: string) => ({
  id: `cmpl-${generation.id}`,
  object: "text_completion",
  created: Math.floor(generation.createdAt / 1000),
  model,
});

function chunksOf(
  first: Generation,
  n: number,
  { sent, withUsage }: { readonly sent: (choice: Choice) => EchoedPrompt; readonly withUsage: boolean },
): StreamShape {
  return {
    choice: (choice) => {
      const { index, generation } = choice;
      const echoed = sent(choice);
      const before = generation.request?.echo ? "" : echoedText(echoed, []);
      let offset = before.length;
      const chunk = (model: string, fields: Record<string, unknown>) => ({
        ...headOf(first, model),
        choices: [{ index, logprobs: null, finish_reason: null, ...fields }],
        ...(withUsage ? { usage: null } : {}),
      });
      const told = (model: string, text: string, tokens: readonly PromptToken[]) => {
        const logprobs = generation.sampling.topLogprobs === null ? null : logprobColumns(tokens, offset);
        offset += text.length;
        return chunk(model, { text, logprobs });
      };
      return {
        ...(before === "" ? {} : { start: (model: string) => chunk(model, { text: before }) }),
        token(model, token) {
          if (token.toolPiece !== undefined) return null;
          if (token.echoed !== undefined) return told(model, echoedText(echoed, token.echoed), token.echoed);
          return told(model, token.reasoning || token.toolCall ? "" : token.text, [token]);
        },
        end: (model, outcome) => chunk(model, { text: "", finish_reason: finishReasonOf(outcome) }),
      };
    },
    ...(withUsage
      ? {
          usage: (model: string, ended: readonly EndedChoice[]) => ({
            ...headOf(first, model),
            choices: [],
            usage: usageOfChoices(ended, n),
          }),
        }
      : {}),
  };
}
