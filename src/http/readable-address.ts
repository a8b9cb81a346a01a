/**
 * Refuses a request whose Host makes an invalid address ("localhost:99999"): any code that parses it would throw, also where
 * errors become replies.
 */
import { securityHeaders } from "./security.ts";

/** For Elysia's `wrap`, after all others, so that it runs before them. */
export const readableAddress = (handle: (request: Request) => unknown, request: Request) =>
  URL.canParse(request.url) ? handle : unreadable;

const unreadable = () =>
  Response.json(
    {
      error: {
        message: "The request's Host is not a valid address.",
        type: "invalid_request_error",
        code: "invalid_request",
      },
    },
    { status: 400, headers: securityHeaders },
  );
