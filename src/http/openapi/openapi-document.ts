/**
 * Describes every route for programs as OpenAPI 3.1. Requests come from the routes' TypeBox schemas, by @elysiajs/openapi;
 * replies from the routes' descriptions (openapi-detail.ts); this file adds the common part, such as credentials and refusals
 * of authentication.
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
import { toOpenAPISchema } from "@elysiajs/openapi";
import { unwrapSchema } from "@elysiajs/openapi/openapi";
import type { AnyElysia } from "elysia";
import { needOf } from "../access.ts";
import type { ErrorForm } from "../error-form.ts";
import { errorFormAt, foreignForms } from "../error-forms.ts";
import { idempotencyKeySchema } from "../idempotency-key.ts";
import { ErrorReply } from "./error-reply.ts";
import { isObject, type Json, type JsonObject, plain, SchemasByName } from "./schemas-by-name.ts";
import { tags } from "./tags.ts";

export interface DocumentedContent {
  /** Absent for a stream of events: OpenAPI 3.1 cannot describe it. */
  readonly schema?: Json;
  readonly example?: Json;
  readonly "x-item-schema"?: Json;
}

export interface DocumentedReply {
  readonly description: string;
  /** The ids of the operations that take its values. */
  readonly links?: Readonly<Record<string, Json>>;
  readonly headers?: Readonly<Record<string, { readonly $ref: string }>>;
  readonly content?: Readonly<Record<string, DocumentedContent>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Json;
}

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly security?: readonly Json[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<Record<string, DocumentedContent>>;
  };
  readonly responses: Readonly<Record<string, DocumentedReply | { readonly $ref: string }>>;
}

export interface OpenApiDocument {
  readonly openapi: "3.1.1";
  readonly info: JsonObject;
  readonly servers: readonly JsonObject[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly security: readonly Json[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Json>>;
    readonly responses: Readonly<Record<string, DocumentedReply>>;
    readonly headers: Json;
    readonly securitySchemes: Json;
  };
}

interface DocumentFacts {
  readonly version: string;
  /** The name of the cookie that holds a session. */
  readonly cookie: string;
  /** Whether a login is required at present. */
  readonly hasLogins: boolean;
}

const description = `A private financial assistant that runs on your own machine.

Without logins the server answers anyone on this computer. With logins a request needs an API key, created at /account
(\`Authorization: Bearer …\` or \`X-API-Key\`), or the session of a browser. Errors are JSON with a message for people and a
stable code for programs. \`RateLimit\` and \`RateLimit-Policy\` report what is left of this minute's limits.
\`WS /chat/stream\` is the chat over a WebSocket; README.md describes its messages.`;

const schemes: JsonObject = {
  apiKey: { type: "http", scheme: "bearer", description: "An API key, as OpenAI's libraries send it." },
  apiKeyHeader: { type: "apiKey", in: "header", name: "X-API-Key" },
};

const headers: JsonObject = {
  "X-Request-Id": {
    description: "Names the request; the log has it for internal errors.",
    schema: { type: "string" },
  },
  "X-Generation-Id": { description: "Names the answer.", schema: { type: "string" } },
  "X-Conversation-Id": { description: "The conversation that it belongs to.", schema: { type: "string" } },
  "Retry-After": { description: "Seconds.", schema: { type: "integer", minimum: 0 } },
  "WWW-Authenticate": { description: "How to log in.", schema: { type: "string" } },
  RateLimit: {
    description:
      "What is left of a minute's requests and tokens, and the seconds until all of it is back; a 429 reports the limit that it exceeded. Only with a login; anonymous clients get the requests.",
    schema: { type: "string" },
    example: '"requests";r=1199;t=1, "tokens";r=1000000;t=0',
  },
  "RateLimit-Policy": {
    description: "The requests and tokens allowed in a minute.",
    schema: { type: "string" },
    example: '"requests";q=1200;w=60, "tokens";q=1000000;w=60',
  },
  "Content-Disposition": { description: "The name of the file.", schema: { type: "string" } },
};

const requestHeaders: Readonly<Record<string, Omit<Parameter, "name" | "in" | "required">>> = {
  "Idempotency-Key": {
    description: "Two requests with the same key are served once.",
    schema: idempotencyKeySchema,
  },
  "Last-Event-ID": {
    description: "The id of the last event read; browsers send it themselves.",
    schema: { type: "string", pattern: "^[0-9]{0,9}$" },
  },
  "X-Conversation-Id": {
    description:
      "The program's own name for the conversation: its stream is found by it. Empty: it has none.",
    schema: { type: "string", maxLength: 512, pattern: "^(?:[!-~](?:[ -~]*[!-~])?)?$" },
  },
};

/** The errors of every route. */
const refusals: Readonly<Record<number, string>> = {
  400: "The body or the address is not text in UTF-8; below /v1 also: a field is invalid, and `param` names it.",
  401: "Not authenticated: login or API key missing, wrong or expired.",
  403: "Not allowed for this user or key, or a request of another site.",
  413: "The request's body is too large.",
  415: "The request's body has no JSON Content-Type, has a charset that is not UTF-8, or an unknown Content-Encoding.",
  422: "A field of the request is invalid; `param` names it.",
  429: "Too many requests. Try again in a minute.",
  500: "An internal error; the log has the details.",
  507: "The disk or the database refuses to write.",
};
const ofEveryReply = ["X-Request-Id"];
/** Headers of every reply except those of authentication, which runs before the limits. */
const rateLimit = [...ofEveryReply, "RateLimit", "RateLimit-Policy"];
const isOfDoor = (status: number) => status === 401 || status === 403;
const headersOfStatus: Readonly<Record<number, readonly string[]>> = {
  401: ["WWW-Authenticate"],
  429: ["Retry-After"],
  503: ["Retry-After"],
};

/** @param app with all of its routes */
export function openApiDocument(app: AnyElysia, facts: DocumentFacts): OpenApiDocument {
  const schemas = new SchemasByName();
  const paths: Record<string, Record<string, Operation>> = {};
  const bodies = bodySchemas(app);
  for (const [path, item] of entriesOf(plain(toOpenAPISchema(app, { staticFile: false }).paths))) {
    // OpenAPI cannot describe the rest of a path; a name without a slash is the usual case.
    const named = path.replace("*", "{id}");
    for (const [method, operation] of entriesOf(item)) {
      const body = bodies.get(`${method} ${path}`);
      const whole = operationOf({ method, path: named, operation, body }, schemas);
      paths[named] = { ...paths[named], [method]: whole };
    }
  }
  const families = [null, ...foreignForms].map((form) => {
    const statuses = Object.entries(refusals).filter(([status]) => form === null || status !== "422");
    return statuses.map(([status, sentence]) => [
      refusalName(Number(status), form),
      errorReply(Number(status), sentence, form, schemas),
    ]);
  });
  return {
    openapi: "3.1.1",
    info: {
      title: "Local Financial Assistant",
      version: facts.version,
      description,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    tags,
    security: [{ apiKey: [] }, { apiKeyHeader: [] }, { session: [] }, ...(facts.hasLogins ? [] : [{}])],
    paths,
    components: {
      schemas: schemas.all,
      responses: Object.fromEntries(families.flat()),
      headers,
      securitySchemes: { ...schemes, session: { type: "apiKey", in: "cookie", name: facts.cookie } },
    },
  };
}

/** By method and path. By hand: a parser of our own for all routes keeps the plugin from describing bodies. */
function bodySchemas(app: AnyElysia): Map<string, Json> {
  const found = app.routes.flatMap(({ method, path, hooks }) => {
    const schema: unknown = hooks.body === undefined ? undefined : unwrapSchema(hooks.body, undefined);
    const named = path.replaceAll(/:([^/]+)/g, "{$1}");
    return schema === undefined ? [] : [[`${method.toLowerCase()} ${named}`, plain(schema)] as const];
  });
  return new Map(found);
}

interface Found {
  readonly method: string;
  readonly path: string;
  /** In the plugin's form. */
  readonly operation: Json;
  readonly body: Json | undefined;
}

function operationOf({ method, path, operation, body: schema }: Found, schemas: SchemasByName): Operation {
  const form = errorFormAt(path);
  const need = needOf(method.toUpperCase(), path, false);
  const parameters = [...ownParameters(operation, path, schemas), ...headerParameters(operation)];
  const body = bodyOf(operation, schema, schemas);
  const statuses = [
    ...(need === null ? [] : [401, 507]),
    ...(body === undefined ? [] : [413, 415]),
    // 400 also says that a body or an address is not text in UTF-8.
    ...(body === undefined && parameters.length === 0 ? [] : form === null ? [400, 422] : [400]),
    ...[403, 429, 500],
  ];
  const common = statuses.map((status) => [
    status,
    { $ref: `#/components/responses/${refusalName(status, form)}` },
  ]);
  const own = entriesOf(valueAt(operation, "x-replies")).map(([status, reply]) => [
    status,
    replyOf(Number(status), reply, form, schemas),
  ]);
  const who = need === null ? "For everybody." : sentences[need];
  return {
    operationId: idOf(method, path),
    tags: listAt(operation, "tags"),
    summary: textAt(operation, "summary") ?? "",
    description: [textAt(operation, "description"), who].filter(Boolean).join(" "),
    ...(need === null ? { security: [] } : {}),
    parameters,
    ...(body === undefined
      ? {}
      : { requestBody: { required: valueAt(schema, "x-optional") !== true, content: body } }),
    responses: Object.fromEntries([...common, ...own]),
  };
}

const sentences = {
  read: "A key needs the scope chat or read.",
  write: "A key needs the scope chat.",
  admin: "For admins; a key needs the scope admin.",
  account: "Not for keys.",
} as const;

function ownParameters(operation: Json, path: string, schemas: SchemasByName): Parameter[] {
  const described = valueAt(operation, "parameters");
  const found = (Array.isArray(described) ? described : []).flatMap((parameter: Json): Parameter[] => {
    const place = textAt(parameter, "in");
    if (place !== "path" && place !== "query") return [];
    const { description: why, ...schema } = objectAt(parameter, "schema");
    return [
      {
        name: textAt(parameter, "name") ?? "",
        in: place,
        required: valueAt(parameter, "required") === true,
        ...(typeof why === "string" ? { description: why } : {}),
        schema: schemas.take(schema),
      },
    ];
  });
  const isNamed = (name: string) => found.some((parameter) => parameter.name === name);
  const missing = [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name = ""]): Parameter[] =>
    isNamed(name) ? [] : [{ name, in: "path", required: true, schema: { type: "string", minLength: 1 } }],
  );
  return [...missing, ...found];
}

const headerParameters = (operation: Json): Parameter[] =>
  listAt(operation, "x-request-headers").flatMap((name) => {
    const header = requestHeaders[name];
    return header === undefined ? [] : [{ name, in: "header", required: false, ...header }];
  });

/** JSON alone where the route does not say otherwise: forms come from pages, and have only strings. */
function bodyOf(
  operation: Json,
  schema: Json | undefined,
  schemas: SchemasByName,
): Record<string, DocumentedContent> | undefined {
  const described = valueAt(operation, "x-request-body");
  const ofSchema: JsonObject = schema === undefined ? {} : { "application/json": { schema } };
  const types = entriesOf(described ?? ofSchema).map(([type, content]) => [
    type,
    contentOf(content, schemas),
  ]);
  return types.length === 0 ? undefined : Object.fromEntries(types);
}

function replyOf(
  status: number,
  reply: Json,
  form: ErrorForm | null,
  schemas: SchemasByName,
): DocumentedReply {
  const sentence = textAt(reply, "description") ?? "";
  if (status >= 400) return errorReply(status, sentence, form, schemas);
  const content = entriesOf(valueAt(reply, "content")).map(([type, value]) => [
    type,
    contentOf(value, schemas),
  ]);
  return {
    description: sentence,
    ...withHeaders([...listAt(reply, "headers"), ...rateLimit]),
    ...withLinks(entriesOf(valueAt(reply, "links"))),
    ...(content.length === 0 ? {} : { content: Object.fromEntries(content) }),
  };
}

function errorReply(
  status: number,
  sentence: string,
  form: ErrorForm | null,
  schemas: SchemasByName,
): DocumentedReply {
  const schema = schemas.take(plain(form?.schema ?? ErrorReply));
  return {
    description: sentence,
    ...withHeaders([...(headersOfStatus[status] ?? []), ...(isOfDoor(status) ? ofEveryReply : rateLimit)]),
    content: { "application/json": { schema } },
  };
}

const refusalName = (status: number, form: ErrorForm | null) => `${form?.name ?? "Error"}${status}`;

const withHeaders = (names: readonly string[]) =>
  names.length === 0
    ? {}
    : { headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])) };

const withLinks = (links: readonly (readonly [operationId: string, Json])[]) =>
  links.length === 0
    ? {}
    : {
        links: Object.fromEntries(
          links.map(([operationId, link]) => [operationId, isObject(link) ? { operationId, ...link } : link]),
        ),
      };

/** The example of the schema is the content's, unless that has its own. */
function contentOf(content: Json, schemas: SchemasByName): DocumentedContent {
  const schema = valueAt(content, "schema");
  const ofSchema = valueAt(schema, "examples");
  const example = valueAt(content, "example") ?? (Array.isArray(ofSchema) ? ofSchema[0] : undefined);
  const item = valueAt(content, "x-item-schema");
  return {
    ...(schema === undefined ? {} : { schema: schemas.take(schema) }),
    ...(example === undefined ? {} : { example }),
    ...(item === undefined ? {} : { "x-item-schema": schemas.take(item) }),
  };
}

/** getApiConversationsById */
const idOf = (method: string, path: string) =>
  method +
  path
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => `by-${name}`)
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

const entriesOf = (value: Json | undefined) => Object.entries<Json>(isObject(value) ? value : {});
const valueAt = (value: Json | undefined, key: string): Json | undefined =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
const objectAt = (value: Json | undefined, key: string): JsonObject => {
  const found = valueAt(value, key);
  return isObject(found) ? found : {};
};
const textAt = (value: Json, key: string): string | undefined => {
  const text = valueAt(value, key);
  return typeof text === "string" ? text : undefined;
};
const listAt = (value: Json, key: string): string[] => {
  const list = valueAt(value, key);
  return Array.isArray(list) ? list.filter((entry: Json) => typeof entry === "string") : [];
};
