import { InvalidRequestError } from "../../errors.ts";
import { inLanguage, type Words } from "../../texts/say.ts";

/** Its message is English; the words can be said in every language. */
export class RefusedInputError extends InvalidRequestError {
  constructor(
    readonly words: Words,
    param: string | null,
  ) {
    super(inLanguage(words, "en"), param === null ? {} : { param });
  }
}

/**
 * Inputs that the schema allows make no sense together.
 * @param param the input to change
 * @param words name the input and say what to do
 * @throws RefusedInputError always
 */
export function refuse(param: string, words: Words): never {
  throw new RefusedInputError(words, param);
}
