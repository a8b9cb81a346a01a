/** What a tool's schema says of its parameters, for models that write them one by one. */
import type { Tool } from "../../../chat/engine.ts";

type Schema = Readonly<Record<string, unknown>>;

/** In the order in which the schema names them. */
export function parametersOf(
  tool: Pick<Tool, "parameters"> | undefined,
): readonly (readonly [name: string, schema: Schema])[] {
  const { properties } = tool?.parameters ?? {};
  return isSchema(properties)
    ? Object.entries(properties).map(([name, schema]) => [name, isSchema(schema) ? schema : {}] as const)
    : [];
}

/** Whether the parameter has to be there. */
export function isRequired({ parameters: { required } }: Pick<Tool, "parameters">, name: string): boolean {
  return Array.isArray(required) && required.includes(name);
}

/** A parameter that is a text is written without quotation marks, as it is; every other one in JSON. */
export function isText({ type, enum: values }: Schema): boolean {
  if (type !== undefined) return type === "string" || (Array.isArray(type) && type.includes("string"));
  return Array.isArray(values) && values.every((value) => typeof value === "string");
}

/** The texts that it can be; null: any. */
export function choicesOf({ enum: values, const: only }: Schema): readonly string[] | null {
  const all: readonly unknown[] = only === undefined ? (Array.isArray(values) ? values : []) : [only];
  const texts = all.filter((value) => typeof value === "string");
  return texts.length > 0 && texts.length === all.length ? texts : null;
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);
