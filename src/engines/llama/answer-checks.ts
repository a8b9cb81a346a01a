/**
 * What a strict schema says beyond what a grammar holds is looked at when the answer is written: it is never given as valid
 * when it is not. It knows nothing of models.
 */
import type { AnswerFormat, Tool } from "../../chat/engine.ts";
import { UnsupportedRequestError } from "../../errors.ts";
import { heldSchema } from "./grammar-schema.ts";
import { type SchemaCheck, schemaCheck } from "./schema-check.ts";

export interface AnswerChecks {
  /** Of the whole answer; null: the grammar holds all that was asked. */
  readonly answer: SchemaCheck | null;
  /** Of a call's arguments, by the tool's name. */
  readonly calls: ReadonlyMap<string, SchemaCheck>;
}

/** @throws UnsupportedRequestError for a strict schema that neither a grammar nor a check can enforce */
export function checksOf(format: AnswerFormat | undefined, tools: readonly Tool[]): AnswerChecks {
  const strict = tools.filter((tool) => tool.strict === true);
  return {
    answer:
      format?.type === "json-schema" && format.strict === true
        ? checkBeyond(format.schema, "response_format", "the answer")
        : null,
    calls: new Map(
      strict.flatMap(({ name, parameters }) => {
        const check = checkBeyond(parameters, "tools", `the tool ${name}`);
        return check === null ? [] : [[name, check] as const];
      }),
    ),
  };
}

function checkBeyond(schema: Tool["parameters"], param: string, whose: string): SchemaCheck | null {
  if (heldSchema(schema, true).isWhole) return null;
  const check = schemaCheck(schema);
  if (check !== null) return check;
  throw new UnsupportedRequestError(
    `This engine can neither hold nor check the schema of ${whose}. Mend it, or set strict to false.`,
    { param },
  );
}
