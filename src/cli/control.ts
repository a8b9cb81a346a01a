/**
 * `./run.sh start | stop | restart | status | logs | engine | load`: they find the orchestrator of this data folder, start it
 * in the background, end it, or send it a request. It knows nothing of the server but /api.
 *
 * Exit codes: those of run.ts, 3 it does not run, and for start the orchestrator's exit code.
 */
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { makeDataFolder } from "../process/data-folder.ts";
import { FileTail } from "../process/file-tail.ts";
import { runningInstance } from "../process/instance.ts";
import { isAlive } from "../process/process-identity.ts";
import { readSettings } from "../settings/read-settings.ts";
import type { Settings } from "../settings/settings.ts";
import { MisuseError, parseWords, run } from "./run.ts";
import { askEngine, describeReport, fetchReport } from "./status-report.ts";

const projectRoot = join(import.meta.dir, "../..");
const notRunning = 3;
/** Longer than the orchestrator takes to end a server that ignores TERM; running answers get their time before that. */
const stopDeadlineMs = 20_000;

const usage = `Usage: start | stop | restart | status
       logs [server | vllm | llama-server | orchestrator] [-f]
       engine NAME start | stop | restart | unload
       load MODEL [ENGINE]`;
const logNames = ["server", "vllm", "llama-server", "orchestrator"] as const;
/** The server finds and checks a model's file before it replies, which takes a while for a large one. */
const loadDeadlineMs = 120_000;

async function main(words: readonly string[]): Promise<number> {
  const settings = readSettings(process.env, projectRoot);
  const [command, ...rest] = words;
  switch (command) {
    case "start":
      return start(settings, rest);
    case "stop":
      return stop(settings);
    case "restart": {
      const stopped = await stop(settings);
      return stopped === 0 || stopped === notRunning ? start(settings, rest) : stopped;
    }
    case "status":
      return status(settings);
    case "logs":
      return logs(settings, rest);
    case "engine":
      return engine(settings, rest);
    case "load":
      return load(settings, rest);
    default:
      throw new MisuseError();
  }
}

/**
 * Starts the orchestrator in its own session, and shows its output until the chat can be opened.
 * @param orchestratorArguments its command line (see main.ts)
 */
async function start(settings: Settings, orchestratorArguments: readonly string[]): Promise<number> {
  const running = runningInstance(settings.dataDir);
  if (running?.url) {
    console.log(`It is already running at ${running.url}`);
    return 0;
  }
  const logFile = join(settings.dataDir, "logs/orchestrator.log");
  makeDataFolder(settings.dataDir);
  mkdirSync(join(settings.dataDir, "logs"), { recursive: true, mode: 0o700 });
  const output = openSync(logFile, "a", 0o600);
  using spoken = FileTail.fromEnd(logFile);
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "../main.ts"), ...orchestratorArguments], {
    cwd: projectRoot,
    stdio: ["ignore", output, output],
    detached: true,
  });
  closeSync(output);
  child.unref();

  while (child.exitCode === null && child.signalCode === null) {
    showPlainLines(spoken);
    const instance = runningInstance(settings.dataDir);
    if (instance?.pid === child.pid && instance.url !== null) {
      await delay(50);
      showPlainLines(spoken);
      console.log(`Log files: ${join(settings.dataDir, "logs")}. "./run.sh stop" ends it.`);
      return 0;
    }
    await delay(100);
  }
  showPlainLines(spoken);
  return child.exitCode ?? 1;
}

/** The orchestrator's JSON lines are for the log; its sentences are for people. */
function showPlainLines(spoken: FileTail): void {
  for (const line of spoken.lines()) if (!line.startsWith("{")) console.log(line);
}

async function stop(settings: Settings): Promise<number> {
  const instance = runningInstance(settings.dataDir);
  if (instance === null) {
    console.log("It is not running.");
    return notRunning;
  }
  process.kill(instance.pid, "SIGTERM");
  const deadline = performance.now() + stopDeadlineMs + settings.drainSeconds * 1000;
  while (isAlive(instance)) {
    if (performance.now() > deadline) {
      // Its children end by themselves: the pipe that they read has closed.
      process.kill(instance.pid, "SIGKILL");
      console.log("It did not end in time and was killed.");
      return 1;
    }
    await delay(50);
  }
  console.log("Stopped.");
  return 0;
}

/** "2026-11-29 14:05:09": the same in every locale, by the clock of this machine. */
function localTime(milliseconds: number): string {
  const time = new Date(milliseconds);
  const local = new Date(milliseconds - time.getTimezoneOffset() * 60_000).toISOString();
  return local.slice(0, 19).replace("T", " ");
}

const adminsAlone =
  'It answers. Logins are on, so only admins see more: create a key with "bun run users key NAME terminal --scope admin", and set LFA_API_KEY to it.';

async function status(settings: Settings): Promise<number> {
  const instance = runningInstance(settings.dataDir);
  if (instance === null) {
    console.log("It is not running.");
    return notRunning;
  }
  console.log(`Running since ${localTime(instance.since)} (process ${instance.pid}).`);
  console.log(`Address:  ${instance.url ?? "none yet: it is starting"}`);
  if (instance.url === null) return 0;
  const report = await fetchReport(instance.url, settings.apiKey, AbortSignal.timeout(5_000));
  if (report === "closed") console.log(adminsAlone);
  else if (report === null)
    console.log(`The server does not answer; process ${instance.pid} is restarting it.`);
  else for (const line of describeReport(report)) console.log(line);
  return 0;
}

/** Starts, stops or restarts one engine of the running program, or unloads its model. */
async function engine(settings: Settings, [name, action]: readonly string[]): Promise<number> {
  if (name === undefined || action === undefined) throw new MisuseError();
  return steer(
    settings,
    `${name}/${action}`,
    {},
    `${name}: ${action} has begun. "./run.sh status" shows the progress.`,
  );
}

/** Replaces the running model. */
async function load(settings: Settings, [model, named]: readonly string[]): Promise<number> {
  if (model === undefined) throw new MisuseError();
  const url = runningInstance(settings.dataDir)?.url;
  const report = url ? await fetchReport(url, settings.apiKey, AbortSignal.timeout(5_000)) : null;
  const known = report === "closed" ? undefined : report?.engines[0]?.name;
  const name = named ?? known ?? "llama";
  const done = `${name} loads ${model}: running answers finish first. "./run.sh status" shows the progress.`;
  return steer(settings, `${name}/load`, { model }, done);
}

async function steer(settings: Settings, path: string, body: unknown, done: string): Promise<number> {
  const url = runningInstance(settings.dataDir)?.url;
  if (!url) {
    console.log("It is not running.");
    return notRunning;
  }
  const refusal = await askEngine(url, settings.apiKey, path, body, AbortSignal.timeout(loadDeadlineMs));
  if (refusal === null) console.log(done);
  else console.error(refusal);
  return refusal === null ? 0 : 1;
}

async function logs(settings: Settings, words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(words, { follow: { type: "boolean", short: "f" } });
  const [name = "server"] = positionals;
  if (!logNames.some((known) => known === name))
    throw new MisuseError(`There is no log "${name}". There is ${logNames.join(", ")}.`);
  using tail = FileTail.lastLines(join(settings.dataDir, `logs/${name}.log`), 50);
  do {
    for (const line of tail.lines()) console.log(line);
    if (values.follow) await delay(200);
  } while (values.follow);
  return 0;
}

if (import.meta.main) await run(main, { usage });
