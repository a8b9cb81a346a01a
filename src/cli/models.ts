/**
 * `bun run models list | pull NAME | rm NAME`, and `prepare`, which installs everything that a start needs: the model
 * runner's binary and a model. It only parses arguments and prints.
 *
 * Exit codes: those of run.ts.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type CatalogEntry, loadCatalog, requireEntry } from "../models/catalog.ts";
import type { DownloadProgress } from "../models/download.ts";
import { installRuntime } from "../models/install-runtime.ts";
import { ensureModel, fileOf, type ModelPlace, presentModels } from "../models/model-store.ts";
import { ProgressLine } from "../models/progress-line.ts";
import { pullModel } from "../models/pull-model.ts";
import { removeModel } from "../models/remove-model.ts";
import { readSettings } from "../settings/read-settings.ts";
import { InterruptedError, interruptSignal, MisuseError, parseWords, run } from "./run.ts";

const usage = `Usage: models list          what is known and what is here
       models pull NAME     fetch a model (an id or alias from the list)
       models rm NAME       remove a model's file
       models prepare       fetch what a start needs: the model runner and a model`;

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
  const common = { signal, environment: process.env };

  const [command, name, ...extra] = parseWords(words, {}).positionals;
  try {
    if (command === "list" && name === undefined) {
      list(place);
      return 0;
    }
    if (command === "pull" && name !== undefined && extra.length === 0) {
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
    if (command === "rm" && name !== undefined && extra.length === 0) {
      console.log(`Removed ${removeModel(name, place)}`);
      return 0;
    }
    if (command === "prepare" && name === undefined) {
      const wanted = settings.engine === "vllm" ? null : settings.model;
      await prepare(wanted, place, { ...common, onProgress: show }, line);
      return 0;
    }
    throw new MisuseError();
  } finally {
    line.end();
  }
}

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
  const before = presentModels(place).length;
  const model = await ensureModel(wanted, place, options);
  line.end();
  if (presentModels(place).length === before) return;
  console.log(`The model ${model.id} is here.`);
  if (model.entry?.tiny)
    console.log(
      `Note: ${model.entry.name} is a tiny model for demonstrations. "./run.sh models list" shows better ones.`,
    );
}

function list(place: ModelPlace): void {
  const rows = place.catalog.map((entry) => [
    entry.id,
    entry.aliases.join(", "),
    entry.parameters,
    `${(entry.sizeBytes / 1e6).toFixed(0)} MB`,
    entry.licence,
    stateOf(entry, place),
  ]);
  const own = presentModels(place)
    .filter((model) => model.entry === null)
    .map((model) => [
      model.id,
      "",
      "",
      `${(Bun.file(model.path).size / 1e6).toFixed(0)} MB`,
      "",
      "here (your own file)",
    ]);
  const table = [["MODEL", "ALIASES", "SIZE", "FILE", "LICENCE", ""], ...rows, ...own];
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

function labelFor(entry: CatalogEntry | null, progress: DownloadProgress): string {
  const verb = { downloading: "Downloading", unpacking: "Unpacking", verifying: "Checking" }[progress.step];
  return entry === null ? `${verb} the model` : `${verb} ${entry.id}`;
}

if (import.meta.main) await run(main, { usage });
