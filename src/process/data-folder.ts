/** Makes the folder that holds all state, or says in a sentence why it cannot be used. */
import { accessSync, constants, mkdirSync } from "node:fs";
import { SettingsError } from "../errors.ts";

/** @throws SettingsError when the folder cannot be made or written to */
export function makeDataFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.W_OK);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? ` (${cause.code})` : "";
    throw new SettingsError(
      `The data folder ${path} cannot be used${code}. Set DATA_DIR to a folder that you may write to.`,
      { setting: "DATA_DIR" },
      { cause },
    );
  }
}
