/** The arguments of a call, as a model writes them: JSON of an object, or nothing where there are none. */

/** The tool result when the arguments cannot be parsed. */
export const noArguments = "The arguments are no JSON object.";

/** @returns null: they are no JSON object */
export function argumentsIn(json: string): Readonly<Record<string, unknown>> | null {
  try {
    const given: unknown = JSON.parse(json.trim() === "" ? "{}" : json);
    return typeof given === "object" && given !== null && !Array.isArray(given) ? { ...given } : null;
  } catch {
    return null;
  }
}
