/**
 * The one place where an error becomes a reply of the API. It never echoes requests. Errors that are not meant for users are
 * logged, not sent.
 */
import { Elysia, ValidationError } from "elysia";
import type { FrameProps } from "../../views/props.ts";
import { AppError, type ErrorFacts, InvalidRequestError, NotFoundError, StorageError } from "../errors.ts";
import type { Outcome } from "../generations/generation-update.ts";
import type { Log } from "../log.ts";
import { tr } from "../texts/reader-language.ts";
import { errorOf } from "./answer-outcome.ts";
import { errorFormOf, foreignStatus } from "./error-forms.ts";
import { refusalOf } from "./field-form.ts";
import { describeError, errorReply, isHtmx } from "./html-reply.tsx";
import { requestIdHeader, requestIdOf } from "./request-id.ts";
import { retryAfter } from "./retry-after.ts";

class InternalError extends AppError {
  readonly status = 500;
  readonly code = "internal_error";
}

class MethodNotAllowedError extends AppError {
  readonly status = 405;
  readonly code = "method_not_allowed";
  constructor(method: string, known: readonly string[]) {
    super(`${known.join(", ")} are allowed at this address, not ${method}.`, { allow: known.join(", ") });
  }
}

/** The status of each failure of an answer before its first byte; others are 502. */
const statusOfCode: Readonly<Record<string, number>> = {
  prompt_too_long: 422,
  not_found: 404,
  unsupported: 400,
  invalid_request: 422,
  engine_unavailable: 503,
  model_unusable: 503,
  storage_unavailable: 507,
  crashed_twice: 500,
  internal_error: 500,
};

/** An answer that failed: the engine's sentence, and the text so far, which is kept. */
export class AnswerFailedError extends AppError {
  readonly status: number;
  readonly code: string;
  constructor(outcome: Outcome, facts: ErrorFacts) {
    const { code, message } = errorOf(outcome);
    const { param } = outcome.error ?? {};
    super(message, { ...(param === undefined ? {} : { param }), ...facts });
    this.code = code;
    this.status = statusOfCode[code] ?? 502;
  }
}

/**
 * Register it before the routes: it covers those that follow.
 * @param frameOf with it, a person who opens a missing address gets a page instead of JSON
 * @param methodsAt the methods of an address; none for a missing one
 */
export const createApiErrors = (
  log: Log,
  frameOf?: (request: Request) => FrameProps,
  methodsAt: (path: string) => readonly string[] = () => [],
) =>
  new Elysia({ name: "api-errors" }).onError({ as: "global" }, ({ error, code, request, set }) => {
    const methods = code === "NOT_FOUND" ? methodsAt(new URL(request.url).pathname) : [];
    if (methods.length > 0) return wrongMethod(request, methods);
    if (code === "NOT_FOUND" && frameOf !== undefined && isForPerson(request))
      return errorReply(frameOf(request), 404, tr`Nothing is at this address. Check for a typo.`);
    const shown = shownError(error, code);
    if (shown instanceof StorageError && frameOf !== undefined && isForPerson(request))
      return errorReply(frameOf(request), shown.status, describeError(shown).message);
    if (shown instanceof InternalError)
      log.error("defect", {
        path: new URL(request.url).pathname,
        method: request.method,
        request: set.headers[requestIdHeader],
        error,
      });
    return jsonError(shown, request);
  });

/** @see https://httpwg.org/specs/rfc9110.html#status.405 */
function wrongMethod(request: Request, methods: readonly string[]): Response {
  const reply = jsonError(new MethodNotAllowedError(request.method, methods), request);
  reply.headers.set("allow", methods.join(", "));
  return reply;
}

/** Browsers accept HTML when they open a page; programs do not, nor do the scripts of a page. */
const isForPerson = (request: Request) =>
  !isHtmx(request) && /\btext\/html\b/i.test(request.headers.get("accept") ?? "");

/** In the form of the address. A script of our pages, which shows the sentence, gets it in its reader's language. */
export function jsonError(error: AppError, request: Request): Response {
  const form = errorFormOf(request);
  if (form !== null) return form.reply(error, foreignStatus(error), requestIdOf(request));
  const json = error.toJSON();
  if (isHtmx(request)) json.error.message = describeError(error).message;
  return Response.json(json, { status: error.status, headers: retryAfter(error) });
}

/** The part of an error that a user may see; any error but an AppError becomes internal_error without details. */
export function shownError(error: unknown, code: string | number = "UNKNOWN"): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ValidationError) return refusalOf(error.valueError);
  if (code === "NOT_FOUND")
    return new NotFoundError("There is nothing at this address. /openapi.json lists all addresses.");
  // Elysia wraps the errors of parsers.
  if (code === "PARSE" && error instanceof Error && error.cause instanceof AppError) return error.cause;
  if (code === "PARSE") return new InvalidRequestError("The request's body is not valid JSON.");
  return new InternalError("Something went wrong. Try again, or see the log.");
}
