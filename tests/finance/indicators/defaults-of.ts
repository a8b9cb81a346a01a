/** An indicator's own parameters, where nobody states others. */
import { Value } from "@sinclair/typebox/value";
import type { Indicator } from "../../../src/finance/indicators/indicator.ts";

/** @param stated in their place @throws Error when the schema refuses them */
export function defaultsOf(
  { name, parameters }: Pick<Indicator, "name" | "parameters">,
  stated: Readonly<Record<string, unknown>> = {},
): never {
  const filled: unknown = Value.Default(parameters, { ...stated });
  if (!Value.Check(parameters, filled)) throw new Error(`The defaults of ${name} do not fit its schema.`);
  // Whoever takes an indicator from the list knows no more of its parameters than the schema.
  return filled as never;
}
