/**
 * The Idempotency-Key of a request: what is asked for twice with the same one is done once. It knows nothing of what is
 * asked for.
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
import { InvalidRequestError } from "../errors.ts";

const longestKey = 255;
/** No blanks at its ends: they are no part of a header. */
const form = /^[!-~](?:[ -~]*[!-~])?$/;

/** As the document tells it. */
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

/** @param name of the header or field, as the refusal names it @throws InvalidRequestError */
export function checkedIdempotencyKey(key: unknown, name: string): string {
  if (typeof key === "string" && key.length <= longestKey && form.test(key)) return key;
  throw new InvalidRequestError(`${name} must be 1 to ${longestKey} letters, digits and signs of ASCII.`, {
    param: name,
  });
}

/** As `Generations.continue` takes it. @throws InvalidRequestError */
export function continueKey(request: Request): { readonly idempotencyKey?: string } {
  const key = idempotencyKeyOf(request);
  return key === null ? {} : { idempotencyKey: key };
}
