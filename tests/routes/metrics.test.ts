import { describe, expect, test } from "bun:test";
import { createMetricsRoutes } from "../../src/routes/metrics.ts";
import type { EngineReport, StatusReport } from "../../src/routes/status-port.ts";

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
  ...overrides,
});

const ask = (report: StatusReport) =>
  createMetricsRoutes(() => ({
    report: () => report,
    act: () => Promise.reject(new Error("not asked for")),
    load: () => Promise.reject(new Error("not asked for")),
    changed: () => Promise.reject(new Error("not asked for")),
  })).handle(new Request("http://localhost/metrics"));

interface Family {
  readonly type: string;
  readonly samples: Map<string, number>;
}

/**
 * Reads all of it by the format's grammar, and throws at the first line that breaks it: HELP and TYPE once before the
 * samples of their metric, samples of a metric together and none twice, every line ended.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
function parse(text: string): Map<string, Family> {
  if (!text.endsWith("\n")) throw new Error("The last line has no end.");
  const families = new Map<string, Family>();
  let helped = "";
  let current = "";
  for (const line of text.slice(0, -1).split("\n")) {
    const comment = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/.exec(line);
    if (comment !== null) {
      const [, kind, name = "", rest = ""] = comment;
      if (kind === "HELP") {
        if (!/^(?:[^\\]|\\\\|\\n)*$/.test(rest)) throw new Error(`An escape that is none: ${line}`);
        helped = name;
        continue;
      }
      if (helped !== name) throw new Error(`A type without help: ${line}`);
      if (families.has(name)) throw new Error(`A second time: ${line}`);
      if (!/^(counter|gauge|histogram|summary|untyped)$/.test(rest)) throw new Error(`No type: ${line}`);
      families.set(name, { type: rest, samples: new Map() });
      current = name;
      continue;
    }
    const label = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\\\|\\"|\\n)*"`;
    const sample = new RegExp(
      String.raw`^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{${label}(?:,${label})*\})? (NaN|[+-]Inf|[+-]?[0-9.]+(?:e[+-]?[0-9]+)?)$`,
    ).exec(line);
    if (sample === null) throw new Error(`Neither a comment nor a sample: ${line}`);
    const [, name = "", labels = "", value] = sample;
    const family = families.get(name);
    if (family === undefined || name !== current) throw new Error(`A sample apart from its metric: ${line}`);
    if (family.samples.has(labels)) throw new Error(`The same sample twice: ${line}`);
    if (family.type === "summary" && !/\bquantile="/.test(labels)) throw new Error(`No quantile: ${line}`);
    family.samples.set(labels, Number(value));
  }
  return families;
}

const read = async (report: StatusReport) => parse(await (await ask(report)).text());

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
    expect(value("vllm:num_requests_waiting")).toBe(2);
    expect(value("vllm:generation_tokens_total")).toBe(98_765);
    expect(
      value("vllm:time_to_first_token_seconds", '{engine="llama",model_name="demo",quantile="0.5"}'),
    ).toBe(0.31);
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

  test("count up under names that say so, and no others do", async () => {
    for (const [name, { type }] of await read(reportOf()))
      expect(name.endsWith("_total")).toBe(type === "counter");
  });

  test("leave out what nobody has measured yet", async () => {
    const quiet = engineOf("llama", { timeToFirstTokenMs: null, tokensPerSecond: null });
    const families = await read(reportOf({ engines: [quiet] }));
    expect(families.has("vllm:time_to_first_token_seconds")).toBe(false);
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

describe("The grammar that the metrics are read by", () => {
  test.each([
    ["no end", "# HELP a b\n# TYPE a gauge\na 1"],
    ["no help", "# TYPE a gauge\na 1\n"],
    ["no type", "a 1\n"],
    ["a quote that is not escaped", '# HELP a b\n# TYPE a gauge\na{b="""} 1\n'],
    ["a sample twice", "# HELP a b\n# TYPE a gauge\na 1\na 2\n"],
    ["no number", "# HELP a b\n# TYPE a gauge\na null\n"],
  ])("refuses a text with %s", (_what, text) => {
    expect(() => parse(text)).toThrow();
  });
});
