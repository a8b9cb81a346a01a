/** Traces of real requests and answers at a little collector, and what happens when that is in trouble. */
import { afterEach, describe, expect, test } from "bun:test";
import { EngineFailedError } from "../../src/errors.ts";
import { createLog } from "../../src/log.ts";
import { OtlpExporter, type OtlpOptions } from "../../src/telemetry/otlp-exporter.ts";
import { contextFrom, type Span } from "../../src/telemetry/span.ts";
import { Tracer } from "../../src/telemetry/tracer.ts";
import { pythonWith } from "../api/clients/python-with.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { type FakeCollector, openCollector, type ReceivedSpan } from "./fake-collector.ts";

const silent = createLog("error", () => {});
const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});

function openTraced(collector: FakeCollector, options: Partial<OtlpOptions> = {}) {
  const exporter = new OtlpExporter({
    endpoint: `${collector.url}/v1/traces`,
    headers: { "x-tenant": "me" },
    serviceName: "assistant",
    version: "1",
    log: silent,
    gatherMs: 5,
    ...options,
  });
  const app = openAnsweringApp({
    tracer: new Tracer(exporter),
    engines: [
      new ScriptedEngine({
        script: ({ messages }) => ({
          answer: "Gold is a metal.",
          ...(messages.at(-1)?.content.includes("fail")
            ? { failAt: { token: 2, error: new EngineFailedError("It broke.") } }
            : {}),
        }),
      }),
    ],
  });
  opened.push(collector, exporter, app);
  return { exporter, app };
}

const chat = (app: AnsweringApp, body: object, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/chat`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  }).then((response) => response.text());

const named = (spans: readonly ReceivedSpan[], name: string) => {
  const found = spans.find((span) => span.name.startsWith(name));
  if (found === undefined) throw new Error(`There is no ${name} among ${spans.map((span) => span.name)}.`);
  return found;
};

describe("A question", () => {
  test("is one trace: the request, the answer with what OpenTelemetry wants to know of it, and its three parts", async () => {
    const collector = openCollector();
    const { app } = openTraced(collector);
    await chat(app, { message: "What is gold?", temperature: 0.5, max_tokens: 99, seed: 7 });
    await collector.has(5);
    const { spans } = collector;
    const request = named(spans, "POST /chat");
    const answer = named(spans, "chat ");
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
    expect(request).toMatchObject({
      kind: 2,
      failed: false,
      attributes: {
        "http.request.method": "POST",
        "http.route": "/chat",
        "http.response.status_code": 200,
        "server.address": "127.0.0.1",
      },
    });
    expect(request.parentSpanId).toBe(undefined);
    expect(answer.parentSpanId).toBe(request.spanId);
    expect(answer).toMatchObject({
      kind: 1,
      attributes: {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "scripted",
        "gen_ai.request.model": "auto",
        "gen_ai.response.model": "scripted-model",
        "gen_ai.request.temperature": 0.5,
        "gen_ai.request.max_tokens": 99,
        "gen_ai.request.seed": 7,
        "gen_ai.response.finish_reasons": { values: [{ stringValue: "stop" }] },
        "gen_ai.usage.output_tokens": 4,
        "assistant.answer.state": "done",
      },
    });
    const parts = ["wait for a slot", "read the prompt", "write the answer"].map((name) =>
      named(spans, name),
    );
    let before = answer.start;
    for (const part of parts) {
      expect(part.parentSpanId).toBe(answer.spanId);
      expect(part.start >= before && part.end >= part.start && part.end <= answer.end).toBe(true);
      before = part.end;
    }
    expect(request.end >= answer.end).toBe(true);
    expect(collector.requests[0]?.headers.get("x-tenant")).toBe("me");
  });

  test("goes on with the trace of the program that asks", async () => {
    const collector = openCollector();
    const { app } = openTraced(collector);
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    await chat(app, { message: "What is gold?" }, { traceparent: `00-${traceId}-b7ad6b7169203331-01` });
    await collector.has(5);
    expect(named(collector.spans, "POST /chat")).toMatchObject({ traceId, parentSpanId: "b7ad6b7169203331" });
    for (const broken of ["", "00-0-0-01", `00-${"0".repeat(32)}-${"0".repeat(16)}-01`])
      expect(contextFrom(broken).parentId).toBe(null);
  });

  test("that is streamed is a request until its stream ends, and one that fails says how", async () => {
    const collector = openCollector();
    const { app } = openTraced(collector);
    await fetch(`${app.url}/chat/stream`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ message: "fail, please" }),
    }).then((response) => response.text());
    await collector.has(5);
    const answer = named(collector.spans, "chat ");
    expect(answer).toMatchObject({ failed: true, attributes: { "error.type": "engine_failed" } });
    expect(named(collector.spans, "POST /chat/stream").end >= answer.end).toBe(true);
  });

  test("and its answer, names and addresses are never told", async () => {
    const collector = openCollector();
    const { app } = openTraced(collector);
    const secret = "zanzibar";
    await chat(app, { message: `What about ${secret}?`, stop: [`${secret}!`] });
    await fetch(`${app.url}/api/conversations?q=${secret}`).then((response) => response.text());
    await fetch(`${app.url}/${secret}`).then((response) => response.text());
    await collector.has(7);
    const told = collector.bodies.join("");
    expect(told).not.toContain(secret);
    expect(told).not.toContain("metal");
  });
});

const span = (name: string): Span => ({
  ...contextFrom(null),
  name,
  kind: "internal",
  startedAt: 1_772_357_400_000.25,
  endedAt: 1_772_357_400_001.5,
  attributes: { whole: 3, part: 0.5, yes: true, text: "x", list: ["a"], none: undefined },
  hasFailed: false,
});

describe("A collector in trouble", () => {
  test.each([
    ["that answers 503", 503],
    ["that never answers", null],
  ] as const)(
    "%s holds up no answer, and gets what it did not take when it is better, up to a limit",
    async (_what, trouble) => {
      const collector = openCollector();
      const { app, exporter } = openTraced(collector, { most: 4, endMs: 100 });
      collector.trouble = trouble;
      const answers = await Promise.all(
        Array.from({ length: 5 }, (_, index) => chat(app, { message: `Question ${index}?` })),
      );
      for (const answer of answers) expect(JSON.parse(answer).response).toBe("Gold is a metal.");
      if (trouble === null) return;
      collector.trouble = undefined;
      await collector.has(4);
      expect(exporter.dropped).toBeGreaterThan(0);
    },
  );

  test("that refuses what it is sent is not sent the same again", async () => {
    const collector = openCollector();
    const { exporter } = openTraced(collector);
    collector.trouble = 400;
    exporter.add(span("refused"));
    while (exporter.dropped === 0) await new Promise((resolve) => setImmediate(resolve));
    collector.trouble = undefined;
    exporter.add(span("taken"));
    await collector.has(1);
    expect(collector.spans.map(({ name }) => name)).toEqual(["taken"]);
  });

  test("that is not there is told of once in the log, and the end does not wait for it", async () => {
    const lines: { event?: string }[] = [];
    const exporter = new OtlpExporter({
      endpoint: "http://127.0.0.1:9",
      headers: {},
      serviceName: "assistant",
      version: "1",
      gatherMs: 1,
      log: createLog("info", (line) => lines.push(JSON.parse(line))),
    });
    for (let index = 0; index < 3; index++) {
      exporter.add(span("lost"));
      const before = lines.length;
      if (index === 0) while (lines.length === before) await new Promise((resolve) => setImmediate(resolve));
    }
    await exporter[Symbol.asyncDispose]();
    expect(lines.filter(({ event }) => event === "traces-not-sent")).toHaveLength(1);
  });
});

test("What waits at the end is sent", async () => {
  const collector = openCollector();
  const { exporter } = openTraced(collector, { gatherMs: 60_000 });
  exporter.add(span("last"));
  await exporter[Symbol.asyncDispose]();
  expect(collector.spans).toMatchObject([
    { name: "last", attributes: { whole: 3, part: 0.5, yes: true, text: "x" } },
  ]);
  expect(collector.spans[0]?.start).toBe(1_772_357_400_000_250_000n);
});

test("Spans are what OpenTelemetry's own definition of them reads", async () => {
  const collector = openCollector();
  const { exporter } = openTraced(collector);
  exporter.add(span("checked"));
  await collector.has(1);
  const python = await pythonWith(["opentelemetry-proto==1.45.2"]);
  const program = `
import base64, json, sys
from google.protobuf import json_format
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
document = json.load(sys.stdin)
for resource in document["resourceSpans"]:
  for scope in resource["scopeSpans"]:
    for span in scope["spans"]:
      # OTLP tells ids in hexadecimal where protobuf's own JSON has base64.
      for key in ("traceId", "spanId", "parentSpanId"):
        if key in span: span[key] = base64.b64encode(bytes.fromhex(span[key])).decode()
request = json_format.ParseDict(document, ExportTraceServiceRequest())
span = request.resource_spans[0].scope_spans[0].spans[0]
print(json.dumps([span.name, span.kind, len(span.trace_id), len(span.span_id), span.end_time_unix_nano - span.start_time_unix_nano, [attribute.key for attribute in span.attributes]]))
`;
  const child = Bun.spawn([...python.command, "-c", program], {
    env: python.environment,
    stdin: new Blob([collector.bodies[0] ?? ""]),
    stdout: "pipe",
    stderr: "pipe",
  });
  const [output, said] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  expect([await child.exited, said]).toEqual([0, ""]);
  expect(JSON.parse(output)).toEqual([
    "checked",
    1,
    16,
    8,
    1_250_000,
    ["whole", "part", "yes", "text", "list"],
  ]);
});
