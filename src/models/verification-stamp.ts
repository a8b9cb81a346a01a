/**
 * Remembers that a model file was verified, so that the next start need not hash gigabytes again. A stamp is valid while size
 * and modification time are unchanged. It knows nothing of how files are verified.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type Static, Type as t } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";

const Stamp = t.Object({ sizeBytes: t.Number(), modifiedMs: t.Number(), sha256: t.String() });
type Stamp = Static<typeof Stamp>;

/** The folder of the stamps, beside the models. */
const folder = ".verified";

/** @returns the sha256 of the last verification of this file, or null */
export async function readStamp(modelPath: string): Promise<string | null> {
  const stamp = parseStamp(stampPath(modelPath));
  if (stamp === null) return null;
  const { size, mtimeMs } = await stat(modelPath);
  return stamp.sizeBytes === size && stamp.modifiedMs === mtimeMs ? stamp.sha256 : null;
}

/** A folder without write access (a shared one, say) only costs a hash at every start. */
export async function writeStamp(modelPath: string, sha256: string): Promise<void> {
  const { size, mtimeMs } = await stat(modelPath);
  const stamp: Stamp = { sizeBytes: size, modifiedMs: mtimeMs, sha256 };
  const path = stampPath(modelPath);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(join(dirname(path), ".gitignore"), "*\n");
    writeFileSync(path, `${JSON.stringify(stamp)}\n`);
  } catch {
    // See above: without the stamp everything works, only slower.
  }
}

export function removeStamp(modelPath: string): void {
  rmSync(stampPath(modelPath), { force: true });
}

function stampPath(modelPath: string): string {
  return join(dirname(modelPath), folder, `${basename(modelPath)}.json`);
}

function parseStamp(path: string): Stamp | null {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, "utf8"));
    return Value.Check(Stamp, parsed) ? parsed : null;
  } catch {
    // Missing or damaged: the file is verified again.
    return null;
  }
}
