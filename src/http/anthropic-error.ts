/**
 * Errors in Anthropic's shape, with its types, which its clients turn into named errors of their own.
 * @see https://docs.anthropic.com/en/api/errors
 */
import { Type as t } from "@sinclair/typebox";
import type { AppError } from "../errors.ts";
import type { ErrorForm } from "./error-form.ts";
import { retryAfter } from "./retry-after.ts";

/** Whether this is a program of Anthropic's, at an address that others have, too. */
export const isForAnthropic = ({ headers }: Request) => headers.has("anthropic-version");

/** A reply or an event of a stream. @param id of the request */
export const anthropicErrorBody = (error: AppError, id: string) => ({
  type: "error" as const,
  error: { type: typeOf(error.status), message: error.message, code: error.code },
  request_id: id,
});

function typeOf(status: number): string {
  return types[status] ?? (status < 500 ? "invalid_request_error" : "api_error");
}

const types: Readonly<Record<number, string>> = {
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  503: "overloaded_error",
  504: "timeout_error",
};

export const AnthropicErrorReply = t.Object(
  {
    type: t.Literal("error"),
    error: t.Object({
      type: t.Union(
        [...new Set(["invalid_request_error", "api_error", ...Object.values(types)])].map((type) =>
          t.Literal(type),
        ),
      ),
      message: t.String({ description: "What went wrong and what to do next, for people." }),
      code: t.String({ description: "Stable, for programs. Anthropic's interface has no such field." }),
    }),
    request_id: t.String(),
  },
  {
    title: "AnthropicError",
    examples: [
      {
        type: "error",
        error: {
          type: "invalid_request_error",
          message: "max_tokens must be a whole number from 1.",
          code: "invalid_request",
        },
        request_id: "req_019abc007a1b7c2d8e3f0123456789ab",
      },
    ],
  },
);

export const anthropicErrors: ErrorForm = {
  name: "AnthropicError",
  schema: AnthropicErrorReply,
  reply: (error, status, id) =>
    Response.json(anthropicErrorBody(error, id), { status, headers: retryAfter(error) }),
};
