/**
 * The description of every route that programs use, as OpenAPI 3.1. What a route takes comes from its TypeBox schemas, by
 * @elysiajs/openapi; what it answers from how it describes itself (openapi-detail.ts); what every route has in common, such as
 * credentials and what authentication refuses, is added here.
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
import { toOpenAPISchema } from "@elysiajs/openapi";
import { unwrapSchema } from "@elysiajs/openapi/openapi";
import type { AnyElysia } from "elysia";
import { needOf } from "../access.ts";
import { idempotencyKeySchema } from "../idempotency-key.ts";
import { ErrorReply, OpenAiErrorReply } from "./error-reply.ts";
import { isObject, type Json, type JsonObject, plain, SchemasByName } from "./schemas-by-name.ts";

export interface DocumentedContent {
  /** Absent of a stream of events: OpenAPI 3.1 cannot describe them. */
  readonly schema?: Json;
  readonly example?: Json;
  readonly "x-item-schema"?: Json;
}

export interface DocumentedReply {
  readonly description: string;
  /** Which operations take what it holds, by their ids. */
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

export interface DocumentFacts {
  readonly version: string;
  /** The name of the cookie that holds a session. */
  readonly cookie: string;
  /** Whether nobody gets in without a login at present. */
  readonly hasLogins: boolean;
}

const tags = [
  { name: "chat", description: "Ask, and get answers." },
  { name: "openai", description: "The same as OpenAI's interface, for programs that speak it." },
  { name: "generations", description: "One answer: read it again, stop it, go on with it." },
  { name: "conversations", description: "What was said: listed, changed, branched, taken along." },
  { name: "memory", description: "What is remembered." },
  { name: "status", description: "What runs, and the means to steer it." },
  { name: "health", description: "Whether it works." },
];

const description = `A private financial assistant that runs on your own machine.

Without logins the server answers whoever uses this machine. With logins a request brings an API key, made at /account
(\`Authorization: Bearer …\` or \`X-API-Key\`), or the session of a browser. Errors are JSON with a message for people and a
stable code for programs. \`RateLimit\` and \`RateLimit-Policy\` say how much may still be asked for in this minute.
\`WS /chat/stream\` is the chat over a WebSocket; README.md tells its messages.`;

const schemes: JsonObject = {
  apiKey: { type: "http", scheme: "bearer", description: "An API key, as OpenAI's libraries send it." },
  apiKeyHeader: { type: "apiKey", in: "header", name: "X-API-Key" },
};

const headers: JsonObject = {
  "X-Request-Id": {
    description: "Names the request; the log tells it of a defect.",
    schema: { type: "string" },
  },
  "X-Generation-Id": { description: "Names the answer.", schema: { type: "string" } },
  "X-Conversation-Id": { description: "The conversation that it belongs to.", schema: { type: "string" } },
  "Retry-After": { description: "Seconds.", schema: { type: "integer", minimum: 0 } },
  "WWW-Authenticate": { description: "How to log in.", schema: { type: "string" } },
  RateLimit: {
    description:
      "What is left of the requests and of the tokens of a minute, and in how many seconds all of it is there again; a 429 for one of them tells of that one. With a login alone; a stranger is told of requests.",
    schema: { type: "string" },
    example: '"requests";r=1199;t=1, "tokens";r=1000000;t=0',
  },
  "RateLimit-Policy": {
    description: "How many requests and tokens there are in a minute.",
    schema: { type: "string" },
    example: '"requests";q=1200;w=60, "tokens";q=1000000;w=60',
  },
  "Content-Disposition": { description: "The name of the file.", schema: { type: "string" } },
};

const requestHeaders: Readonly<Record<string, Omit<Parameter, "name" | "in" | "required">>> = {
  "Idempotency-Key": {
    description: "What is asked for twice with the same key is done once.",
    schema: idempotencyKeySchema,
  },
  "Last-Event-ID": {
    description: "The id of the last event that was read; browsers send it by themselves.",
    schema: { type: "string", pattern: "^[0-9]{0,9}$" },
  },
};

/** What any route may refuse, and why. */
const refusals: Readonly<Record<number, string>> = {
  400: "Something in the request cannot be used; `param` names it.",
  401: "Nobody is known who asks: a login or an API key is missing, wrong or expired.",
  403: "Whoever asks may not do this, or another site asks through a browser.",
  413: "The request's body is too large.",
  415: "The request's body is not said to be JSON, has a charset that is not UTF-8, or an unknown Content-Encoding.",
  422: "Something in the request cannot be used; `param` names it.",
  429: "Too much was asked for in a while.",
  500: "A defect of the program; its log has the details.",
  507: "The disk or the database refuses to write.",
};
const ofEveryReply = ["X-Request-Id"];
/** Of every reply but of those of the authentication, which comes before the limits. */
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
  for (const [path, item] of entriesOf(plain(toOpenAPISchema(app).paths))) {
    // OpenAPI has no word for the rest of a path; a name without a slash is the usual case.
    const named = path.replace("*", "{id}");
    for (const [method, operation] of entriesOf(item)) {
      const body = bodies.get(`${method} ${path}`);
      const whole = operationOf({ method, path: named, operation, body }, schemas);
      paths[named] = { ...paths[named], [method]: whole };
    }
  }
  const families = [false, true].map((isForV1) => {
    const statuses = Object.entries(refusals).filter(([status]) => status !== (isForV1 ? "422" : "400"));
    return statuses.map(([status, sentence]) => [
      refusalName(Number(status), isForV1),
      errorReply(Number(status), sentence, isForV1, schemas),
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

/** By method and path. By hand: a parser of our own for all routes keeps the plugin from telling any body. */
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
  /** As the plugin tells it. */
  readonly operation: Json;
  readonly body: Json | undefined;
}

function operationOf({ method, path, operation, body: schema }: Found, schemas: SchemasByName): Operation {
  const isForV1 = path.startsWith("/v1/");
  const need = needOf(method.toUpperCase(), path, false);
  const parameters = [...ownParameters(operation, path, schemas), ...headerParameters(operation)];
  const body = bodyOf(operation, schema, schemas);
  const statuses = [
    ...(need === null ? [] : [401, 507]),
    ...(body === undefined ? [] : [413, 415]),
    ...(body === undefined && parameters.length === 0 ? [] : [isForV1 ? 400 : 422]),
    ...[403, 429, 500],
  ];
  const common = statuses.map((status) => [
    status,
    { $ref: `#/components/responses/${refusalName(status, isForV1)}` },
  ]);
  const own = entriesOf(valueAt(operation, "x-replies")).map(([status, reply]) => [
    status,
    replyOf(Number(status), reply, isForV1, schemas),
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
  const told = valueAt(operation, "parameters");
  const found = (Array.isArray(told) ? told : []).flatMap((parameter: Json): Parameter[] => {
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

/** JSON alone where the route does not say otherwise: forms are taken from pages, and hold texts only. */
function bodyOf(
  operation: Json,
  schema: Json | undefined,
  schemas: SchemasByName,
): Record<string, DocumentedContent> | undefined {
  const told = valueAt(operation, "x-request-body");
  const ofSchema: JsonObject = schema === undefined ? {} : { "application/json": { schema } };
  const types = entriesOf(told ?? ofSchema).map(([type, content]) => [type, contentOf(content, schemas)]);
  return types.length === 0 ? undefined : Object.fromEntries(types);
}

function replyOf(status: number, reply: Json, isForV1: boolean, schemas: SchemasByName): DocumentedReply {
  const sentence = textAt(reply, "description") ?? "";
  if (status >= 400) return errorReply(status, sentence, isForV1, schemas);
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
  isForV1: boolean,
  schemas: SchemasByName,
): DocumentedReply {
  const schema = schemas.take(plain(isForV1 ? OpenAiErrorReply : ErrorReply));
  return {
    description: sentence,
    ...withHeaders([...(headersOfStatus[status] ?? []), ...(isOfDoor(status) ? ofEveryReply : rateLimit)]),
    content: { "application/json": { schema } },
  };
}

const refusalName = (status: number, isForV1: boolean) => `${isForV1 ? "OpenAiError" : "Error"}${status}`;

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
