/**
 * Finds which route's pattern an address belongs to, for what is counted and traced: the address itself holds ids; and which
 * methods it knows. It looks from outside, so that refusals by the authentication have their route, too.
 */
import type { AnyElysia } from "elysia";

/** What asks for no route of ours. */
export const noRoute = "none";

export interface RoutePatterns {
  /** "/c/:id"; `noRoute` for an address that is none of ours. */
  patternOf(path: string): string;
  /** What may be asked of it; none of an address that is none of ours. */
  methodsAt(path: string): readonly string[];
}

export interface KnownRoute {
  readonly method: string;
  /** As Elysia has it: ":name" is a part, "*" the rest. */
  readonly path: string;
}

/** @param app with all of its routes, once it is asked */
export function patternsOf(app: () => AnyElysia): () => RoutePatterns {
  let patterns: RoutePatterns | null = null;
  return () => {
    patterns ??= routePatterns(app().routes);
    return patterns;
  };
}

export function routePatterns(routes: readonly KnownRoute[]): RoutePatterns {
  const all = [...new Set(routes.map(({ path }) => path))];
  const methods = Map.groupBy(routes, ({ path }) => path);
  const exact = new Set(all.filter((pattern) => !isVaried(pattern)));
  const varied = all
    .filter(isVaried)
    // Of two that match, the one with the longer beginning is meant, as in the router.
    .toSorted((one, other) => beginning(other).length - beginning(one).length || other.length - one.length)
    .map((pattern) => ({ pattern, matches: expressionOf(pattern) }));
  const found = (path: string) => [
    ...(exact.has(path) ? [path] : []),
    ...varied.flatMap(({ pattern, matches }) => (matches.test(path) ? [pattern] : [])),
  ];
  /** With a slash at its end it is the same address. */
  const matching = (path: string) => {
    const as = found(path);
    return as.length > 0 ? as : found(path.replace(/(?<=.)\/$/, ""));
  };
  return {
    patternOf: (path) => matching(path)[0] ?? noRoute,
    methodsAt: (path) => {
      const known = (methods.get(matching(path)[0] ?? noRoute) ?? []).map(({ method }) => method);
      // A WebSocket begins as a GET; a GET may be asked for its head alone.
      const told = known.flatMap((method) =>
        method === "WS" ? [] : method === "GET" ? ["GET", "HEAD"] : [method],
      );
      return [...new Set(told)].toSorted();
    },
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
