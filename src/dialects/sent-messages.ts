/** What is looked at in the messages of every dialect. It knows nothing of engines. */
import type { ChatMessage, ToolCall } from "../chat/engine.ts";
import { isBlank } from "../http/blank.ts";
import { BadFieldError } from "../http/openai-error.ts";

/**
 * Where a conversation asks nothing: its user says nothing in any message, and shows no picture.
 * @returns the place of the user's last message; null when something is asked, or there is no user
 */
export function onlyBlankQuestion(messages: readonly ChatMessage[]): number | null {
  const ofUser = messages.filter(({ role }) => role === "user");
  const isAsked = ofUser.some(
    ({ content, parts = [] }) => !isBlank(content) || parts.some(({ type }) => type === "image"),
  );
  return isAsked || ofUser.length === 0 ? null : messages.findLastIndex(({ role }) => role === "user");
}

/**
 * What a model is shown as its own call must be JSON, as it was.
 * @param place of its arguments
 */
export function checkedCall(call: ToolCall, place: string): ToolCall {
  try {
    if (call.arguments.trim() !== "") JSON.parse(call.arguments);
  } catch {
    throw new BadFieldError(place, "must be JSON.");
  }
  return call;
}
