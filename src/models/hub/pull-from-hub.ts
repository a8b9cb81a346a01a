/**
 * Fetches a model of the hub: what there is and what suits this machine (a plan), then its files, each verified against the
 * hub's hash before it gets its name. It knows nothing of the catalogue but the names of its files.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ModelUnusableError } from "../../errors.ts";
import { say } from "../../texts/say.ts";
import type { Catalog } from "../catalog.ts";
import type { OnProgress } from "../download.ts";
import { downloadFromHub } from "../download-from-hub.ts";
import { ggufKind } from "../gguf-kind.ts";
import { type MachineMemory, machineMemory } from "../machine-memory.ts";
import { HubFileChangedError } from "../model-errors.ts";
import { claimPart } from "../part-claim.ts";
import { removeStamp, writeStamp } from "../verification-stamp.ts";
import { verifyModelFile } from "../verify-model-file.ts";
import { chooseFiles, contentsOf, type HubChoice, type HubContents } from "./choose-files.ts";
import type { HubAccess, Patience } from "./hub-client.ts";
import { type HubName, writeHubName } from "./hub-name.ts";
import { type HubNote, hubNotePath, hubNotes, readHubNote, writeHubNote } from "./hub-notes.ts";
import { listRepository } from "./list-repository.ts";

interface Place {
  readonly catalog: Catalog;
  readonly modelsDir: string;
}

export interface HubPlan {
  /** The model's name on this machine: its first file's without .gguf. */
  readonly id: string;
  readonly contents: HubContents;
  readonly choice: HubChoice;
  readonly note: HubNote;
}

interface PlanOptions extends Patience {
  readonly access: HubAccess;
  readonly signal: AbortSignal;
  readonly memory?: MachineMemory;
}

/**
 * Asks the hub, and fetches nothing.
 * @throws NotFoundError, HubRefusedError, SourceUnavailableError, ModelUnusableError, HubFileChangedError
 */
export async function planPull(name: HubName, place: Place, options: PlanOptions): Promise<HubPlan> {
  const memory = options.memory ?? machineMemory();
  const repository = await listRepository(name, options);
  const contents = contentsOf(repository, memory);
  const choice = chooseFiles(contents, name, memory);
  const prefix = prefixFor(repository.repository, choice, place);
  const note: HubNote = {
    wanted: writeHubName({ ...name, quantisation: name.file === null ? choice.quantisation : null }),
    repository: repository.repository,
    revision: repository.revision,
    licence: repository.licence,
    quantisation: choice.quantisation,
    isVerified: false,
    files: choice.files.map(({ path, sizeBytes, sha256 }) => ({
      ...{ path, sizeBytes, sha256 },
      name: `${prefix}${plainName(path)}`,
    })),
  };
  const first = firstFile(note);
  const former = readHubNote(place.modelsDir, first);
  if (former?.isVerified) requireSameHashes(former, note, place.modelsDir);
  return { id: first.replace(/\.gguf$/i, ""), contents, choice, note };
}

const firstFile = ({ files }: HubNote) => files[0]?.name ?? "";

/** In the folder of models: without folders, and without what a file's name cannot have everywhere. */
function plainName(path: string): string {
  const name = (path.split("/").at(-1) ?? "").replace(/[^A-Za-z0-9._-]/g, "_").replace(/\.gguf$/i, ".gguf");
  return /^[A-Za-z0-9]/.test(name) ? name : `model${name}`;
}

/** Two repositories may call their files the same. */
function prefixFor(repository: string, { files }: HubChoice, { catalog, modelsDir }: Place): string {
  const notes = hubNotes(modelsDir);
  const isFree = (prefix: string) =>
    files.every(({ path, sha256 }) => {
      const name = `${prefix}${plainName(path)}`;
      const owner = notes.find((note) => note.files.some((file) => file.name === name));
      if (owner !== undefined)
        return owner.repository === repository && owner.files.some((file) => file.path === path);
      const entry = catalog.find(({ file }) => file === name);
      if (entry !== undefined) return sha256 !== null && entry.sha256 === sha256;
      return !existsSync(join(modelsDir, name));
    });
  const [user = "", repo = ""] = repository.split("/").map(plainName);
  return ["", `${user}.`].find(isFree) ?? `${user}.${repo}.`;
}

function requireSameHashes(former: HubNote, { repository, files }: HubNote, modelsDir: string): void {
  for (const { name, path, sha256 } of files) {
    const pinned = former.files.find((file) => file.path === path)?.sha256 ?? null;
    if (pinned !== null && sha256 !== null && pinned !== sha256)
      throw changed(`${repository}/${path}`, hubNotePath(modelsDir, files[0]?.name ?? name));
  }
}

const changed = (file: string, note: string) =>
  new HubFileChangedError(
    say`The hub now has another file under the name ${{ verbatim: file }} than when it was first fetched here. If its author replaced it on purpose, delete ${{ verbatim: note }} and fetch it again.`,
    { reason: "hash_changed" },
  );

export interface HubPullOptions extends Patience {
  readonly modelsDir: string;
  readonly access: HubAccess;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
  /** Milliseconds without data after which the hub counts as unreachable. */
  readonly patienceMs?: number;
}

/**
 * Fetches what is missing; an interrupted download goes on. The model has its name when all of it is here.
 * @returns the path of the file that is loaded
 * @throws as planPull, and DiskFullError; signal.reason when aborted
 */
export async function pullFromHub({ note }: HubPlan, options: HubPullOptions): Promise<string> {
  const { modelsDir, onProgress } = options;
  mkdirSync(modelsDir, { recursive: true });
  const first = join(modelsDir, firstFile(note));
  using _claim = claimPart(`${first}.part`);
  const files = pinned(note, options);
  const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const hashes: string[] = [];
  let before = 0;
  for (const file of files) {
    const start = before;
    const tell: OnProgress = (progress) =>
      onProgress({ ...progress, doneBytes: start + progress.doneBytes, totalBytes });
    hashes.push(await fetchPart(file, hashes.length === 0, note, { ...options, onProgress: tell }));
    before += file.sizeBytes;
  }
  // The first one last: it is the one that is looked for.
  for (const [index, { name }] of [...files.entries()].toReversed())
    await giveName(join(modelsDir, name), hashes[index] ?? "");
  const verified = files.map((file, index) => ({ ...file, sha256: hashes[index] ?? null }));
  writeHubNote(modelsDir, { ...note, files: verified, isVerified: true });
  return first;
}

/** With the hashes of the time when they were first here; what is begun is noted. */
function pinned(note: HubNote, { modelsDir }: HubPullOptions): readonly NotedFile[] {
  const former = readHubNote(modelsDir, firstFile(note));
  if (!former?.isVerified) {
    if (former !== null) dropOtherParts(former, note, modelsDir);
    writeHubNote(modelsDir, note);
    return note.files;
  }
  const hashOf = (path: string) => former.files.find((file) => file.path === path)?.sha256;
  return note.files.map((file) => ({ ...file, sha256: hashOf(file.path) ?? file.sha256 }));
}

async function giveName(target: string, sha256: string): Promise<void> {
  const part = `${target}.part`;
  if (!existsSync(part)) return;
  removeStamp(part);
  renameSync(part, target);
  await writeStamp(target, sha256);
}

/** What was begun of another version cannot be resumed. */
function dropOtherParts(former: HubNote, note: HubNote, modelsDir: string): void {
  for (const { name, sha256, sizeBytes } of former.files) {
    const now = note.files.find((file) => file.name === name);
    if (now?.sha256 !== sha256 || now.sizeBytes !== sizeBytes)
      rmSync(join(modelsDir, `${name}.part`), { force: true });
  }
}

type NotedFile = HubNote["files"][number];

/** @returns its sha256, of the file that is here, or of its part, which is whole then */
async function fetchPart(
  file: NotedFile,
  isFirst: boolean,
  { repository, revision }: HubNote,
  options: HubPullOptions,
): Promise<string> {
  const { access, modelsDir, signal, onProgress } = options;
  const target = join(modelsDir, file.name);
  const verify = (path: string) =>
    verifyModelFile(path, {
      entry: { id: file.name, sizeBytes: file.sizeBytes, source: "hub", ...sha256Of(file) },
      // The choice looked at the memory; a model may be fetched for later.
      memory: { totalBytes: Number.POSITIVE_INFINITY, mayHaveGpu: true },
      onProgress: (doneBytes, totalBytes) => onProgress({ step: "verifying", doneBytes, totalBytes }),
      signal,
    });
  if (existsSync(target)) {
    const present = await verify(target).catch(unusable);
    if (!(present instanceof ModelUnusableError)) return present.sha256;
  }
  const part = `${target}.part`;
  const path = file.path.split("/").map(encodeURIComponent).join("/");
  await downloadFromHub(`${access.endpoint}/${repository}/resolve/${revision}/${path}`, part, {
    ...options,
    about: `${repository}/${file.path}`,
    sizeBytes: file.sizeBytes,
    ...(isFirst ? { onBeginning: () => requireChatModel(part, file) } : {}),
  });
  const { sha256 } = await verify(part).catch((cause: unknown) => {
    if (cause instanceof ModelUnusableError) rmSync(part, { force: true });
    throw cause;
  });
  return sha256;
}

const sha256Of = ({ sha256 }: NotedFile) => (sha256 === null ? {} : { sha256 });

/** Found out from its first bytes, before gigabytes are fetched. */
function requireChatModel(part: string, { name }: NotedFile): void {
  const { otherwise } = ggufKind(part, name);
  if (otherwise === null) return;
  rmSync(part, { force: true });
  throw new ModelUnusableError(`${name} ${otherwise}.`, { reason: "no-chat-model" });
}

function unusable(cause: unknown): ModelUnusableError {
  if (cause instanceof ModelUnusableError) return cause;
  throw cause;
}
