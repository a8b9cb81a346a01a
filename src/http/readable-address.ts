/**
 * Refuses a request whose Host makes an address of it that nobody can read ("localhost:99999"): whatever takes it apart
 * would throw, also where errors become replies.
 */
import { securityHeaders } from "./security.ts";

/** For Elysia's `wrap`, after all others, so that it stands before them. */
export const readableAddress = (handle: (request: Request) => unknown, request: Request) =>
  URL.canParse(request.url) ? handle : unreadable;

const unreadable = () =>
  Response.json(
    {
      error: {
        message: "The request's Host is no address.",
        type: "invalid_request_error",
        code: "invalid_request",
      },
    },
    { status: 400, headers: securityHeaders },
  );
