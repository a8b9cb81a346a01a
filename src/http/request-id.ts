/**
 * Names every request (`x-request-id`, which the log has for internal errors) and reports the time until the head of its reply
 * (`openai-processing-ms`), in the form of OpenAI's clients. Register it first: later refusals have the id, too.
 */
import { Elysia } from "elysia";
import { isForAnthropic } from "./anthropic-error.ts";
import { isForV1 } from "./openai-error.ts";

export const requestIdHeader = "x-request-id";

const ids = new WeakMap<Request, string>();

/** '' for a request that never came in. */
export const requestIdOf = (request: Request): string => ids.get(request) ?? "";

export const createRequestId = () =>
  new Elysia({ name: "request-id" }).onRequest(({ request, set }) => {
    const id = `req_${Bun.randomUUIDv7().replaceAll("-", "")}`;
    ids.set(request, id);
    set.headers[requestIdHeader] = id;
    // As Anthropic's clients look for it.
    if (isForAnthropic(request)) set.headers["request-id"] = id;
  });

/** For Elysia's `wrap`: it sees replies that are refused before any route, too. */
export const timedReplies = (handle: (request: Request) => unknown, request: Request) => async () => {
  const begunAt = performance.now();
  const reply = await handle(request);
  if (reply instanceof Response && isForV1(request))
    reply.headers.set("openai-processing-ms", String(Math.round(performance.now() - begunAt)));
  return reply;
};
