import { readBy } from "../texts/reader-language.ts";

/**
 * Serves each request in the language that its browser likes best, until its user is known to want another one. For Elysia's
 * `wrap`.
 */
export const readersLanguage = (handle: (request: Request) => unknown, request: Request) => () =>
  readBy(preferredLanguage(request.headers.get("accept-language") ?? ""), () => handle(request));

/** The first of "de-CH,de;q=0.9,en;q=0.8": browsers send them in the order of their settings. */
const preferredLanguage = (header: string): string =>
  /^\s*([a-z]{2,3}(?:-[a-z0-9-]+)?)/i.exec(header)?.[1] ?? "";
