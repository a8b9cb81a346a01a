/**
 * The only reader of the environment and of config.json. The environment wins over config.json, which wins
 * over the default. The result is validated and frozen; everything else gets it passed in.
 */
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { resolve } from "node:path";
import { type Static, type TSchema, Type as t } from "@sinclair/typebox";
import { Value, type ValueError } from "@sinclair/typebox/value";
import { SettingsError } from "../errors.ts";

const Config = t.Object(
  {
    system_prompt: t.Optional(t.String({ minLength: 1, maxLength: 20_000 })),
    risk_profile: t.Optional(t.String({ minLength: 1, maxLength: 200 })),
    default_pair: t.Optional(t.String({ minLength: 1, maxLength: 50 })),
    language: t.Optional(t.String({ minLength: 2, maxLength: 50 })),
    default_model: t.Optional(t.String({ minLength: 1, maxLength: 500 })),
    api_settings: t.Optional(
      t.Object(
        {
          host: t.Optional(t.String({ minLength: 1 })),
          port: t.Optional(t.Integer({ minimum: 0, maximum: 65_535 })),
        },
        { additionalProperties: false },
      ),
    ),
    memory_settings: t.Optional(
      t.Object(
        {
          recall: t.Optional(t.Integer({ minimum: 0, maximum: 20 })),
          remember_exchanges: t.Optional(t.Boolean()),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
type Config = Static<typeof Config>;

export type EngineKind = "llama" | "vllm";
/** auto: vLLM where it is configured or made for this machine, and llama. */
export type EngineChoice = "auto" | EngineKind;
export type GpuChoice = "auto" | "cuda" | "vulkan" | "metal" | "off";
export type LogLevel = "debug" | "info" | "warn" | "error";

/** Whom the assistant answers; it becomes part of the system prompt. */
export interface Profile {
  readonly riskProfile: string;
  readonly defaultPair: string;
  readonly language: string;
}

export interface VllmSettings {
  /** What launches vLLM; null: it is looked for. */
  readonly command: string | null;
  /** A folder or a hub id; null: the catalogue's for the chosen model. */
  readonly model: string | null;
  /** Base URLs of servers that somebody else runs; with any, nothing is launched. */
  readonly urls: readonly string[];
  readonly apiKey: string | null;
  /** Tokens of prompt and answer together; null: what the model was made for. */
  readonly context: number | null;
  /** Share of the graphics card's memory, 0 to 1; null: vLLM's default. */
  readonly gpuMemory: number | null;
  readonly tensorParallel: number;
  readonly extraArguments: readonly string[];
  /** How many answers one server is asked for at once. */
  readonly slots: number;
  /** Where a launched one listens on loopback; null: any free port. */
  readonly port: number | null;
  /** Longer than this to load is a failed start. */
  readonly startSeconds: number;
  /** How often its health is asked for. */
  readonly probeSeconds: number;
  /** So many health checks in a row without an answer, and it is started again. */
  readonly misses: number;
  /** One that answered for so long before it crashed has not crashed in a loop. */
  readonly healthySeconds: number;
  /** Set by the orchestrator for its child: the vLLM that it launched, and the key made for this run. */
  readonly launched: { readonly url: string; readonly apiKey: string } | null;
}

/** How the server can be reached, and by whom. */
export interface AccessSettings {
  /** Others than those on this machine can reach it: nothing but a login lets anybody in. */
  readonly isOpen: boolean;
  /** Certificate and key as PEM files, absolute paths; null: plain HTTP. */
  readonly tls: { readonly certificate: string; readonly key: string } | null;
  /** Where a reverse proxy shows it ("https://assistant.example"); null: nowhere. */
  readonly publicOrigin: string | null;
  /** Names under which it may be called besides its own, without ports. */
  readonly allowedHosts: readonly string[];
  /** The pages of other origins that may use the API, with a key. */
  readonly corsOrigins: readonly string[];
  /** Addresses or subnets whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
}

/** How much one user may ask for, with all of their keys; whoever uses this machine without a login is not held to them. */
export interface LimitSettings {
  readonly requestsPerMinute: number;
  readonly tokensPerMinute: number;
  /** Answers that are being made or wait. */
  readonly answersAtOnce: number;
  readonly streamsAtOnce: number;
  /** Open streams of all together, with a login or without. */
  readonly streamsInAll: number;
}

/** Where traces are sent, as OpenTelemetry's own variables say. */
export interface TracingSettings {
  /** The address that spans are posted to. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
}

export interface Settings {
  readonly host: string;
  readonly access: AccessSettings;
  readonly limits: LimitSettings;
  /** With which the commands in a terminal ask a server that has logins; null: with none. */
  readonly apiKey: string | null;
  /** What a terminal's text may use: colours (NO_COLOR, https://no-color.org), and moving the cursor (not where TERM is dumb). */
  readonly terminal: { readonly colours: boolean; readonly movesCursor: boolean };
  /** 0 asks the system for a free port. */
  readonly port: number;
  /** Absolute path: database, logs, pid files. */
  readonly dataDir: string;
  /** Absolute path of the folder that holds the weights. */
  readonly modelsDir: string;
  /** A catalogue id, an alias, a path to a .gguf file, or "auto". */
  readonly model: string;
  readonly engine: EngineChoice;
  /** In which engines are asked. */
  readonly engineOrder: readonly EngineKind[];
  /** Questions wait for a better engine that is still loading, though another one could answer them now. */
  readonly waitForLoading: boolean;
  /** How many answers may wait for a slot before more are refused. */
  readonly queueLimit: number;
  /** How long a stop lets running answers come to their end; what is unfinished then goes on after the next start. */
  readonly drainSeconds: number;
  readonly llama: {
    /** null: the engine chooses. */
    readonly threads: number | null;
    readonly parallel: number;
    /** Tokens a sequence can hold; null: the engine chooses by model and memory. */
    readonly context: number | null;
    /** Which kind of graphics card may take layers of the model; off: none. */
    readonly gpu: GpuChoice;
  };
  readonly vllm: VllmSettings;
  readonly systemPrompt: string;
  readonly profile: Profile;
  readonly memory: { readonly recall: number; readonly rememberExchanges: boolean };
  readonly logLevel: LogLevel;
  /** null: nothing is traced. */
  readonly tracing: TracingSettings | null;
  /** Set by the orchestrator for its child: standard input ends when the orchestrator does. */
  readonly orchestrated: boolean;
}

/**
 * Reads and validates everything that can be configured.
 * @param environment usually process.env
 * @param projectRoot the folder that holds config.json; relative paths are resolved against it
 * @throws SettingsError naming the variable or key, the value's expected form and where to change it
 */
export function readSettings(environment: Record<string, string | undefined>, projectRoot: string): Settings {
  const config = readConfig(resolve(projectRoot, environment.CONFIG_FILE || "config.json"));
  const variable = (name: string) => environment[name]?.trim() || undefined;

  const host = variable("HOST") ?? config.api_settings?.host ?? "127.0.0.1";
  const settings: Settings = {
    host,
    access: access(host, variable, projectRoot),
    limits: {
      requestsPerMinute: wholeNumber(variable("REQUESTS_PER_MINUTE"), "REQUESTS_PER_MINUTE", 10, 1e6) ?? 1200,
      tokensPerMinute: wholeNumber(variable("TOKENS_PER_MINUTE"), "TOKENS_PER_MINUTE", 100, 1e9) ?? 1_000_000,
      answersAtOnce: wholeNumber(variable("ANSWERS_PER_USER"), "ANSWERS_PER_USER", 1, 100_000) ?? 32,
      streamsAtOnce: wholeNumber(variable("STREAMS_PER_USER"), "STREAMS_PER_USER", 1, 100_000) ?? 100,
      streamsInAll: wholeNumber(variable("STREAMS_IN_ALL"), "STREAMS_IN_ALL", 1, 1e6) ?? 10_000,
    },
    apiKey: variable("LFA_API_KEY") ?? null,
    terminal: {
      colours: variable("NO_COLOR") === undefined && variable("TERM") !== "dumb",
      movesCursor: variable("TERM") !== "dumb",
    },
    port: wholeNumber(variable("PORT"), "PORT", 0, 65_535) ?? config.api_settings?.port ?? 8080,
    dataDir: resolve(projectRoot, variable("DATA_DIR") ?? "data"),
    modelsDir: resolve(projectRoot, variable("MODELS_DIR") ?? "models"),
    model: variable("MODEL") ?? config.default_model ?? "auto",
    ...engines(variable("ENGINE")),
    waitForLoading: oneOf(variable("WHILE_LOADING"), "WHILE_LOADING", ["answer", "wait"]) === "wait",
    drainSeconds: wholeNumber(variable("DRAIN_SECONDS"), "DRAIN_SECONDS", 0, 3600) ?? 3,
    queueLimit: wholeNumber(variable("QUEUE_LIMIT"), "QUEUE_LIMIT", 0, 100_000) ?? 64,
    llama: {
      threads: wholeNumber(variable("LLAMA_THREADS"), "LLAMA_THREADS", 1, 512) ?? null,
      parallel: wholeNumber(variable("LLAMA_PARALLEL"), "LLAMA_PARALLEL", 1, 64) ?? 4,
      context: wholeNumber(variable("LLAMA_CONTEXT"), "LLAMA_CONTEXT", 256, 1_048_576) ?? null,
      gpu: oneOf(variable("LLAMA_GPU"), "LLAMA_GPU", ["auto", "cuda", "vulkan", "metal", "off"]) ?? "auto",
    },
    vllm: {
      command: variable("VLLM_COMMAND") ?? null,
      model: variable("VLLM_MODEL") ?? null,
      urls: baseUrls(variable("VLLM_URL")),
      apiKey: variable("VLLM_API_KEY") ?? null,
      context: wholeNumber(variable("VLLM_CONTEXT"), "VLLM_CONTEXT", 256, 10_485_760) ?? null,
      gpuMemory: share(variable("VLLM_GPU_MEMORY"), "VLLM_GPU_MEMORY") ?? null,
      tensorParallel: wholeNumber(variable("VLLM_TENSOR_PARALLEL"), "VLLM_TENSOR_PARALLEL", 1, 64) ?? 1,
      extraArguments: variable("VLLM_ARGS")?.split(/\s+/) ?? [],
      slots: wholeNumber(variable("VLLM_SLOTS"), "VLLM_SLOTS", 1, 10_000) ?? 64,
      port: wholeNumber(variable("VLLM_PORT"), "VLLM_PORT", 1, 65_535) ?? null,
      startSeconds: wholeNumber(variable("VLLM_START_SECONDS"), "VLLM_START_SECONDS", 1, 86_400) ?? 1200,
      probeSeconds: wholeNumber(variable("VLLM_PROBE_SECONDS"), "VLLM_PROBE_SECONDS", 1, 3600) ?? 1,
      misses: wholeNumber(variable("VLLM_MISSES"), "VLLM_MISSES", 1, 1000) ?? 12,
      healthySeconds: wholeNumber(variable("VLLM_HEALTHY_SECONDS"), "VLLM_HEALTHY_SECONDS", 0, 86_400) ?? 10,
      launched: launchedVllm(variable("LAUNCHED_VLLM_URL"), variable("LAUNCHED_VLLM_KEY")),
    },
    systemPrompt:
      config.system_prompt ??
      "You are a careful financial assistant. Never invent a figure: if you do not have the data, say so.",
    profile: {
      riskProfile: config.risk_profile ?? "moderate",
      defaultPair: config.default_pair ?? "EURUSD",
      language: config.language ?? "en",
    },
    memory: {
      recall: config.memory_settings?.recall ?? 3,
      rememberExchanges: config.memory_settings?.remember_exchanges ?? true,
    },
    tracing: tracing(variable),
    orchestrated: variable("ORCHESTRATED") === "1",
    logLevel: oneOf(variable("LOG_LEVEL"), "LOG_LEVEL", ["debug", "info", "warn", "error"]) ?? "info",
  };
  return deepFreeze(settings);
}

function readConfig(path: string): Config {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return {};
    throw new SettingsError(`${path} cannot be read. Check its permissions.`, { file: path }, { cause });
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new SettingsError(
      `${path} is not valid JSON (${detail}). Correct it, or delete it to use the defaults.`,
      { file: path },
      { cause },
    );
  }
  if (Value.Check(Config, parsed)) return parsed;
  const problem = Value.Errors(Config, parsed).First();
  throw new SettingsError(`${path}: ${problem ? sentenceFor(problem) : "it has an unexpected form"}.`, {
    file: path,
  });
}

/** One sentence for a schema violation: the key as written in the file, and the form it should have. */
function sentenceFor(problem: ValueError): string {
  const key = problem.path.slice(1).replaceAll("/", ".") || "the file";
  if (problem.message === "Unexpected property")
    return `there is no setting "${key}"; remove it or correct its name`;
  return `"${key}" must be ${expectedForm(problem.schema)}`;
}

function expectedForm(schema: TSchema): string {
  if (schema.type === "integer") return `a whole number from ${schema.minimum} to ${schema.maximum}`;
  if (schema.type === "string") {
    const limit = schema.maxLength === undefined ? "" : ` of at most ${schema.maxLength} characters`;
    return `a text${limit} that is not empty`;
  }
  if (schema.type === "boolean") return "true or false";
  return "an object in braces";
}

function wholeNumber(
  text: string | undefined,
  name: string,
  minimum: number,
  maximum: number,
): number | undefined {
  if (text === undefined || text === "auto") return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= minimum && value <= maximum) return value;
  throw new SettingsError(`${name} must be a whole number from ${minimum} to ${maximum}, not "${text}".`, {
    setting: name,
  });
}

/** One engine, auto, or an order such as "llama,vllm". */
function engines(text: string | undefined): Pick<Settings, "engine" | "engineOrder"> {
  const words = (text ?? "auto").toLowerCase().split(",");
  const kinds = words.map((word) => engineKinds.find((kind) => kind === word.trim()));
  if (words.length === 1 && words[0] === "auto") return { engine: "auto", engineOrder: ["vllm", "llama"] };
  const known = kinds.filter((kind) => kind !== undefined);
  if (known.length === kinds.length && new Set(known).size === known.length)
    return { engine: known.length === 1 ? (known[0] ?? "auto") : "auto", engineOrder: known };
  throw new SettingsError(
    `ENGINE must be auto, llama, vllm, or an order such as "llama,vllm", not "${text}".`,
    { setting: "ENGINE" },
  );
}
const engineKinds: readonly EngineKind[] = ["llama", "vllm"];

const launchedVllm = (url: string | undefined, apiKey: string | undefined) =>
  url === undefined || apiKey === undefined ? null : { url, apiKey };

function share(text: string | undefined, name: string): number | undefined {
  if (text === undefined || text === "auto") return undefined;
  const value = Number(text);
  if (value > 0 && value <= 1) return value;
  throw new SettingsError(`${name} must be a number above 0 and up to 1, not "${text}".`, { setting: name });
}

/** With or without /v1 and a slash at the end, as people copy them. */
function baseUrls(text: string | undefined): readonly string[] {
  const urls = (text ?? "").split(",").map((url) => url.trim().replace(/\/+$/, "").replace(/\/v1$/, ""));
  for (const url of urls.filter(Boolean))
    if (!URL.canParse(url) || !/^https?:/.test(url))
      throw new SettingsError(
        `VLLM_URL must be http:// or https:// addresses with commas between them, not "${url}".`,
        { setting: "VLLM_URL" },
      );
  return urls.filter(Boolean);
}

/**
 * What is said of traces alone goes before what is said of all signals; an address of theirs is used as it is.
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 * @see https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
function tracing(variable: (name: string) => string | undefined): TracingSettings | null {
  const ofTraces = tracesEndpoint(variable);
  if (ofTraces === null || variable("OTEL_SDK_DISABLED")?.toLowerCase() === "true") return null;
  const exporters = listOf(variable("OTEL_TRACES_EXPORTER") ?? "otlp").map((name) => name.toLowerCase());
  if (exporters.length === 1 && exporters[0] === "none") return null;
  if (!exporters.includes("otlp"))
    throw new SettingsError(
      `OTEL_TRACES_EXPORTER must be otlp or none, not "${exporters.join()}": spans are sent in no other way.`,
      { setting: "OTEL_TRACES_EXPORTER" },
    );
  const told = variable("OTEL_EXPORTER_OTLP_TRACES_HEADERS") ?? variable("OTEL_EXPORTER_OTLP_HEADERS");
  const headers = (told ?? "").split(",").flatMap((pair) => {
    const at = pair.indexOf("=");
    return at < 1 ? [] : [[pair.slice(0, at).trim(), decoded(pair.slice(at + 1).trim())]];
  });
  return {
    endpoint: ofTraces,
    headers: Object.fromEntries(headers),
    serviceName: variable("OTEL_SERVICE_NAME") ?? "local-financial-assistant",
  };
}

/** @throws SettingsError */
function tracesEndpoint(variable: (name: string) => string | undefined): string | null {
  for (const [name, path] of [
    ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", ""],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "/v1/traces"],
  ] as const) {
    const endpoint = variable(name);
    if (endpoint === undefined) continue;
    if (!URL.canParse(endpoint) || !/^https?:/.test(endpoint))
      throw new SettingsError(
        `${name} must be the http:// or https:// address of a collector, not "${endpoint}".`,
        { setting: name },
      );
    return path === "" ? endpoint : endpoint.replace(/\/+$/, "") + path;
  }
  return null;
}

/** What has a stray % is meant as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function oneOf<const Choice extends string>(
  text: string | undefined,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  if (text === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === text.toLowerCase());
  if (choice !== undefined) return choice;
  throw new SettingsError(`${name} must be one of ${choices.join(", ")}, not "${text}".`, { setting: name });
}

const isLoopback = (host: string) =>
  host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));

function access(
  host: string,
  variable: (name: string) => string | undefined,
  projectRoot: string,
): AccessSettings {
  const publicOrigin = origins(variable("PUBLIC_ORIGIN"), "PUBLIC_ORIGIN")[0] ?? null;
  const allowedHosts = listOf(variable("ALLOWED_HOSTS")).map((name) => name.toLowerCase());
  const trustedProxies = listOf(variable("TRUSTED_PROXIES"));
  for (const proxy of trustedProxies)
    if (!isAddressOrSubnet(proxy))
      throw new SettingsError(
        `TRUSTED_PROXIES must be addresses or subnets with commas between them, such as 127.0.0.1,10.0.0.0/8, not "${proxy}".`,
        { setting: "TRUSTED_PROXIES" },
      );
  for (const name of allowedHosts)
    if (!/^(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])$/.test(name))
      throw new SettingsError(
        `ALLOWED_HOSTS must be names without ports, with commas between them, not "${name}".`,
        { setting: "ALLOWED_HOSTS" },
      );
  return {
    // Whoever names a proxy or a public name means others to come.
    isOpen: !isLoopback(host) || publicOrigin !== null || allowedHosts.length + trustedProxies.length > 0,
    tls: tlsFiles(variable("TLS_CERT"), variable("TLS_KEY"), projectRoot),
    publicOrigin,
    allowedHosts,
    corsOrigins: origins(variable("CORS_ORIGINS"), "CORS_ORIGINS"),
    trustedProxies,
  };
}

function tlsFiles(
  certificate: string | undefined,
  key: string | undefined,
  projectRoot: string,
): AccessSettings["tls"] {
  if (certificate === undefined && key === undefined) return null;
  if (certificate === undefined || key === undefined)
    throw new SettingsError(
      "TLS_CERT and TLS_KEY belong together: set both to PEM files, or neither for plain HTTP.",
      { setting: certificate === undefined ? "TLS_CERT" : "TLS_KEY" },
    );
  return { certificate: resolve(projectRoot, certificate), key: resolve(projectRoot, key) };
}

const listOf = (text: string | undefined) =>
  (text ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);

/** "https://a.example", as browsers write it. */
function origins(text: string | undefined, name: string): readonly string[] {
  return listOf(text).map((entry) => {
    const origin = URL.canParse(entry) && /^https?:/.test(entry) ? new URL(entry).origin : null;
    if (origin !== null && origin === entry.replace(/\/$/, "").toLowerCase()) return origin;
    throw new SettingsError(
      `${name} must be like https://assistant.example, without a path, not "${entry}".`,
      { setting: name },
    );
  });
}

function isAddressOrSubnet(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const kind = isIP(address);
  if (kind === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (kind === 4 ? 32 : 128));
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value))
    if (typeof inner === "object" && inner !== null) deepFreeze(inner);
  return Object.freeze(value);
}
