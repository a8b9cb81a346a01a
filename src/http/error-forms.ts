/**
 * In which form an address reports its errors: each dialect of another program has that program's. A new dialect adds a line
 * here.
 */
import type { AppError } from "../errors.ts";
import { anthropicErrors, isForAnthropic } from "./anthropic-error.ts";
import type { ErrorForm } from "./error-form.ts";
import { isLlamaCppAddress, llamaCppErrors } from "./llama-cpp-error.ts";
import { isOllamaAddress, ollamaErrors } from "./ollama-error.ts";
import { openAiErrors } from "./openai-error.ts";

interface Dialect {
  readonly isAt: (path: string) => boolean;
  readonly form: ErrorForm;
}

/** The first that has the address. */
const dialects: readonly Dialect[] = [
  { isAt: (path) => /^\/v1\/messages(?:\/|$)/.test(path), form: anthropicErrors },
  { isAt: isOllamaAddress, form: ollamaErrors },
  { isAt: isLlamaCppAddress, form: llamaCppErrors },
  { isAt: (path) => path.startsWith("/v1/"), form: openAiErrors },
];

/** All forms but our own. */
export const foreignForms: readonly ErrorForm[] = [...new Set(dialects.map(({ form }) => form))];

/** @returns null: our own */
export const errorFormAt = (path: string): ErrorForm | null =>
  dialects.find(({ isAt }) => isAt(path))?.form ?? null;

/** @returns null: our own */
export function errorFormOf(request: Request): ErrorForm | null {
  const { pathname } = new URL(request.url);
  const form = errorFormAt(pathname);
  return form === openAiErrors && isForAnthropic(request) ? anthropicErrors : form;
}

/** Other programs have 400 where this one has 422. */
export const foreignStatus = ({ status }: Pick<AppError, "status">): number =>
  status === 422 ? 400 : status;
