/** What can go wrong with a conversation as a whole. */
import { NotFoundError } from "../errors.ts";
import { say } from "../texts/say.ts";

export class NoConversationError extends NotFoundError {
  constructor() {
    super(say`There is no such conversation. It may have been deleted.`);
  }
}

export class NoMessageError extends NotFoundError {
  constructor() {
    super(say`There is no such message. It may have been deleted.`);
  }
}
