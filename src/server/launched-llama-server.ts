/**
 * The llama-server that the orchestrator launched, with the files that it serves: they are chosen and verified here, and the
 * orchestrator is told which one it is.
 */

import { setTimeout as delay } from "node:timers/promises";
import type { ModelFile } from "../engines/llama/model-file.ts";
import type { LaunchStatus } from "../engines/upstream/launch-status.ts";
import { LaunchedEngine } from "../engines/upstream/launched-engine.ts";
import { EngineFailedError } from "../errors.ts";
import type { OrchestratorChannel } from "../ipc/orchestrator-channel.ts";
import type { LaunchLine } from "../ipc/orchestrator-message.ts";
import type { Log } from "../log.ts";
import { projectorOf } from "../models/projector-of.ts";
import type { ModelsHere } from "./models-here.ts";

interface LaunchedLlamaServerDeps {
  readonly orchestrator: OrchestratorChannel;
  readonly here: Pick<ModelsHere, "choose">;
  /** The model of the settings, or the one that was asked for last. @throws ModelUnusableError, UnknownModelError */
  readonly configured: () => Promise<ModelFile>;
  readonly log: Log;
}

const lookAgainMs = 50;
/** Until the orchestrator has begun with another model, in milliseconds. */
const longestTellingMs = 10_000;

export class LaunchedLlamaServer {
  readonly #deps: LaunchedLlamaServerDeps;
  readonly #launched: LaunchedEngine;
  /** By the model's id. */
  readonly #hashes = new Map<string, Promise<string | null>>();
  #isChoosing = false;
  /** Why there is no model for it. */
  #problem: string | null = null;

  constructor(deps: LaunchedLlamaServerDeps) {
    this.#deps = deps;
    this.#launched = new LaunchedEngine({ engine: "llama-server", orchestrator: deps.orchestrator });
  }

  get name() {
    return this.#launched.name;
  }

  get restarts(): number {
    return this.#launched.restarts;
  }

  /** Takes what the orchestrator says. One that has no model yet is given that of the settings. */
  update(line: LaunchLine): void {
    this.#launched.update(line);
    if (line.engine === this.name && line.model === null && line.state === "starting") this.#begin();
  }

  status(): LaunchStatus {
    const status = this.#launched.status();
    return this.#problem === null ? status : { ...status, state: "failed", problem: this.#problem };
  }

  ask(action: "start" | "stop" | "restart"): void {
    if (action !== "stop" && this.#problem !== null) this.#begin();
    else this.#launched.ask(action);
  }

  /** Has it serve this file; when it cannot, it serves the former one again. */
  load({ id, path, sha256 }: ModelFile): void {
    this.#problem = null;
    this.#hashes.set(id, Promise.resolve(sha256));
    const projector = projectorOf(path);
    this.#launched.load(id, { file: path, ...(projector === null ? {} : { projector }) });
  }

  /** sha256 of the file of this model; null: it is not known. */
  hashOf(id: string): Promise<string | null> {
    const known = this.#hashes.get(id);
    if (known !== undefined) return known;
    const found = this.#deps.here
      .choose(id)
      // A model that was chosen by its path is known by its name only after that.
      .catch(() => this.#deps.configured())
      .then(
        (model) => (model.id === id ? model.sha256 : null),
        () => null,
      );
    this.#hashes.set(id, found);
    return found;
  }

  /**
   * Has it serve the file of this model.
   * @returns when it is being loaded; `loaded` rejects when the former one comes back in its place
   * @throws ModelUnusableError, UnknownModelError
   */
  async replace(wanted: string, signal: AbortSignal): Promise<{ readonly loaded: Promise<void> }> {
    const model = await this.#deps.here.choose(wanted, { signal });
    this.load(model);
    const told = performance.now() + longestTellingMs;
    while (this.status().details.serves !== model.id && performance.now() < told)
      await delay(lookAgainMs, undefined, { signal });
    const loaded = this.#served(model.id, signal);
    loaded.catch(() => {});
    return { loaded };
  }

  async #served(id: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      const { state, problem, details } = this.status();
      const isIt = details.serves === id;
      if (isIt && state === "ready") return;
      if (!isIt || state === "failed" || state === "stopped")
        throw new EngineFailedError(problem ?? `llama-server could not load ${id}. Its log says why.`);
      await delay(lookAgainMs, undefined, { signal });
    }
  }

  #begin(): void {
    if (this.#isChoosing) return;
    this.#isChoosing = true;
    this.#deps
      .configured()
      .then(
        (model) => this.load(model),
        (error: unknown) => {
          this.#problem = error instanceof Error ? error.message : String(error);
          this.#deps.log.error("model-failed", { engine: this.name, problem: this.#problem });
        },
      )
      .finally(() => {
        this.#isChoosing = false;
      });
  }
}
