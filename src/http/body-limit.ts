/**
 * The largest body of a request, by address, with a helpful refusal: above the server's own limit (`maxRequestBodySize`) Bun
 * sends an empty 413, and it has one limit for all. In onRequest, before the body is read.
 */
import { Elysia } from "elysia";
import { AppError } from "../errors.ts";
import { say } from "../texts/say.ts";
import { jsonError } from "./api-errors.ts";

export class BodyTooLargeError extends AppError {
  readonly status = 413;
  readonly code = "too_large";
  /** @param largest in bytes */
  constructor(largest: number) {
    super(say`The request is larger than ${largest} bytes, the limit of this address.`, {
      limit: "body",
      largest_bytes: largest,
    });
  }
}

class LengthRequiredError extends AppError {
  readonly status = 411;
  readonly code = "length_required";
}

export interface BodyLimits {
  /** In bytes. */
  readonly largest: number;
  /** Addresses with another limit. */
  readonly larger: Readonly<Record<string, number>>;
}

/** @returns in bytes */
export const bodyLimitAt = ({ largest, larger }: BodyLimits, path: string): number =>
  Object.hasOwn(larger, path) ? (larger[path] ?? largest) : largest;

/**
 * Register it before the routes. The server's own limit must be above all of these.
 * @param countsItself whether the body is counted while it is read; other requests need a Content-Length
 */
export const createBodyLimit = (
  limits: BodyLimits,
  countsItself: (request: Request, path: string) => boolean,
) =>
  new Elysia({ name: "body-limit" }).onRequest(({ request }) => {
    const path = new URL(request.url).pathname;
    const length = request.headers.get("content-length");
    const limit = bodyLimitAt(limits, path);
    if (Number(length ?? 0) > limit) return jsonError(new BodyTooLargeError(limit), request);
    if (length === null && request.headers.has("transfer-encoding") && !countsItself(request, path))
      return jsonError(
        new LengthRequiredError(say`Send the request with its length (Content-Length).`),
        request,
      );
  });
