import { describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SettingsError } from "../../src/errors.ts";
import { readSettings } from "../../src/settings/read-settings.ts";

/** Reads settings from a folder whose config.json is this text. */
function read(config: string | null, environment: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "settings-"));
  try {
    if (config !== null) writeFileSync(join(folder, "config.json"), config);
    return readSettings(environment, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const refusal = (config: string | null, environment: Record<string, string> = {}) => {
  try {
    read(config, environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return null;
};

describe("Traces", () => {
  test("are sent nowhere unless a collector is named", () => {
    expect(read(null).tracing).toBe(null);
    expect(
      read(null, { OTEL_EXPORTER_OTLP_ENDPOINT: "http://c:4318", OTEL_SDK_DISABLED: "true" }).tracing,
    ).toBe(null);
  });

  test("are sent where OpenTelemetry's own variables say", () => {
    const { tracing } = read(null, {
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318/",
      OTEL_EXPORTER_OTLP_HEADERS: "x-key=a%20b, other = c",
      OTEL_SERVICE_NAME: "mine",
    });
    expect(tracing).toEqual({
      endpoint: "http://collector:4318/v1/traces",
      headers: { "x-key": "a b", other: "c" },
      serviceName: "mine",
    });
    expect(refusal(null, { OTEL_EXPORTER_OTLP_ENDPOINT: "collector" })).toContain(
      "OTEL_EXPORTER_OTLP_ENDPOINT",
    );
  });

  test("are not sent with the exporter none, the usual way to opt out: it was ignored", () => {
    const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" };
    expect(read(null, { ...collector, OTEL_TRACES_EXPORTER: "none" }).tracing).toBe(null);
    expect(read(null, { ...collector, OTEL_TRACES_EXPORTER: "None" }).tracing).toBe(null);
    expect(read(null, { ...collector, OTEL_SDK_DISABLED: "True" }).tracing).toBe(null);
    expect(read(null, { ...collector, OTEL_TRACES_EXPORTER: "otlp" }).tracing).not.toBe(null);
    expect(read(null, { OTEL_TRACES_EXPORTER: "console" }).tracing).toBe(null);
    expect(refusal(null, { ...collector, OTEL_TRACES_EXPORTER: "zipkin" })).toContain("OTEL_TRACES_EXPORTER");
  });

  test("go to their own address as it is, with their own headers, before those of all signals: both were ignored", () => {
    const { tracing } = read(null, {
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318",
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "https://traces.example/otlp/",
      OTEL_EXPORTER_OTLP_HEADERS: "x-key=all",
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: "x-key=traces",
    });
    expect(tracing).toMatchObject({
      endpoint: "https://traces.example/otlp/",
      headers: { "x-key": "traces" },
    });
    expect(refusal(null, { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "ftp://traces.example" })).toContain(
      "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
    );
  });
});

describe("Settings", () => {
  test.each([
    ["auto", "auto", ["vllm", "llama"]],
    ["vllm", "vllm", ["vllm"]],
    ["llama, vllm", "auto", ["llama", "vllm"]],
    ["llama-server", "llama-server", ["llama-server"]],
    ["llama-server,llama", "auto", ["llama-server", "llama"]],
  ] as const)("ENGINE=%s is the choice %s with the order %p", (text, engine, engineOrder) => {
    expect(read(null, { ENGINE: text })).toMatchObject({ engine, engineOrder: [...engineOrder] });
  });

  test("auto asks a llama-server whose command is set, before llama", () => {
    const { engineOrder } = read(null, { LLAMA_SERVER_COMMAND: "/opt/llama-server" });
    expect(engineOrder).toEqual(["vllm", "llama-server", "llama"]);
  });

  test("without a file or variables there are defaults for everything", () => {
    expect(read(null)).toMatchObject({
      host: "127.0.0.1",
      port: 8080,
      model: "auto",
      engine: "auto",
      llama: { threads: null, parallel: 4, context: null, gpu: "auto" },
      personal: { values: { recall: 3, remember_exchanges: true, theme: "system" }, configured: [] },
      logLevel: "info",
    });
  });

  test("the project's own config.json is valid", () => {
    expect(readSettings({}, join(import.meta.dir, "../..")).personal.values.default_pair).toBe("EURUSD");
  });

  test("the environment wins over config.json, which wins over the default", () => {
    const config = JSON.stringify({ api_settings: { port: 9000 }, default_model: "phi3" });
    expect(read(config)).toMatchObject({ port: 9000, model: "phi3" });
    expect(read(config, { PORT: "9001", MODEL: "auto" })).toMatchObject({ port: 9001, model: "auto" });
  });

  test("they cannot be changed afterwards", () => {
    const settings = read(null);
    expect(Object.isFrozen(settings) && Object.isFrozen(settings.llama)).toBe(true);
  });

  test("models are loaded on demand, stay for five minutes, and as many as fit", () => {
    expect(read(null).onDemand).toEqual({ isOn: true, most: null, keepAliveMs: 300_000, pinned: [] });
    const chosen = { LOAD_ON_DEMAND: "off", MAX_MODELS: "2", KEEP_ALIVE: "1h", PINNED_MODELS: "a, b" };
    expect(read(null, chosen).onDemand).toEqual({
      ...{ isOn: false, most: 2, keepAliveMs: 3_600_000, pinned: ["a", "b"] },
    });
  });

  test.each([
    ["0", 0],
    ["30s", 30_000],
    ["90", 90_000],
    ["10M", 600_000],
    ["-1", Number.POSITIVE_INFINITY],
  ])("KEEP_ALIVE=%s is %p ms", (text, keepAliveMs) => {
    expect(read(null, { KEEP_ALIVE: text }).onDemand.keepAliveMs).toBe(keepAliveMs);
  });

  const wrong: [string, string | null, Record<string, string>, string][] = [
    [
      "a port out of range",
      null,
      { PORT: "70000" },
      'PORT must be a whole number from 0 to 65535, not "70000".',
    ],
    ["a time without a unit", null, { KEEP_ALIVE: "5 minutes" }, "KEEP_ALIVE must be a time such as 30s"],
    [
      "an unknown engine",
      null,
      { ENGINE: "gpt" },
      "ENGINE must be auto, llama, llama-server, vllm, or an order",
    ],
    [
      "an engine named twice",
      null,
      { ENGINE: "llama,llama" },
      "ENGINE must be auto, llama, llama-server, vllm, or an order",
    ],
    [
      "threads that are none",
      null,
      { LLAMA_THREADS: "0" },
      "LLAMA_THREADS must be a whole number from 1 to 512",
    ],
    ["a certificate without its key", null, { TLS_CERT: "cert.pem" }, "TLS_CERT and TLS_KEY belong together"],
    ["a proxy by its name", null, { TRUSTED_PROXIES: "proxy.local" }, "TRUSTED_PROXIES must be addresses"],
    ["a subnet that is too small", null, { TRUSTED_PROXIES: "10.0.0.0/33" }, "TRUSTED_PROXIES must be"],
    ["an origin with a path", null, { CORS_ORIGINS: "https://a.example/x" }, "CORS_ORIGINS must be like"],
    ["any origin", null, { CORS_ORIGINS: "*" }, "CORS_ORIGINS must be like"],
    ["a name with a port", null, { ALLOWED_HOSTS: "a.example:8080" }, "ALLOWED_HOSTS must be names"],
    ["a file that is no JSON", "{", {}, "is not valid JSON"],
    ["a key of the wrong form", '{"language": 7}', {}, '"language" must be a text of at most 50 characters'],
    [
      "a nested key",
      '{"memory_settings": {"recall": 99}}',
      {},
      '"memory_settings.recall" must be a whole number from 0 to 20',
    ],
    ["an unknown key", '{"langage": "en"}', {}, 'there is no setting "langage"'],
    ["a file that is a list", "[]", {}, '"the file" must be an object in braces'],
  ];
  for (const [what, config, environment, sentence] of wrong) {
    test(`${what}: the start is refused with the name and the form`, () => {
      expect(refusal(config, environment)).toContain(sentence);
    });
  }
});
