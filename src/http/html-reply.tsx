/** Replies of page routes: pages, htmx partials and redirects, with their headers. */
import { ErrorPage } from "../../views/pages/error-page.tsx";
import type { FrameProps } from "../../views/props.ts";
import { toHtml } from "../../views/to-html.ts";
import { AppError } from "../errors.ts";
import { languageOfReader, tr } from "../texts/reader-language.ts";
import { inLanguage } from "../texts/say.ts";
import { retryAfter } from "./retry-after.ts";

/** Pages have private text and the state of one moment: they are never cached. */
export function htmlReply(
  element: JSX.Element,
  status = 200,
  headers: Record<string, string> = {},
): Response {
  return new Response(toHtml(element), {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", ...headers },
  });
}

/** A text as it is: a browser shows it without interpreting it. */
export const plainText = (text: string) =>
  new Response(text, {
    headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
  });

/** After a plain form: the browser gets the page with GET, so that a reload sends nothing again. */
export const seeOther = (location: string) => new Response(null, { status: 303, headers: { location } });

export const isHtmx = (request: Request) => request.headers.get("hx-request") === "true";

/** The part of an error for the user, in the language of the page's reader; any error but an AppError is a bug and has no details. */
export function describeError(error: unknown): {
  status: number;
  message: string;
  /** Stable: pages may test it. */
  code: string;
  headers: Record<string, string>;
} {
  if (!(error instanceof AppError))
    return {
      status: 500,
      message: tr`Something went wrong. Try again, or see the log.`,
      code: "internal_error",
      headers: {},
    };
  const message = inLanguage(error.words, languageOfReader());
  return { status: error.status, message, code: error.code, headers: retryAfter(error) };
}

/** A page's message about the last action. @param word from the address: anybody may have written it */
export const doneSentence = (
  sentences: Readonly<Record<string, string>>,
  word: string | undefined,
): string | undefined => (word !== undefined && Object.hasOwn(sentences, word) ? sentences[word] : undefined);

function titleOf(status: number): string {
  switch (status) {
    case 403:
      return tr`That is not for you`;
    case 404:
      return tr`This page does not exist`;
    case 422:
      return tr`That could not be understood`;
    case 503:
      return tr`Not just now`;
    case 507:
      return tr`The storage does not work at present`;
    default:
      return tr`Something went wrong`;
  }
}

export function errorReply(frame: FrameProps, status: number, message: string): Response {
  return htmlReply(
    <ErrorPage {...frame} status={status} title={titleOf(status)} message={message} />,
    status,
  );
}
