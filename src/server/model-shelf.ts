/** The models on this machine and those that can be had, for the Models page and its API. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { AppError } from "../errors.ts";
import { type CatalogEntry, chatModels } from "../models/catalog.ts";
import { freeBytes } from "../models/free-space.ts";
import { ggufFacts } from "../models/gguf-facts.ts";
import { quantisationOf } from "../models/hub/file-kinds.ts";
import { readHubNote } from "../models/hub/hub-notes.ts";
import { recommendedModels } from "../models/hub/recommended.ts";
import { machineMemory } from "../models/machine-memory.ts";
import { memoryFor, modelFit } from "../models/model-fit.ts";
import { bytesOf } from "../models/model-parts.ts";
import { type ModelPlace, presentModels } from "../models/model-store.ts";
import type { Pulls } from "../models/pulls.ts";
import { removeModel } from "../models/remove-model.ts";
import { suits } from "../models/suits-machine.ts";
import { type ModelCard, modelCards } from "../status/model-cards.ts";
import type { HubPreview, ModelShelf, ShelfReport, ShelvedModel } from "../status/model-shelf.ts";
import type { EngineReport } from "../status/status-report.ts";
import { say } from "../texts/say.ts";
import { runsHere } from "./engine-names.ts";

interface ShelfDeps {
  readonly place: ModelPlace;
  readonly pulls: Pulls;
  readonly engines: () => readonly EngineReport[];
  /** What a model here takes while it is loaded, in bytes; null: that is not known. */
  readonly memoryOf?: (id: string) => number | null;
}

class ModelInUseError extends AppError {
  readonly status = 409;
  readonly code = "model_in_use";
}

export const createModelShelf = ({
  place,
  pulls,
  engines,
  memoryOf = () => null,
}: ShelfDeps): ModelShelf => ({
  report: () => reportOf({ place, pulls, memoryOf }, engines()),
  preview: (wanted, signal) => previewOf(pulls, wanted, signal),
  pull: (wanted, options) => pulls.start(wanted, options),
  pause: (id) => pulls.pause(id),
  resume: (id) => pulls.resume(id),
  cancel: (id) => pulls.cancel(id),
  remove(id) {
    const card = modelCards(engines(), new Map()).find((each) => each.id === id);
    if (card !== undefined && card.state !== "stored")
      throw new ModelInUseError(
        say`${{ verbatim: id }} is in use. Use another model first, or stop its engine; then it can be removed.`,
        { model: id },
      );
    removeModel(id, place);
  },
});

function reportOf(
  { place, pulls, memoryOf }: Required<Pick<ShelfDeps, "place" | "pulls" | "memoryOf">>,
  engines: readonly EngineReport[],
): ShelfReport {
  const memory = machineMemory();
  const cards = new Map(modelCards(engines, new Map()).map((card) => [card.id, card]));
  const here = presentModels(place).flatMap(({ id, entry, path }): ShelvedModel[] => {
    const sizeBytes = bytesOf(path);
    // It may go between the listing and this.
    if (sizeBytes === null) return [];
    const present = { id, entry, path, sizeBytes, predictedBytes: memoryOf(id) };
    return [shelved(present, cards.get(id), place)];
  });
  const isHere = new Set(here.map(({ id }) => id));
  const absent = chatModels(place.catalog).filter((entry) => !isHere.has(entry.id));
  const obtainable = absent.map((entry) => ({ ...describedEntry(entry), ...fitting(entry) }));
  return {
    here,
    obtainable,
    elsewhere: [...cards.values()].filter(({ id, state }) => !isHere.has(id) && state !== "stored"),
    offer: offerOf(here, absent, engines),
    recommended: recommendedModels,
    pulls: pulls.list(),
    memoryBytes: memory.totalBytes,
    usedBytes: usedBytes(place.modelsDir),
    freeBytes: existsSync(place.modelsDir) ? freeBytes(place.modelsDir) : null,
  };
}

/** What a newcomer is offered, in bytes: larger ones take an evening to come, and stand in the list. */
const largestOffer = 7e9;

/** Nothing is offered to those whom a better engine answers already. */
function offerOf(
  here: readonly ShelvedModel[],
  absent: readonly CatalogEntry[],
  engines: readonly EngineReport[],
): string | null {
  const hasBetter =
    here.some(({ isTiny }) => !isTiny) ||
    engines.some(({ status: { engine, state } }) => !runsHere(engine) && state === "ready");
  const isOffered = (entry: CatalogEntry) =>
    !entry.tiny && entry.sizeBytes <= largestOffer && suits(entry, machineMemory());
  return hasBetter ? null : (absent.find(isOffered)?.id ?? null);
}

interface Present {
  readonly id: string;
  readonly entry: CatalogEntry | null;
  readonly path: string;
  readonly sizeBytes: number;
  readonly predictedBytes: number | null;
}

function shelved({ id, entry, path, ...size }: Present, card: ModelCard | undefined, place: ModelPlace) {
  const facts = ggufFacts(path);
  const note = readHubNote(place.modelsDir, basename(path));
  const described =
    entry === null
      ? {
          ...{ id, name: facts.name ?? id, parameters: facts.parameters, contextSize: facts.contextSize },
          ...{ licence: note?.licence ?? facts.licence, isTiny: false, abilities: [] },
        }
      : describedEntry(entry);
  return {
    ...described,
    ...fitting({ ...size, minMemoryBytes: entry?.minMemoryBytes ?? null }),
    quantisation: facts.quantisation,
    architecture: facts.architecture,
    template: facts.template,
    repository: note?.repository ?? null,
    state: card?.state ?? "stored",
    progress: card?.progress ?? null,
    canLoad: card?.canLoad ?? false,
    canRemove: dirname(path) === place.modelsDir,
  };
}

const describedEntry = ({
  id,
  name,
  parameters,
  contextSize,
  licence,
  tiny,
  file,
  abilities,
}: CatalogEntry) => ({
  ...{
    id,
    name,
    parameters,
    contextSize,
    licence,
    isTiny: tiny,
    quantisation: quantisationOf(file),
    abilities,
  },
});

function fitting(needs: Parameters<typeof modelFit>[0]) {
  return { sizeBytes: needs.sizeBytes, neededBytes: memoryFor(needs), fit: modelFit(needs, machineMemory()) };
}

function usedBytes(modelsDir: string): number {
  const names = existsSync(modelsDir) ? readdirSync(modelsDir) : [];
  return names
    .filter((name) => /\.gguf(?:\.part)?$/.test(name))
    .reduce((sum, name) => sum + (statSync(join(modelsDir, name), { throwIfNoEntry: false })?.size ?? 0), 0);
}

async function previewOf(pulls: Pulls, wanted: string, signal?: AbortSignal): Promise<HubPreview> {
  const { id, note, contents, choice } = await pulls.plan(wanted, signal);
  return {
    id,
    repository: note.repository,
    licence: note.licence,
    choices: contents.choices.map((each) => ({
      quantisation: each.quantisation,
      file: each.files[0].path,
      files: each.files.length,
      ...fitting({ sizeBytes: each.sizeBytes, minMemoryBytes: null }),
      // By its file where two have the same quantisation, or none.
      wanted:
        each.quantisation !== null &&
        contents.choices.filter(({ quantisation }) => quantisation === each.quantisation).length === 1
          ? `hf:${note.repository}:${each.quantisation}`
          : `hf:${note.repository}/${each.files[0].path}`,
      isChosen: each === choice,
    })),
    others: contents.others.map(({ file: { path, sizeBytes }, kind }) => ({ file: path, kind, sizeBytes })),
  };
}
