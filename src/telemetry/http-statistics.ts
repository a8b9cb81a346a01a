/** Counts and durations of HTTP requests since the start, by the route's pattern, never by address. */
import type { StreamEnd, StreamKind, StreamLife } from "../sse/stream-life.ts";
import { Histogram } from "./histogram.ts";
import type { Metric, Samples } from "./metric.ts";

/** In seconds: from a lookup to an answer of the largest model. */
const limits = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

interface FinishedRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  /** Until the head of the reply was ready. */
  readonly seconds: number;
}

export class HttpStatistics {
  readonly #requests = new Map<string, { readonly request: FinishedRequest; count: number }>();
  readonly #durations = new Map<
    string,
    { readonly method: string; readonly route: string; readonly seconds: Histogram }
  >();
  readonly #open = new Map<StreamKind, number>([
    ["events", 0],
    ["pieces", 0],
    ["file", 0],
    ["socket", 0],
  ]);
  readonly #ended = new Map<string, { readonly kind: StreamKind; readonly end: StreamEnd; count: number }>();

  finished(request: FinishedRequest): void {
    const method = knownMethods.has(request.method) ? request.method : "other";
    const { route, status, seconds } = request;
    const key = `${method} ${route}`;
    const counted = this.#requests.get(`${key} ${classOf(status)}`) ?? {
      request: { ...request, method },
      count: 0,
    };
    counted.count += 1;
    this.#requests.set(`${key} ${classOf(status)}`, counted);
    const durations = this.#durations.get(key) ?? { method, route, seconds: new Histogram(limits) };
    durations.seconds.add(seconds);
    this.#durations.set(key, durations);
  }

  follow({ kind, ended }: StreamLife): void {
    this.#open.set(kind, (this.#open.get(kind) ?? 0) + 1);
    void ended.then((end) => {
      this.#open.set(kind, (this.#open.get(kind) ?? 1) - 1);
      const counted = this.#ended.get(`${kind} ${end}`) ?? { kind, end, count: 0 };
      counted.count += 1;
      this.#ended.set(`${kind} ${end}`, counted);
    });
  }

  metrics(): readonly Metric[] {
    const requests: Samples = [...this.#requests.values()].map(({ request, count }) => [
      { method: request.method, route: request.route, status: classOf(request.status) },
      count,
    ]);
    return [
      {
        name: "assistant_http_requests_total",
        type: "counter",
        help: "Requests since the start, by the route's pattern and the class of the reply's status.",
        samples: requests,
      },
      {
        name: "assistant_http_request_duration_seconds",
        type: "histogram",
        help: "Time until the head of the reply; for a stream, until it began.",
        samples: [],
        counts: [...this.#durations.values()].map(({ method, route, seconds }) => [
          { method, route },
          seconds.counts(),
        ]),
      },
      {
        name: "assistant_streams_open",
        type: "gauge",
        help: "Replies in progress that are sent in pieces (events, pages or lines, files), and open WebSockets.",
        samples: [...this.#open].map(([kind, count]) => [{ kind }, count]),
      },
      {
        name: "assistant_streams_ended_total",
        type: "counter",
        help: "How they ended: done, left by the client, stalled (the client read nothing, and was dropped), or broken.",
        samples: [...this.#ended.values()].map(({ kind, end, count }) => [{ kind, reason: end }, count]),
      },
    ];
  }
}

/** Clients may invent methods. */
const knownMethods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const classOf = (status: number) => `${Math.floor(status / 100)}xx`;
