/**
 * `POST /v1/responses/input_tokens`, and the same for chat completions: how many tokens a request would take, without asking it.
 * `/v1/moderations` refuses in words.
 * @see https://platform.openai.com/docs/api-reference/responses/input-tokens
 */
import { Type as t } from "@sinclair/typebox";
import { Elysia } from "elysia";
import { messagesOf } from "../chat/api-request.ts";
import type { DialectDeps } from "../dialects/answer.ts";
import { IgnoredFields } from "../dialects/ignored-fields.ts";
import { countedTokens, type EngineLookup } from "../dialects/token-counts.ts";
import { UnsupportedRequestError } from "../errors.ts";
import type { Question } from "../generations/question.ts";
import { jsonReply, openApiDetail } from "../http/openapi/openapi-detail.ts";
import { ChatCompletionRequest, questionFromCompletion } from "./chat-completion-request.ts";
import { questionFromResponse, ResponseRequest } from "./response-request.ts";

interface InputTokensDeps extends DialectDeps {
  readonly engines: EngineLookup;
  /** @returns the id that a name stands for @throws UnknownModelError */
  readonly resolve: (name: string) => string;
}

const InputTokens = t.Object(
  { object: t.Literal("response.input_tokens"), input_tokens: t.Integer() },
  { title: "InputTokens", examples: [{ object: "response.input_tokens", input_tokens: 31 }] },
);
const detail = openApiDetail({
  summary: "How many tokens a request takes, as OpenAI's",
  replies: { 200: jsonReply("By the tokenizer and template of the model.", InputTokens) },
  errors: { 404: "There is no such model or previous response.", 503: "No engine can count at present." },
});

export const createInputTokens = ({ workspaceOf, engines, resolve }: InputTokensDeps) => {
  const told = async ({ model, request: asked }: Question, { signal }: Request) => {
    const { tools = [], ...prompt } = asked ?? { messages: [] };
    const counted = { model: resolve(model), messages: messagesOf(prompt), tools };
    return {
      object: "response.input_tokens" as const,
      input_tokens: await countedTokens(engines, counted, signal),
    };
  };
  return new Elysia({ name: "v1-input-tokens", tags: ["openai"] })
    .post(
      "/v1/responses/input_tokens",
      ({ body, request }) => {
        const ignored = new IgnoredFields(body, ResponseRequest);
        return told(questionFromResponse(body, workspaceOf(request), null, ignored), request);
      },
      { body: ResponseRequest, detail },
    )
    .post(
      "/v1/chat/completions/input_tokens",
      ({ body, request }) =>
        told(questionFromCompletion(body, null, new IgnoredFields(body, ChatCompletionRequest)), request),
      { body: ChatCompletionRequest, detail },
    )
    .post(
      "/v1/moderations",
      () => {
        throw new UnsupportedRequestError(
          "No model here judges texts. Leave moderation out, or ask a chat model with a schema for the answer.",
        );
      },
      {
        detail: openApiDetail({
          summary: "Judge texts, as OpenAI's: refused in words",
          replies: { 200: { description: "Never." } },
          errors: { 400: "No model here can." },
        }),
      },
    );
};
