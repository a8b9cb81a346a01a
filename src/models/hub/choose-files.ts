/** Which files of a repository make a model, and which of its quantisations suits this machine. It asks nothing. */
import { ModelUnusableError, NotFoundError } from "../../errors.ts";
import { say } from "../../texts/say.ts";
import type { MachineMemory } from "../machine-memory.ts";
import { type Fit, modelFit } from "../model-fit.ts";
import { type HubFileKind, kindOfFile, quantisationOf, splitOf } from "./file-kinds.ts";
import type { HubName } from "./hub-name.ts";
import type { HubFile, HubRepository } from "./list-repository.ts";

/** A model in one quantisation. */
export interface HubChoice {
  /** null: the files' names do not say. */
  readonly quantisation: string | null;
  /** All its parts in order; the first is the one that is loaded. */
  readonly files: readonly [HubFile, ...HubFile[]];
  readonly sizeBytes: number;
  readonly fit: Fit;
}

export interface HubContents {
  /** Models that write answers, the smallest first. */
  readonly choices: readonly HubChoice[];
  /** What lies beside them. */
  readonly others: readonly { readonly file: HubFile; readonly kind: HubFileKind }[];
}

export function contentsOf({ repository, files }: HubRepository, memory: MachineMemory): HubContents {
  const known = files
    .map((file) => ({ file, kind: kindOfFile(file.path, repository) }))
    .filter(({ kind }) => kind !== "other");
  const models = known.filter(({ kind }) => kind === "model").map(({ file }) => file);
  const groups = Map.groupBy(models, ({ path }) => splitOf(path)?.whole ?? path);
  const choices = [...groups.values()].flatMap((group): HubChoice[] => {
    const [first, ...rest] = group.toSorted((a, b) => a.path.localeCompare(b.path, "en"));
    // A part is missing: it cannot be loaded.
    if (first === undefined || group.length !== (splitOf(first.path)?.parts ?? 1)) return [];
    const sizeBytes = group.reduce((sum, file) => sum + file.sizeBytes, 0);
    const fit = modelFit({ sizeBytes, minMemoryBytes: null }, memory);
    return [{ quantisation: quantisationOf(first.path), files: [first, ...rest], sizeBytes, fit }];
  });
  return {
    choices: choices.toSorted((a, b) => a.sizeBytes - b.sizeBytes),
    others: known.filter(({ kind }) => kind !== "model"),
  };
}

/** Without a wish: the first is the usual balance of size and quality; then its neighbours. */
const usual = ["Q4_K_M", "UD-Q4_K_XL", "Q4_K_S", "IQ4_XS", "IQ4_NL", "Q4_0", "Q4_1", "MXFP4_MOE", "MXFP4"];

/**
 * @returns the asked one, though it may be too big; without a wish the usual one that fits, else the largest that does
 * @throws NotFoundError that names what there is; ModelUnusableError when no model is there, or none fits
 */
export function chooseFiles(contents: HubContents, name: HubName, memory: MachineMemory): HubChoice {
  const { choices } = contents;
  if (name.file !== null) return fileNamed(contents, name.file);
  const smallest = choices[0];
  if (smallest === undefined) throw noModel(contents, name.repository);
  if (name.quantisation !== null) return quantised(choices, name.quantisation, name.repository);
  for (const wanted of ["fits", "tight"] as const) {
    const fitting = choices.filter(({ fit }) => fit === wanted);
    const preferred = usual
      .map((each) => fitting.find(({ quantisation }) => quantisation === each))
      .find((found) => found !== undefined);
    const found = preferred ?? fitting.findLast(isQuantised) ?? fitting[0];
    if (found !== undefined) return found;
  }
  throw new ModelUnusableError(
    say`No quantisation of ${{ verbatim: name.repository }} fits: the smallest has ${gigabytes(smallest.sizeBytes)} GB and this machine has ${gigabytes(memory.totalBytes)} GB of memory. Choose a smaller model.`,
    { reason: "too_big" },
  );
}

const isQuantised = ({ quantisation }: HubChoice) => !/^(?:BF16|F16|F32)$/.test(quantisation ?? "");
const gigabytes = (bytes: number) => ({ decimal: (bytes / 1e9).toFixed(1) });

function quantised(choices: readonly HubChoice[], asked: string, repository: string): HubChoice {
  const wanted = asked.toUpperCase();
  const named = (form: string) => choices.find(({ quantisation }) => quantisation === form);
  const found = named(wanted) ?? named(`UD-${wanted}`);
  if (found !== undefined) return found;
  const known = [...new Set(choices.flatMap(({ quantisation }) => quantisation ?? []))];
  throw new NotFoundError(
    say`${{ verbatim: repository }} has no quantisation ${{ verbatim: asked }}. It has ${{ verbatim: known.join(", ") || "–" }}.`,
    { param: "name" },
  );
}

function fileNamed({ choices, others }: HubContents, file: string): HubChoice {
  const isMeant = ({ path }: HubFile) => path.toLowerCase() === file.toLowerCase();
  const found = choices.find(({ files }) => files.some(isMeant));
  if (found !== undefined) return found;
  const other = others.find((each) => isMeant(each.file));
  if (other !== undefined) throw noAnswers(file, other.kind);
  const known = choices.map(({ files: [first] }) => first.path).join(", ");
  throw new NotFoundError(
    say`The repository has no file ${{ verbatim: file }}. It has ${{ verbatim: known || "–" }}.`,
    { param: "name" },
  );
}

/** Of a repository that holds no model, what it holds instead. */
function noModel({ others }: HubContents, repository: string) {
  const [first] = others;
  if (first === undefined)
    return new ModelUnusableError(
      say`${{ verbatim: repository }} has no GGUF files. Look for a repository whose name ends in GGUF.`,
      { reason: "no-gguf" },
    );
  return noAnswers(first.file.path, first.kind);
}

function noAnswers(path: string, kind: HubFileKind) {
  const file = { verbatim: path };
  const facts = { reason: "no-chat-model" };
  switch (kind) {
    case "projector":
      return new ModelUnusableError(
        say`${file} reads pictures or sounds for the model beside it, and writes no answers. Choose the model.`,
        facts,
      );
    case "draft":
      return new ModelUnusableError(
        say`${file} only guesses words ahead for the model beside it. Choose the model.`,
        facts,
      );
    case "embedding":
      return new ModelUnusableError(say`${file} is for embeddings, not for answers.`, facts);
    case "adapter":
      return new ModelUnusableError(say`${file} is an adapter (LoRA) for another model, not a model.`, facts);
    default:
      return new ModelUnusableError(say`${file} holds no model that writes answers.`, facts);
  }
}
