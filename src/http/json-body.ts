/**
 * Reads the JSON of requests, and refuses what no client of ours sends: what is nested so deep that walking it would
 * take the stack away, and keys that change an object's prototype where somebody copies it. It knows no schema.
 */
import { Elysia, ParseError } from "elysia";
import { AppError, InvalidRequestError } from "../errors.ts";
import { jsonError } from "./api-errors.ts";
import { type BodyLimits, BodyTooLargeError, bodyLimitAt } from "./body-limit.ts";
import { boundedBody } from "./bounded-body.ts";

const deepest = 64;
/** Values of a request, all together: every check of a million of them holds everybody up. */
const mostValues = 200_000;

class UnsupportedMediaTypeError extends AppError {
  readonly status = 415;
  readonly code = "unsupported_media_type";
}

/** Where programs ask, and forms of pages do not. */
const forPrograms = /^\/(?:(?:v1|api|chat)(?:\/|$)|memorize$)/;

/**
 * Register it before the routes: it holds for those that follow.
 * @param unread the addresses that read their body themselves. With a parser of our own Elysia fails at a route's
 *   `parse: "none"`; null from here keeps its parsers away.
 */
export const createJsonBody = (unread: readonly string[], limits: BodyLimits) =>
  new Elysia({ name: "json-body" })
    .onRequest(({ request }) => {
      const { pathname } = new URL(request.url);
      if (!forPrograms.test(pathname) || unread.includes(pathname)) return;
      if (!hasBody(request) || isJson(request)) return;
      return jsonError(
        new UnsupportedMediaTypeError("The body must be JSON: send it with Content-Type: application/json."),
        request,
      );
    })
    .onParse({ as: "global" }, async ({ request, path }) => {
      if (unread.includes(path)) return null;
      if (!isJson(request)) return undefined;
      const limit = bodyLimitAt(limits, path);
      const body = await boundedBody(request, limit);
      if (body === null) throw new BodyTooLargeError(limit);
      // Programs name the type of what they might have sent, too.
      if (body.length === 0) return null;
      return parsedJson(decoder.decode(body));
    });

const decoder = new TextDecoder();

export const isJson = ({ headers }: Request) =>
  /^\s*application\/json\s*(?:;|$)/i.test(headers.get("content-type") ?? "");

const hasBody = ({ headers }: Request) =>
  Number(headers.get("content-length") ?? 0) > 0 || headers.has("transfer-encoding");

/** @throws ParseError for what is no JSON, InvalidRequestError for what is refused */
function parsedJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ParseError(cause instanceof Error ? cause : new Error("This is no JSON."));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new InvalidRequestError("The request must be a JSON object.");
  refuseUnsafe(value);
  return value;
}

/** @throws InvalidRequestError */
export function refuseUnsafe(value: unknown): void {
  refuseBelow(value, 0, { values: 0 });
}

function refuseBelow(value: unknown, depth: number, counted: { values: number }): void {
  counted.values += 1;
  if (counted.values > mostValues)
    throw new InvalidRequestError(`The request holds more than ${mostValues} values.`, { limit: "values" });
  if (typeof value !== "object" || value === null) return;
  if (depth >= deepest)
    throw new InvalidRequestError(`The request is nested more than ${deepest} levels deep.`, {
      limit: "depth",
    });
  if (Array.isArray(value)) {
    for (const item of value) refuseBelow(item, depth + 1, counted);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    if (key === "__proto__") throw new InvalidRequestError('The request has a key "__proto__".');
    refuseBelow(item, depth + 1, counted);
  }
}
