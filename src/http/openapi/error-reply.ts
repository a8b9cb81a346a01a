/** The form of errors, for the document; errors.ts and openai-error.ts make them. */
import { Type as t } from "@sinclair/typebox";

const fact = t.Union([t.String(), t.Number(), t.Boolean(), t.Null()]);

/** Of every route of our own. */
export const ErrorReply = t.Object(
  {
    error: t.Object(
      {
        message: t.String({ description: "What went wrong and what to do next, for people." }),
        type: t.Union([
          t.Literal("invalid_request_error"),
          t.Literal("rate_limit_error"),
          t.Literal("server_error"),
        ]),
        code: t.String({ description: "Stable, for programs." }),
        param: t.Optional(t.String({ description: "The field or header that is wrong." })),
        retry_after: t.Optional(t.Integer({ description: "Seconds, as in Retry-After." })),
        generation_id: t.Optional(t.String({ description: "The answer that failed." })),
        conversation_id: t.Optional(t.String()),
        partial_response: t.Optional(t.String({ description: "The text so far; it is kept." })),
      },
      { additionalProperties: fact },
    ),
  },
  {
    title: "Error",
    examples: [
      {
        error: {
          message: "temperature must be a number from 0 to 2.",
          type: "invalid_request_error",
          code: "invalid_request",
          param: "temperature",
        },
      },
    ],
  },
);

/** In OpenAI's form. */
export const OpenAiErrorReply = t.Object(
  {
    error: t.Object(
      {
        message: t.String({ description: "What went wrong and what to do next, for people." }),
        type: t.Union([
          t.Literal("invalid_request_error"),
          t.Literal("authentication_error"),
          t.Literal("permission_error"),
          t.Literal("rate_limit_error"),
          t.Literal("server_error"),
        ]),
        param: t.Union([t.String(), t.Null()], { description: "The field that is wrong." }),
        code: t.String({ description: "Stable, for programs." }),
      },
      { additionalProperties: fact },
    ),
  },
  {
    title: "OpenAiError",
    examples: [
      {
        error: {
          message: "temperature must be a number from 0 to 2.",
          type: "invalid_request_error",
          param: "temperature",
          code: "invalid_value",
        },
      },
    ],
  },
);
