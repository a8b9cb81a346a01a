/**
 * The models on this machine, and the one that runs. Choosing never downloads; `ensureModel` does. It knows nothing of
 * engines.
 */
import { existsSync, readdirSync } from "node:fs";
import { basename, isAbsolute, join, resolve } from "node:path";
import { ModelUnusableError } from "../errors.ts";
import type { ModelSource } from "./catalog.ts";
import { type Catalog, type CatalogEntry, chatModels, findEntry, requireEntry } from "./catalog.ts";
import { ggufKind } from "./gguf-kind.ts";
import { fetchedAs } from "./hub/hub-notes.ts";
import { type MachineMemory, machineMemory } from "./machine-memory.ts";
import { ModelNotObtainableError } from "./model-errors.ts";
import { type PullOptions, pullModel } from "./pull-model.ts";
import { suits } from "./suits-machine.ts";
import { type VerifyOptions, verifyModelFile } from "./verify-model-file.ts";

export interface ModelPlace {
  readonly catalog: Catalog;
  readonly modelsDir: string;
  readonly projectRoot: string;
}

/** A model whose file exists; `chooseModel` checks whether it is complete. */
interface PresentModel {
  /** The catalogue's id, or the file's name without .gguf. */
  readonly id: string;
  readonly entry: CatalogEntry | null;
  readonly path: string;
}

/** A verified model that may be loaded. */
interface ChosenModel extends PresentModel {
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Models for chat: those of the catalogue in its order, then other .gguf files of the folder by name. */
export function presentModels(place: ModelPlace): PresentModel[] {
  const known = chatModels(place.catalog).flatMap((entry) => {
    const path = fileOf(entry, place);
    return path === null ? [] : [{ id: entry.id, entry, path }];
  });
  return [...known, ...ownFiles(place).filter(({ path }) => ggufKind(path).otherwise === null)];
}

/** The .gguf files of the folder that the catalogue does not know: models, and what lies beside them. */
function ownFiles(place: ModelPlace): PresentModel[] {
  const names = existsSync(place.modelsDir) ? readdirSync(place.modelsDir).sort() : [];
  return names
    .filter((name) => name.endsWith(".gguf") && !place.catalog.some((entry) => entry.file === name))
    .map((name) => ({ id: idOf(name), entry: null, path: join(place.modelsDir, name) }));
}

type ChooseOptions = Omit<VerifyOptions, "entry"> & {
  /** Paths of files that could not be loaded: `auto` passes them over. */
  readonly failed?: ReadonlySet<string>;
};

/**
 * Chooses among the existing ones and verifies the file. `auto` takes the best one that is complete and suits the machine.
 * @param wanted "auto", an id, an alias, the name of a file in the folder, a name of the hub (hf:USER/REPO), or a path to a .gguf file
 * @throws ModelUnusableError with the reason and the next step; UnknownModelError
 */
export async function chooseModel(
  wanted: string,
  place: ModelPlace,
  options: ChooseOptions = {},
): Promise<ChosenModel> {
  if (wanted.toLowerCase() === "auto") return chooseBest(place, options);
  const model = presentNamed(wanted, place);
  if (model === null) {
    const entry = requireEntry(place.catalog, wanted);
    throw new ModelUnusableError(
      `The model ${entry.id} is not on this machine. Download it with "./run.sh models pull ${entry.id}", or start with MODEL=auto.`,
      { model: entry.id, reason: "missing" },
    );
  }
  const otherwise = model.entry?.purpose === "embedding" ? forEmbeddings : ggufKind(model.path).otherwise;
  if (otherwise !== null)
    throw new ModelUnusableError(
      `${basename(model.path)} ${otherwise}. Choose another with MODEL ("./run.sh models list" shows the names), or start with MODEL=auto.`,
      { model: model.id, reason: "no-chat-model" },
    );
  return verified(model, options);
}

const forEmbeddings = "is for embeddings, not for answers";

/**
 * Makes sure that a model can run, and downloads one if necessary: the requested one, or for `auto` the smallest one that can be
 * downloaded, or the best one that fits the machine.
 * @throws ModelNotObtainableError, DiskFullError, ModelUnusableError or UnknownModelError
 */
export async function ensureModel(
  wanted: string,
  place: ModelPlace,
  options: Pick<PullOptions, "signal" | "environment" | "hub"> & {
    readonly onProgress: (
      entry: CatalogEntry | null,
      ...progress: Parameters<PullOptions["onProgress"]>
    ) => void;
    readonly memory?: MachineMemory;
    /** Waits for the best one, however large it is; left out: the smallest answers soon, and better ones are offered. */
    readonly isPatient?: boolean;
  },
): Promise<ChosenModel> {
  const { signal, environment, hub } = options;
  const memory = options.memory ?? machineMemory();
  const pull = (entry: CatalogEntry, skip?: Set<ModelSource["type"]>) =>
    pullModel(entry, {
      ...place,
      ...{ environment, hub, signal },
      onProgress: (progress) => options.onProgress(entry, progress),
      ...(skip === undefined ? {} : { skip }),
    });
  const choose = () =>
    chooseModel(wanted, place, {
      memory,
      signal,
      onProgress: (doneBytes, totalBytes) =>
        options.onProgress(null, { step: "verifying", doneBytes, totalBytes }),
    });

  if (wanted.toLowerCase() !== "auto") {
    const entry = findEntry(place.catalog, wanted);
    if (entry !== undefined && presentNamed(wanted, place) === null) await pull(entry);
    return choose();
  }
  if (presentModels(place).length > 0) {
    const present = await choose().catch(unusable);
    if (!(present instanceof ModelUnusableError)) return present;
  }
  const unreachable = new Set<ModelSource["type"]>();
  const reasons: string[] = [];
  const fitting = chatModels(place.catalog).filter((one) => suits(one, memory));
  const inOrder = options.isPatient ? fitting : fitting.toSorted((a, b) => a.sizeBytes - b.sizeBytes);
  for (const entry of inOrder) {
    try {
      return { id: entry.id, entry, ...(await pull(entry, unreachable)) };
    } catch (cause) {
      if (!(cause instanceof ModelNotObtainableError)) throw cause;
      reasons.push(cause.message);
    }
  }
  throw new ModelNotObtainableError(
    reasons.at(-1) ?? "No model of the catalogue fits the memory of this machine.",
  );
}

/** The path of the entry's file, in the folder of models or where the catalogue says; null when there is none. */
export function fileOf(entry: CatalogEntry, place: ModelPlace): string | null {
  const paths = entry.sources.flatMap((source) =>
    source.type === "path" ? [resolve(place.projectRoot, source.path)] : [],
  );
  return [join(place.modelsDir, entry.file), ...paths].find((path) => existsSync(path)) ?? null;
}

async function chooseBest(place: ModelPlace, { failed, ...options }: ChooseOptions): Promise<ChosenModel> {
  const memory = options.memory ?? machineMemory();
  const comfortable = ({ entry }: PresentModel) => entry === null || suits(entry, memory);
  const present = presentModels(place).filter(({ path }) => failed?.has(path) !== true);
  // The user's own models come before the tiny one, which is the last choice.
  const usable = [...present.filter(comfortable), ...present.filter((model) => !comfortable(model))];
  const inOrder = [
    ...usable.filter((model) => !model.entry?.tiny),
    ...usable.filter((model) => model.entry?.tiny),
  ];
  let firstProblem: ModelUnusableError | null = null;
  for (const model of inOrder) {
    const result = await verified(model, options).catch(unusable);
    if (!(result instanceof ModelUnusableError)) return result;
    firstProblem ??= result;
  }
  throw (
    firstProblem ??
    new ModelUnusableError(
      `There is no model in ${place.modelsDir}. Download one with "./run.sh models pull NAME"; "./run.sh models list" shows the names.${companionsIn(place)}`,
      {
        reason: "missing",
      },
    )
  );
}

/** What else lies there, since somebody put it there on purpose. */
function companionsIn(place: ModelPlace): string {
  const told = ownFiles(place).flatMap(({ path }) => {
    const { otherwise } = ggufKind(path);
    return otherwise === null ? [] : [` ${basename(path)} ${otherwise}.`];
  });
  return told.slice(0, 3).join("");
}

function presentNamed(wanted: string, place: ModelPlace): PresentModel | null {
  const entry = findEntry(place.catalog, wanted);
  if (entry !== undefined) {
    const path = fileOf(entry, place);
    return path === null ? null : { id: entry.id, entry, path };
  }
  const fetched = fetchedAs(wanted, place.modelsDir);
  const own = ownFiles(place).find(({ id, path }) => [id, basename(path)].includes(fetched ?? wanted));
  if (own !== undefined) return own;
  if (!wanted.endsWith(".gguf") && !isAbsolute(wanted)) return null;
  const path = resolve(place.projectRoot, wanted);
  const known = place.catalog.find((one) => one.file === basename(path));
  return { id: known?.id ?? idOf(basename(path)), entry: known ?? null, path };
}

async function verified(model: PresentModel, options: Omit<VerifyOptions, "entry">): Promise<ChosenModel> {
  const { sizeBytes, sha256 } = await verifyModelFile(model.path, {
    ...options,
    ...(model.entry === null ? {} : { entry: model.entry }),
  });
  return { ...model, sizeBytes, sha256 };
}

function idOf(fileName: string): string {
  return fileName.replace(/\.gguf$/, "");
}

function unusable(cause: unknown): ModelUnusableError {
  if (cause instanceof ModelUnusableError) return cause;
  throw cause;
}
