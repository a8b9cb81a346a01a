/**
 * Errors in the shape of llama.cpp's server, and the addresses that are its alone.
 * @see https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md
 */
import { Type as t } from "@sinclair/typebox";
import type { AppError } from "../errors.ts";
import type { ErrorForm } from "./error-form.ts";
import { retryAfter } from "./retry-after.ts";

const addresses =
  /^\/(?:completions?|tokenize|detokenize|apply-template|embeddings?|infill|rerank|reranking|v1\/rerank|v1\/reranking|props|slots|models\/(?:load|unload))$/;

export const isLlamaCppAddress = (path: string): boolean => addresses.test(path);

export const llamaCppErrorBody = ({ message, code }: AppError, status: number) => ({
  error: { code: status, message, type: code === "prompt_too_long" ? tooLong : typeOf(status) },
});

const tooLong = "exceed_context_size_error";

function typeOf(status: number): string {
  return types[status] ?? (status < 500 ? "invalid_request_error" : "server_error");
}

const types: Readonly<Record<number, string>> = {
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  501: "not_supported_error",
  503: "unavailable_error",
};

export const LlamaCppErrorReply = t.Object(
  {
    error: t.Object({
      code: t.Integer({ description: "The status." }),
      message: t.String({ description: "What went wrong and what to do next, for people." }),
      type: t.Union(
        ["invalid_request_error", "server_error", tooLong, ...Object.values(types)].map((type) =>
          t.Literal(type),
        ),
      ),
    }),
  },
  {
    title: "LlamaCppError",
    examples: [
      {
        error: {
          code: 400,
          message: "temperature must be a number from 0 to 2.",
          type: "invalid_request_error",
        },
      },
    ],
  },
);

export const llamaCppErrors: ErrorForm = {
  name: "LlamaCppError",
  schema: LlamaCppErrorReply,
  reply: (error, status) =>
    Response.json(llamaCppErrorBody(error, status), { status, headers: retryAfter(error) }),
};
