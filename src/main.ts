/**
 * The orchestrator: starts the server child, and vLLM or llama-server where the settings ask for them, watches them, and stops
 * them. It loads no native code, so a crash in a GGUF parser or a GPU driver ends only the child, which is restarted; the
 * engines that were launched stay warm meanwhile.
 *
 * `bun run start` runs it in the foreground; `./run.sh start` in the background. Exit codes: 0 stopped on
 * request, 1 it cannot run, 78 (EX_CONFIG of sysexits.h) settings or port are wrong.
 */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { AppError, SettingsError } from "./errors.ts";
import { readServerLine, type ServerLine } from "./ipc/server-message.ts";
import { LoadSupersededError } from "./launch/engine-launcher.ts";
import { LlamaServerLauncher } from "./llama-server/llama-server-launcher.ts";
import { createLog } from "./log.ts";
import { type CatalogEntry, chatModels, findEntry, loadCatalog } from "./models/catalog.ts";
import { cardBytes, machineMemory } from "./models/machine-memory.ts";
import { inspectMachine } from "./models/runtime-package.ts";
import { makeDataFolder } from "./process/data-folder.ts";
import { Instance } from "./process/instance.ts";
import { endOrphans } from "./process/pid-file.ts";
import { freePort, portOwner, portProblem } from "./process/port.ts";
import { defaultTimings, SupervisedProcess } from "./process/supervised-process.ts";
import { readSettings } from "./settings/read-settings.ts";
import type { Settings } from "./settings/settings.ts";
import { VllmLauncher } from "./vllm/vllm-launcher.ts";
import { servedModel, vllmMode } from "./vllm/vllm-plan.ts";

/** What vLLM takes of a card for the weights; the rest is for the KV cache and its work. */
const shareForWeights = 0.7;
const projectRoot = join(import.meta.dir, "..");
/** The server child's exit code when another try would not help: EX_CONFIG of sysexits.h. */
const refusal = 78;
/** The exit code of `models prepare` after a signal. */
const interrupted = 130;
/** Tests replace the server. */
const serverFile = process.argv[2] ?? join(import.meta.dir, "server.ts");

try {
  process.exitCode = await main();
} catch (cause) {
  if (!(cause instanceof AppError)) throw cause;
  console.error(cause.message);
  process.exitCode = cause instanceof SettingsError ? refusal : 1;
}
// A supervised child's pipes would keep this process alive after its work is done.
process.exit();

async function main(): Promise<number> {
  const settings = readSettings(process.env, projectRoot);
  const { promise: asked, resolve: askToStop } = Promise.withResolvers<"asked">();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => askToStop("asked"));

  makeDataFolder(settings.dataDir);
  using instance = Instance.claim(settings.dataDir);
  // A process that survived a kill -9 of its orchestrator would still have its port.
  const names = ["server", "vllm", "llama-server"];
  for (const name of names)
    await endOrphans(join(settings.dataDir, `${name}.pid`), defaultTimings.stopGraceMs);
  await refuseTakenPort(settings);
  await using vllm = await createVllm(settings);
  await using llamaServer = await createLlamaServer(settings);
  const launchers = [vllm, llamaServer].filter((launcher) => launcher !== null);
  const prepared = await prepare(asked);
  if (prepared !== 0 && (prepared === interrupted || vllm === null)) return 1;
  if (prepared !== 0) console.log("vLLM answers alone.");

  const log = createLog(settings.logLevel);
  let url: string | null = null;
  let refusalMessage: string | null = null;
  const environment: Record<string, string | undefined> = {
    // Bun's fetch keeps at most 256 requests open unless set otherwise before the process starts; more would hang.
    BUN_CONFIG_MAX_HTTP_REQUESTS: "10000",
    // Elsewhere Elysia writes a refused body several times over into its error, which nobody reads.
    NODE_ENV: "production",
    ...process.env,
    DATA_FOLDER_ID: instance.folderId,
    ...(vllm === null ? {} : { LAUNCHED_VLLM_URL: vllm.url, LAUNCHED_VLLM_KEY: vllm.apiKey }),
    ...(llamaServer === null
      ? {}
      : {
          LAUNCHED_LLAMA_SERVER_URL: llamaServer.url,
          LAUNCHED_LLAMA_SERVER_KEY: llamaServer.apiKey,
        }),
  };
  await using server = new SupervisedProcess({
    name: "The server",
    command: [process.execPath, serverFile],
    directory: projectRoot,
    environment,
    pidFile: join(settings.dataDir, "server.pid"),
    logFile: join(settings.dataDir, "logs/server.log"),
    onLine: (text) => {
      const line = readServerLine(text);
      if (line?.event === "listening") {
        if (line.url !== url) console.log(`The assistant is at ${line.url}`);
        url = line.url;
        // After a restart it listens on the same port: open pages reconnect, even when PORT was 0.
        // A URL leaves the standard port out.
        environment.PORT = new URL(line.url).port || "80";
        for (const launcher of launchers) server.send(JSON.stringify(launcher.line()));
      }
      if (line?.event === "start-refused") refusalMessage = line.message;
      if (line?.event === "launch-asked")
        void steer({ vllm, llamaServer }, line).catch((error: unknown) => {
          if (error instanceof LoadSupersededError) log.info("load-superseded", error.facts);
          else log.error("launch-not-steered", { engine: line.engine, error });
        });
    },
    // It sends no data and calls its own child: a certificate for another name is good enough here.
    probe: async (signal) =>
      url !== null && (await fetch(`${url}/health`, { signal, tls: { rejectUnauthorized: false } })).ok,
    refusalCode: refusal,
    describeRefusal: () => refusalMessage ?? "The server refused to start; its log says why.",
    timings: {
      healthyAfterMs: 2_000,
      giveUpAfter: 10,
      stopGraceMs: defaultTimings.stopGraceMs + settings.drainSeconds * 1000,
    },
  });
  for (const launcher of launchers) {
    launcher.onChange((line) => {
      server.send(JSON.stringify(line));
      const { engine, state, pid, problem, restarts, phase } = line;
      log.info("launched-state", { engine, state, pid, problem, restarts, phase });
    });
    launcher.start();
  }

  const { promise: failed, resolve: fail } = Promise.withResolvers<"failed">();
  server.onChange(({ state, pid, problem, restarts }) => {
    if (state === "failed") fail("failed");
    if (state === "ready" && url !== null) instance.announce(url);
    log.info("server-state", { state, pid, problem, restarts });
  });
  server.start();
  const end = await Promise.race([asked, failed]);
  if (end === "asked") return 0;

  const { problem, lastExit } = server.status();
  console.error(problem);
  if (lastExit?.code === refusal) return refusal;
  // Every try has the same message: once is enough.
  for (const line of new Set(server.log.tail(20))) console.error(`  ${line}`);
  return 1;
}

/** null: no vLLM is launched. */
async function createVllm(settings: Settings): Promise<VllmLauncher | null> {
  const machine = {
    hasCudaGpu: inspectMachine(process.env).nvidiaDriver,
    cores: availableParallelism(),
    exists: existsSync,
    which: Bun.which,
  };
  if (vllmMode(settings, machine) !== "launch") return null;
  const { port, portProblem } = await portFor(
    "VLLM",
    settings.vllm.port,
    "if it is a vLLM to be used, set VLLM_URL to its address",
  );
  return new VllmLauncher({
    settings,
    served: servedModel(settings, vllmEntry(settings.model)),
    machine,
    port,
    portProblem,
    environment: process.env,
  });
}

/** null: none is launched. */
async function createLlamaServer(settings: Settings): Promise<LlamaServerLauncher | null> {
  if (!settings.engineOrder.includes("llama-server")) return null;
  const { port, portProblem } = await portFor("LLAMA_SERVER", settings.llamaServer.port);
  const cores = availableParallelism();
  return new LlamaServerLauncher({ settings, port, portProblem, cores, environment: process.env });
}

/** @param wanted null: any free one @param otherwise what else can be done about one that is taken */
async function portFor(name: "VLLM" | "LLAMA_SERVER", wanted: number | null, otherwise?: string) {
  const port = wanted ?? (await freePort());
  if ((await portProblem(port, "127.0.0.1")) === null) return { port, portProblem: null };
  const title = name === "VLLM" ? "vLLM" : "llama-server";
  const owner = portOwner(port) ?? "another program";
  const ways =
    otherwise === undefined
      ? `or set ${name}_PORT to another port`
      : `set ${name}_PORT to another port, or, ${otherwise}`;
  return {
    port,
    portProblem: `Port ${port}, on which ${title} was to listen, is in use by ${owner}. Stop that, ${ways}.`,
  };
}

/** The chosen model's catalogue entry; for auto the best one whose weights, as vLLM has them, fit the card, or else the memory. */
function vllmEntry(wanted: string): CatalogEntry | undefined {
  const catalog = loadCatalog(join(projectRoot, "models/catalog.json"));
  if (wanted.toLowerCase() !== "auto") return findEntry(catalog, wanted);
  const room = (cardBytes() ?? machineMemory().totalBytes) * shareForWeights;
  return chatModels(catalog).find(({ vllm, vllmBytes }) => vllm !== undefined && (vllmBytes ?? 0) <= room);
}

interface Launchers {
  readonly vllm: VllmLauncher | null;
  readonly llamaServer: LlamaServerLauncher | null;
}

async function steer(
  { vllm, llamaServer }: Launchers,
  { engine, action, model = "", file, projector }: Extract<ServerLine, { event: "launch-asked" }>,
): Promise<void> {
  if (action !== "load") return await (engine === "vllm" ? vllm : llamaServer)?.act(action);
  if (engine === "llama-server") {
    if (file !== undefined) await llamaServer?.load({ model, file, projector: projector ?? null });
    return;
  }
  const settings = readSettings(process.env, projectRoot);
  // A model that was requested at run time goes before the one in the settings.
  const served = servedModel({ ...settings, vllm: { ...settings.vllm, model: null } }, vllmEntry(model));
  if (served !== null) await vllm?.load(served);
}

/**
 * Installs the model runner and a model if they are missing, in its own process, which may load native code.
 * @returns its exit code
 */
async function prepare(asked: Promise<unknown>): Promise<number> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "cli/models.ts"), "prepare"], {
    cwd: projectRoot,
    stdio: ["ignore", "inherit", "inherit"],
  });
  void asked.then(() => child.kill("SIGTERM"));
  return child.exited;
}

async function refuseTakenPort({ port, host }: Settings): Promise<void> {
  const problem = await portProblem(port, host);
  if (problem === null) return;
  const next = `Start with another one, for example PORT=${port + 1} ./run.sh start, or stop the program that uses it.`;
  const reason =
    problem === "EADDRINUSE"
      ? `is in use by ${portOwner(port) ?? "another program"}`
      : `cannot be used (${problem})`;
  throw new SettingsError(`Port ${port} on ${host} ${reason}. ${next}`, { setting: "PORT" });
}
