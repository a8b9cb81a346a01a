/** Looks at everything that the queries throw. It knows none of them. */
import { SearchRebuiltError } from "./search-index.ts";

/**
 * @param mapError gets what a query threw, and returns what is thrown instead
 * @returns the same queries; one that failed by an index that is rebuilt by now is made again, once
 */
export function mapErrors<Queries extends object>(
  queries: Queries,
  mapError: (error: unknown) => unknown,
): Queries {
  const wrapped = new Map<PropertyKey, unknown>();
  return new Proxy(queries, {
    get(target, name, receiver) {
      const query: unknown = Reflect.get(target, name, receiver);
      if (typeof query !== "function") return query;
      const known = wrapped.get(name);
      if (known !== undefined) return known;
      const watching = (...values: unknown[]) => {
        try {
          return Reflect.apply(query, target, values);
        } catch (error) {
          const mapped = mapError(error);
          // A transaction may have had effects elsewhere: its caller decides.
          if (!(mapped instanceof SearchRebuiltError) || name === "transaction") throw mapped;
        }
        try {
          return Reflect.apply(query, target, values);
        } catch (error) {
          throw mapError(error);
        }
      };
      wrapped.set(name, watching);
      return watching;
    },
  });
}
