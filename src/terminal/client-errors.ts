/** The errors of a client's requests to the server. */
import { AppError } from "../errors.ts";

/** Nothing answers at the address, or the connection broke. */
export class UnreachableError extends AppError {
  readonly status = 503;
  readonly code = "unreachable";
}

/** The server replied with a refusal. */
export class RefusedError extends AppError {
  constructor(
    message: string,
    readonly status: number,
    readonly code: string,
  ) {
    super(message);
  }

  /** The server does not know the user, or does not allow this. */
  get isAboutAccess(): boolean {
    return this.status === 401 || this.status === 403;
  }

  /** The same request would be refused again. */
  get isAboutRequest(): boolean {
    const mayPass = this.isAboutAccess || this.status === 409 || this.status === 429;
    return this.status >= 400 && this.status < 500 && !mayPass;
  }
}
