/**
 * Names every request (`x-request-id`, which the log has for internal errors) and reports the time until the head of its reply
 * (`openai-processing-ms`), in the form of OpenAI's clients. Register it first: later refusals have the id, too.
 */
import { Elysia } from "elysia";
import { isForV1 } from "./openai-error.ts";

export const requestIdHeader = "x-request-id";

export const createRequestId = () =>
  new Elysia({ name: "request-id" }).onRequest(({ set }) => {
    set.headers[requestIdHeader] = `req_${Bun.randomUUIDv7().replaceAll("-", "")}`;
  });

/** For Elysia's `wrap`: it sees replies that are refused before any route, too. */
export const timedReplies = (handle: (request: Request) => unknown, request: Request) => async () => {
  const begunAt = performance.now();
  const reply = await handle(request);
  if (reply instanceof Response && isForV1(request))
    reply.headers.set("openai-processing-ms", String(Math.round(performance.now() - begunAt)));
  return reply;
};
