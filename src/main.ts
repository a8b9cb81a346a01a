/**
 * The orchestrator: starts the server child, and vLLM where the settings ask for one, watches them, and stops them. It loads
 * no native code, so a crash in a GGUF parser or a GPU driver ends only the child, which is restarted; vLLM stays warm
 * meanwhile.
 *
 * `bun run start` runs it in the foreground; `./run.sh start` in the background. Exit codes: 0 stopped on
 * request, 1 it cannot run, 78 (EX_CONFIG of sysexits.h) settings or port are wrong.
 */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { AppError, SettingsError } from "./errors.ts";
import { readServerLine, type ServerLine } from "./ipc/server-message.ts";
import { createLog } from "./log.ts";
import { type CatalogEntry, chatModels, findEntry, loadCatalog } from "./models/catalog.ts";
import { machineMemory } from "./models/machine-memory.ts";
import { inspectMachine } from "./models/runtime-package.ts";
import { makeDataFolder } from "./process/data-folder.ts";
import { Instance } from "./process/instance.ts";
import { endOrphans } from "./process/pid-file.ts";
import { freePort, portOwner, portProblem } from "./process/port.ts";
import { defaultTimings, SupervisedProcess } from "./process/supervised-process.ts";
import { readSettings } from "./settings/read-settings.ts";
import type { Settings } from "./settings/settings.ts";
import { LoadSupersededError, VllmLauncher } from "./vllm/vllm-launcher.ts";
import { servedModel, vllmMode } from "./vllm/vllm-plan.ts";

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
  const pidFile = join(settings.dataDir, "server.pid");
  // A process that survived a kill -9 of its orchestrator would still have its port.
  for (const file of [pidFile, join(settings.dataDir, "vllm.pid")])
    await endOrphans(file, defaultTimings.stopGraceMs);
  await refuseTakenPort(settings);
  await using vllm = await createLauncher(settings);
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
  };
  await using server = new SupervisedProcess({
    name: "The server",
    command: [process.execPath, serverFile],
    directory: projectRoot,
    environment,
    pidFile,
    logFile: join(settings.dataDir, "logs/server.log"),
    onLine: (text) => {
      const line = readServerLine(text);
      if (line?.event === "listening") {
        if (line.url !== url) console.log(`The assistant is at ${line.url}`);
        url = line.url;
        // After a restart it listens on the same port: open pages reconnect, even when PORT was 0.
        // A URL leaves the standard port out.
        environment.PORT = new URL(line.url).port || "80";
        if (vllm !== null) server.send(JSON.stringify(vllm.line()));
      }
      if (line?.event === "start-refused") refusalMessage = line.message;
      if (line?.event === "vllm-asked" && vllm !== null)
        void steer(vllm, line).catch((error: unknown) => {
          if (error instanceof LoadSupersededError) log.info("vllm-load-superseded", error.facts);
          else log.error("vllm-not-steered", { error });
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
  vllm?.onChange((line) => {
    server.send(JSON.stringify(line));
    const { state, pid, problem, restarts, phase } = line;
    log.info("vllm-state", { state, pid, problem, restarts, phase });
  });
  vllm?.start();

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
async function createLauncher(settings: Settings): Promise<VllmLauncher | null> {
  const machine = {
    hasCudaGpu: inspectMachine(process.env).nvidiaDriver,
    cores: availableParallelism(),
    exists: existsSync,
    which: Bun.which,
  };
  if (vllmMode(settings, machine) !== "launch") return null;
  const port = settings.vllm.port ?? (await freePort());
  const taken = await portProblem(port, "127.0.0.1");
  const portOfOther =
    taken === null
      ? null
      : `Port ${port}, on which vLLM was to listen, is in use by ${portOwner(port) ?? "another program"}. Stop that, set VLLM_PORT to another port, or, if it is a vLLM to be used, set VLLM_URL to its address.`;
  return new VllmLauncher({
    settings,
    served: servedModel(settings, vllmEntry(settings.model)),
    machine,
    port,
    portProblem: portOfOther,
    environment: process.env,
  });
}

/** The chosen model's catalogue entry; for auto the best one that fits the memory. */
function vllmEntry(wanted: string): CatalogEntry | undefined {
  const catalog = loadCatalog(join(projectRoot, "models/catalog.json"));
  if (wanted.toLowerCase() !== "auto") return findEntry(catalog, wanted);
  const { totalBytes } = machineMemory();
  return chatModels(catalog).find((entry) => entry.vllm !== undefined && entry.minMemoryBytes <= totalBytes);
}

async function steer(
  vllm: VllmLauncher,
  { action, model }: Extract<ServerLine, { event: "vllm-asked" }>,
): Promise<void> {
  if (action !== "load") return vllm.act(action);
  const settings = readSettings(process.env, projectRoot);
  // A model that was requested at run time goes before the one in the settings.
  const served = servedModel(
    { ...settings, vllm: { ...settings.vllm, model: null } },
    vllmEntry(model ?? ""),
  );
  if (served !== null) await vllm.load(served);
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
