/**
 * Errors in Ollama's shape, and the addresses that are its.
 * @see https://github.com/ollama/ollama/blob/main/docs/api.md
 */
import { Type as t } from "@sinclair/typebox";
import type { ErrorForm } from "./error-form.ts";
import { retryAfter } from "./retry-after.ts";

const addresses =
  /^\/api\/(?:version|tags|ps|show|chat|generate|embed|embeddings|pull|push|delete|copy|create|blobs\/[^/]+)$/;

/** Its programs send JSON without saying so, as curl does, too. */
export const isOllamaAddress = (path: string): boolean => addresses.test(path);

export const OllamaErrorReply = t.Object(
  { error: t.String({ description: "What went wrong and what to do next, for people." }) },
  { title: "OllamaError", examples: [{ error: "temperature must be a number from 0 to 2." }] },
);

export const ollamaErrors: ErrorForm = {
  name: "OllamaError",
  schema: OllamaErrorReply,
  reply: (error, status) => Response.json({ error: error.message }, { status, headers: retryAfter(error) }),
};
