/** What an upstream refuses of a request, read from its words. */
import { UnsupportedRequestError } from "../../errors.ts";
import { ownFields } from "./request-body.ts";

/** In the words of templates: they raise whatever their writers wrote. */
const noSystem = /system role|system message|only user and assistant roles/i;

export const refusesSystem = (error: unknown, { messages }: Readonly<Record<string, unknown>>) =>
  error instanceof UnsupportedRequestError &&
  noSystem.test(error.message) &&
  Array.isArray(messages) &&
  messages.some(({ role }) => role === "system");

/** The field that we added ourselves and that the refusal names; undefined: none. */
export function refusedField(error: unknown, asked: Readonly<Record<string, unknown>>): string | undefined {
  if (!(error instanceof UnsupportedRequestError) || typeof error.cause !== "string") return undefined;
  const reason = error.cause;
  return ownFields.find((name) => name in asked && reason.includes(name));
}
