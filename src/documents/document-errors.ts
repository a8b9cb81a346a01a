/** Why a document is not taken. The message names it and says what to do. */
import { AppError, InvalidRequestError, NotFoundError } from "../errors.ts";
import { say } from "../texts/say.ts";

/** Nothing of it is stored. */
export class DocumentRefusedError extends InvalidRequestError {}

export class DocumentGoneError extends NotFoundError {
  constructor() {
    super(say`There is no such document. It may have been deleted.`, { param: "documents" });
  }
}

export class DocumentTooLargeError extends AppError {
  readonly status = 413;
  readonly code = "too_large";
  /** @param largest in bytes */
  constructor(name: string, largest: number) {
    super(
      say`${{ verbatim: name }} is larger than ${Math.floor(largest / 1_000_000)} MB. Add a part of it, or its text.`,
      { largest_bytes: largest },
    );
  }
}

export class DocumentsFullError extends AppError {
  readonly status = 413;
  readonly code = "documents_full";
  /** @param most in bytes */
  constructor(most: number) {
    super(
      say`Your documents take ${Math.floor(most / 1_000_000)} MB, which is all that they may. Delete some, and try again.`,
      { most_bytes: most },
    );
  }
}
