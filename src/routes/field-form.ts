/** Says in words what a field of a request must be, from its schema: "temperature must be a number from 0 to 2." */
import type { TSchema } from "@sinclair/typebox";
import { InvalidRequestError } from "../errors.ts";

/** A violation as TypeBox reports it; its value is never read, because it may hold private text. */
export interface Violation {
  /** "/temperature", or "" for the whole body. */
  readonly path: string;
  readonly schema: TSchema;
}

export function refusalOf(violation: Violation | undefined): InvalidRequestError {
  if (violation === undefined) return new InvalidRequestError("The request has an unexpected form.");
  const field = violation.path.slice(1).replaceAll("/", ".");
  if (field === "") return new InvalidRequestError("The request must be a JSON object.");
  return new InvalidRequestError(`${field} must be ${formOf(violation.schema)}.`, { param: field });
}

/** @param schema of a field, or of one of the forms a field may have */
export function formOf(schema: TSchema): string {
  const options: TSchema[] | undefined = schema.anyOf;
  if (options !== undefined) {
    const forms = options.filter((option) => option.type !== "null").map(formOf);
    return forms.join(", or ");
  }
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, maxProperties } = schema;
  switch (schema.type) {
    case "integer":
    case "number": {
      const kind = schema.type === "integer" ? "a whole number" : "a number";
      return minimum === undefined ? kind : `${kind} from ${minimum} to ${maximum}`;
    }
    case "string":
      return `a text of ${minLength ?? 0} to ${maxLength} characters`;
    case "array":
      return `a list of ${minItems ?? 0} to ${maxItems} texts`;
    case "boolean":
      return "true or false";
    default:
      return maxProperties === undefined ? "an object" : `an object of at most ${maxProperties} fields`;
  }
}
