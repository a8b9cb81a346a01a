/**
 * Replies with one JSON value a line, as they come.
 * @see https://github.com/ndjson/ndjson-spec
 */
import { pulledResponse } from "./pulled-response.ts";

/** @see pulledResponse */
export const jsonLinesResponse = (
  values: AsyncIterable<unknown>,
  onDefect?: (error: unknown) => void,
): Response => pulledResponse(linesOf(values), "application/x-ndjson; charset=utf-8", { onDefect });

async function* linesOf(values: AsyncIterable<unknown>): AsyncGenerator<string, void, undefined> {
  for await (const value of values) yield `${JSON.stringify(value)}\n`;
}
