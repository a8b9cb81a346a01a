/**
 * Finds which route's pattern an address belongs to, for what is counted and traced: the address itself holds ids. It looks
 * from outside, so that refusals at the door have their route, too.
 */

/** What asks for no route of ours. */
export const noRoute = "none";

export interface RoutePatterns {
  /** "/c/:id"; `noRoute` for an address that is none of ours. */
  patternOf(path: string): string;
}

/** @param patterns as Elysia has them: ":name" is a part, "*" the rest */
export function routePatterns(patterns: Iterable<string>): RoutePatterns {
  const all = [...new Set(patterns)];
  const exact = new Set(all.filter((pattern) => !isVaried(pattern)));
  const varied = all
    .filter(isVaried)
    // Of two that match, the one with the longer beginning is meant, as in the router.
    .toSorted((one, other) => beginning(other).length - beginning(one).length || other.length - one.length)
    .map((pattern) => ({ pattern, matches: expressionOf(pattern) }));
  const found = (path: string) =>
    exact.has(path) ? path : varied.find(({ matches }) => matches.test(path))?.pattern;
  return {
    patternOf: (path) => found(path) ?? found(path.replace(/(?<=.)\/$/, "")) ?? noRoute,
  };
}

const isVaried = (pattern: string) => /[:*]/.test(pattern);
const beginning = (pattern: string) => pattern.split(/[:*]/)[0] ?? "";

function expressionOf(pattern: string): RegExp {
  const parts = pattern.split("/").map((part) => {
    if (part === "*") return ".+";
    return part.startsWith(":") ? "[^/]+" : part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("/")}$`);
}
