/** The form in which a dialect reports errors. */
import type { TSchema } from "@sinclair/typebox";
import type { AppError } from "../errors.ts";

export interface ErrorForm {
  /** For the document. */
  readonly name: string;
  readonly schema: TSchema;
  /** @param id of the request */
  readonly reply: (error: AppError, status: number, id: string) => Response;
}
