/**
 * Downloads of models in the background: begun, paused, resumed, cancelled. What was begun before the last start of the
 * program is found on the disk, as paused. It connects to nothing before it is asked to.
 */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { AppError, ModelPurposeError, NotFoundError } from "../errors.ts";
import type { Log } from "../log.ts";
import { say, type Words } from "../texts/say.ts";
import { type CatalogEntry, chatModels, findEntry, requireEntry } from "./catalog.ts";
import type { Environment, OnProgress } from "./download.ts";
import type { HubAccess } from "./hub/hub-client.ts";
import { type HubName, readHubName } from "./hub/hub-name.ts";
import { hubNotes } from "./hub/hub-notes.ts";
import { type HubPlan, planPull, pullFromHub } from "./hub/pull-from-hub.ts";
import { fileOf, type ModelPlace } from "./model-store.ts";
import { pullModel } from "./pull-model.ts";
import { removeUnfinished } from "./remove-model.ts";

type PullState = "downloading" | "verifying" | "paused" | "done" | "failed";

export interface Pull {
  /** The model's, as it will be called. */
  readonly id: string;
  readonly name: string;
  /** With which it is begun again. */
  readonly wanted: string;
  readonly state: PullState;
  readonly doneBytes: number;
  /** null while it is unknown. */
  readonly totalBytes: number | null;
  /** Of the last seconds; null while nothing comes. */
  readonly bytesPerSecond: number | null;
  /** Why it failed. */
  readonly problem: Words | null;
  /** Whether the model is to answer when it is here. */
  readonly thenUse: boolean;
  /** When it came whole, or failed, in milliseconds since 1970; null: neither in this run. */
  readonly endedAt: number | null;
}

interface PullsDeps {
  readonly place: ModelPlace;
  readonly hub: HubAccess;
  readonly environment: Environment;
  readonly log: Log;
}

interface Running {
  pull: Pull;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

type Work = (signal: AbortSignal, onProgress: OnProgress) => Promise<unknown>;

/** How long the hub may take to say what it has, in milliseconds. */
const longestListing = 60_000;
/** The speed is that of so many milliseconds. */
const speedOverMs = 5_000;

export class Pulls implements AsyncDisposable {
  readonly #deps: PullsDeps;
  readonly #known = new Map<string, Running>();
  readonly #listeners = new Set<(pull: Pull) => void>();

  constructor(deps: PullsDeps) {
    this.#deps = deps;
  }

  /** Those of this run, and those that an earlier one left unfinished. */
  list(): readonly Pull[] {
    return [...this.ofThisRun(), ...this.#left().filter(({ id }) => !this.#known.has(id))];
  }

  /** Pages ask each second: the disk is not looked at. */
  ofThisRun(): readonly Pull[] {
    return [...this.#known.values()].map(({ pull }) => pull);
  }

  /** @param listener told of each that has come whole @returns ends it */
  onDone(listener: (pull: Pull) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What the hub has under a name; nothing is fetched. @throws as planPull; NotFoundError for no name of the hub */
  async plan(wanted: string, signal?: AbortSignal): Promise<HubPlan> {
    const name = readHubName(wanted, this.#deps.hub.endpoint);
    if (name === null)
      throw new NotFoundError(
        say`"${{ verbatim: wanted }}" is not a name of the model hub. Write hf:USER/REPO.`,
      );
    return this.#planOf(name, signal);
  }

  /**
   * Begins or resumes the download of a model. Resolves when what is to be fetched is known.
   * @param wanted an id or alias of the catalogue, or a name of the hub
   * @throws UnknownModelError, ModelPurposeError, or what planPull throws
   */
  async start(
    wanted: string,
    { use = false, signal }: { use?: boolean; signal?: AbortSignal } = {},
  ): Promise<Pull> {
    const { place, hub } = this.#deps;
    const entry = findEntry(place.catalog, wanted);
    const name = entry === undefined ? readHubName(wanted, hub.endpoint) : null;
    if (name === null) return this.#startEntry(entry ?? requireEntry(place.catalog, wanted), use);
    const plan = await this.#planOf(name, signal);
    const { id, note, choice } = plan;
    return this.#begin(
      { id, name: id, wanted: note.wanted, totalBytes: choice.sizeBytes, thenUse: use },
      (stop, onProgress) =>
        pullFromHub(plan, { modelsDir: place.modelsDir, access: hub, signal: stop, onProgress }),
    );
  }

  /** What is here of it stays. @throws NotFoundError */
  async pause(id: string): Promise<Pull> {
    const { pull } = this.#find(id);
    const running = this.#known.get(id);
    if (running === undefined || !isGoing(pull)) return pull;
    running.stop.abort(paused);
    await running.ended;
    return running.pull;
  }

  /** @throws NotFoundError, or what `start` throws */
  async resume(id: string): Promise<Pull> {
    const { pull } = this.#find(id);
    return isGoing(pull) ? pull : this.start(pull.wanted, { use: pull.thenUse });
  }

  /** Ends it, and removes what is here of it; of one that has ended, the note of that. @throws NotFoundError */
  async cancel(id: string): Promise<void> {
    const { pull } = this.#find(id);
    const running = this.#known.get(id);
    running?.stop.abort(paused);
    await running?.ended;
    this.#known.delete(id);
    if (pull.state !== "done") removeUnfinished(id, this.#deps.place);
  }

  /** What is here stays for the next start. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const { stop } of this.#known.values()) stop.abort(paused);
    await Promise.all([...this.#known.values()].map(({ ended }) => ended));
  }

  #planOf(name: HubName, signal?: AbortSignal): Promise<HubPlan> {
    const deadline = AbortSignal.timeout(longestListing);
    return planPull(name, this.#deps.place, {
      access: this.#deps.hub,
      signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
      // Somebody waits for the reply.
      longestWaitMs: 10_000,
    });
  }

  #startEntry(entry: CatalogEntry, use: boolean): Pull {
    if (entry.purpose === "embedding")
      throw new ModelPurposeError(`${entry.id} is for embeddings, not for answers.`);
    const { place, hub, environment } = this.#deps;
    return this.#begin(
      { id: entry.id, name: entry.name, wanted: entry.id, totalBytes: entry.sizeBytes, thenUse: use },
      (signal, onProgress) => pullModel(entry, { ...place, hub, environment, signal, onProgress }),
    );
  }

  #begin(what: Pick<Pull, "id" | "name" | "wanted" | "totalBytes" | "thenUse">, work: Work): Pull {
    const former = this.#known.get(what.id);
    if (former !== undefined && isGoing(former.pull)) return former.pull;
    const stop = new AbortController();
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const running: Running = {
      pull: {
        ...what,
        state: "downloading",
        doneBytes: 0,
        bytesPerSecond: null,
        problem: null,
        endedAt: null,
      },
      ...{ stop, ended },
    };
    this.#known.set(what.id, running);
    this.#deps.log.info("model-pull-begun", { model: what.id });
    void this.#run(running, work).finally(resolve);
    return running.pull;
  }

  async #run(running: Running, work: Work): Promise<void> {
    const { log } = this.#deps;
    const set = (change: Partial<Pull>) => {
      running.pull = { ...running.pull, ...change };
    };
    const speed = new Speed();
    try {
      await work(running.stop.signal, ({ step, doneBytes, totalBytes }) =>
        set({
          state: step === "verifying" ? "verifying" : "downloading",
          doneBytes,
          totalBytes: totalBytes ?? running.pull.totalBytes,
          bytesPerSecond: step === "downloading" ? speed.at(doneBytes) : null,
        }),
      );
      set({
        state: "done",
        endedAt: Date.now(),
        bytesPerSecond: null,
        doneBytes: running.pull.totalBytes ?? running.pull.doneBytes,
      });
      log.info("model-pulled", { model: running.pull.id });
      for (const listener of this.#listeners) listener(running.pull);
    } catch (error) {
      if (running.stop.signal.aborted) return set({ state: "paused", bytesPerSecond: null });
      if (error instanceof AppError) log.warn("model-not-pulled", { model: running.pull.id, error });
      else log.error("defect", { error });
      const problem =
        error instanceof AppError ? error.words : say`Something went wrong. Try again, or see the log.`;
      set({ state: "failed", endedAt: Date.now(), bytesPerSecond: null, problem });
    }
  }

  #find(id: string): { readonly pull: Pull } {
    const pull = this.list().find((each) => each.id === id);
    if (pull === undefined)
      throw new NotFoundError(say`Nothing is being downloaded under the name "${{ verbatim: id }}".`);
    return { pull };
  }

  /** Parts of downloads that lie on the disk. */
  #left(): readonly Pull[] {
    const { place } = this.#deps;
    const left = (
      id: string,
      name: string,
      wanted: string,
      files: readonly string[],
      totalBytes: number,
    ): Pull => ({
      ...{
        id,
        name,
        wanted,
        totalBytes,
        state: "paused",
        bytesPerSecond: null,
        problem: null,
        thenUse: false,
        endedAt: null,
      },
      doneBytes: files.reduce((sum, file) => sum + Math.max(sizeOf(file), sizeOf(`${file}.part`)), 0),
    });
    const ofCatalogue = chatModels(place.catalog)
      .filter((entry) => fileOf(entry, place) === null)
      .map((entry) =>
        left(entry.id, entry.name, entry.id, [join(place.modelsDir, entry.file)], entry.sizeBytes),
      )
      .filter(({ doneBytes }) => doneBytes > 0);
    const ofHub = hubNotes(place.modelsDir).flatMap(({ files, isVerified, wanted }) => {
      const paths = files.map(({ name }) => join(place.modelsDir, name));
      const isBegun = !isVerified || paths.some((path) => existsSync(`${path}.part`));
      const total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      const id = basename(paths[0] ?? "", ".gguf");
      return isBegun ? [left(id, id, wanted, paths, total)] : [];
    });
    return [...ofCatalogue, ...ofHub];
  }
}

const paused = new Error("paused");
const isGoing = ({ state }: Pull) => state === "downloading" || state === "verifying";
const sizeOf = (path: string) => (existsSync(path) ? Bun.file(path).size : 0);

/** Bytes a second over the last seconds. */
class Speed {
  readonly #seen: { readonly at: number; readonly bytes: number }[] = [];

  /** @returns null: it cannot be told yet */
  at(bytes: number): number | null {
    const now = performance.now();
    const last = this.#seen.at(-1);
    // A hundred times a second would be no better.
    if (last === undefined || now - last.at > 200) this.#seen.push({ at: now, bytes });
    while ((this.#seen[1]?.at ?? now) < now - speedOverMs) this.#seen.shift();
    const [first] = this.#seen;
    if (first === undefined || now - first.at < 500) return null;
    return Math.max(0, Math.round(((bytes - first.bytes) / (now - first.at)) * 1000));
  }
}
