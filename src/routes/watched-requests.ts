/**
 * Sees every request from outside, also those that are refused before any route: which route it was for, how long the head
 * of its reply took, and what becomes of a reply that is a stream.
 */
import type { AnyElysia } from "elysia";
import { lifeOf } from "../sse/stream-life.ts";
import type { HttpStatistics } from "../telemetry/http-statistics.ts";
import { type RoutePatterns, routePatterns } from "./route-patterns.ts";

/** For Elysia's `wrap`. @param app of whose routes, once all are there */
export function watchedRequests(app: () => AnyElysia, statistics: HttpStatistics) {
  let patterns: RoutePatterns | null = null;
  const routeOf = (request: Request): string => {
    patterns ??= routePatterns(app().routes.map(({ path }) => path));
    return patterns.patternOf(new URL(request.url).pathname);
  };
  return (handle: (request: Request) => unknown, request: Request) => async () => {
    const begunAt = performance.now();
    const reply = await handle(request);
    // A request that became a WebSocket has no reply.
    if (!(reply instanceof Response)) return reply;
    const seconds = (performance.now() - begunAt) / 1000;
    statistics.finished({
      method: request.method,
      route: routeOf(request),
      status: reply.status,
      seconds,
    });
    const life = lifeOf(reply);
    if (life !== undefined) statistics.follow(life);
    return reply;
  };
}
