/** What a row of the table of variables is. */
import type { Parser } from "./parsers.ts";

export interface Variable<T> {
  readonly name: string;
  readonly parse: Parser<T | undefined>;
  readonly fallback: T;
  /** The default as README shows it; null: the variable is internal, and README does not list it. */
  readonly shown: string | null;
  readonly meaning: string;
}

/** @param shown the default as README shows it, where its value does not speak for itself */
export const variable = <T>(
  name: string,
  parse: Parser<T | undefined>,
  fallback: T,
  meaning: string,
  shown: string | null = String(fallback),
): Variable<T> => ({ name, parse, fallback, shown, meaning });

/** A variable that is unset by default. @param shown what README says in place of a default */
export const optional = <T>(
  name: string,
  parse: Parser<T | undefined>,
  meaning: string,
  shown: string | null = "none",
): Variable<T | null> => ({ name, parse, fallback: null, shown, meaning });

/** A list that is empty by default. */
export const list = <T>(name: string, parse: Parser<readonly T[]>, meaning: string): Variable<readonly T[]> =>
  variable(name, parse, [], meaning, "none");
