/**
 * The errors that users may see. Each has an HTTP status, a stable code that programs may test, and a message that says what
 * to do next. Any other thrown value is a bug: the log has all of it, and the user sees only "internal_error".
 */

import { inLanguage, say, type Words } from "./texts/say.ts";

export type ErrorFacts = Readonly<Record<string, string | number | boolean | null>>;

export abstract class AppError extends Error {
  abstract readonly status: number;
  abstract readonly code: string;

  /** For pages, in the reader's language; the message is the same in English. */
  readonly words: Words;

  /** @param said what went wrong and what to do next; it is shown to the user, so it holds no secret and no message text */
  constructor(
    said: Words,
    readonly facts: ErrorFacts = {},
    options?: ErrorOptions,
  ) {
    super(inLanguage(said, "en"), options);
    this.name = new.target.name;
    this.words = typeof said === "string" ? { verbatim: said } : said;
  }

  /** The body every API error has: OpenAI's shape, with our stable code. */
  toJSON() {
    return { error: { message: this.message, type: errorType(this.status), code: this.code, ...this.facts } };
  }
}

function errorType(status: number): string {
  if (status === 429) return "rate_limit_error";
  return status < 500 ? "invalid_request_error" : "server_error";
}

export class InvalidRequestError extends AppError {
  readonly status = 422;
  readonly code = "invalid_request";
}

/** The same Idempotency-Key came with another request: serving either would be wrong. */
export class IdempotencyKeyReusedError extends AppError {
  readonly status = 422;
  readonly code = "idempotency_key_reused";
  constructor() {
    super(
      say`This Idempotency-Key was sent before with another request. Send a new key with a new request.`,
      {
        param: "Idempotency-Key",
      },
    );
  }
}

export class NotFoundError extends AppError {
  readonly status = 404;
  readonly code = "not_found";
}

export class UnknownModelError extends AppError {
  readonly status = 404;
  readonly code = "model_not_found";
  constructor(name: string, known: readonly string[]) {
    super(say`There is no model "${{ verbatim: name }}". Known models: ${{ verbatim: known.join(", ") }}.`, {
      param: "model",
    });
  }
}

/** The name is an embedding model's where an answer is wanted, or the other way round. */
export class ModelPurposeError extends AppError {
  readonly status = 400;
  readonly code = "model_purpose";
  constructor(message: string) {
    super(message, { param: "model" });
  }
}

/** The model file is missing, corrupt, of another format, or too big; the server runs on without it. */
export class ModelUnusableError extends AppError {
  readonly status = 503;
  readonly code = "model_unusable";
}

/** No engine can answer at present (still loading past the deadline, crashed, or none configured). */
export class EngineUnavailableError extends AppError {
  readonly status = 503;
  readonly code = "engine_unavailable";
}

/** This engine or its model cannot do what the request wants; another one may. */
export class UnsupportedRequestError extends AppError {
  readonly status = 400;
  readonly code = "unsupported";
}

/** This engine cannot hold a call of one tool to its form; it may those of the others. */
export class UnsupportedToolError extends UnsupportedRequestError {
  constructor(
    readonly tool: string,
    said: Words,
    options?: ErrorOptions,
  ) {
    super(said, { param: "tools" }, options);
  }
}

/** A strict schema says more than a grammar holds, and the answer that was written does not keep to it. */
export class SchemaNotMetError extends AppError {
  readonly status = 502;
  readonly code = "schema_not_met";
}

/** The prompt does not fit the model's context even without everything that may be left out. */
export class PromptTooLongError extends AppError {
  readonly status = 422;
  readonly code = "prompt_too_long";
}

/** Every slot is busy and the queue is full. */
export class QueueFullError extends AppError {
  readonly status = 503;
  readonly code = "queue_full";
  /** @param retryAfterSeconds the value of the Retry-After header */
  constructor(readonly retryAfterSeconds: number) {
    super(say`Too many questions are waiting. Try again in ${retryAfterSeconds} seconds.`, {
      limit: "queue",
      retry_after: retryAfterSeconds,
    });
  }
}

/** An engine broke while it was answering. */
export class EngineFailedError extends AppError {
  readonly status = 502;
  readonly code = "engine_failed";
}

/** The environment or config.json has an invalid value; the start is refused. */
export class SettingsError extends AppError {
  readonly status = 500;
  readonly code = "bad_settings";
}

/** The disk or the database refused a write: nothing was written in part, and nothing was shown that is not stored. */
export class StorageError extends AppError {
  readonly status = 507;
  readonly code = "storage_unavailable";
}
