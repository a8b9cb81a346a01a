/**
 * `POST /v1/chat/completions`, as OpenAI's. Each answer is a generation like any other: in the log, resumable, stoppable.
 * @see https://platform.openai.com/docs/api-reference/chat
 */
import { Elysia } from "elysia";
import type { ToolCall } from "../chat/engine.ts";
import { type DialectDeps, headersOf, modelOf, wholeAnswer } from "../dialects/answer.ts";
import { askingErrors } from "../dialects/asking-errors.ts";
import { IgnoredFields } from "../dialects/ignored-fields.ts";
import { idempotencyKeyOf } from "../http/idempotency-key.ts";
import { openApiDetail, type StaticReply } from "../http/openapi/openapi-detail.ts";
import type { Generation } from "../store/schema.ts";
import { chunksOf, headOf, reasonOf, streamFieldsOf } from "./chat-chunks.ts";
import {
  ChatCompletionRequest,
  isOfOldFunctions,
  questionFromCompletion,
} from "./chat-completion-request.ts";
import { type ChatCompletion, chatCompletionReplies } from "./completion-reply.ts";
import { calledCustom, customNames } from "./custom-tools.ts";
import { keptStream, streamNameOf } from "./kept-streams.ts";
import { fingerprintOf, logprobsOf } from "./v1-choice-facts.ts";
import { begunChoices, type EndedChoice, endsOfChoices, questionsOf, usageOfChoices } from "./v1-choices.ts";
import { v1Stream } from "./v1-stream.ts";

type ToldChoice = StaticReply<typeof ChatCompletion>["choices"][number];

export const createChatCompletions = (deps: DialectDeps) =>
  new Elysia({ name: "v1-chat-completions", tags: ["openai"] }).post(
    "/v1/chat/completions",
    async ({ body, request, server }) => {
      server?.timeout(request, 0);
      const workspace = deps.workspaceOf(request);
      const n = body.n ?? 1;
      const ignored = new IgnoredFields(body, ChatCompletionRequest);
      const key = idempotencyKeyOf(request);
      const question = questionFromCompletion(body, key, ignored);
      const name = streamNameOf(request);
      if (name !== null && body.stream === true && n === 1 && key === null)
        return await keptStream(deps, workspace, request, { name, body, question, ignored });
      const questions = questionsOf([question], n);
      const choices = await begunChoices(workspace, questions, request, deps.slots());
      const { first } = choices;
      if (body.stream === true)
        return await v1Stream(
          { ...deps, headers: ignored.headers() },
          workspace,
          choices,
          request,
          chunksOf(first, n, streamFieldsOf(body)),
        );
      const ended = await endsOfChoices(workspace, choices, request.signal);
      return Response.json(completionOf(first, ended, { n, isOld: isOfOldFunctions(body) }), {
        headers: { ...headersOf(first), ...ignored.headers() },
      });
    },
    {
      body: ChatCompletionRequest,
      detail: openApiDetail({
        summary: "The next message of a conversation, whole or as a stream, as OpenAI's",
        description:
          "Fields, tools and items that have no effect here are passed over; the header X-Ignored-Fields names them. A stream with X-Conversation-Id can be read again from any byte at /v1/stream.",
        requestHeaders: ["Idempotency-Key", "X-Conversation-Id"],
        replies: chatCompletionReplies,
        errors: askingErrors,
      }),
    },
  );

/** @param ended in the order of their choices */
export function completionOf(
  first: Generation,
  ended: readonly EndedChoice[],
  { n, isOld }: { readonly n: number; readonly isOld: boolean },
): StaticReply<typeof ChatCompletion> {
  const outcome = ended.at(0)?.outcome ?? { writers: [] };
  return {
    ...headOf(first, "chat.completion", modelOf(first, outcome)),
    choices: ended.map((choice) => choiceOf(choice, isOld)),
    usage: usageOfChoices(ended, n),
    system_fingerprint: fingerprintOf(outcome),
  };
}

/** @param isOld calls have the form for programs from before tools */
function choiceOf({ index, generation, outcome, logged }: EndedChoice, isOld: boolean): ToldChoice {
  const { text, reasoning, toolCalls, tokens } = wholeAnswer(logged);
  const [first] = toolCalls;
  const message: ToldChoice["message"] = {
    role: "assistant",
    content: first !== undefined && text === "" ? null : text,
    refusal: null,
    ...(reasoning === "" ? {} : { reasoning_content: reasoning }),
    ...(first === undefined
      ? {}
      : isOld
        ? { function_call: oldCall(first) }
        : calledTools(toolCalls, generation)),
  };
  const logprobs =
    generation.sampling.topLogprobs === null ? null : { content: tokens.map(logprobsOf), refusal: null };
  return { index, message, logprobs, finish_reason: reasonOf(outcome, isOld) };
}

const oldCall = ({ name, arguments: given }: ToolCall) => ({ name, arguments: given });
const calledTools = (toolCalls: readonly ToolCall[], { request }: Generation) => {
  const custom = customNames(request);
  return {
    tool_calls: toolCalls.map((call) =>
      custom.has(call.name)
        ? calledCustom(call)
        : { id: call.id, type: "function" as const, function: oldCall(call) },
    ),
  };
};
