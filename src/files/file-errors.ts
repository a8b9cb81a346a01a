/** Why a file is not attached. The message names the file and says what to do. */
import { AppError, InvalidRequestError } from "../errors.ts";
import { say } from "../texts/say.ts";

/** Nothing of it is stored. */
export class FileRefusedError extends InvalidRequestError {}

export class AttachmentTooLargeError extends AppError {
  readonly status = 413;
  readonly code = "too_large";
  /** @param largest in bytes */
  constructor(name: string, largest: number) {
    super(
      say`${{ verbatim: name }} is larger than ${Math.floor(largest / 1_000_000)} MB. Attach a smaller file, or a part of it.`,
      {
        largest_bytes: largest,
      },
    );
  }
}

export class FilesFullError extends AppError {
  readonly status = 413;
  readonly code = "files_full";
  /** @param most in bytes */
  constructor(most: number) {
    super(
      say`Your files take ${Math.floor(most / 1_000_000)} MB, which is all that they may. Delete conversations with files for good, and try again.`,
      { most_bytes: most },
    );
  }
}
