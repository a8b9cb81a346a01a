/**
 * The Idempotency-Key of a request: two requests with the same key are served once. It knows nothing of their content.
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
import { InvalidRequestError } from "../errors.ts";

const longestKey = 255;
/** Without blanks at its ends: they do not belong to a header. */
const form = /^[!-~](?:[ -~]*[!-~])?$/;

/** For the OpenAPI document. */
export const idempotencyKeySchema = {
  type: "string",
  minLength: 1,
  maxLength: longestKey,
  pattern: form.source,
} as const;

/**
 * @returns null for a request without one
 * @throws InvalidRequestError when it is empty, too long or not of ASCII
 */
export function idempotencyKeyOf({ headers }: Request): string | null {
  const key = headers.get("idempotency-key");
  return key === null ? null : checkedIdempotencyKey(key, "Idempotency-Key");
}

/** @param name of the header or field, for the error @throws InvalidRequestError */
export function checkedIdempotencyKey(key: unknown, name: string): string {
  if (typeof key === "string" && key.length <= longestKey && form.test(key)) return key;
  throw new InvalidRequestError(`${name} must be 1 to ${longestKey} ASCII letters, digits and signs.`, {
    param: name,
  });
}

/** In the form of `Generations.continue`. @throws InvalidRequestError */
export function continueKey(request: Request): { readonly idempotencyKey?: string } {
  const key = idempotencyKeyOf(request);
  return key === null ? {} : { idempotencyKey: key };
}
