/**
 * Errors in OpenAI's shape, with its statuses and codes, which its clients turn into named errors of their own.
 * @see https://platform.openai.com/docs/guides/error-codes
 */
import { AppError } from "../errors.ts";
import type { ErrorForm } from "./error-form.ts";
import { OpenAiErrorReply } from "./openapi/error-reply.ts";
import { retryAfter } from "./retry-after.ts";

/** A field of a request that cannot be used; `param` names it. */
export class BadFieldError extends AppError {
  readonly status = 400;
  readonly code = "invalid_value";
  constructor(param: string, problem: string) {
    super(`${param} ${problem}`, { param });
  }
}

export const isForV1 = (request: Request) => new URL(request.url).pathname.startsWith("/v1/");

export const openAiErrors: ErrorForm = {
  name: "OpenAiError",
  schema: OpenAiErrorReply,
  reply: (error, status) =>
    Response.json({ error: openAiErrorBody(error) }, { status, headers: retryAfter(error) }),
};

/** The value of `error`, in a reply and in a stream. */
export function openAiErrorBody(error: AppError) {
  const { message, facts, code, status } = error;
  const { param = null, ...more } = facts;
  return { ...more, message, type: typeOf(status), param, code: codes[code] ?? code };
}

const codes: Readonly<Record<string, string>> = {
  prompt_too_long: "context_length_exceeded",
  invalid_request: "invalid_value",
  rate_limited: "rate_limit_exceeded",
};

function typeOf(status: number): string {
  if (status === 401) return "authentication_error";
  if (status === 403) return "permission_error";
  if (status === 429) return "rate_limit_error";
  return status < 500 ? "invalid_request_error" : "server_error";
}
