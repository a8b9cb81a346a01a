/** What stays of a request that no engine could do: pictures that nobody has seen are megabytes of no use. */
import type { ChatMessage, MessagePart } from "../chat/engine.ts";
import { showsPictures } from "../chat/message-parts.ts";
import { UnsupportedRequestError } from "../errors.ts";
import type { Generation } from "../store/schema.ts";
import type { Ending } from "./ending.ts";

const refusal = new UnsupportedRequestError("").code;

/** An answer that continues it must know that something was there. */
const unseen: MessagePart = { type: "text", text: "[a picture that could not be seen]" };

/**
 * @returns what of the row changes with its end. A key whose request is no longer there would not be known again: the same
 *   request is sent again, which an engine with vision may have made sense of by then
 */
export function withoutRefusedPictures(
  { request }: Generation,
  { error }: Ending,
): Partial<Pick<Generation, "request" | "idempotencyKey">> {
  if (request === null || error?.code !== refusal || !request.messages.some(showsPictures)) return {};
  return { request: { ...request, messages: request.messages.map(withoutPictures) }, idempotencyKey: null };
}

function withoutPictures(message: ChatMessage): ChatMessage {
  const { images: _, parts, ...rest } = message;
  if (parts === undefined) return rest;
  return { ...rest, parts: parts.map((part) => (part.type === "image" ? unseen : part)) };
}
