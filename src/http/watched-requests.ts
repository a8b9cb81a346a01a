/**
 * Observes every request from outside, also those that are refused before any route: its route, the time until the head of its
 * reply, and how a stream ends. It reports no addresses: they have ids.
 */
import { lifeOf } from "../sse/stream-life.ts";
import type { HttpStatistics } from "../telemetry/http-statistics.ts";
import type { RequestSpan, TracedRequest, Tracer } from "../telemetry/tracer.ts";
import type { RoutePatterns } from "./route-patterns.ts";

interface WatchDeps {
  readonly patterns: () => RoutePatterns;
  readonly statistics: HttpStatistics;
  /** null: nothing is traced. */
  readonly tracer: Tracer | null;
  /** Closes the connection of a request soon, whatever of its reply is unread. */
  readonly close: (request: Request) => void;
}

/** For Elysia's `wrap`. */
export function watchedRequests({ patterns, statistics, tracer, close }: WatchDeps) {
  const routeOf = (request: Request) => patterns().patternOf(new URL(request.url).pathname);
  return (handle: (request: Request) => unknown, request: Request) => {
    const counted = async () => {
      const begunAt = performance.now();
      const reply = await handle(request);
      // A request that became a WebSocket has no reply.
      if (!(reply instanceof Response)) return reply;
      const seconds = (performance.now() - begunAt) / 1000;
      const { status } = reply;
      statistics.finished({ method: request.method, route: routeOf(request), status, seconds });
      const life = lifeOf(reply);
      if (life === undefined) return reply;
      statistics.follow(life);
      void life.ended.then((end) => {
        // Bun keeps the connection of a reader that reads nothing, and with it megabytes of the system's memory.
        if (end === "stalled" || end === "broken") close(request);
      });
      return reply;
    };
    if (tracer === null || new URL(request.url).pathname.startsWith("/assets/")) return counted;
    return () =>
      tracer.request(request.headers.get("traceparent"), async (span) => {
        const reply = await counted();
        if (reply instanceof Response) tellTracer(tracer, span, request, routeOf(request), reply);
        return reply;
      });
  };
}

/** When the reply has been sent; for a stream, its end. */
function tellTracer(
  tracer: Tracer,
  span: RequestSpan,
  request: Request,
  route: string,
  reply: Response,
): void {
  const { protocol, hostname, port } = new URL(request.url);
  const traced: TracedRequest = {
    method: request.method,
    route,
    status: reply.status,
    scheme: protocol.slice(0, -1),
    host: hostname,
    port: port === "" ? null : Number(port),
  };
  const life = lifeOf(reply);
  if (life === undefined) tracer.requestEnded(span, traced);
  else void life.ended.then(() => tracer.requestEnded(span, traced));
}
