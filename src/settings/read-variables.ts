/** Reads variables of the environment by their definitions. It does not know which there are. */
import type { Variable } from "./variable.ts";

/**
 * @param configured the value of config.json, which wins over the default
 * @throws SettingsError naming the variable and the form of its value
 */
export type ReadVariables = <T>(variable: Variable<T>, configured?: T) => T;

/** Blanks around a value do not count, and an empty one is unset. */
export const readVariables =
  (environment: Readonly<Record<string, string | undefined>>): ReadVariables =>
  ({ name, parse, fallback }, configured = fallback) => {
    const text = environment[name]?.trim();
    return text === undefined || text === "" ? configured : (parse(text, name) ?? configured);
  };
