import { InvalidRequestError } from "../../errors.ts";

/**
 * Inputs that the schema allows make no sense together.
 * @param param the input to change
 * @param message names the input and says what to do
 * @throws InvalidRequestError always
 */
export function refuse(param: string, message: string): never {
  throw new InvalidRequestError(message, { param });
}
