/**
 * The environment variables: name, parser, default, and one sentence each. Everything else follows from this table: what
 * read-settings.ts reads, and the table in README (tests/settings/readme-table.ts compares it, and writes it).
 */
import { autoOrder, engineOrder } from "./engine-order.ts";
import { launchedVariables } from "./launched-variables.ts";
import {
  baseUrl,
  baseUrls,
  hostNames,
  idleTime,
  listOf,
  oneOf,
  origins,
  secret,
  share,
  subnets,
  text,
  webAddress,
  wholeNumber,
  words,
} from "./parsers.ts";
import { list, optional, type Variable, variable } from "./variable.ts";

export const variables = {
  configFile: variable("CONFIG_FILE", text, "config.json", "another configuration file"),

  port: variable("PORT", wholeNumber(0, 65_535), 8080, "the port it listens on; 0 takes any free one"),
  host: variable(
    "HOST",
    text,
    "127.0.0.1",
    "the address it listens on; with another one than loopback it starts only when there is a user",
  ),
  ollamaPort: optional(
    "OLLAMA_PORT",
    wholeNumber(1, 65_535),
    "a port beside it on this machine alone, for programs that look for Ollama; theirs is 11434",
  ),
  tlsCertificate: optional("TLS_CERT", text, "a PEM file with the certificate for HTTPS"),
  tlsKey: optional("TLS_KEY", text, "a PEM file with the certificate's key"),
  publicOrigin: list(
    "PUBLIC_ORIGIN",
    origins,
    "where a reverse proxy shows it, such as `https://assistant.example`",
  ),
  allowedHosts: list(
    "ALLOWED_HOSTS",
    hostNames,
    "further host names for it, without ports, with commas between them",
  ),
  trustedProxies: list(
    "TRUSTED_PROXIES",
    subnets,
    "addresses or subnets of proxies whose `X-Forwarded-For` is trusted",
  ),
  corsOrigins: list("CORS_ORIGINS", origins, "origins whose pages may use the API, with a key"),

  requestsPerMinute: variable(
    "REQUESTS_PER_MINUTE",
    wholeNumber(10, 1e6),
    1200,
    "requests of one user in a minute, over all keys; the limit also applies to anonymous addresses",
  ),
  tokensPerMinute: variable(
    "TOKENS_PER_MINUTE",
    wholeNumber(100, 1e9),
    1_000_000,
    "tokens of one user in a minute, over all keys",
  ),
  answersPerUser: variable(
    "ANSWERS_PER_USER",
    wholeNumber(1, 100_000),
    32,
    "answers of one user that run or wait at the same time",
  ),
  streamsPerUser: variable(
    "STREAMS_PER_USER",
    wholeNumber(1, 100_000),
    100,
    "open streams of one user at the same time",
  ),
  streamsInAll: variable("STREAMS_IN_ALL", wholeNumber(1, 1e6), 10_000, "open streams of all users together"),
  apiKey: optional(
    "LFA_API_KEY",
    text,
    "the key that `./run.sh status`, `engine`, `load`, `ask` and `chat` send to a server that has logins; a certificate that only this machine knows is named by `NODE_EXTRA_CA_CERTS`",
  ),

  dataDir: variable(
    "DATA_DIR",
    text,
    "data",
    "database, logs and pid files: several instances run side by side, each with its own",
  ),
  watchDir: optional(
    "WATCH_DIR",
    text,
    "a folder whose files of prices are imported when they appear or grow",
  ),
  watchUser: optional(
    "WATCH_USER",
    text,
    "to whom they belong, by the user's name; without it to the first user, or without logins to the person at this machine",
  ),
  modelsDir: variable("MODELS_DIR", text, "models", "the folder of the weights"),
  hubEndpoint: variable(
    "HF_ENDPOINT",
    webAddress,
    "https://huggingface.co",
    "the model hub, or a mirror of it; it is asked only when you fetch a model",
  ),
  hubToken: optional(
    "HF_TOKEN",
    secret,
    "a token of the model hub, for models whose terms you have accepted there; it is sent to the hub alone",
  ),
  model: variable(
    "MODEL",
    text,
    "auto",
    "a catalogue id, an alias, a name of the hub (`hf:USER/REPO:QUANT`) or a path to a .gguf file",
  ),
  modelFallback: variable(
    "MODEL_FALLBACK",
    oneOf("none", "running"),
    "none",
    "none: a request for an unknown model is refused; running: the model that runs answers it",
  ),
  loadOnDemand: variable(
    "LOAD_ON_DEMAND",
    oneOf("on", "off"),
    "on",
    "on: a request that names a model whose file is here gets it, and waits while it is loaded; off: what runs answers",
  ),
  maxModels: optional(
    "MAX_MODELS",
    wholeNumber(1, 64),
    "the most models that are loaded at once; auto: as many as fit into memory",
    "auto",
  ),
  keepAlive: variable(
    "KEEP_ALIVE",
    idleTime,
    300_000,
    "how long a model that was loaded for a request stays without use, such as `30s`, `5m` or `1h`; 0: it goes at once; -1: never. The default model stays",
    "5m",
  ),
  pinnedModels: list(
    "PINNED_MODELS",
    listOf,
    "models that stay once they are loaded, whatever is asked for, with commas between them",
  ),
  engine: variable(
    "ENGINE",
    engineOrder,
    autoOrder,
    "auto, llama, llama-server, vllm, or an order such as `llama,vllm`; auto takes llama-server only with `LLAMA_SERVER_COMMAND`",
    "auto",
  ),
  whileLoading: variable(
    "WHILE_LOADING",
    oneOf("answer", "wait"),
    "answer",
    "answer: another engine answers while a better one loads; wait: questions wait for it",
  ),
  answersProse: optional(
    "ANSWERS_PROSE",
    oneOf("auto", "free", "strict", "none"),
    "what a model adds to a card of the desk: auto: text after a result, none by a tiny model; free: text after every card; strict: text after a result, whose figures are the result's own: the model can write no digit; none: nothing. Set, it wins over what users choose",
    "auto",
  ),
  fileMegabytes: variable("FILE_MB", wholeNumber(1, 200), 20, "the largest file that can be attached, in MB"),
  filesPerQuestion: variable(
    "FILES_PER_QUESTION",
    wholeNumber(1, 50),
    10,
    "how many files a question can have",
  ),
  filesMegabytes: variable(
    "FILES_MB",
    wholeNumber(1, 1_000_000),
    2_000,
    "how much all files of one user may take, in MB",
  ),
  queueLimit: variable(
    "QUEUE_LIMIT",
    wholeNumber(0, 100_000),
    1_000,
    "answers that may wait for a slot before more are refused with 503",
  ),
  mcpWrites: variable(
    "MCP_WRITES",
    oneOf("on", "off"),
    "off",
    "on: programs that speak the Model Context Protocol may remember facts (`memorize`), with a key that may chat; off: they only read and compute",
  ),
  drainSeconds: variable(
    "DRAIN_SECONDS",
    wholeNumber(0, 3600),
    3,
    "how long a stop waits for running answers; unfinished ones are resumed by the next start",
  ),

  llamaThreads: optional(
    "LLAMA_THREADS",
    wholeNumber(1, 512),
    "processor threads; auto: all cores but one",
    "auto",
  ),
  llamaParallel: variable(
    "LLAMA_PARALLEL",
    wholeNumber(1, 64),
    4,
    "answers that are written at the same time",
  ),
  llamaContext: optional(
    "LLAMA_CONTEXT",
    wholeNumber(256, 1_048_576),
    "tokens of one conversation's prompt and answer together; auto: by model and memory",
    "auto",
  ),
  llamaKvType: variable(
    "LLAMA_KV",
    oneOf("f16", "q8_0"),
    "f16",
    "the precision of the KV cache in memory: f16, or q8_0, which takes about half and changes answers a little",
  ),
  llamaKvMegabytes: variable(
    "KV_CACHE_MB",
    wholeNumber(0, 10_000_000),
    4_000,
    "how much of the disk the KV caches of conversations may take, so that their next turn is not read anew, in MB; 0: none is kept",
  ),
  llamaGpu: variable(
    "LLAMA_GPU",
    oneOf("auto", "cuda", "vulkan", "metal", "off"),
    "auto",
    "which kind of graphics card takes layers of the model: auto, cuda, vulkan, metal or off",
  ),

  llamaServerCommand: optional(
    "LLAMA_SERVER_COMMAND",
    text,
    "what launches llama-server: a path or a command line",
    "looked for",
  ),
  llamaServerPort: optional(
    "LLAMA_SERVER_PORT",
    wholeNumber(1, 65_535),
    "the port of the launched llama-server on loopback",
    "any free one",
  ),
  llamaServerArguments: list(
    "LLAMA_SERVER_ARGS",
    words,
    "further arguments of llama-server, after all others; its threads, slots, context, KV precision and graphics card are those of `LLAMA_*`",
  ),
  llamaServerStartSeconds: variable(
    "LLAMA_SERVER_START_SECONDS",
    wholeNumber(1, 86_400),
    600,
    "a start of llama-server that takes longer has failed",
  ),

  vllmUrls: list(
    "VLLM_URL",
    baseUrls,
    "base URLs of vLLMs, or of other OpenAI-compatible servers, that run elsewhere, with commas between them; nothing is launched then",
  ),
  vllmApiKey: optional("VLLM_API_KEY", text, "the key of the servers at `VLLM_URL`"),
  vllmCommand: optional("VLLM_COMMAND", text, "what launches vLLM: a path or a command line", "looked for"),
  vllmModel: optional(
    "VLLM_MODEL",
    text,
    "a folder or a hub id that the launched vLLM serves",
    "from the catalogue",
  ),
  vllmPort: optional(
    "VLLM_PORT",
    wholeNumber(1, 65_535),
    "the port of the launched vLLM on loopback",
    "any free one",
  ),
  vllmContext: optional(
    "VLLM_CONTEXT",
    wholeNumber(256, 10_485_760),
    "tokens of prompt and answer together",
    "the model's",
  ),
  vllmGpuMemory: optional(
    "VLLM_GPU_MEMORY",
    share,
    "share of the graphics card's memory, 0 to 1",
    "vLLM's own",
  ),
  vllmTensorParallel: variable(
    "VLLM_TENSOR_PARALLEL",
    wholeNumber(1, 64),
    1,
    "how many cards the model is spread over",
  ),
  vllmArguments: list("VLLM_ARGS", words, "further arguments of `vllm serve`, after all others"),
  vllmSlots: variable(
    "VLLM_SLOTS",
    wholeNumber(1, 10_000),
    256,
    "answers that one vLLM writes at the same time: as many as it batches by default (`--max-num-seqs`)",
  ),
  vllmStartSeconds: variable(
    "VLLM_START_SECONDS",
    wholeNumber(1, 86_400),
    1200,
    "a start that takes longer has failed",
  ),
  vllmProbeSeconds: variable(
    "VLLM_PROBE_SECONDS",
    wholeNumber(1, 3600),
    1,
    "seconds between two health checks of vLLM",
  ),
  vllmMisses: variable(
    "VLLM_MISSES",
    wholeNumber(1, 1000),
    12,
    "health checks in a row without a reply before vLLM is restarted",
  ),
  vllmHealthySeconds: variable(
    "VLLM_HEALTHY_SECONDS",
    wholeNumber(0, 86_400),
    10,
    "a vLLM that was ready for so long before it crashed does not crash in a loop",
  ),
  speechUrl: optional(
    "STT_URL",
    baseUrl,
    "base URL of a speech-to-text server with OpenAI's interface: the chat gets a button to dictate, and what is said is sent there",
  ),
  speechApiKey: optional("STT_API_KEY", text, "the key of the server at `STT_URL`"),
  speechModel: variable(
    "STT_MODEL",
    text,
    "whisper-1",
    "the model that the server at `STT_URL` is asked for",
  ),
  voiceUrl: optional(
    "TTS_URL",
    baseUrl,
    "base URL of a text-to-speech server with OpenAI's interface: texts that programs send to `/v1/audio/speech` are sent there",
  ),
  voiceApiKey: optional("TTS_API_KEY", text, "the key of the server at `TTS_URL`"),
  ...launchedVariables,
  dataFolderId: optional("DATA_FOLDER_ID", text, "set by the orchestrator for its child", null),
  orchestrated: variable("ORCHESTRATED", text, "0", "set by the orchestrator for its child", null),

  noColour: optional("NO_COLOR", text, "set to anything: no colours in the terminal (https://no-color.org)"),
  terminal: optional("TERM", text, "dumb: the cursor stays where it is", null),
  logLevel: variable(
    "LOG_LEVEL",
    oneOf("debug", "info", "warn", "error"),
    "info",
    "debug, info, warn or error",
  ),

  otlpEndpoint: optional(
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    text,
    "an OpenTelemetry collector that traces are sent to by OTLP over HTTP, at `/v1/traces` below this address: requests and answers, never their text",
  ),
  otlpTracesEndpoint: optional(
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
    text,
    "the address for traces alone, used as it is",
  ),
  otlpHeaders: optional("OTEL_EXPORTER_OTLP_HEADERS", text, "headers that are sent to the collector"),
  otlpTracesHeaders: optional(
    "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
    text,
    "headers for traces alone",
    "as for all signals",
  ),
  otelServiceName: variable(
    "OTEL_SERVICE_NAME",
    text,
    "local-financial-assistant",
    "the name under which traces are sent",
  ),
  otelTracesExporter: variable("OTEL_TRACES_EXPORTER", text, "otlp", "none: no traces are sent"),
  otelDisabled: variable("OTEL_SDK_DISABLED", text, "false", "true: no traces are sent"),
} satisfies Readonly<Record<string, Variable<unknown>>>;
