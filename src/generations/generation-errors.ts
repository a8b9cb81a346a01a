/** What can go wrong with an answer besides its engine, and the reasons for which one is ended from outside. */
import { AppError } from "../errors.ts";

export class ConversationBusyError extends AppError {
  readonly status = 409;
  readonly code = "conversation_busy";
  constructor() {
    super("Still answering. Wait until it is done, or stop it.");
  }
}

/** The server died twice while this answer was being written, so it is not tried again by itself. */
export class CrashedTwiceError extends AppError {
  readonly status = 500;
  readonly code = "crashed_twice";
  constructor() {
    super("The program crashed twice while it wrote this answer. What was written is kept; try again.");
  }
}

/** No question is taken any more, so that those before it can be answered to their end. */
export class ShuttingDownError extends AppError {
  readonly status = 503;
  readonly code = "shutting_down";
  constructor() {
    super("The program is being stopped. Ask again when it has started.");
  }
}

/** Somebody pressed Stop. */
export class StopRequest extends Error {
  override readonly name = "StopRequest";
}

/** The server is being shut down: the answer is taken up again when it starts. Whoever waits for the whole of it is told so. */
export class ShutdownRequest extends AppError {
  readonly status = 503;
  readonly code = "shutting_down";
}
