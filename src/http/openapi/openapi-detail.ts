/**
 * A route's description for /openapi.json: its purpose, its headers, and all of its replies, by TypeBox schemas. Serving
 * requests does not use it; tests compare it with real replies.
 */
import type { Static, TSchema } from "@sinclair/typebox";
import { Type as t } from "@sinclair/typebox";

/** Headers of requests that some routes know, other than credentials. */
type RequestHeader = "Idempotency-Key" | "Last-Event-ID" | "X-Conversation-Id";
/** Headers of replies, other than those of every reply. */
type ReplyHeader = "X-Generation-Id" | "X-Conversation-Id" | "Retry-After" | "Content-Disposition";

interface Content {
  /** Absent for a stream of events: OpenAPI 3.1 cannot describe it. */
  readonly schema?: TSchema;
  readonly example?: unknown;
  /** For a stream: the form of each event's data, or of each line. */
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
 * By the id of an operation: the fields of this reply that it takes.
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
  /** By media type, where the route reads its body itself; otherwise from its schema. */
  readonly requestBody?: Readonly<Record<string, Content>>;
  /** The successful replies, by status. */
  readonly replies: Readonly<Record<number, Reply>>;
  /** The errors of this route, by status, in a sentence each. The document adds those of every route. */
  readonly errors?: Readonly<Record<number, string>>;
}

/** Becomes the `detail` of a route; the document (openapi-document.ts) makes complete replies of it. */
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

/** Content of a stream of server-sent events. @param item the form of each event's data */
export const events = (item: TSchema, example: string): Content => ({
  example,
  "x-item-schema": item,
});

/** The type of a schema with all fields writable: for functions that make replies. */
export type StaticReply<Schema extends TSchema> = DeepReadonly<Static<Schema>>;
export type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;

export const nullable = <Schema extends TSchema>(schema: Schema) => t.Union([schema, t.Null()]);
/** ISO 8601 with milliseconds, in UTC. */
export const time = (description?: string) =>
  t.String({ format: "date-time", ...(description === undefined ? {} : { description }) });
