import { describe, expect, test } from "bun:test";
import { createMetricsRoutes } from "../../src/api/metrics.ts";
import type { StreamEnd } from "../../src/sse/stream-life.ts";
import { EngineStatistics } from "../../src/status/answer-statistics.ts";
import type { MeasuresPort } from "../../src/status/measures.ts";
import type { EngineReport, StatusReport } from "../../src/status/status-report.ts";
import { HttpStatistics } from "../../src/telemetry/http-statistics.ts";
import { parseMetrics } from "./metrics-format.ts";

const engineOf = (name: string, overrides: Partial<EngineReport> = {}): EngineReport => ({
  status: {
    engine: name,
    state: "ready",
    since: Date.now() - 125_000,
    model: "demo",
    modelHash: null,
    problem: null,
    progress: null,
    phase: null,
    slots: 4,
    busySlots: 1,
    contextSize: null,
    details: {},
  },
  restarts: 3,
  actions: [],
  models: [],
  logTail: [],
  timeToFirstTokenMs: 310,
  tokensPerSecond: 42.5,
  ...overrides,
});

const reportOf = (overrides: Partial<StatusReport> = {}): StatusReport => ({
  version: "1.2.3",
  startedAt: 1_700_000_000_500,
  engines: [engineOf("llama")],
  waiting: 2,
  unfinished: 5,
  answers: { done: 12, stopped: 3, failed: 1 },
  tokens: 98_765,
  memory: { residentBytes: 512_000_000, totalBytes: 16_000_000_000 },
  gpus: [],
  storage: "ok",
  lately: [],
  changes: [],
  ...overrides,
});

const statistics = new EngineStatistics();
const llama = {
  state: "done",
  usage: null,
  timings: null,
  writers: [{ engine: "llama", model: "demo" }],
} as const;
for (const seconds of [0.4, 3, 20]) {
  const startedAt = seconds * 1000;
  statistics.timed(llama, { askedAt: 0, startedAt, firstTokenAt: startedAt + 50, endedAt: 60_000 });
}
statistics.timed(
  { ...llama, writers: [] },
  { askedAt: 0, startedAt: null, firstTokenAt: null, endedAt: 700 },
);
statistics.record({ ...llama, usage: { promptTokens: 5, completionTokens: 12, cachedTokens: 0 } });
const measures: MeasuresPort = {
  process: () => ({
    cpuSeconds: 12.5,
    heapBytes: 90_000_000,
    openDescriptors: 42,
    mostDescriptors: 1024,
    loopLag: { median: 0.001, p99: 0.02, most: 0.3 },
  }),
  database: () => ({ fileBytes: 5_000_000, walBytes: 40_000, writes: 7, lastWriteSeconds: 0.004 }),
  queueWaits: () => statistics.waits,
  firstTokens: () => statistics.firstTokens,
  generatedTokens: () => statistics.tokensByModel,
};

const ask = (report: StatusReport, http = new HttpStatistics()) =>
  createMetricsRoutes({
    statusOf: () => ({
      report: () => report,
      act: () => Promise.reject(new Error("not asked for")),
      load: () => Promise.reject(new Error("not asked for")),
      changed: () => Promise.reject(new Error("not asked for")),
    }),
    measures,
    http,
  }).handle(new Request("http://localhost/metrics"));

const read = async (report: StatusReport) => parseMetrics(await (await ask(report)).text());

test("The metrics tell of each graphics card, also of two of one kind", async () => {
  const card = { name: 'NVIDIA "L4"', usedBytes: 8e9, totalBytes: 24e9, utilisation: 0.5 };
  const families = await read(reportOf({ gpus: [card, { ...card, utilisation: null }] }));
  const labels = (index: number) => `{gpu="${index}",name="NVIDIA \\"L4\\""}`;
  expect(families.get("assistant_gpu_memory_used_bytes")?.samples).toEqual(
    new Map([
      [labels(0), 8e9],
      [labels(1), 8e9],
    ]),
  );
  expect(families.get("assistant_gpu_memory_total_bytes")?.samples.get(labels(1))).toBe(24e9);
  expect([...(families.get("assistant_gpu_utilisation_ratio")?.samples ?? [])]).toEqual([[labels(0), 0.5]]);
  expect((await read(reportOf())).has("assistant_gpu_memory_used_bytes")).toBe(false);
});

describe("The metrics", () => {
  test("say which format they are in", async () => {
    const reply = await ask(reportOf());
    expect(reply.status).toBe(200);
    expect(reply.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  });

  test("carry the names that users of vLLM and llama-server know, in base units", async () => {
    const families = await read(reportOf());
    const engine = '{engine="llama",model_name="demo"}';
    const value = (name: string, labels = "") => families.get(name)?.samples.get(labels);
    expect(value("vllm:num_requests_running", engine)).toBe(1);
    expect(value("vllm:num_requests_waiting", '{model_name="demo"}')).toBe(2);
    expect(value("vllm:generation_tokens_total", engine)).toBe(12);
    expect(value("llamacpp:requests_processing", engine)).toBe(1);
    expect(value("llamacpp:requests_deferred")).toBe(2);
    expect(value("llamacpp:tokens_predicted_total")).toBe(98_765);
    expect(value("llamacpp:predicted_tokens_seconds", engine)).toBe(42.5);
    expect(value("process_resident_memory_bytes")).toBe(512_000_000);
    expect(value("process_start_time_seconds")).toBe(1_700_000_000.5);
    expect(value("assistant_answers_total", '{outcome="stopped"}')).toBe(3);
    expect(value("assistant_engine_restarts_total", '{engine="llama"}')).toBe(3);
    expect(value("assistant_engine_state", '{engine="llama",state="ready"}')).toBe(1);
    expect(value("assistant_engine_state", '{engine="llama",state="failed"}')).toBe(0);
  });

  test("are of the kinds that vLLM has under these names, with its limits: its dashboards found a summary of the first token", async () => {
    const families = await read(reportOf());
    const kinds = [...families].flatMap(([name, { type }]) =>
      name.startsWith("vllm:") ? [[name, type]] : [],
    );
    expect(Object.fromEntries(kinds)).toEqual({
      "vllm:num_requests_running": "gauge",
      "vllm:num_requests_waiting": "gauge",
      "vllm:generation_tokens_total": "counter",
      "vllm:time_to_first_token_seconds": "histogram",
      "vllm:request_queue_time_seconds": "histogram",
    });
    const first = families.get("vllm:time_to_first_token_seconds")?.samples;
    const labels = 'engine="llama",model_name="demo"';
    expect(first?.get(`_bucket{${labels},le="0.25"}`)).toBe(0);
    expect(first?.get(`_bucket{${labels},le="0.5"}`)).toBe(1);
    expect(first?.get(`_bucket{${labels},le="2560"}`)).toBe(3);
    expect(first?.get(`_sum{${labels}}`)).toBeCloseTo(23.55);
  });

  test("count up under names that say so, and no others do", async () => {
    for (const [name, { type }] of await read(reportOf()))
      expect(name.endsWith("_total")).toBe(type === "counter");
  });

  test("leave out what nobody has measured yet", async () => {
    const quiet = engineOf("llama", { timeToFirstTokenMs: null, tokensPerSecond: null });
    const families = await read(reportOf({ engines: [quiet] }));
    expect(families.has("llamacpp:predicted_tokens_seconds")).toBe(false);
    const some = await read(reportOf({ engines: [quiet, engineOf("vllm")] }));
    expect(some.get("llamacpp:predicted_tokens_seconds")?.samples.size).toBe(1);
  });

  test("can be read without any engine, and while the storage is broken", async () => {
    const families = await read(reportOf({ engines: [], storage: "The disk is full." }));
    expect(families.has("vllm:num_requests_running")).toBe(false);
    expect(families.get("assistant_storage_ok")?.samples.get("")).toBe(0);
  });

  test("escape what stands in labels", async () => {
    const hostile = 'a\\b"c\nd{e="f"},g ü';
    const engine = engineOf(hostile);
    const families = await read(reportOf({ engines: [engine, engineOf("other")], version: hostile }));
    const escaped = 'a\\\\b\\"c\\nd{e=\\"f\\"},g ü';
    expect(
      families.get("assistant_engine_slots")?.samples.get(`{engine="${escaped}",model_name="demo"}`),
    ).toBe(4);
    expect(families.get("assistant_build_info")?.samples.get(`{version="${escaped}"}`)).toBe(1);
  });
});

describe("Of HTTP the metrics", () => {
  test("count by the route's pattern, the method and the class of the status, with how long it took", async () => {
    const http = new HttpStatistics();
    const finished = (route: string, status: number, seconds: number, method = "GET") =>
      http.finished({ method, route, status, seconds });
    finished("/c/:id", 200, 0.004);
    finished("/c/:id", 204, 0.3);
    finished("/c/:id", 404, 0.01);
    finished("none", 404, 0.001, "BREW");
    const families = parseMetrics(await (await ask(reportOf(), http)).text());
    expect([...(families.get("assistant_http_requests_total")?.samples ?? [])]).toEqual([
      ['{method="GET",route="/c/:id",status="2xx"}', 2],
      ['{method="GET",route="/c/:id",status="4xx"}', 1],
      ['{method="other",route="none",status="4xx"}', 1],
    ]);
    const durations = families.get("assistant_http_request_duration_seconds")?.samples;
    const page = 'method="GET",route="/c/:id"';
    expect(durations?.get(`_bucket{${page},le="0.005"}`)).toBe(1);
    expect(durations?.get(`_bucket{${page},le="0.025"}`)).toBe(2);
    expect(durations?.get(`_bucket{${page},le="+Inf"}`)).toBe(3);
    expect(durations?.get(`_sum{${page}}`)).toBeCloseTo(0.314);
  });

  test("tell of streams how many are open, and how the others ended", async () => {
    const http = new HttpStatistics();
    const [one, other] = [Promise.withResolvers<StreamEnd>(), Promise.withResolvers<StreamEnd>()];
    http.follow({ kind: "events", ended: one.promise });
    http.follow({ kind: "events", ended: other.promise });
    one.resolve("stalled");
    await one.promise;
    const families = parseMetrics(await (await ask(reportOf(), http)).text());
    expect(families.get("assistant_streams_open")?.samples.get('{kind="events"}')).toBe(1);
    expect([...(families.get("assistant_streams_ended_total")?.samples ?? [])]).toEqual([
      ['{kind="events",reason="stalled"}', 1],
    ]);
  });
});

test("The metrics tell of the queue, the database and the process", async () => {
  const families = await read(reportOf());
  const value = (name: string, key = "") => families.get(name)?.samples.get(key);
  const waited = "vllm:request_queue_time_seconds";
  expect(value(waited, '_bucket{engine="llama",model_name="demo",le="10"}')).toBe(2);
  expect(value(waited, '_count{engine="llama",model_name="demo"}')).toBe(3);
  expect(value(waited, "_sum")).toBe(0.7);
  expect(value("assistant_database_bytes", '{file="wal"}')).toBe(40_000);
  expect(value("assistant_database_writes_total")).toBe(7);
  expect(value("assistant_database_last_write_seconds")).toBe(0.004);
  expect(value("process_open_fds")).toBe(42);
  expect(value("process_max_fds")).toBe(1024);
  expect(value("process_cpu_seconds_total")).toBe(12.5);
  expect(value("assistant_event_loop_lag_seconds", '{quantile="0.99"}')).toBe(0.02);
});

const histogram = (first: number, last: number, count: number) =>
  `# HELP a b\n# TYPE a histogram\na_bucket{le="1"} ${first}\na_bucket{le="+Inf"} ${last}\na_sum 1\na_count ${count}\n`;

describe("The grammar that the metrics are read by", () => {
  test.each([
    ["no end", "# HELP a b\n# TYPE a gauge\na 1"],
    ["no help", "# TYPE a gauge\na 1\n"],
    ["no type", "a 1\n"],
    ["a quote that is not escaped", '# HELP a b\n# TYPE a gauge\na{b="""} 1\n'],
    ["a sample twice", "# HELP a b\n# TYPE a gauge\na 1\na 2\n"],
    ["no number", "# HELP a b\n# TYPE a gauge\na null\n"],
    ["a bucket without a limit", "# HELP a b\n# TYPE a histogram\na_bucket 1\na_sum 1\na_count 1\n"],
    ["buckets that become fewer", histogram(2, 1, 1)],
    ["a last bucket that lacks some", histogram(1, 2, 3)],
  ])("refuses a text with %s", (_what, text) => {
    expect(() => parseMetrics(text)).toThrow();
  });
});
