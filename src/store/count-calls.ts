/** Wraps queries so that calls of some of them are counted; everything else is as it was. */

/** @param onCall told after each call of a query with one of these names that has done something */
export function countCalls<Queries extends object>(
  queries: Queries,
  names: readonly (keyof Queries)[],
  onCall: () => void,
): Queries {
  const counted = { ...queries };
  for (const name of names) {
    const query = queries[name];
    if (typeof query !== "function") continue;
    const call = (...values: unknown[]): unknown => {
      const result: unknown = Reflect.apply(query, queries, values);
      // A purge tells how many it has removed.
      if (result !== 0) onCall();
      return result;
    };
    Reflect.set(counted, name, call);
  }
  return counted;
}
