/**
 * The orchestrator: starts the server child, watches it, and stops it. It loads no native code, so a crash
 * in a GGUF parser or a GPU driver is the child's alone, and a restart.
 *
 * `bun run start` runs it in the foreground; `./run.sh start` in the background. Exit codes: 0 stopped on
 * request, 1 it cannot run, 78 (EX_CONFIG of sysexits.h) settings or port are wrong.
 */
import { join } from "node:path";
import { AppError, SettingsError } from "./errors.ts";
import { createLog } from "./log.ts";
import { makeDataFolder } from "./process/data-folder.ts";
import { Instance } from "./process/instance.ts";
import { endOrphans } from "./process/pid-file.ts";
import { portProblem } from "./process/port.ts";
import { defaultTimings, SupervisedProcess } from "./process/supervised-process.ts";
import { readServerLine } from "./server-line.ts";
import { readSettings, type Settings } from "./settings.ts";

const projectRoot = join(import.meta.dir, "..");
/** What the server child exits with when trying again would not help: EX_CONFIG of sysexits.h. */
const refusal = 78;
/** Tests put a server of their own in its place. */
const serverFile = process.argv[2] ?? join(import.meta.dir, "server.ts");

try {
  process.exitCode = await main();
} catch (cause) {
  if (!(cause instanceof AppError)) throw cause;
  console.error(cause.message);
  process.exitCode = cause instanceof SettingsError ? refusal : 1;
}
// A supervised child's pipes would keep this process alive after everything has been said.
process.exit();

async function main(): Promise<number> {
  const settings = readSettings(process.env, projectRoot);
  const { promise: asked, resolve: askToStop } = Promise.withResolvers<"asked">();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => askToStop("asked"));

  makeDataFolder(settings.dataDir);
  using instance = Instance.claim(settings.dataDir);
  const pidFile = join(settings.dataDir, "server.pid");
  // A server that outlived an orchestrator killed with -9 would still hold the port.
  await endOrphans(pidFile, defaultTimings.stopGraceMs);
  await refuseTakenPort(settings);
  if (!(await prepare(asked))) return 1;

  const log = createLog(settings.logLevel);
  let url: string | null = null;
  let refusalMessage: string | null = null;
  // Bun's fetch keeps at most 256 requests open unless told otherwise before the process starts; more would hang.
  const environment: Record<string, string | undefined> = {
    BUN_CONFIG_MAX_HTTP_REQUESTS: "10000",
    ...process.env,
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
        // Started again, it listens where it did before: open pages reconnect, also when PORT was 0.
        environment.PORT = new URL(line.url).port;
      }
      if (line?.event === "start-refused") refusalMessage = line.message;
    },
    probe: async (signal) => url !== null && (await fetch(`${url}/health`, { signal })).ok,
    refusalCode: refusal,
    describeRefusal: () => refusalMessage ?? "The server refused to start; its log says why.",
    timings: { healthyAfterMs: 2_000, giveUpAfter: 10 },
  });

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
  // Every try says the same: once is enough.
  for (const line of new Set(server.log.tail(20))) console.error(`  ${line}`);
  return 1;
}

/** Brings the model runner and a model if they are missing, in a process of its own that may load native code. */
async function prepare(asked: Promise<unknown>): Promise<boolean> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "models/models-cli.ts"), "prepare"], {
    cwd: projectRoot,
    stdio: ["ignore", "inherit", "inherit"],
  });
  void asked.then(() => child.kill("SIGTERM"));
  return (await child.exited) === 0;
}

async function refuseTakenPort({ port, host }: Settings): Promise<void> {
  const problem = await portProblem(port, host);
  if (problem === null) return;
  const next = `Start with another one, for instance PORT=${port + 1} ./run.sh start, or stop what uses it.`;
  const reason = problem === "EADDRINUSE" ? "is in use by another program" : `cannot be used (${problem})`;
  throw new SettingsError(`Port ${port} on ${host} ${reason}. ${next}`, { setting: "PORT" });
}
