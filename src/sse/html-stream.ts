/** One HTML page, sent in pieces as they are made. */
import { pulledResponse } from "./pulled-response.ts";

/** @see pulledResponse */
export const htmlStreamResponse = (
  pieces: AsyncIterable<string>,
  onDefect?: (error: unknown) => void,
): Response => pulledResponse(pieces, "text/html; charset=utf-8", { onDefect });
