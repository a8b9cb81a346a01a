/**
 * The catalogue of models: which may be downloaded, from where, and how each file is verified. The data is in
 * models/catalog.json; this file reads and checks it. It knows nothing of the files on this machine.
 */
import { readFileSync } from "node:fs";
import { type Static, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { SettingsError, UnknownModelError } from "../errors.ts";

const ModelSource = t.Union([
  /** A file that exists already; a relative path is resolved against the project's folder. */
  t.Object({ type: t.Literal("path"), path: t.String({ minLength: 1 }) }, { additionalProperties: false }),
  /** A model hub: `hf:user/repository/file#revision`, or an http(s) address. */
  t.Object({ type: t.Literal("hub"), uri: t.String({ minLength: 1 }) }, { additionalProperties: false }),
  /** A file inside a wheel on the Python package registry. */
  t.Object(
    {
      type: t.Literal("wheel"),
      package: t.String({ minLength: 1 }),
      version: t.String({ minLength: 1 }),
      member: t.String({ minLength: 1 }),
    },
    { additionalProperties: false },
  ),
]);
export type ModelSource = Static<typeof ModelSource>;

/** thinks: before it answers; tools: it calls them; languages: it writes dozens, not only English. */
const ModelAbility = t.Union([t.Literal("thinks"), t.Literal("tools"), t.Literal("languages")]);
export type ModelAbility = Static<typeof ModelAbility>;

const name = t.String({ pattern: "^[a-z0-9]+([.-][a-z0-9]+)*$" });

const CatalogEntry = t.Object(
  {
    id: name,
    aliases: t.Array(name),
    name: t.String({ minLength: 1 }),
    purpose: t.Union([t.Literal("chat"), t.Literal("embedding")]),
    licence: t.String({ minLength: 1 }),
    /** The file's name in the folder of models. */
    file: t.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*\\.gguf$" }),
    /** Exact when sha256 is given, else about. */
    sizeBytes: t.Integer({ minimum: 1 }),
    sha256: t.Optional(t.String({ pattern: "^[0-9a-f]{64}$" })),
    parameters: t.String({ minLength: 1 }),
    /** Of the weights that one token reads, in a mixture of experts; left out: all. */
    activeBytes: t.Optional(t.Integer({ minimum: 1 })),
    contextSize: t.Integer({ minimum: 1 }),
    /** Memory that the machine should have for weights, KV cache and all other programs. */
    minMemoryBytes: t.Integer({ minimum: 1 }),
    /** Too small to be useful: for demonstrations and tests; the page says so. */
    tiny: t.Boolean(),
    abilities: t.Array(ModelAbility),
    /** The model that vLLM serves for it: a hub id. */
    vllm: t.Optional(t.String({ minLength: 1 })),
    /** Of that one's weights, about. */
    vllmBytes: t.Optional(t.Integer({ minimum: 1 })),
    /** In the order of tries. */
    sources: t.Array(ModelSource, { minItems: 1 }),
  },
  { additionalProperties: false },
);
export type CatalogEntry = Static<typeof CatalogEntry>;

const CatalogFile = t.Object(
  { models: t.Array(CatalogEntry, { minItems: 1 }) },
  { additionalProperties: false },
);

/** In the order of preference: `auto` takes the first that fits. */
export type Catalog = readonly CatalogEntry[];

/**
 * @param path models/catalog.json
 * @throws SettingsError that names the wrong place in the file
 */
export function loadCatalog(path: string): Catalog {
  const refuse = (detail: string, cause?: unknown) =>
    new SettingsError(
      `The catalogue of models, ${path}, cannot be used: ${detail}`,
      { file: path },
      { cause },
    );
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw refuse(cause instanceof Error ? cause.message : String(cause), cause);
  }
  if (!Value.Check(CatalogFile, parsed)) {
    const problem = Value.Errors(CatalogFile, parsed).First();
    throw refuse(problem ? `${problem.path}: ${problem.message}` : "it has an unexpected form");
  }
  const taken = new Set<string>();
  for (const known of parsed.models.flatMap((entry) => [entry.id, ...entry.aliases])) {
    if (taken.has(known)) throw refuse(`the name "${known}" is given twice`);
    taken.add(known);
  }
  return parsed.models;
}

export function chatModels(catalog: Catalog): CatalogEntry[] {
  return catalog.filter((entry) => entry.purpose === "chat");
}

/** By id or alias; upper and lower case are the same. */
export function findEntry(catalog: Catalog, wanted: string): CatalogEntry | undefined {
  const lower = wanted.toLowerCase();
  return catalog.find((entry) => entry.id === lower || entry.aliases.includes(lower));
}

/** @throws UnknownModelError with the known names */
export function requireEntry(catalog: Catalog, wanted: string): CatalogEntry {
  const entry = findEntry(catalog, wanted);
  if (entry === undefined) throw new UnknownModelError(wanted, knownNames(catalog));
  return entry;
}

/** The names that a chat request may use, ids first. */
export function knownNames(catalog: Catalog): string[] {
  const chat = chatModels(catalog);
  return ["auto", ...chat.map((entry) => entry.id), ...chat.flatMap((entry) => entry.aliases)];
}
