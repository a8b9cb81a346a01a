/** What authentication refuses, and why. */
import { AppError } from "../errors.ts";

/** Nobody is known who asks: without a credential, or with one that is wrong, expired or revoked. */
export class UnauthenticatedError extends AppError {
  readonly status = 401;
  readonly code = "login_required";
  constructor(
    message = "Log in first: with a session of the page at /login, or with an API key (Authorization: Bearer …).",
  ) {
    super(message);
  }
}

/** A key was sent, and it is none of those that there are. The code is OpenAI's. */
export class UnknownKeyError extends AppError {
  readonly status = 401;
  readonly code = "invalid_api_key";
  constructor() {
    super(
      "This API key is not known here. It may have been revoked, or be another server's: make one at /account.",
    );
  }
}

/** Whoever asks is known, and may not do this. */
export class ForbiddenError extends AppError {
  readonly status = 403;
  readonly code = "forbidden";
}

export class LoginFailedError extends AppError {
  readonly status = 401;
  readonly code = "login_failed";
  /** The same for a name that nobody has, a wrong password and a user who is disabled. */
  constructor() {
    super("The name or the password is wrong.");
  }
}

/** More was asked for than one may have in a while; `limit` says of what. */
export class TooManyRequestsError extends AppError {
  readonly status = 429;
  readonly code = "rate_limited";
  /** @param retryAfterSeconds what the Retry-After header says */
  constructor(
    message: string,
    readonly limit: string,
    readonly retryAfterSeconds: number,
  ) {
    super(`${message} Try again in ${retryAfterSeconds} seconds.`, { limit, retry_after: retryAfterSeconds });
  }
}

/** All together have as much as there is, however little this user has. */
export class OverloadedError extends AppError {
  readonly status = 503;
  readonly code = "overloaded";
  /** @param retryAfterSeconds what the Retry-After header says */
  constructor(
    message: string,
    limit: string,
    readonly retryAfterSeconds: number,
  ) {
    super(`${message} Try again in ${retryAfterSeconds} seconds.`, { limit, retry_after: retryAfterSeconds });
  }
}

/** There is something by this name already, or it is needed as it is. */
export class ConflictError extends AppError {
  readonly status = 409;
  readonly code = "conflict";
}
