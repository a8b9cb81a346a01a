/** The errors of authentication and of access. */
import { AppError } from "../errors.ts";
import { say, type Words } from "../texts/say.ts";

/** The request has no credential, or one that is wrong, expired or revoked. */
export class UnauthenticatedError extends AppError {
  readonly status = 401;
  readonly code = "login_required";
  constructor(
    words: Words = say`Please log in: at /login in a browser, or with an API key (Authorization: Bearer …).`,
  ) {
    super(words);
  }
}

/** The request has an API key that does not exist. The code is OpenAI's. */
export class UnknownKeyError extends AppError {
  readonly status = 401;
  readonly code = "invalid_api_key";
  constructor() {
    super(
      say`This API key is unknown. It may be revoked, or belong to another server: create one at /account.`,
    );
  }
}

/** The identity is known, but lacks the permission. */
export class ForbiddenError extends AppError {
  readonly status = 403;
  readonly code = "forbidden";
}

export class LoginFailedError extends AppError {
  readonly status = 401;
  readonly code = "login_failed";
  /** One message for an unknown name, a wrong password and a disabled user. */
  constructor() {
    super(say`The name or the password is wrong.`);
  }
}

/** The client has used up a limit; `limit` names it. */
export class TooManyRequestsError extends AppError {
  readonly status = 429;
  readonly code = "rate_limited";
  /** @param retryAfterSeconds the value of the Retry-After header */
  constructor(
    words: Words,
    readonly limit: string,
    readonly retryAfterSeconds: number,
  ) {
    super(say`${words} Try again in ${retryAfterSeconds} seconds.`, {
      limit,
      retry_after: retryAfterSeconds,
    });
  }
}

/** All clients together have used up a limit, however little this one used. */
export class OverloadedError extends AppError {
  readonly status = 503;
  readonly code = "overloaded";
  /** @param retryAfterSeconds the value of the Retry-After header */
  constructor(
    words: Words,
    limit: string,
    readonly retryAfterSeconds: number,
  ) {
    super(say`${words} Try again in ${retryAfterSeconds} seconds.`, {
      limit,
      retry_after: retryAfterSeconds,
    });
  }
}

/** The name is taken, or the change would break a rule. */
export class ConflictError extends AppError {
  readonly status = 409;
  readonly code = "conflict";
}
