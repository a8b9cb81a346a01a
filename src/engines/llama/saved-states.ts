/**
 * Keeps the KV cache of recent conversations on disk while their model is not loaded, so that their next turn after a restart
 * or a change of models need not read everything again. States are of use only to the very model and settings that made them, and loading a
 * damaged one may crash the process: each is checked before it is loaded, and never tried twice.
 *
 * It knows nothing of what a state holds.
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Static, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { Log } from "../../log.ts";

/** One sequence of a KV cache, with the fields used here. */
export interface SavableSequence {
  /** How many tokens it holds. */
  readonly length: number;
  /** The conversation that they are of; null: nobody said. */
  conversationId: string | null;
  saveState(path: string): Promise<void>;
  loadState(path: string): Promise<void>;
}

export interface SavedStatesOptions {
  /** Absolute path; nobody else writes into it. */
  readonly folder: string;
  /** Whatever a state depends on: model, context size, device, the library's version. */
  readonly dependsOn: Readonly<Record<string, string | number | boolean | null>>;
  readonly log: Log;
  /** The bytes that all states together may take. */
  readonly mostBytes?: number;
  /** Milliseconds after which no further sequence is saved: the stop of the program waits for it. */
  readonly saveDeadlineMs?: number;
}

const Label = t.Object({
  bytes: t.Integer(),
  hash: t.String(),
  tokens: t.Integer(),
  conversationId: t.Union([t.String(), t.Null()]),
});
type Label = Static<typeof Label>;

/** Fewer tokens than this are read again in no time. */
const fewestTokens = 64;
const pieceBytes = 8 * 2 ** 20;

export class SavedStates {
  readonly #options: SavedStatesOptions;
  readonly #place: string;

  constructor(options: SavedStatesOptions) {
    this.#options = options;
    const key = createHash("sha256").update(JSON.stringify(options.dependsOn)).digest("hex").slice(0, 32);
    this.#place = join(options.folder, key);
  }

  /** @param sequences the most recently used first. It never throws: what cannot be saved is read again later. */
  async save(sequences: readonly SavableSequence[]): Promise<void> {
    const { log, mostBytes = 2 ** 30, saveDeadlineMs = 3_000 } = this.#options;
    const deadline = performance.now() + saveDeadlineMs;
    let bytes = 0;
    let saved = 0;
    let bytesPerToken = 0;
    try {
      rmSync(this.#place, { recursive: true, force: true });
      // Other models come back, but their states must leave room.
      const room = mostBytes - this.#keepOthers(mostBytes / 2);
      mkdirSync(this.#place, { recursive: true, mode: 0o700 });
      for (const sequence of sequences.filter(({ length }) => length >= fewestTokens)) {
        if (performance.now() > deadline) break;
        // Before it is written: one that is too large would fill the disk first, and take long.
        const expected = bytesPerToken * sequence.length;
        if (bytes + expected > room || expected > freeBytes(this.#place)) break;
        const path = join(this.#place, `${saved}.state`);
        await sequence.saveState(`${path}.part`);
        const size = statSync(`${path}.part`).size;
        if (bytes + size > room) {
          rmSync(`${path}.part`);
          break;
        }
        const label: Label = {
          bytes: size,
          hash: await hashOf(`${path}.part`),
          tokens: sequence.length,
          conversationId: sequence.conversationId,
        };
        writeFileSync(`${path}.json`, JSON.stringify(label), { mode: 0o600 });
        renameSync(`${path}.part`, path);
        bytes += size;
        bytesPerToken = size / sequence.length;
        saved += 1;
      }
    } catch (error) {
      log.warn("kv-states-not-saved", { error });
    }
    if (saved > 0) log.info("kv-states-saved", { sequences: saved, bytes });
  }

  /** Removes the states of other models or settings, the oldest first. @returns the bytes that are left */
  #keepOthers(mostBytes: number): number {
    const { folder } = this.#options;
    let bytes = 0;
    const places = (existsSync(folder) ? readdirSync(folder) : []).map((name) => join(folder, name));
    for (const { place, size } of places.map(sizeOf).toSorted((a, b) => b.savedAt - a.savedAt)) {
      if (bytes + size <= mostBytes) bytes += size;
      else rmSync(place, { recursive: true, force: true });
    }
    return bytes;
  }

  /** Fills as many of the sequences as there are states for. It never throws: what cannot be loaded is read again. */
  async load(sequences: readonly SavableSequence[]): Promise<void> {
    const { log, folder } = this.#options;
    let loaded = 0;
    try {
      for (const name of existsSync(this.#place) ? readdirSync(this.#place).sort() : []) {
        const sequence = sequences[loaded];
        if (!name.endsWith(".state") || sequence === undefined) continue;
        const path = join(this.#place, name);
        // Under this name it is never loaded again: if it crashes the process, it does so once.
        const trial = `${path}.loading`;
        renameSync(path, trial);
        const label = labelAt(`${path}.json`);
        if (label === null || !(await isWhole(trial, label))) {
          log.warn("kv-state-damaged", { state: name });
          continue;
        }
        await sequence.loadState(trial);
        sequence.conversationId = label.conversationId;
        loaded += 1;
      }
      // What was loaded will have changed when it is saved again.
      rmSync(this.#place, { recursive: true, force: true });
      if (existsSync(folder) && readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
    } catch (error) {
      log.warn("kv-states-not-loaded", { error });
    }
    if (loaded > 0) log.info("kv-states-loaded", { sequences: loaded });
  }
}

/** Erases the states of these conversations, of any model. @throws Error when the folder cannot be read or changed */
export function forgetStates(folder: string, isForgotten: (conversationId: string) => boolean): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder, { recursive: true }).map(String)) {
    if (!name.endsWith(".state.json")) continue;
    const path = join(folder, name);
    const id = labelAt(path)?.conversationId ?? null;
    if (id === null || !isForgotten(id)) continue;
    const state = path.slice(0, -".json".length);
    for (const file of [state, `${state}.loading`, path]) rmSync(file, { force: true });
  }
}

/** @param place the folder of a model's states */
function sizeOf(place: string) {
  const files = readdirSync(place).map((name) => statSync(join(place, name)));
  return {
    place,
    size: files.reduce((sum, { size }) => sum + size, 0),
    savedAt: Math.max(0, ...files.map(({ mtimeMs }) => mtimeMs)),
  };
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function labelAt(path: string): Label | null {
  const label: unknown = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null;
  return Value.Check(Label, label) ? label : null;
}

async function isWhole(path: string, label: Label): Promise<boolean> {
  return statSync(path).size === label.bytes && (await hashOf(path)) === label.hash;
}

/** Against damage, not against malice: the folder is the user's own. Each piece is hashed with the hash before it as its seed. */
async function hashOf(path: string): Promise<string> {
  let hash = 0n;
  const file = Bun.file(path);
  for (let from = 0; from < file.size; from += pieceBytes)
    hash = BigInt(Bun.hash(await file.slice(from, from + pieceBytes).arrayBuffer(), hash));
  return hash.toString(16);
}
