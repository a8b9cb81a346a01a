/**
 * How large the body of a request may be, address by address, with a reply that says so: beyond the server's own limit
 * (`maxRequestBodySize`) it answers with an empty 413, and knows one limit only. In onRequest, before anything reads.
 */
import { Elysia } from "elysia";
import { AppError } from "../errors.ts";
import { jsonError } from "./api-errors.ts";

class BodyTooLargeError extends AppError {
  readonly status = 413;
  readonly code = "too_large";
  /** @param largest in bytes */
  constructor(largest: number) {
    super(`The request is larger than the ${largest} bytes that may be sent to this address.`, {
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
  /** Addresses with another limit. What they are sent without its length they bound themselves. */
  readonly larger: Readonly<Record<string, number>>;
}

/** Register it before the routes. The server's own limit must be above all of these. */
export const createBodyLimit = ({ largest, larger }: BodyLimits) => {
  const limits = new Map(Object.entries(larger));
  return new Elysia({ name: "body-limit" }).onRequest(({ request }) => {
    const own = limits.get(new URL(request.url).pathname);
    const length = request.headers.get("content-length");
    const limit = own ?? largest;
    if (Number(length ?? 0) > limit) return jsonError(new BodyTooLargeError(limit), request);
    if (own === undefined && length === null && request.headers.has("transfer-encoding"))
      return jsonError(
        new LengthRequiredError("Send the request with its length (Content-Length)."),
        request,
      );
  });
};
