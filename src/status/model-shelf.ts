/** The interface of the Models page and its API to the rest of the program: what is here, what can be had, what is coming. */
import type { AuditAction } from "../accounts/audit.ts";
import type { ModelAbility } from "../models/catalog.ts";
import type { HubFileKind } from "../models/hub/file-kinds.ts";
import type { RecommendedModel } from "../models/hub/recommended.ts";
import type { Fit } from "../models/model-fit.ts";
import type { Pull } from "../models/pulls.ts";
import type { ModelCard } from "./model-cards.ts";

/** Bytes, all of them. */
interface Fitting {
  readonly sizeBytes: number;
  /** What it needs with its cache and buffers, beside other programs. */
  readonly neededBytes: number;
  readonly fit: Fit;
}

interface Described {
  readonly id: string;
  readonly name: string;
  /** "1.5B". */
  readonly parameters: string | null;
  readonly quantisation: string | null;
  /** Tokens that it was made for. */
  readonly contextSize: number | null;
  readonly licence: string | null;
  /** As the catalogue says; of the user's own files nothing is known. */
  readonly abilities: readonly ModelAbility[];
  /** Too small to be useful. */
  readonly isTiny: boolean;
}

/** A model whose files are on this machine. */
export interface ShelvedModel extends Described, Fitting {
  readonly state: ModelCard["state"];
  readonly progress: number | null;
  readonly canLoad: boolean;
  readonly architecture: string | null;
  /** "USER/REPO" of the hub; null: of the catalogue, or one of the user's own files. */
  readonly repository: string | null;
  /** Of a chat, in Jinja; null: the file has none. */
  readonly template: string | null;
  /** It lies in the folder of models. */
  readonly canRemove: boolean;
}

/** A model of the catalogue that is not here. */
interface ObtainableModel extends Described, Fitting {}

export interface ShelfReport {
  /** In the order in which they are chosen. */
  readonly here: readonly ShelvedModel[];
  /** Models that answer without a file here, as those of a vLLM elsewhere. */
  readonly elsewhere: readonly { readonly id: string; readonly state: ModelCard["state"] }[];
  readonly obtainable: readonly ObtainableModel[];
  /** The id of the best one that suits the machine and is soon here, while nothing but a tiny one is; null: there is none, or no need. */
  readonly offer: string | null;
  /** Names of the hub that people may want first. */
  readonly recommended: readonly RecommendedModel[];
  readonly pulls: readonly Pull[];
  readonly memoryBytes: number;
  /** Of the models here, with what is begun. */
  readonly usedBytes: number;
  /** On the disk of the folder of models; null: there is no such folder. */
  readonly freeBytes: number | null;
}

/** What the hub has under a name. */
export interface HubPreview {
  readonly id: string;
  /** "USER/REPO". */
  readonly repository: string;
  readonly licence: string | null;
  /** The smallest first. */
  readonly choices: readonly (Fitting & {
    readonly quantisation: string | null;
    /** Of its first file. */
    readonly file: string;
    readonly files: number;
    /** With which it is fetched. */
    readonly wanted: string;
    readonly isChosen: boolean;
  })[];
  readonly others: readonly {
    readonly file: string;
    readonly kind: HubFileKind;
    readonly sizeBytes: number;
  }[];
}

export interface ModelShelf {
  report(): ShelfReport;
  /** Asks the hub what it has; nothing is fetched. @throws AppError */
  preview(wanted: string, signal?: AbortSignal): Promise<HubPreview>;
  /** Begins to fetch a model of the catalogue or the hub; resolves when that has begun. @throws AppError */
  pull(wanted: string, options?: { readonly use?: boolean; readonly signal?: AbortSignal }): Promise<Pull>;
  /** @throws NotFoundError */
  pause(id: string): Promise<Pull>;
  /** @throws AppError */
  resume(id: string): Promise<Pull>;
  /** @throws NotFoundError */
  cancel(id: string): Promise<void>;
  /** Removes a model's files. @throws AppError: one in use, one that is part of the program, one that is not here */
  remove(id: string): void;
}

/** The shelf, with an audit entry for what is fetched and removed. @param note called for what was accepted */
export const auditedShelf = (
  shelf: ModelShelf,
  note: (action: AuditAction, target: string) => void,
): ModelShelf => ({
  report: () => shelf.report(),
  preview: (wanted, signal) => shelf.preview(wanted, signal),
  async pull(wanted, options) {
    const pull = await shelf.pull(wanted, options);
    note("model-pulled", pull.wanted);
    return pull;
  },
  pause: (id) => shelf.pause(id),
  resume: (id) => shelf.resume(id),
  cancel: (id) => shelf.cancel(id),
  remove(id) {
    shelf.remove(id);
    note("model-removed", id);
  },
});
