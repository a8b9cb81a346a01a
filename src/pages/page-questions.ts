/** A question from one of the page's forms, as the generations take it. */

import { InvalidRequestError, NotFoundError } from "../errors.ts";
import { type Question, questionLimit, samplingOf } from "../generations/question.ts";
import { isBlank } from "../http/blank.ts";
import { say } from "../texts/say.ts";
import type { AskValues } from "../workspace/presets.ts";

const decimal = (count: number) => ({ decimal: String(count) });

interface AskedText {
  readonly text: string;
  /** Makes a form that is sent twice one question. */
  readonly key?: string | undefined;
  /** The ids of its files. */
  readonly files?: readonly string[];
}

/** @throws InvalidRequestError for a text that is none, or too long */
export function checkedText(sent = ""): string {
  const text = sent.trim();
  if (isBlank(text)) throw new InvalidRequestError(say`Write a question first.`);
  if (text.length > questionLimit)
    throw new InvalidRequestError(
      say`A question can have at most ${decimal(questionLimit)} characters; yours has ${decimal(text.length)}. Shorten it or split it.`,
    );
  return text;
}

/**
 * @param place in which conversation; left out: a new one, or that of the message which it is about
 * @throws InvalidRequestError for a text that is none, or too long
 */
export function questionFromPage(
  { values: chosen, settings }: AskValues,
  { text, key, files = [] }: AskedText,
  place: Pick<Question, "conversationId" | "isTemporary" | "documents" | "projectId" | "toolServers"> = {},
): Question {
  return {
    message: checkedText(text),
    // Whichever runs: the settings may name a file that only becomes a model when it is loaded.
    model: chosen.model ?? "auto",
    memoryContext: chosen.recall,
    sampling: samplingOf(chosen),
    // Who has asked on a page sees there what waits.
    mayWait: true,
    ...place,
    ...(settings === null ? {} : { settings }),
    ...(files.length === 0 ? {} : { files }),
    // What is asked is part of the key: a page from the browser's history sends its old key with a new question.
    ...(key === undefined
      ? {}
      : { idempotencyKey: `${key}:${Bun.hash([text, ...files].join()).toString(36)}` }),
  };
}

/**
 * The key of a form that asks for one more answer, or for more of one: what it was shown after (the last answer there, the end
 * of the text) follows from the page, so that a double click or a request that is sent again makes one generation.
 */
export const onceAfter = (
  step: string,
  form: { readonly after?: string | undefined } | null | undefined,
): { readonly idempotencyKey?: string } =>
  form?.after === undefined ? {} : { idempotencyKey: `page:${step}:${form.after}` };

/** What is asked in a conversation that another tab has deleted. @throws NotFoundError */
export function refuseGone(): never {
  throw new NotFoundError(say`This conversation no longer exists. Begin a new one.`);
}
