/**
 * The Idempotency-Key of a request: what is asked for twice with the same one is done once. It knows nothing of what is
 * asked for.
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
import { InvalidRequestError } from "../errors.ts";

const longestKey = 255;

/**
 * @returns null for a request without one
 * @throws InvalidRequestError when it is empty or too long
 */
export function idempotencyKeyOf({ headers }: Request): string | null {
  const key = headers.get("idempotency-key");
  if (key === null || (key !== "" && key.length <= longestKey)) return key;
  throw new InvalidRequestError(`Idempotency-Key must be a text of 1 to ${longestKey} characters.`, {
    param: "Idempotency-Key",
  });
}

/** As `Generations.continue` takes it. @throws InvalidRequestError */
export function continueKey(request: Request): { readonly idempotencyKey?: string } {
  const key = idempotencyKeyOf(request);
  return key === null ? {} : { idempotencyKey: key };
}
