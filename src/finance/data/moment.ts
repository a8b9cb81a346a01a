/** A moment that a program or a person states. */
import { InvalidRequestError } from "../../errors.ts";
import { say } from "../../texts/say.ts";
import { instantIn } from "./time-text.ts";

/**
 * @param name of the parameter @param time as it was sent; undefined: it was left out
 * @returns milliseconds since 1970
 * @throws InvalidRequestError with `param`
 */
export function momentIn(name: string, time: unknown): number | undefined {
  if (time === undefined) return undefined;
  const instant = typeof time === "string" ? instantIn(time) : null;
  if (instant === null)
    throw new InvalidRequestError(say`${{ verbatim: name }} must be a time, such as 2024-03-01T12:00:00Z.`, {
      param: name,
    });
  return instant;
}
