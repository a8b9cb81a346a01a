/** Why a file, or one conversation in it, is not imported. */
import { AppError, InvalidRequestError } from "../../errors.ts";
import { say } from "../../texts/say.ts";

/** Nothing of what it is about has been stored. Its message says where the trouble lies, never what stands there. */
export class ImportRefusedError extends InvalidRequestError {}

/** What it is about is no text, or no JSON. */
export class UnreadableError extends ImportRefusedError {}

export class FileTooLargeError extends AppError {
  readonly status = 413;
  readonly code = "too_large";
  /** @param largest in bytes */
  constructor(largest: number) {
    super(say`The file is larger than the ${Math.floor(largest / 1e6)} MB that an import may have.`, {
      largest_bytes: largest,
    });
  }
}
