/**
 * Files that even root may not write to, and into which nothing goes that was open before: `chattr +i`, where the file
 * system knows it. Taking permissions away would mean nothing to root, nor to a file that is open.
 */
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether this user can make files of this folder refuse what is written to them. */
export function canBeImmutable(folder = tmpdir()): boolean {
  if (Bun.which("chattr") === null) return false;
  const tried = mkdtempSync(join(folder, "immutable-"));
  const file = join(tried, "file");
  const descriptor = openSync(file, "w");
  try {
    using _ = setImmutable([file]);
    writeSync(descriptor, "x");
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  } finally {
    closeSync(descriptor);
    rmSync(tried, { recursive: true, force: true });
  }
}

/** @returns what makes them as they were; to do it twice does no harm */
export function setImmutable(paths: readonly string[]): Disposable {
  change("+i", paths);
  return { [Symbol.dispose]: () => change("-i", paths) };
}

function change(flag: "+i" | "-i", paths: readonly string[]): void {
  const { exitCode, stderr } = Bun.spawnSync(["chattr", flag, ...paths]);
  if (exitCode !== 0) throw new Error(`chattr ${flag} was refused: ${stderr.toString()}`);
}
