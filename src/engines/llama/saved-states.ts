/**
 * KV caches of conversations on disk, so that their next turn need not read everything again: after a restart or a crash,
 * after another model, or when their sequence was given to others. They are found by what they begin with. States are of use only to the very model and
 * settings that made them, and loading a damaged one may crash the process: each is checked before it is loaded, and is not there
 * while it is tried.
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
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Static, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { Log } from "../../log.ts";
import { commonLinks, linkTokens, tokenChain } from "./token-chain.ts";

/** One sequence of a KV cache, with the fields used here. */
export interface SavableSequence {
  /** The tokens that it holds. */
  readonly cachedTokens: readonly number[];
  /** The conversation that they are of; null: nobody said. */
  conversationId: string | null;
  saveState(path: string): Promise<void>;
  loadState(path: string): Promise<void>;
}

export interface SavedStatesOptions {
  /** Absolute path; nobody else writes into it but those of other models. */
  readonly folder: string;
  /** Whatever a state depends on: model, context size, device, the library's version. */
  readonly dependsOn: Readonly<Record<string, string | number | boolean | null>>;
  readonly log: Log;
  /** The bytes that the states of all models together may take; the least recently used go first. */
  readonly mostBytes: number;
}

const Label = t.Object({
  bytes: t.Integer(),
  hash: t.String(),
  tokens: t.Integer(),
  /** @see tokenChain */
  chain: t.Array(t.String()),
  conversationId: t.Union([t.String(), t.Null()]),
});
type Label = Static<typeof Label>;

/** A state that begins as a prompt does. */
interface FoundState {
  readonly name: string;
  /** How many of the prompt's first tokens it has at least. */
  readonly common: number;
}

const pieceBytes = 8 * 2 ** 20;
/** What is left of the disk for others, in bytes. */
const leftFree = 512 * 2 ** 20;

export class SavedStates {
  readonly #options: SavedStatesOptions;
  readonly #place: string;
  /** Those that may be loaded, by their files' name without an ending. */
  readonly #labels = new Map<string, Label>();
  /** What of a sequence stands on the disk. */
  readonly #savedOf = new WeakMap<SavableSequence, string>();
  #bytesPerToken = 0;

  constructor(options: SavedStatesOptions) {
    this.#options = options;
    const key = createHash("sha256").update(JSON.stringify(options.dependsOn)).digest("hex").slice(0, 32);
    this.#place = join(options.folder, key);
    for (const name of namesIn(this.#place)) {
      const label = existsSync(`${this.#path(name)}.state`) ? labelAt(this.#path(name)) : null;
      if (label === null) this.#erase(name);
      else this.#labels.set(name, label);
    }
  }

  /**
   * The state of which most is of use to a prompt. One of which more than half would be lost is another conversation that begins
   * alike.
   * @param more than so many tokens, which are at hand already
   */
  find(prompt: readonly number[], more: number): FoundState | null {
    const chain = tokenChain(prompt);
    let best: FoundState | null = null;
    for (const [name, label] of this.#labels) {
      const common = commonLinks(chain, label.chain) * linkTokens;
      if (common * 2 >= label.tokens && common > Math.max(more, best?.common ?? 0)) best = { name, common };
    }
    return best;
  }

  /** Whether all that the sequence holds is on the disk, or too little to keep. */
  isKept(sequence: SavableSequence): boolean {
    return sequence.cachedTokens.length < linkTokens || this.#savedOf.get(sequence) === contentOf(sequence);
  }

  /** It never throws: what cannot be saved is read again later. */
  async save(sequence: SavableSequence): Promise<void> {
    if (this.isKept(sequence)) return;
    const { log } = this.#options;
    try {
      mkdirSync(this.#place, { recursive: true, mode: 0o700 });
      // Before it is written: one that is too large would fill the disk first, and take long.
      if (!this.#makeRoom(this.#bytesPerToken * sequence.cachedTokens.length)) return;
      const name = crypto.randomUUID();
      const path = this.#path(name);
      const began = performance.now();
      await sequence.saveState(`${path}.part`);
      const content = contentOf(sequence);
      const { cachedTokens, conversationId } = sequence;
      const [tokens, chain] = [cachedTokens.length, [...tokenChain(cachedTokens)]];
      const bytes = statSync(`${path}.part`).size;
      this.#bytesPerToken = bytes / tokens;
      if (!this.#makeRoom(bytes)) return rmSync(`${path}.part`);
      const label: Label = { bytes, hash: await hashOf(`${path}.part`), tokens, chain, conversationId };
      this.#replaceBy(label);
      writeFileSync(`${path}.state.json`, JSON.stringify(label), { mode: 0o600 });
      renameSync(`${path}.part`, `${path}.state`);
      this.#labels.set(name, label);
      this.#savedOf.set(sequence, content);
      log.debug("kv-state-saved", { tokens, bytes, duration_ms: Math.round(performance.now() - began) });
    } catch (error) {
      log.warn("kv-state-not-saved", { error });
    }
  }

  /** Fills a sequence. It never throws: what cannot be loaded is read again, and is not tried another time. */
  async load({ name }: FoundState, sequence: SavableSequence): Promise<void> {
    const { log } = this.#options;
    const path = this.#path(name);
    // Under this name nobody finds it: if it crashes the process, it does so once.
    const trial = `${path}.loading`;
    const label = this.#labels.get(name);
    this.#labels.delete(name);
    try {
      // Another model's states may have needed its room.
      if (label === undefined || !existsSync(`${path}.state`)) return;
      renameSync(`${path}.state`, trial);
      if (!(await isWhole(trial, label))) {
        log.warn("kv-state-damaged", { state: name });
        this.#erase(name);
        return;
      }
      await sequence.loadState(trial);
      sequence.conversationId = label.conversationId;
      // It was forgotten meanwhile.
      if (!existsSync(trial)) return;
      renameSync(trial, `${path}.state`);
      const now = new Date();
      utimesSync(`${path}.state`, now, now);
      this.#labels.set(name, label);
      this.#savedOf.set(sequence, contentOf(sequence));
      log.debug("kv-state-loaded", { tokens: label.tokens });
    } catch (error) {
      log.warn("kv-state-not-loaded", { error });
      this.#erase(name);
    }
  }

  #path(name: string): string {
    return join(this.#place, name);
  }

  /** Those that it goes on from, and those of its conversation, are of no more use. */
  #replaceBy({ chain, conversationId }: Label): void {
    for (const [name, label] of this.#labels) {
      const isSame = conversationId !== null && label.conversationId === conversationId;
      const isBeginning =
        label.conversationId === null && commonLinks(label.chain, chain) === label.chain.length;
      if (isSame || isBeginning) this.#erase(name);
    }
  }

  #erase(name: string): void {
    this.#labels.delete(name);
    eraseState(this.#path(name));
  }

  /** Erases the states that were not used for the longest time, of any model. @returns whether there is room for so many bytes */
  #makeRoom(bytes: number): boolean {
    const { folder, mostBytes } = this.#options;
    if (bytes > mostBytes) return false;
    const states = readdirSync(folder)
      .flatMap((key) => namesIn(join(folder, key)).map((name) => join(folder, key, name)))
      .map((path) => ({ path, ...sizeAndUse(`${path}.state`) }))
      .filter(({ usedAt }) => usedAt > 0)
      .toSorted((a, b) => a.usedAt - b.usedAt);
    let taken = states.reduce((sum, state) => sum + state.bytes, 0);
    for (const { path, bytes: freed } of states) {
      if (taken + bytes <= mostBytes && freeBytes(folder) >= bytes + leftFree) break;
      eraseState(path);
      taken -= freed;
    }
    return freeBytes(folder) >= bytes + leftFree;
  }
}

/** Erases the states of these conversations, of any model. @throws Error when the folder cannot be read or changed */
export function forgetStates(folder: string, isForgotten: (conversationId: string) => boolean): void {
  if (!existsSync(folder)) return;
  for (const key of readdirSync(folder))
    for (const name of namesIn(join(folder, key))) {
      const path = join(folder, key, name);
      const id = labelAt(path)?.conversationId ?? null;
      if (id !== null && isForgotten(id)) eraseState(path);
    }
}

/** What a sequence holds, and whose it is. */
const contentOf = ({ cachedTokens, conversationId }: SavableSequence) =>
  `${conversationId} ${cachedTokens.length} ${Bun.hash(Uint32Array.from(cachedTokens)).toString(36)}`;

function eraseState(path: string): void {
  for (const ending of [".state", ".loading", ".part", ".state.json"]) rmSync(path + ending, { force: true });
}

/** Of all that is there, also of what was begun. */
function namesIn(place: string): readonly string[] {
  if (!existsSync(place) || !statSync(place).isDirectory()) return [];
  const files = readdirSync(place).filter((file) => /\.(state|loading|part|state\.json)$/.test(file));
  return [...new Set(files.map((file) => file.slice(0, file.indexOf("."))))];
}

/** 0 of what is not there: it is being written, or tried. */
function sizeAndUse(path: string): { readonly bytes: number; readonly usedAt: number } {
  const found = statSync(path, { throwIfNoEntry: false });
  return { bytes: found?.size ?? 0, usedAt: found?.mtimeMs ?? 0 };
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** null: nothing says what the state of this name is. */
function labelAt(path: string): Label | null {
  if (!existsSync(`${path}.state.json`)) return null;
  try {
    const label: unknown = JSON.parse(readFileSync(`${path}.state.json`, "utf8"));
    return Value.Check(Label, label) ? label : null;
  } catch {
    return null;
  }
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
