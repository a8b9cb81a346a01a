/** Puts the presets of an archive into the store: those whose names are here already are left as they are. */
import type { Store } from "../../store/database.ts";
import type { OwnerId } from "../../store/schema.ts";
import { longestPresetName, mostPresets, sameName } from "../preset-names.ts";
import type { ArchivePreset } from "./archive-format.ts";

/** Inside a transaction. @returns how many were added @throws StorageError */
export function importPresets(store: Store, ownerId: OwnerId, presets: Iterable<ArchivePreset>): number {
  const names = store.presets.list(ownerId).map(({ name }) => name);
  let added = 0;
  for (const { name: given, choices } of presets) {
    const name = given.replaceAll(/\s+/g, " ").trim().slice(0, longestPresetName).trim();
    const isRefused = name === "" || names.length >= mostPresets;
    if (isRefused || names.some((each) => sameName(each, name))) continue;
    store.presets.put({ id: Bun.randomUUIDv7(), ownerId, name, choices, createdAt: Date.now() });
    names.push(name);
    added++;
  }
  return added;
}
