/**
 * Checks a whole text against a JSON schema: what a grammar cannot hold is looked at when it is written. It knows nothing of
 * grammars.
 */
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** @returns what is wrong with the text, null when it is of the schema */
export type SchemaCheck = (text: string) => string | null;

/** @returns null when the schema itself is none */
export function schemaCheck(schema: Readonly<Record<string, unknown>>): SchemaCheck | null {
  const ajv = new Ajv2020({ strict: false, allErrors: false, multipleOfPrecision: 9, logger: false });
  addFormats.default(ajv);
  const { $schema: _, $id: __, ...bare } = schema;
  try {
    const validate = ajv.compile(bare);
    return (text) => {
      let value: unknown;
      try {
        value = JSON.parse(text);
      } catch {
        return "it is no whole JSON";
      }
      return validate(value) ? null : ajv.errorsText(validate.errors, { dataVar: "answer" });
    };
  } catch {
    // A schema that the checker cannot read is not checked: the caller says so.
    return null;
  }
}
