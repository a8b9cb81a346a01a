/** Models' names as Ollama's programs write them. */
import { BadFieldError } from "../http/openai-error.ts";
import type { NamedModel } from "./shapes.ts";

/** Without a tag that says nothing. */
export const plainName = (name: string): string => (name === "" ? "auto" : name.replace(/:latest$/, ""));

/** @throws BadFieldError */
export function namedModel({ model, name }: NamedModel): string {
  const found = model || name;
  if (!found) throw new BadFieldError("model", "is missing.");
  return plainName(found);
}
