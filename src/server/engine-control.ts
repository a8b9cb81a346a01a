/** What runs, for the status page, its API and the metrics; and the means to start, stop and switch engines. */
import { totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { EngineState, EngineStatus } from "../chat/engine.ts";
import type { ModelFile } from "../engines/llama/model-file.ts";
import type { LaunchedEngine } from "../engines/upstream/launched-engine.ts";
import { EngineUnavailableError, InvalidRequestError, NotFoundError, UnknownModelError } from "../errors.ts";
import type { Log } from "../log.ts";
import { chatModels, requireEntry } from "../models/catalog.ts";
import { type ModelPlace, presentModels } from "../models/model-store.ts";
import { FileTail } from "../process/file-tail.ts";
import type { EngineStatistics } from "../status/answer-statistics.ts";
import type { GpuWatch } from "../status/gpu-usage.ts";
import { StatusHistory } from "../status/status-history.ts";
import type { EngineAction, EngineReport, StatusPort, StatusReport } from "../status/status-report.ts";
import { say, type Words } from "../texts/say.ts";
import type { ServerEngines } from "./create-engines.ts";
import type { LaunchedLlamaServer } from "./launched-llama-server.ts";

interface ServerStatusDeps {
  readonly version: string;
  readonly startedAt: number;
  readonly dataDir: string;
  readonly place: ModelPlace;
  readonly engines: ServerEngines;
  readonly statistics: EngineStatistics;
  readonly gpus: GpuWatch;
  readonly unfinished: () => number;
  readonly storage: () => string;
  /** Tokens of all answers since the start. */
  readonly tokens: () => number;
  readonly log: Log;
}

/** How many lines of a log are shown. */
const tailLines = 30;
/** Not every change is reported: observers poll at this interval, in milliseconds. */
const lookAgainMs = 1_000;
/** A switch that waits for longer than this for running answers is given up, in milliseconds. */
const longestDrain = 30 * 60_000;

const verbs: Readonly<Record<EngineAction, Words>> = {
  start: say`start`,
  stop: say`stop`,
  restart: say`restart`,
  unload: say`unload`,
};
const adjectives: Readonly<Record<EngineState, Words>> = {
  ready: say`ready`,
  starting: say`starting`,
  stopped: say`stopped`,
  failed: say`failed`,
};

const actionsOfExtra: Readonly<Record<EngineState, readonly EngineAction[]>> = {
  stopped: [],
  failed: [],
  starting: [],
  ready: ["unload"],
};

const actionsIn: Readonly<Record<EngineState, readonly EngineAction[]>> = {
  stopped: ["start"],
  failed: ["start"],
  starting: ["stop", "restart"],
  ready: ["stop", "restart"],
};

export class ServerStatus implements StatusPort, Disposable {
  readonly #deps: ServerStatusDeps;
  readonly #history: StatusHistory;
  /** Why the last switch of an engine's model came to nothing. */
  readonly #failedSwitches = new Map<string, string>();

  constructor(deps: ServerStatusDeps) {
    this.#deps = deps;
    const { engines, statistics, tokens } = deps;
    this.#history = new StatusHistory({
      tokens,
      sample: () => ({
        timeToFirstTokenMs:
          engines.pool
            .status()
            .map(({ engine }) => statistics.timeToFirstToken(engine))
            .find((known) => known !== null) ?? null,
        waiting: engines.pool.waiting,
        residentBytes: process.memoryUsage.rss(),
      }),
      engines: () => engines.pool.status(),
    });
  }

  [Symbol.dispose](): void {
    this.#history[Symbol.dispose]();
  }

  report(): StatusReport {
    const { version, startedAt, engines, statistics, unfinished, storage, gpus } = this.#deps;
    return {
      version,
      startedAt,
      engines: engines.pool.status().map((status) => this.#reportOf(status)),
      waiting: engines.pool.waiting,
      unfinished: unfinished(),
      answers: statistics.answers,
      tokens: statistics.tokens,
      memory: { residentBytes: process.memoryUsage.rss(), totalBytes: totalmem() },
      gpus: gpus.usage,
      storage: storage(),
      lately: this.#history.samples,
      changes: this.#history.changes,
    };
  }

  async act(engine: string, action: EngineAction): Promise<void> {
    const { llama } = this.#deps.engines;
    const report = this.#engine(engine);
    if (!report.actions.includes(action))
      throw new InvalidRequestError(
        report.actions.length === 0 && !this.#isExtra(engine)
          ? say`${{ verbatim: engine }} is run by somebody else, and is started and stopped there.`
          : say`${{ verbatim: engine }} cannot ${verbs[action]} while it is ${adjectives[report.status.state]}.`,
      );
    this.#failedSwitches.delete(engine);
    this.#deps.log.info("engine-asked", { engine, action });
    if (action === "unload") return this.#unload(engine);
    // The stop ends the answers that a change of its model waits for: that would start it again.
    if (action === "stop")
      this.#deps.engines.pool.cancelReload(
        engine,
        new EngineUnavailableError(say`${{ verbatim: engine }} was stopped before that.`),
      );
    if (engine !== llama.name) this.#launched(engine)?.ask(action);
    else if (action === "start") llama.start();
    else {
      const freed = llama.stop();
      // At once, so that an answer which this ends waits for the engine instead of failing.
      if (action === "restart") llama.start();
      freed.catch((error: unknown) => this.#deps.log.error("defect", { error }));
    }
  }

  /** Its running answers finish first: that is not waited for. */
  #unload(engine: string): void {
    const { engines, log } = this.#deps;
    engines.loader?.unload(engine).catch((error: unknown) => {
      this.#failedSwitches.set(engine, `It was not unloaded: ${messageOf(error)}`);
      log.warn("model-not-unloaded", { engine, error });
    });
  }

  async load(engine: string, wanted: string): Promise<void> {
    const { engines, place, log } = this.#deps;
    const { models, actions } = this.#engine(engine);
    if (this.#isExtra(engine))
      throw new InvalidRequestError(
        say`${{ verbatim: engine }} has one model. Ask for another by its name, or load it on ${{ verbatim: engines.llama.name }}.`,
      );
    if (actions.length === 0)
      throw new InvalidRequestError(
        say`${{ verbatim: engine }} is run by somebody else, who decides about its model.`,
      );
    // An invalid name or file is reported now, to the caller.
    const servesFiles = [engines.llama.name, engines.llamaServer?.name].includes(engine);
    const chosen = servesFiles ? await engines.choose(wanted) : null;
    const model = servesFiles ? wanted : requireEntry(place.catalog, wanted).id;
    if (!servesFiles && !models.includes(model)) throw new UnknownModelError(wanted, models);
    this.#failedSwitches.delete(engine);
    log.info("engine-asked", { engine, action: "load", model });
    const signal = AbortSignal.timeout(longestDrain);
    const replaced = async () => {
      if (chosen === null) return engines.pool.drainThen(engine, () => this.#loadVllm(model), signal);
      if (engine === engines.llamaServer?.name) {
        const work = () => this.#loadLlamaServer(chosen);
        // Where llama answers, too, the models that requests name are loaded there.
        if (engines.loader === null || engines.llamaAnswers)
          await engines.pool.drainThen(engine, work, signal);
        else await engines.loader.changeFirst(chosen.id, work, signal);
        engines.lastModel.note(model);
        return;
      }
      const work = () => engines.llama.load(model, signal);
      if (engines.loader === null) await engines.pool.drainThen(engine, work, signal);
      else await engines.loader.changeFirst(chosen.id, work, signal);
      engines.lastModel.note(model);
    };
    void replaced().catch((error: unknown) => {
      this.#failedSwitches.set(engine, `${model} was not loaded: ${messageOf(error)}`);
      log.warn("model-not-switched", { engine, model, error });
    });
  }

  async changed(signal: AbortSignal): Promise<void> {
    await delay(lookAgainMs, undefined, { signal }).catch(() => {});
  }

  /** Resolves when the orchestrator has begun: from then on its state shows the progress. */
  async #loadVllm(model: string): Promise<void> {
    const { vllm } = this.#deps.engines;
    vllm?.load(model);
    for (let waited = 0; waited < 100 && vllm?.status().state === "ready"; waited++) await delay(100);
  }

  /** The same. */
  async #loadLlamaServer(model: ModelFile): Promise<void> {
    const { llamaServer } = this.#deps.engines;
    llamaServer?.load(model);
    for (let waited = 0; waited < 100 && llamaServer?.status().state === "ready"; waited++) await delay(100);
  }

  /** null: it is no engine that the orchestrator launched. */
  #launched(engine: string): LaunchedEngine | LaunchedLlamaServer | null {
    const { vllm, llamaServer } = this.#deps.engines;
    return [vllm, llamaServer].find((launched) => launched?.name === engine) ?? null;
  }

  /** Whether an engine was made for a model that a request named. */
  #isExtra(engine: string): boolean {
    return this.#deps.engines.loader?.isExtra(engine) ?? false;
  }

  #engine(name: string): EngineReport {
    const status = this.#deps.engines.pool.status().find(({ engine }) => engine === name);
    if (status !== undefined) return this.#reportOf(status);
    const known = this.#deps.engines.pool.status().map(({ engine }) => engine);
    throw new NotFoundError(
      say`There is no engine "${{ verbatim: name }}". There is ${{ verbatim: known.join(", ") }}.`,
    );
  }

  #reportOf(status: EngineStatus): EngineReport {
    const { engines, statistics, dataDir } = this.#deps;
    const isLlama = status.engine === engines.llama.name;
    const isExtra = this.#isExtra(status.engine);
    const launched = this.#launched(status.engine);
    const failedSwitch = this.#failedSwitches.get(status.engine);
    return {
      status:
        failedSwitch === undefined
          ? status
          : { ...status, details: { ...status.details, note: failedSwitch } },
      restarts: launched?.restarts ?? 0,
      actions: isExtra
        ? actionsOfExtra[status.state]
        : isLlama || launched !== null
          ? actionsIn[status.state]
          : [],
      models: this.#modelsFor(status).filter((id) => id !== status.model),
      logTail: launched === null ? [] : lastLines(join(dataDir, `logs/${launched.name}.log`)),
      timeToFirstTokenMs: statistics.timeToFirstToken(status.engine),
      tokensPerSecond: statistics.tokensPerSecond(status.engine),
    };
  }

  #modelsFor({ engine }: EngineStatus): readonly string[] {
    const { engines, place } = this.#deps;
    if (engine === engines.llama.name || engine === engines.llamaServer?.name)
      return presentModels(place).map(({ id }) => id);
    return engine === engines.vllm?.name
      ? chatModels(place.catalog).flatMap(({ id, vllm }) => (vllm === undefined ? [] : [id]))
      : [];
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function lastLines(path: string): readonly string[] {
  using tail = FileTail.lastLines(path, tailLines);
  return tail.lines();
}
