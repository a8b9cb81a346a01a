/** The shape of everything that can be configured. Values are read by read-settings.ts and passed in. */

import type { PersonalDefaults } from "./personal.ts";

export type EngineKind = "llama" | "llama-server" | "vllm";
/** auto: vLLM where it is configured or made for this machine, llama-server where its command is set, and llama. */
type EngineChoice = "auto" | EngineKind;
type GpuChoice = "auto" | "cuda" | "vulkan" | "metal" | "off";
export type LogLevel = "debug" | "info" | "warn" | "error";

export interface VllmSettings {
  /** What launches vLLM; null: it is looked for. */
  readonly command: string | null;
  /** A folder or a hub id; null: the catalogue's for the chosen model. */
  readonly model: string | null;
  /** Base URLs of external servers; with any, nothing is launched. */
  readonly urls: readonly string[];
  readonly apiKey: string | null;
  /** Tokens of prompt and answer together; null: what the model was made for. */
  readonly context: number | null;
  /** Share of the graphics card's memory, 0 to 1; null: vLLM's default. */
  readonly gpuMemory: number | null;
  readonly tensorParallel: number;
  readonly extraArguments: readonly string[];
  /** The number of concurrent answers of one server. */
  readonly slots: number;
  /** Where a launched one listens on loopback; null: any free port. */
  readonly port: number | null;
  /** Longer than this to load is a failed start. */
  readonly startSeconds: number;
  /** The interval of its health checks. */
  readonly probeSeconds: number;
  /** This many failed health checks in a row cause a restart. */
  readonly misses: number;
  /** A server that was ready for this long before a crash is in no crash loop. */
  readonly healthySeconds: number;
  /** Set by the orchestrator for its child: the vLLM that it launched, and the key made for this run. */
  readonly launched: LaunchedAddress | null;
}

/** What is llama-server's own; threads, slots, context and graphics card are those of the llama engine. */
export interface LlamaServerSettings {
  /** What launches it; null: it is looked for in the PATH. */
  readonly command: string | null;
  readonly extraArguments: readonly string[];
  /** Where it listens on loopback; null: any free port. */
  readonly port: number | null;
  /** Longer than this to load is a failed start. */
  readonly startSeconds: number;
  /** Set by the orchestrator for its child: the llama-server that it launches, and the key made for this run. */
  readonly launched: LaunchedAddress | null;
}

interface LaunchedAddress {
  readonly url: string;
  readonly apiKey: string;
}

/** The server's addresses, and its access from other machines. */
export interface AccessSettings {
  /** Other machines can reach it: only logins give access. */
  readonly isOpen: boolean;
  /** Certificate and key as PEM files, absolute paths; null: plain HTTP. */
  readonly tls: { readonly certificate: string; readonly key: string } | null;
  /** Where a reverse proxy shows it ("https://assistant.example"); null: nowhere. */
  readonly publicOrigin: string | null;
  /** Its other host names, without ports. */
  readonly allowedHosts: readonly string[];
  /** The pages of other origins that may use the API, with a key. */
  readonly corsOrigins: readonly string[];
  /** Addresses or subnets whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
}

/** The limits of one user, with all of their keys; the local owner has none. */
export interface LimitSettings {
  readonly requestsPerMinute: number;
  readonly tokensPerMinute: number;
  /** Answers that are being made or wait. */
  readonly answersAtOnce: number;
  readonly streamsAtOnce: number;
  /** Open streams of all together, with a login or without. */
  readonly streamsInAll: number;
}

/** What may be attached to questions. */
interface FileLimits {
  /** One file, in bytes. */
  readonly largest: number;
  readonly perQuestion: number;
  /** All of one owner, in bytes. */
  readonly mostStored: number;
}

/** The speech-to-text server. */
export interface SpeechSettings {
  /** Without /v1; it may hold a user, a password and a query. */
  readonly url: string;
  readonly apiKey: string | null;
  readonly model: string;
}

/** The text-to-speech server. */
export type VoiceSettings = Omit<SpeechSettings, "model">;

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
  readonly files: FileLimits;
  /** With which the commands in a terminal ask a server that has logins; null: with none. */
  readonly apiKey: string | null;
  /** What a terminal's text may use: colours (NO_COLOR, https://no-color.org), and moving the cursor (not where TERM is dumb). */
  readonly terminal: { readonly colours: boolean; readonly movesCursor: boolean };
  /** 0 asks the system for a free port. */
  readonly port: number;
  /** Where programs look for Ollama; null: nowhere. */
  readonly ollamaPort: number | null;
  /** Absolute path: database, logs, pid files. */
  readonly dataDir: string;
  /** The folder whose files of prices are imported, and whose they are by name; null: none, and the first user's. */
  readonly watch: { readonly folder: string | null; readonly user: string | null };
  /** Absolute path of the folder that holds the weights. */
  readonly modelsDir: string;
  /** The model hub, without a slash at the end of its address; the token is a secret. */
  readonly hub: { readonly endpoint: string; readonly token: string | null };
  /** A catalogue id, an alias, a path to a .gguf file, or "auto". */
  readonly model: string;
  /** What a request for an unknown model gets: an error, or an answer by the model that runs. */
  readonly modelFallback: "none" | "running";
  readonly engine: EngineChoice;
  /** In which engines are asked. */
  readonly engineOrder: readonly EngineKind[];
  /** Questions wait for a better engine that is still loading, though another one could answer them now. */
  readonly waitForLoading: boolean;
  /** How many answers may wait for a slot before more are refused. */
  readonly queueLimit: number;
  /** Whether programs that speak the Model Context Protocol may remember facts. */
  readonly mayWriteByMcp: boolean;
  /** How long a stop waits for running answers; the next start resumes unfinished ones. */
  readonly drainSeconds: number;
  readonly llama: {
    /** null: the engine chooses. */
    readonly threads: number | null;
    readonly parallel: number;
    /** Tokens a sequence can hold; null: the engine chooses by model and memory. */
    readonly context: number | null;
    /** The numbers of a KV cache. */
    readonly kvType: "f16" | "q8_0";
    /** What the KV caches of conversations may take of the disk; 0: none is kept. */
    readonly kvMegabytes: number;
    /** Which kind of graphics card may take layers of the model; off: none. */
    readonly gpu: GpuChoice;
  };
  /** Models that are loaded when a request names them. */
  readonly onDemand: {
    readonly isOn: boolean;
    /** The most that are loaded at once; null: as many as fit. */
    readonly most: number | null;
    /** Milliseconds without use after which one beside the default is unloaded; Infinity: never. */
    readonly keepAliveMs: number;
    /** Names of models that stay loaded. */
    readonly pinned: readonly string[];
  };
  readonly llamaServer: LlamaServerSettings;
  readonly vllm: VllmSettings;
  /** null: nothing writes speech down. */
  readonly speech: SpeechSettings | null;
  /** null: nothing reads texts aloud. */
  readonly voice: VoiceSettings | null;
  /** What applies to owners who have chosen nothing. */
  readonly personal: PersonalDefaults;
  readonly logLevel: LogLevel;
  /** null: nothing is traced. */
  readonly tracing: TracingSettings | null;
  /** Set by the orchestrator for its child: standard input ends when the orchestrator does. */
  readonly orchestrated: boolean;
  /** Names the data folder that the orchestrator owns; null: none started this process. */
  readonly dataFolderId: string | null;
}
