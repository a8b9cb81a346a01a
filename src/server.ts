/**
 * The server: builds its parts from the settings, resumes unfinished answers, serves until a stop, and shuts
 * down. The orchestrator runs it as a child (ORCHESTRATED=1); `bun run dev` runs it alone.
 * Exit codes: 0 stopped on request, 78 (EX_CONFIG of sysexits.h) it cannot start and trying again would not help.
 */
import { join } from "node:path";
import { createApp } from "./app.ts";
import { AppError } from "./errors.ts";
import { openOrchestratorChannel } from "./ipc/orchestrator-channel.ts";
import { readOrchestratorLine } from "./ipc/orchestrator-message.ts";
import { createLog } from "./log.ts";
import { endOrphans } from "./process/pid-file.ts";
import { appDeps } from "./server/app-deps.ts";
import { createParts } from "./server/create-parts.ts";
import { listen, refuseOpenAccess } from "./server/listen.ts";
import { openOllamaPort } from "./server/ollama-port.ts";
import { stopSignals } from "./server/stop-signals.ts";
import { usePulled } from "./server/use-pulled.ts";
import { readSettings } from "./settings/read-settings.ts";

const projectRoot = join(import.meta.dir, "..");
const refusal = 78;
/** How long the shutdown may take after the answers are drained, in milliseconds; then the process ends all the same. */
const shutdownDeadline = 8_000;
/** Between TERM and KILL for an engine whose orchestrator is gone, in milliseconds. */
const engineGraceMs = 3_000;

const orchestrator = openOrchestratorChannel();

async function main(): Promise<void> {
  const settings = readSettings(process.env, projectRoot);
  const log = createLog(settings.logLevel);
  await using stack = new AsyncDisposableStack();
  const parts = await createParts({ settings, projectRoot, log, orchestrator, stack });
  const { generations, queue, engines } = parts;
  refuseOpenAccess(settings, parts.accounts, log);
  const app = createApp({ ...appDeps(parts), showsComponents: process.argv.includes("--components") });
  // Before the first reader comes back: it must find its unfinished answer running.
  generations.recover();
  queue.recover();
  const listening = listen(app, settings, log);
  stack.defer(() => listening.stop());
  if (settings.ollamaPort !== null)
    stack.defer(await openOllamaPort(settings.ollamaPort, { host: settings.host, port: listening.port }));
  stack.defer(usePulled({ ...parts, resolve: (name) => parts.names.resolve(name) }));
  orchestrator.send({ event: "listening", url: listening.url, pid: process.pid });
  // Loaded now rather than with the first question; /health, the page and every answer report a failure.
  if (engines.llamaStarts) engines.llama.start();

  const launched = [engines.vllm, engines.llamaServer].filter((engine) => engine !== null);
  const { asked, orchestratorEnd } = stopSignals(settings.orchestrated, (text) => {
    const line = readOrchestratorLine(text);
    if (line !== null) for (const engine of launched) engine.update(line);
  });
  log.info("stopping", { reason: await asked });
  // Nobody waits for answers when the orchestrator is gone, also when it goes in the meantime.
  await Promise.race([generations.drain(settings.drainSeconds * 1000), orchestratorEnd.promise]);
  setTimeout(() => process.exit(1), shutdownDeadline).unref();
  await stack.disposeAsync();
  // What an orchestrator launched that was killed has no other owner left.
  if (orchestratorEnd.isGone)
    for (const { name } of launched) await endOrphans(join(settings.dataDir, `${name}.pid`), engineGraceMs);
  log.info("stopped");
  process.exit(0);
}

try {
  await main();
} catch (cause) {
  const message = cause instanceof AppError ? cause.message : null;
  if (message === null) createLog("info").error("defect", { error: cause });
  else orchestrator.send({ event: "start-refused", message });
  process.exit(message === null ? 1 : refusal);
}
