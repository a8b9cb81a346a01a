/**
 * How a route describes itself for /openapi.json: what it is for, which headers it knows, and every reply that it gives,
 * by TypeBox schemas. Nothing of it is looked at while requests are answered; tests compare it with real replies.
 */
import type { Static, TSchema } from "@sinclair/typebox";
import { Type as t } from "@sinclair/typebox";

/** Headers of requests that some routes know, besides credentials. */
export type RequestHeader = "Idempotency-Key" | "Last-Event-ID";
/** Headers of replies, besides those that every reply has. */
export type ReplyHeader = "X-Generation-Id" | "X-Conversation-Id" | "Retry-After" | "Content-Disposition";

export interface Content {
  /** Absent of a stream of events: OpenAPI 3.1 has no word for them. */
  readonly schema?: TSchema;
  readonly example?: unknown;
  /** Of a stream: what each event's data, or each line, is. */
  readonly "x-item-schema"?: TSchema;
}

export interface Reply {
  readonly description: string;
  /** By media type; absent: there is no body. */
  readonly content?: Readonly<Record<string, Content>>;
  readonly headers?: readonly ReplyHeader[];
  readonly links?: Links;
}

/**
 * By the id of an operation: what of this reply it takes.
 * @see https://spec.openapis.org/oas/v3.1.1.html#runtime-expressions
 */
export type Links = Readonly<
  Record<
    string,
    {
      readonly parameters: Readonly<Record<string, string>>;
      readonly requestBody?: Readonly<Record<string, string>>;
    }
  >
>;

export interface Description {
  readonly summary: string;
  readonly description?: string;
  readonly requestHeaders?: readonly RequestHeader[];
  /** By media type, where the route reads its body itself; otherwise its schema tells. */
  readonly requestBody?: Readonly<Record<string, Content>>;
  /** What it answers with when all is well, by status. */
  readonly replies: Readonly<Record<number, Reply>>;
  /** What else it may answer, by status, in a sentence each. What every route may refuse the document adds by itself. */
  readonly errors?: Readonly<Record<number, string>>;
}

/** Becomes the `detail` of a route; the document (openapi-document.ts) makes whole replies of it. */
export function openApiDetail(description: Description) {
  const { summary, requestHeaders = [], requestBody, replies, errors = {} } = description;
  const failures = Object.entries(errors).map(([status, sentence]) => [status, { description: sentence }]);
  return {
    summary,
    ...(description.description === undefined ? {} : { description: description.description }),
    "x-request-headers": requestHeaders,
    ...(requestBody === undefined ? {} : { "x-request-body": requestBody }),
    "x-replies": { ...replies, ...Object.fromEntries(failures) },
  };
}

/** A reply that is one JSON value. */
export const jsonReply = (
  description: string,
  schema: TSchema,
  headers: readonly ReplyHeader[] = [],
): Reply => ({ description, content: { "application/json": { schema } }, headers });

/** Content of a stream of server-sent events. @param item what each event's data is */
export const events = (item: TSchema, example: string): Content => ({
  example,
  "x-item-schema": item,
});

/** What a schema of a reply describes, whoever may write to it: what functions that make replies return. */
export type StaticReply<Schema extends TSchema> = DeepReadonly<Static<Schema>>;
export type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;

export const nullable = <Schema extends TSchema>(schema: Schema) => t.Union([schema, t.Null()]);
/** ISO 8601 with milliseconds, in UTC. */
export const time = (description?: string) =>
  t.String({ format: "date-time", ...(description === undefined ? {} : { description }) });
