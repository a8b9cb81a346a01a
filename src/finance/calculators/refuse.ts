import { InvalidRequestError } from "../../errors.ts";
import type { Words } from "../../texts/say.ts";

/**
 * Inputs that the schema allows make no sense together.
 * @param param the input to change
 * @param words name the input and say what to do
 * @throws InvalidRequestError always
 */
export function refuse(param: string, words: Words): never {
  throw new InvalidRequestError(words, { param });
}
