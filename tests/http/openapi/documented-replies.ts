/**
 * Compares replies with what /openapi.json says of them: the status, the kind of content, the headers, and each field, also
 * of what is in streams. A field that the document does not know is a difference, too.
 */
import type { ErrorObject, ValidateFunction } from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type {
  DocumentedContent,
  DocumentedReply,
  OpenApiDocument,
  Operation,
} from "../../../src/http/openapi/openapi-document.ts";
import { isObject, type Json } from "../../../src/http/openapi/schemas-by-name.ts";
import { EventStreamParser } from "../../sse/parse-event-stream.ts";

export interface ReceivedReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export class DocumentedReplies {
  readonly #document: OpenApiDocument;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });

  constructor(document: OpenApiDocument) {
    this.#document = document;
    addFormats.default(this.#ajv);
    this.#ajv.addSchema({ $id: "document", components: { schemas: closedMap(document.components.schemas) } });
  }

  /** @param route "GET /chat/:id", as Elysia has it */
  operation(route: string): Operation | undefined {
    const [method = "", path = ""] = route.split(" ");
    const named = path.replaceAll(/:(\w+)/g, "{$1}").replace("*", "{id}");
    return this.#document.paths[named]?.[method.toLowerCase()];
  }

  /** @returns sentences, none when all is as it is documented */
  problems(route: string, reply: ReceivedReply): readonly string[] {
    const documented = this.operation(route)?.responses[reply.status];
    if (documented === undefined) return [`${route} answers ${reply.status}, which is not documented`];
    const { content = {}, headers = {} } = this.#resolved(documented);
    const missing = Object.keys(headers).filter((name) => !isOptional(name) && !reply.headers.has(name));
    if (missing.length > 0) return [`${route} (${reply.status}) lacks ${missing.join(", ")}`];
    const untold = ["RateLimit", "RateLimit-Policy"].filter(
      (name) => reply.headers.has(name) && headers[name] === undefined,
    );
    if (untold.length > 0)
      return [`${route} (${reply.status}) has ${untold.join(", ")}, which is not documented`];
    const type = reply.headers.get("content-type")?.split(";")[0] ?? "";
    const told = content[type];
    if (told === undefined && type === "" && reply.text === "" && Object.keys(content).length === 0)
      return [];
    if (told === undefined) return [`${route} (${reply.status}) is ${type}, which is not documented`];
    return this.#inContent(type, told, reply.text).map((problem) => `${route} (${reply.status}): ${problem}`);
  }

  /** @returns what is wrong with a value by a schema of the document */
  inValue(schema: Json, value: unknown): readonly string[] {
    const check = this.#check(schema);
    return check(value) ? [] : sentencesOf(check.errors ?? []);
  }

  #inContent(type: string, told: DocumentedContent, text: string): readonly string[] {
    if (type === "application/json") return this.inValue(told.schema ?? {}, JSON.parse(text));
    const item = told["x-item-schema"];
    if (item === undefined) return [];
    const items =
      type === "text/event-stream"
        ? new EventStreamParser()
            .take(new TextEncoder().encode(text))
            .events.map(({ data }) => data)
            .filter((data) => data !== "[DONE]")
        : text.trimEnd().split("\n");
    return items.flatMap((each) => this.inValue(item, JSON.parse(each)));
  }

  #resolved(reply: DocumentedReply | { readonly $ref: string }): DocumentedReply {
    if (!("$ref" in reply)) return reply;
    const found = this.#document.components.responses[reply.$ref.split("/").at(-1) ?? ""];
    if (found === undefined) throw new Error(`${reply.$ref} leads nowhere.`);
    return found;
  }

  #check(schema: Json): ValidateFunction {
    return this.#ajv.compile(withReferences(closed(schema)));
  }
}

/** Only some refusals have it. */
const isOptional = (header: string) => header === "Retry-After";

const sentencesOf = (errors: readonly ErrorObject[]) =>
  errors.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);

/** Objects that name their fields have no others, unless they say so. */
function closed(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(closed);
  if (!isObject(schema)) return schema;
  const entries = Object.entries(schema).map(([key, value]): [string, Json] => [
    key,
    key === "properties" && isObject(value) ? closedMap(value) : isData.has(key) ? value : closed(value),
  ]);
  const isOpen = schema.properties === undefined || schema.additionalProperties !== undefined;
  return { ...Object.fromEntries(entries), ...(isOpen ? {} : { additionalProperties: false }) };
}
const closedMap = (map: Readonly<Record<string, Json>>): Json =>
  Object.fromEntries(Object.entries(map).map(([name, schema]) => [name, closed(schema)]));
const isData = new Set(["example", "examples", "default", "enum", "const"]);

/** The document's own references, as a schema outside of it has them. */
const withReferences = (schema: Json) =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/'));
