/**
 * The only reader of the environment and of config.json. The environment wins over config.json, which wins
 * over the default. The result is validated and frozen; everything else gets it passed in.
 */
import { resolve } from "node:path";
import { readAccess } from "./access.ts";
import { type Config, personalIn, readConfig } from "./config-file.ts";
import { autoOrder } from "./engine-order.ts";
import { type PersonalDefaults, type PersonalValues, personalKeys, personalSetting } from "./personal.ts";
import { type ReadVariables, readVariables } from "./read-variables.ts";
import type {
  LlamaServerSettings,
  Settings,
  SpeechSettings,
  VllmSettings,
  VoiceSettings,
} from "./settings.ts";
import { readTracing } from "./tracing.ts";
import { variables } from "./variables.ts";

/**
 * Reads and validates everything that can be configured.
 * @param environment usually process.env
 * @param projectRoot the folder that holds config.json; relative paths are resolved against it
 * @throws SettingsError naming the variable or key, the value's expected form and where to change it
 */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  projectRoot: string,
): Settings {
  const read = readVariables(environment);
  const config = readConfig(resolve(projectRoot, read(variables.configFile)));
  const host = read(variables.host, config.api_settings?.host);
  const movesCursor = read(variables.terminal) !== "dumb";
  const settings: Settings = {
    host,
    port: read(variables.port, config.api_settings?.port),
    ollamaPort: read(variables.ollamaPort),
    access: readAccess(read, host, projectRoot),
    limits: {
      requestsPerMinute: read(variables.requestsPerMinute),
      tokensPerMinute: read(variables.tokensPerMinute),
      answersAtOnce: read(variables.answersPerUser),
      streamsAtOnce: read(variables.streamsPerUser),
      streamsInAll: read(variables.streamsInAll),
    },
    files: {
      largest: read(variables.fileMegabytes) * 1_000_000,
      perQuestion: read(variables.filesPerQuestion),
      mostStored: read(variables.filesMegabytes) * 1_000_000,
    },
    apiKey: read(variables.apiKey),
    terminal: { colours: read(variables.noColour) === null && movesCursor, movesCursor },
    dataDir: resolve(projectRoot, read(variables.dataDir)),
    watch: readWatch(read, projectRoot),
    modelsDir: resolve(projectRoot, read(variables.modelsDir)),
    hub: { endpoint: read(variables.hubEndpoint), token: read(variables.hubToken) },
    model: read(variables.model, config.default_model),
    modelFallback: read(variables.modelFallback),
    ...readEngines(read),
    waitForLoading: read(variables.whileLoading) === "wait",
    mayWriteByMcp: read(variables.mcpWrites) === "on",
    drainSeconds: read(variables.drainSeconds),
    queueLimit: read(variables.queueLimit),
    llama: {
      threads: read(variables.llamaThreads),
      parallel: read(variables.llamaParallel),
      context: read(variables.llamaContext),
      kvType: read(variables.llamaKvType),
      kvMegabytes: read(variables.llamaKvMegabytes),
      gpu: read(variables.llamaGpu),
    },
    onDemand: {
      isOn: read(variables.loadOnDemand) === "on",
      most: read(variables.maxModels),
      keepAliveMs: read(variables.keepAlive),
      pinned: read(variables.pinnedModels),
    },
    llamaServer: readLlamaServer(read),
    vllm: readVllm(read),
    speech: readSpeech(read),
    voice: readVoice(read),
    personal: readPersonal(read, config),
    tracing: readTracing(read),
    orchestrated: read(variables.orchestrated) === "1",
    dataFolderId: read(variables.dataFolderId),
    logLevel: read(variables.logLevel),
  };
  return deepFreeze(settings);
}

function readWatch(read: ReadVariables, projectRoot: string): Settings["watch"] {
  const folder = read(variables.watchDir);
  return { folder: folder === null ? null : resolve(projectRoot, folder), user: read(variables.watchUser) };
}

/** config.json sets where owners begin; what it fixes, and what a variable says, they cannot change. */
function readPersonal(read: ReadVariables, config: Config): PersonalDefaults {
  const prose = read(variables.answersProse);
  const configured = personalKeys.filter((key) => personalIn(config, key) !== undefined);
  const values: Record<string, unknown> = Object.fromEntries(
    personalKeys.map((key) => [key, personalIn(config, key) ?? personalSetting(key).fallback]),
  );
  const fixed = new Map((config.fixed_settings ?? []).map((key) => [key, "config.json"]));
  if (prose !== null) {
    values.prose = prose;
    fixed.set("prose", variables.answersProse.name);
  }
  // Each was checked by its own schema, by the one of config.json or by the parser of its variable.
  return { values: values as unknown as PersonalValues, configured, fixed };
}

/** One engine in the order is that engine alone; several are tried in turn. */
function readEngines(read: ReadVariables): Pick<Settings, "engine" | "engineOrder"> {
  const asked = read(variables.engine);
  const isAuto = asked === autoOrder;
  const hasCommand = read(variables.llamaServerCommand) !== null;
  const engineOrder = isAuto && !hasCommand ? asked.filter((kind) => kind !== "llama-server") : asked;
  const [first] = engineOrder;
  return { engine: engineOrder.length === 1 && first !== undefined ? first : "auto", engineOrder };
}

function readLlamaServer(read: ReadVariables): LlamaServerSettings {
  return {
    command: read(variables.llamaServerCommand),
    extraArguments: read(variables.llamaServerArguments),
    port: read(variables.llamaServerPort),
    startSeconds: read(variables.llamaServerStartSeconds),
    launched: addressOf(read(variables.launchedLlamaServerUrl), read(variables.launchedLlamaServerKey)),
  };
}

const addressOf = (url: string | null, apiKey: string | null) =>
  url === null || apiKey === null ? null : { url, apiKey };

function readVllm(read: ReadVariables): VllmSettings {
  return {
    command: read(variables.vllmCommand),
    model: read(variables.vllmModel),
    urls: read(variables.vllmUrls),
    apiKey: read(variables.vllmApiKey),
    context: read(variables.vllmContext),
    gpuMemory: read(variables.vllmGpuMemory),
    tensorParallel: read(variables.vllmTensorParallel),
    extraArguments: read(variables.vllmArguments),
    slots: read(variables.vllmSlots),
    port: read(variables.vllmPort),
    startSeconds: read(variables.vllmStartSeconds),
    probeSeconds: read(variables.vllmProbeSeconds),
    misses: read(variables.vllmMisses),
    healthySeconds: read(variables.vllmHealthySeconds),
    launched: addressOf(read(variables.launchedVllmUrl), read(variables.launchedVllmKey)),
  };
}

function readSpeech(read: ReadVariables): SpeechSettings | null {
  const url = read(variables.speechUrl);
  if (url === null) return null;
  return { url, apiKey: read(variables.speechApiKey), model: read(variables.speechModel) };
}

function readVoice(read: ReadVariables): VoiceSettings | null {
  const url = read(variables.voiceUrl);
  return url === null ? null : { url, apiKey: read(variables.voiceApiKey) };
}

/** @returns the same value, frozen */
function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value))
    if (typeof inner === "object" && inner !== null) deepFreeze(inner);
  return Object.freeze(value);
}
