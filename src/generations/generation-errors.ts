/** Errors of an answer other than its engine's, and the reasons of a stop from outside. */
import { AppError, NotFoundError } from "../errors.ts";
import { say } from "../texts/say.ts";

export class ConversationBusyError extends AppError {
  readonly status = 409;
  readonly code = "conversation_busy";
  constructor() {
    super(say`Still answering. Wait until it is done, or stop it.`);
  }
}

/** The most questions that may wait in one conversation. */
export const mostQueued = 5;

/** No further question may wait in this conversation. */
export class TooManyQueuedError extends AppError {
  readonly status = 409;
  readonly code = "too_many_queued";
  constructor() {
    super(say`${mostQueued} questions are waiting here already. Wait until one is asked, or remove one.`);
  }
}

/** The question waits in no queue (any more). */
export class QuestionGoneError extends NotFoundError {
  constructor() {
    super(say`This question is not waiting any more. It was asked or removed.`);
  }
}

/** A file that a question names is not there, or another owner's. */
export class FileGoneError extends NotFoundError {
  constructor() {
    super(say`There is no such file. It may have been removed: attach it again.`, { param: "files" });
  }
}

/** The server died twice while this answer was being written, so it is not tried again by itself. */
export class CrashedTwiceError extends AppError {
  readonly status = 500;
  readonly code = "crashed_twice";
  constructor() {
    super(say`The program crashed twice while it wrote this answer. What was written is kept; try again.`);
  }
}

/** New questions are refused, so that earlier ones can be answered to their end. */
export class ShuttingDownError extends AppError {
  readonly status = 503;
  readonly code = "shutting_down";
  constructor() {
    super(say`The program is being stopped. Ask again when it has started.`);
  }
}

/** The user has pressed Stop. */
export class StopRequest extends Error {
  override readonly name = "StopRequest";
}

/** The server shuts down: the next start resumes the answer. Clients that wait for the whole answer get this error. */
export class ShutdownRequest extends AppError {
  readonly status = 503;
  readonly code = "shutting_down";
}
