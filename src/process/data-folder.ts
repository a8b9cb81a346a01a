/** Makes the folder that holds all state, or says in a sentence why it cannot be used. */
import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  type Stats,
  statSync,
} from "node:fs";
import { dirname } from "node:path";
import { SettingsError } from "../errors.ts";

/** @throws SettingsError when the folder cannot be created or written to */
export function makeDataFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.W_OK);
    // mkdir says nothing of a file that has this name on some systems.
    if (!statSync(path).isDirectory()) throw unusable(path, "it is not a folder");
  } catch (cause) {
    if (cause instanceof SettingsError) throw cause;
    throw unusable(path, reasonOf(path, cause), cause);
  }
}

/** Links and files are named as such: their codes (EEXIST, ENOTDIR) are hard to read. */
function reasonOf(path: string, cause: unknown): string {
  for (let part = path; ; part = dirname(part)) {
    const found = kindOf(part);
    if (found?.isSymbolicLink() && !existsSync(part))
      return `${part === path ? "it" : part} is a link to ${readlinkSync(part)}, which is not there`;
    if (found !== undefined && !found.isSymbolicLink() && !found.isDirectory())
      return `${part === path ? "it" : part} is not a folder`;
    if (found !== undefined || part === dirname(part)) break;
  }
  return cause instanceof Error && "code" in cause ? String(cause.code) : "no reason is given";
}

/** undefined: there is nothing of this name, or nothing that can be looked at. */
function kindOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

function unusable(path: string, reason: string, cause?: unknown): SettingsError {
  return new SettingsError(
    `The data folder ${path} cannot be used: ${reason}. Set DATA_DIR to a folder that you may write to.`,
    { setting: "DATA_DIR" },
    { cause },
  );
}
