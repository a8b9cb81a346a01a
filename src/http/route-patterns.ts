/**
 * Finds the route pattern of an address, for metrics and traces (the address itself has ids), and its methods. It looks from
 * outside, so that refusals of authentication have their route, too.
 */
import type { AnyElysia } from "elysia";

/** For a request to none of our routes. */
const noRoute = "none";

export interface RoutePatterns {
  /** "/c/:id"; `noRoute` for an unknown address. */
  patternOf(path: string): string;
  /** The methods of an address; empty for an unknown one. */
  methodsAt(path: string): readonly string[];
}

interface KnownRoute {
  readonly method: string;
  /** In Elysia's form: ":name" is a part, "*" the rest. */
  readonly path: string;
}

/** @param app with all of its routes, when it is called */
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
    // Of two that match, the one with the longer beginning wins, as in the router.
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
      // A WebSocket begins as a GET; HEAD works where GET does.
      const allowed = known.flatMap((method) =>
        method === "WS" ? [] : method === "GET" ? ["GET", "HEAD"] : [method],
      );
      return [...new Set(allowed)].toSorted();
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
