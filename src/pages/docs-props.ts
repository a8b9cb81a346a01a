/** The document as the page shows it: by tag, each operation with its fields in words, its replies and a curl to copy. */
import type { DocsExample, DocsOperation, DocsProps, DocsReply } from "../../views/docs-props.ts";
import type {
  DocumentedContent,
  DocumentedReply,
  OpenApiDocument,
  Operation,
  Parameter,
} from "../http/openapi/openapi-document.ts";
import { isObject, type Json } from "../http/openapi/schemas-by-name.ts";
import { fieldsOf, formOf, type Resolve, resolveIn } from "./schema-fields.ts";

interface DocsFacts {
  /** Of the address by which the reader came, for examples that can be copied. */
  readonly origin: string;
  readonly hasLogins: boolean;
}

export function docsProps(document: OpenApiDocument, facts: DocsFacts): DocsProps {
  const { info, tags, paths } = document;
  const all = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ method, path, operation })),
  );
  return {
    version: String(info.version),
    description: String(info.description).split("\n\n"),
    groups: tags.map(({ name, description }) => ({
      name,
      title: name === "openai" ? "OpenAI-compatible" : name.charAt(0).toUpperCase() + name.slice(1),
      description,
      operations: all
        .filter(({ operation }) => operation.tags.includes(name))
        .map(({ method, path, operation }) => operationProps(document, facts, method, path, operation)),
    })),
  };
}

function operationProps(
  { components }: OpenApiDocument,
  facts: DocsFacts,
  method: string,
  path: string,
  operation: Operation,
): DocsOperation {
  const resolve = resolveIn(components.schemas);
  const body = Object.values(operation.requestBody?.content ?? {})[0];
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    summary: operation.summary,
    description: operation.description,
    parameters: operation.parameters.map(({ name, in: place, required, description, schema }) => ({
      name,
      place,
      required,
      form: formOf(schema, resolve),
      description: description ?? null,
    })),
    fields: body === undefined ? [] : fieldsOf(body.schema ?? {}, resolve),
    curl: curlOf(facts, method, path, operation, body),
    replies: Object.entries(operation.responses).map(([status, reply]) =>
      replyProps(status, "$ref" in reply ? components.responses[nameIn(reply.$ref)] : reply, resolve),
    ),
  };
}

function replyProps(status: string, reply: DocumentedReply | undefined, resolve: Resolve): DocsReply {
  const content = Object.entries(reply?.content ?? {});
  const [first] = content;
  const isError = Number(status) >= 400;
  return {
    status,
    description: reply?.description ?? "",
    headers: Object.keys(reply?.headers ?? {}),
    types: content.map(([type]) => type),
    // Errors all have the same form, of which the page tells once.
    fields: isError || first === undefined ? [] : fieldsOf(first[1].schema ?? {}, resolve),
    example: isError || first === undefined ? null : exampleOf(...first),
  };
}

function exampleOf(type: string, { example }: DocumentedContent): DocsExample | null {
  if (example === undefined) return null;
  return { type, text: typeof example === "string" ? example.trim() : JSON.stringify(example, null, 2) };
}

/** What can be pasted into a shell. */
function curlOf(
  { origin, hasLogins }: DocsFacts,
  method: string,
  path: string,
  { parameters, responses, requestBody }: Operation,
  body: DocumentedContent | undefined,
): string {
  const address = parameters.reduce(
    (rest, { name, schema }) => rest.replace(`{${name}}`, encodeURIComponent(exampleIn(schema, name))),
    path,
  );
  const success = responses["200"];
  const types = success !== undefined && !("$ref" in success) ? Object.keys(success.content ?? {}) : [];
  const isStream = types.length === 1 && /event-stream|ndjson/.test(types[0] ?? "");
  const flags = [
    ...(isStream ? ["--no-buffer"] : []),
    ...(method === "get" || (method === "post" && body !== undefined) ? [] : [`-X ${method.toUpperCase()}`]),
  ];
  const lines = [
    ["curl", ...flags, quoted(origin + address + queryOf(parameters))].join(" "),
    ...(hasLogins ? [`-H ${quoted("Authorization: Bearer YOUR_KEY")}`] : []),
    ...(body?.example === undefined
      ? []
      : [
          `-H ${quoted(`Content-Type: ${Object.keys(requestBody?.content ?? {})[0]}`)}`,
          `-d ${quoted(JSON.stringify(body.example))}`,
        ]),
  ];
  return lines.join(" \\\n  ");
}

/** Only what cannot be left out. */
function queryOf(parameters: readonly Parameter[]): string {
  const needed = parameters.filter(({ in: place, required }) => place === "query" && required);
  const query = new URLSearchParams(needed.map(({ name, schema }) => [name, exampleIn(schema, name)]));
  return needed.length === 0 ? "" : `?${query}`;
}

function exampleIn(schema: Json, name: string): string {
  if (!isObject(schema)) return name;
  const { examples, enum: choices } = schema;
  const [example] = Array.isArray(examples) ? examples : Array.isArray(choices) ? choices : [];
  return typeof example === "string" ? example : name.toUpperCase();
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const nameIn = (reference: string) => reference.split("/").at(-1) ?? "";
