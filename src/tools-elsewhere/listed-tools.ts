/**
 * Tools as their server lists them, brought within bounds: nothing of what a server says of itself is trusted, and none of it is
 * longer than a prompt bears. It knows nothing of connections.
 */
import { createHash } from "node:crypto";
import type { Tool } from "@modelcontextprotocol/client";
import type { ServerTool, ToolDefinition } from "../store/tool-tables.ts";

/** Those behind them are left out. */
export const mostTools = 200;
const longestName = 64;
const longestDescription = 1_000;
const longestSchema = 20_000;
const deepestSchema = 12;

export interface ListedTool extends Pick<ServerTool, "definition" | "hash" | "problem"> {
  readonly name: string;
}

/** Once each by its name, in the order of the list. */
export function listedTools(tools: readonly Tool[]): readonly ListedTool[] {
  const byName = new Map<string, ListedTool>();
  for (const tool of tools.slice(0, mostTools)) {
    const listed = listedTool(tool);
    if (!byName.has(listed.name)) byName.set(listed.name, listed);
  }
  return [...byName.values()];
}

function listedTool({ name: given, title, description, inputSchema, annotations }: Tool): ListedTool {
  const name = oneLine(given).slice(0, longestName);
  const isGoodName = /^[\w.\-/]{1,64}$/.test(given);
  const schema: Readonly<Record<string, unknown>> = isRecord(inputSchema) ? inputSchema : {};
  const isGoodSchema = isSchema(schema);
  const definition: ToolDefinition = {
    name,
    title: oneLine(textIn(title) || textIn(annotations?.title)).slice(0, 100) || null,
    description: plainText(textIn(description)).slice(0, longestDescription),
    schema: isGoodSchema ? schema : {},
    saysReadOnly: annotations?.readOnlyHint === true && annotations.destructiveHint !== true,
  };
  const problem = isGoodName ? (isGoodSchema ? null : "schema") : "name";
  // Of all that was sent, also of what was cut.
  const whole = JSON.stringify([given, title, description, inputSchema, annotations]);
  return { name, definition, problem, hash: createHash("sha256").update(whole).digest("hex") };
}

/** A list may have anything in it. */
const textIn = (value: unknown): string => (typeof value === "string" ? value : "");

/** Arguments are an object; what is too large or too deep for a prompt is refused. */
function isSchema(schema: Readonly<Record<string, unknown>>): boolean {
  if (schema.type !== "object") return false;
  const { properties } = schema;
  if (properties !== undefined && !isRecord(properties)) return false;
  return JSON.stringify(schema).length <= longestSchema && depthOf(schema) <= deepestSchema;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const depthOf = (value: unknown): number =>
  typeof value === "object" && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map((each) => depthOf(each)))
    : 0;

/** Marks that are not seen can hide words from people. */
export const plainText = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Co}]/gu, seenOrNothing);
const seenOrNothing = (sign: string): string => (sign === "\n" || sign === "\t" ? sign : "");
const oneLine = (text: string): string => plainText(text).replaceAll(/\s+/g, " ").trim();
