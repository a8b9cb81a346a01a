/**
 * Reads JSON and form bodies, and refuses input that no client of ours sends: nesting so deep that walking it would exhaust
 * the stack, keys that change an object's prototype when it is copied, and text that is not valid Unicode. It knows no
 * schema.
 */
import { Elysia, ParseError } from "elysia";
import { AppError, InvalidRequestError } from "../errors.ts";
import { jsonError } from "./api-errors.ts";
import { type BodyLimits, BodyTooLargeError, bodyLimitAt } from "./body-limit.ts";
import { boundedBody } from "./bounded-body.ts";
import { isOllamaAddress } from "./ollama-error.ts";
import { fieldsOfForm, fieldsOfMultipart, hasForeignEscapes, NotUtf8Error, textOfBody } from "./text-body.ts";

const deepest = 64;
/** The values of a request in total: every check of a million of them blocks all others. */
const mostValues = 200_000;
/** The keys of one object: a schema that refuses it looks at each of them several times. */
const mostKeys = 10_000;
/** In bytes: Elysia writes a body that it refuses into its error, whole and in lines, and nobody reads that. */
const largeBody = 256 * 1024;

class UnsupportedMediaTypeError extends AppError {
  readonly status = 415;
  readonly code = "unsupported_media_type";
}

/** Where programs ask, and forms of pages do not. */
const forPrograms = /^\/(?:(?:v1|api|chat)(?:\/|$)|memorize$|models\/switch$)/;

/**
 * Register it before the routes: it covers those that follow.
 * @param unread the addresses that read their body themselves. With a parser of our own Elysia fails at a route's
 * `parse: "none"`; null from here keeps its parsers away
 */
export const createJsonBody = (unread: readonly string[], limits: BodyLimits) =>
  new Elysia({ name: "json-body" })
    .onRequest(({ request }) => {
      const { pathname, search } = new URL(request.url);
      if (hasForeignEscapes(pathname + search)) return jsonError(new NotUtf8Error("The address"), request);
      if (!forPrograms.test(pathname) || unread.includes(pathname)) return;
      if (!hasBody(request) || isJson(request) || isOllamaAddress(pathname)) return;
      return jsonError(
        new UnsupportedMediaTypeError("The body must be JSON: send it with Content-Type: application/json."),
        request,
      );
    })
    .onParse({ as: "global" }, async ({ request, path }) => {
      if (unread.includes(path)) return null;
      const parse = isOllamaAddress(path) ? parsedBody : parserOf(request);
      if (parse === null) return undefined;
      const limit = bodyLimitAt(limits, path);
      const body = await boundedBody(request, limit);
      if (body === null) throw new BodyTooLargeError(limit);
      const parsed = await parse(body, request.headers.get("content-type"));
      await refuseGone(request);
      return parsed;
    });

class RequesterGoneError extends AppError {
  readonly status = 499;
  readonly code = "client_closed_request";
}

/**
 * Bun closes a connection whose other side is closed or that has sent more than one request, and the reply goes nowhere:
 * no work is done for a client that will send the request again. Bun notices within two turns of the event loop.
 * @throws RequesterGoneError, which nobody will read
 */
async function refuseGone({ signal }: Request): Promise<void> {
  for (let turn = 0; turn < 3 && !signal.aborted; turn++)
    await new Promise<void>((resolve) => setImmediate(resolve));
  if (signal.aborted)
    throw new RequesterGoneError("The connection was closed before the request was served.");
}

type Parser = (body: Uint8Array<ArrayBuffer>, contentType: string | null) => unknown;

/** null: Elysia's own parser, for types that no route of ours takes. */
function parserOf({ headers }: Request): Parser | null {
  const type = (headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase();
  if (type === "application/json") return parsedBody;
  if (type === "application/x-www-form-urlencoded") return fieldsOfForm;
  return type === "multipart/form-data" ? fieldsOfMultipart : null;
}

export const isJson = ({ headers }: Request) =>
  /^\s*application\/json\s*(?:;|$)/i.test(headers.get("content-type") ?? "");

const hasBody = ({ headers }: Request) =>
  Number(headers.get("content-length") ?? 0) > 0 || headers.has("transfer-encoding");

/** @throws ParseError for invalid JSON, InvalidRequestError for refused input, and as textOfBody */
function parsedBody(body: Uint8Array, contentType: string | null): unknown {
  const text = textOfBody(body, contentType);
  // Programs set the type even without a body.
  if (text === "") return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ParseError(cause instanceof Error ? cause : new Error("This is no JSON."));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new InvalidRequestError("The request must be a JSON object.");
  refuseUnsafe(value);
  return body.length > largeBody ? Object.setPrototypeOf(value, notWrittenOut) : value;
}

/** Its methods are no fields: no schema sees them. */
const notWrittenOut: object = { toJSON: () => "a large body" };

/** @throws InvalidRequestError */
export function refuseUnsafe(value: unknown): void {
  refuseBelow(value, 0, { values: 0 });
}

function refuseBelow(value: unknown, depth: number, counted: { values: number }): void {
  counted.values += 1;
  if (counted.values > mostValues)
    throw new InvalidRequestError(`The request holds more than ${mostValues} values.`, { limit: "values" });
  if (typeof value === "string") refuseHalves(value);
  if (typeof value !== "object" || value === null) return;
  if (depth >= deepest)
    throw new InvalidRequestError(`The request is nested more than ${deepest} levels deep.`, {
      limit: "depth",
    });
  if (Array.isArray(value)) {
    for (const item of value) refuseBelow(item, depth + 1, counted);
    return;
  }
  if (hasTooManyKeys(value))
    throw new InvalidRequestError(`The request has an object of more than ${mostKeys} fields.`, {
      limit: "fields",
    });
  for (const [key, item] of Object.entries(value)) {
    if (key === "__proto__") throw new InvalidRequestError('The request has a key "__proto__".');
    refuseHalves(key);
    refuseBelow(item, depth + 1, counted);
  }
}

/** A list of all keys would be made of them at first. */
function hasTooManyKeys(value: object): boolean {
  let count = 0;
  for (const _ in value) {
    count += 1;
    if (count > mostKeys) return true;
  }
  return false;
}

/** JSON can name half of a character (`"\\ud83d"`), which no encoding can store. */
function refuseHalves(text: string): void {
  if (!text.isWellFormed())
    throw new InvalidRequestError(
      "The request has text with half of a character (a lone surrogate such as \\ud83d), which is no UTF-8. Send whole characters.",
      { charset: "utf-8" },
    );
}
