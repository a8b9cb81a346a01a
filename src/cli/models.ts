/**
 * `bun run models list | pull NAME | rm NAME` (`remove` is the same), and `prepare`, which installs everything that a start needs: the model
 * runner's binary and a model. It only parses arguments and prints.
 *
 * Exit codes: those of run.ts.
 */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { type CatalogEntry, findEntry, loadCatalog, requireEntry } from "../models/catalog.ts";
import type { DownloadProgress } from "../models/download.ts";
import { ggufFacts } from "../models/gguf-facts.ts";
import type { HubAccess } from "../models/hub/hub-client.ts";
import { type HubName, readHubName } from "../models/hub/hub-name.ts";
import { fetchedAs, hubNotes, readHubNote } from "../models/hub/hub-notes.ts";
import { type HubPlan, planPull, pullFromHub } from "../models/hub/pull-from-hub.ts";
import { installRuntime } from "../models/install-runtime.ts";
import { bytesOf } from "../models/model-parts.ts";
import { ensureModel, fileOf, type ModelPlace, presentModels } from "../models/model-store.ts";
import { ProgressLine } from "../models/progress-line.ts";
import { pullModel } from "../models/pull-model.ts";
import { removeModel } from "../models/remove-model.ts";
import { readSettings } from "../settings/read-settings.ts";
import { InterruptedError, interruptSignal, MisuseError, parseWords, run } from "./run.ts";

const usage = `Usage: models list          what is known and what is here
       models pull NAME     fetch a model: an id or alias from the list, or any GGUF model of the
                            hub as hf:USER/REPO, hf:USER/REPO:QUANT or its address
       models rm NAME       remove a model's files
       models prepare       fetch what a start needs: the model runner and a model, the smallest
                            or with --wait-for-model the best one that fits`;

async function main(words: readonly string[]): Promise<number> {
  const projectRoot = join(import.meta.dir, "../..");
  const settings = readSettings(process.env, projectRoot);
  const place: ModelPlace = {
    catalog: loadCatalog(join(projectRoot, "models/catalog.json")),
    modelsDir: settings.modelsDir,
    projectRoot,
  };
  const signal = interruptSignal(new InterruptedError("Interrupted. What was fetched so far is kept."));
  const line = new ProgressLine(process.stdout);
  const show = (entry: CatalogEntry | null, progress: DownloadProgress) =>
    line.show(labelFor(entry, progress), progress.doneBytes, progress.totalBytes);
  const common = { signal, environment: process.env, hub: settings.hub };

  const { positionals, values } = parseWords(words, { "wait-for-model": { type: "boolean" } });
  const [command, name, ...extra] = positionals;
  try {
    if (command === "list" && name === undefined) {
      list(place);
      return 0;
    }
    if (command === "pull" && name !== undefined && extra.length === 0) {
      const hubName =
        findEntry(place.catalog, name) === undefined ? readHubName(name, settings.hub.endpoint) : null;
      if (hubName !== null) {
        await pullByName(hubName, place, { access: settings.hub, signal }, line);
        return 0;
      }
      const entry = requireEntry(place.catalog, name);
      const { path } = await pullModel(entry, {
        ...place,
        ...common,
        onProgress: (progress) => show(entry, progress),
      });
      line.end();
      console.log(`${entry.id} is ready: ${path}`);
      return 0;
    }
    if ((command === "rm" || command === "remove") && name !== undefined && extra.length === 0) {
      console.log(`Removed ${removeModel(name, place)}`);
      return 0;
    }
    if (command === "prepare" && name === undefined) {
      const wanted = settings.engine === "vllm" ? null : settings.model;
      const isPatient = values["wait-for-model"] ?? false;
      await prepare(wanted, place, { ...common, isPatient, onProgress: show }, line);
      return 0;
    }
    throw new MisuseError();
  } finally {
    line.end();
  }
}

/** Says what was chosen before it is fetched. */
async function pullByName(
  name: HubName,
  place: ModelPlace,
  options: { readonly access: HubAccess; readonly signal: AbortSignal },
  line: ProgressLine,
): Promise<void> {
  const plan = await planPull(name, place, options);
  for (const said of describePlan(plan)) console.log(said);
  const path = await pullFromHub(plan, {
    ...options,
    modelsDir: place.modelsDir,
    onProgress: (progress) =>
      line.show(`${verbs[progress.step]} ${plan.id}`, progress.doneBytes, progress.totalBytes),
  });
  line.end();
  console.log(`${plan.id} is ready: ${path}`);
}

function describePlan({ contents, choice, note }: HubPlan): readonly string[] {
  const { quantisation, sizeBytes, fit, files } = choice;
  const others = contents.choices
    .filter((each) => each !== choice)
    .map((each) => `${each.quantisation ?? each.files[0].path} (${megabytes(each.sizeBytes)})`);
  const fits = { fits: "fits", tight: "tight for this machine", "too-big": "too big for this machine" }[fit];
  return [
    `${note.repository}: ${quantisation ?? files[0].path}, ${megabytes(sizeBytes)}, ${fits}; licence: ${note.licence ?? "its page does not say"}.`,
    ...(others.length === 0 ? [] : [`Others: ${others.join(", ")}.`]),
    ...contents.others.map(({ file, kind }) => `Not fetched: ${file.path} (${kind.replaceAll("-", " ")}).`),
  ];
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;

/** @param wanted null: only vLLM answers, and only recall needs the model runner */
async function prepare(
  wanted: string | null,
  place: ModelPlace,
  options: Parameters<typeof ensureModel>[2],
  line: ProgressLine,
): Promise<void> {
  const { unavailable } = await installRuntime(place.projectRoot, options.environment, (packages) =>
    console.log(`Installing the model runner for this machine (${packages.join(", ")}) …`),
  );
  for (const name of unavailable)
    console.log(
      `${name} could not be installed: the model runs on the processor, without the graphics card.`,
    );
  if (wanted === null) return;
  const hubName = /^hf:/i.test(wanted) ? readHubName(wanted, options.hub.endpoint) : null;
  if (hubName !== null && fetchedAs(wanted, place.modelsDir) === null)
    await pullByName(hubName, place, { access: options.hub, signal: options.signal }, line);
  const before = presentModels(place).length;
  const model = await ensureModel(wanted, place, options);
  line.end();
  if (presentModels(place).length === before) return;
  console.log(`The model ${model.id} is here.`);
  if (model.entry?.tiny)
    console.log(
      `Note: ${model.entry.name} is a tiny model for demonstrations. The page of the models (/models) offers better ones.`,
    );
}

function list(place: ModelPlace): void {
  const rows = place.catalog.map((entry) => [
    entry.id,
    entry.aliases.join(", "),
    entry.parameters,
    megabytes(entry.sizeBytes),
    entry.licence,
    stateOf(entry, place),
  ]);
  const own = presentModels(place)
    .filter((model) => model.entry === null)
    .map(({ id, path }) => {
      const note = readHubNote(place.modelsDir, basename(path));
      const facts = ggufFacts(path);
      return [
        id,
        "",
        facts.parameters ?? "",
        megabytes(bytesOf(path) ?? 0),
        note?.licence ?? facts.licence ?? "",
        note === null ? "here (your own file)" : `here (from ${note.repository})`,
      ];
    });
  const begun = hubNotes(place.modelsDir)
    .filter(({ isVerified }) => !isVerified)
    .map(({ wanted, files, licence }) => [
      ...[wanted, "", "", megabytes(files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))],
      ...[licence ?? "", "partly here"],
    ]);
  const table = [["MODEL", "ALIASES", "SIZE", "FILE", "LICENCE", ""], ...rows, ...own, ...begun];
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
}

function stateOf(entry: CatalogEntry, place: ModelPlace): string {
  if (entry.purpose === "embedding")
    return fileOf(entry, place) === null ? "missing" : "here (part of the program)";
  if (fileOf(entry, place) !== null) return entry.tiny ? "here (tiny: for demonstrations)" : "here";
  const part = join(place.modelsDir, `${entry.file}.part`);
  return existsSync(part) || existsSync(`${part}.ipull`) ? "partly here" : "";
}

const verbs = { downloading: "Downloading", unpacking: "Unpacking", verifying: "Checking" } as const;

function labelFor(entry: CatalogEntry | null, progress: DownloadProgress): string {
  const verb = verbs[progress.step];
  return entry === null ? `${verb} the model` : `${verb} ${entry.id}`;
}

if (import.meta.main) await run(main, { usage });
