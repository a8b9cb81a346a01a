/**
 * Decides from the settings and the machine whether vLLM answers, who runs it, and what it serves. Orchestrator and server
 * both call it, and get the same result. It starts nothing.
 */
import { basename, join } from "node:path";
import type { Settings } from "../settings/settings.ts";
import { findVllm, hasVllm, ownVllm, type VllmSearch } from "./find-vllm.ts";

/** The fields of a catalogue entry that matter here. */
interface CatalogModel {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly vllm?: string;
  readonly contextSize: number;
}

export interface Machine {
  readonly hasCudaGpu: boolean;
  readonly exists: (path: string) => boolean;
  readonly which: (name: string) => string | null;
}

type VllmMode = "none" | "external" | "launch";

export const vllmFolder = (settings: Pick<Settings, "dataDir">) => join(settings.dataDir, "vllm");

/**
 * `auto` launches vLLM where the user wants it in any way (./run.sh setup-vllm, VLLM_COMMAND, VLLM_MODEL), or where it is
 * installed beside a graphics card that it supports.
 */
export function vllmMode(settings: Settings, machine: Machine): VllmMode {
  const { engine, engineOrder, vllm } = settings;
  if (!engineOrder.includes("vllm")) return "none";
  if (vllm.urls.length > 0) return "external";
  if (engine === "vllm") return "launch";
  const asked = vllm.command !== null || vllm.model !== null || machine.exists(ownVllm(vllmFolder(settings)));
  return asked || (machine.hasCudaGpu && hasVllm(search(settings, machine))) ? "launch" : "none";
}

/** @throws EngineUnavailableError when there is no vLLM */
export const vllmProgram = (settings: Settings, machine: Machine): string[] =>
  findVllm(search(settings, machine));

function search({ vllm, ...settings }: Settings, { which }: Machine): VllmSearch {
  return { command: vllm.command, ownFolder: vllmFolder(settings), which };
}

export interface ServedModel {
  /** A folder or a hub id. */
  readonly model: string;
  /** Answers carry the first one. */
  readonly names: readonly string[];
  readonly contextSize: number | null;
}

/** @param entry the chosen model's catalogue entry */
export function servedModel({ vllm }: Settings, entry: CatalogModel | undefined): ServedModel | null {
  if (vllm.model !== null) {
    const name = basename(vllm.model).toLowerCase();
    const known = entry?.vllm === vllm.model ? entry : undefined;
    return {
      model: vllm.model,
      names: known === undefined ? [name] : [known.id, ...known.aliases],
      contextSize: vllm.context,
    };
  }
  if (entry?.vllm === undefined) return null;
  return {
    model: entry.vllm,
    names: [entry.id, ...entry.aliases],
    contextSize: vllm.context ?? entry.contextSize,
  };
}
