/**
 * Who may write into a data folder, and beside whom: one server at a time, a restore beside nobody, and short commands
 * beside a server. All ask the same lock as the orchestrator (instance.ts). It knows nothing of what they write.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { makeDataFolder } from "./data-folder.ts";
import { FolderLock, identityOf } from "./folder-lock.ts";
import { lockFolder, ownerLockFile } from "./instance.ts";
import { AlreadyRunningError } from "./process-errors.ts";

/** A server that got a TERM may still drain its answers; the orchestrator has killed it before that. */
const endingMs = 15_000;

/** Locked by the server itself, so that one which outlives its orchestrator never writes beside the next one. */
const serverLockFile = (dataDir: string) => join(dataDir, "server.lock");

interface ServerClaim extends Disposable {
  /** As long as these files are in their places, no other server can have the folder. */
  readonly lockFiles: readonly string[];
}

/**
 * Takes the folder for the one server that may write into it.
 * @param orchestrated an orchestrator started this process, and owns the folder
 * @param folderId names the folder that it owns (Instance.folderId); null: it did not say
 * @throws AlreadyRunningError when another one has it; SettingsError when the folder cannot be used
 */
export async function claimForServer(
  dataDir: string,
  { orchestrated, folderId }: { readonly orchestrated: boolean; readonly folderId: string | null },
): Promise<ServerClaim> {
  using stack = new DisposableStack();
  const ownerFile = ownerLockFile(dataDir);
  if (folderId === null) {
    makeDataFolder(dataDir);
    // Alone, or the child of a program that owns nothing.
    const lock = orchestrated ? FolderLock.take(ownerFile) : lockFolder(dataDir);
    if (lock !== null) stack.use(lock);
  } else if (identityOf(ownerFile) !== folderId)
    throw new AlreadyRunningError(
      `The data folder ${dataDir} was moved or replaced while the program runs. Put it back, or stop the program, then start again.`,
    );
  const lock = await FolderLock.wait(serverLockFile(dataDir), endingMs);
  if (lock === null)
    throw new AlreadyRunningError(
      `Another server still writes into ${dataDir}. Stop it ("./run.sh stop"), then start again.`,
    );
  stack.use(lock);
  const owned = stack.move();
  return {
    lockFiles: [ownerFile, serverLockFile(dataDir)],
    [Symbol.dispose]: () => owned.dispose(),
  };
}

/**
 * Takes the folder for something that must be alone in it.
 * @throws AlreadyRunningError when anything else works in it
 */
export async function claimAlone(dataDir: string): Promise<Disposable> {
  using stack = new DisposableStack();
  try {
    stack.use(lockFolder(dataDir));
  } catch (cause) {
    if (!(cause instanceof AlreadyRunningError)) throw cause;
    using server = FolderLock.take(serverLockFile(dataDir));
    if (server !== null && cause.facts.pid === undefined) throw cause;
    throw new AlreadyRunningError("The program is running. Stop it first: ./run.sh stop", {}, { cause });
  }
  const server = await FolderLock.wait(serverLockFile(dataDir), endingMs);
  if (server === null)
    throw new AlreadyRunningError("A server of this data folder is still ending. Try again in a moment.");
  stack.use(server);
  const owned = stack.move();
  return { [Symbol.dispose]: () => owned.dispose() };
}

/**
 * For a command that works beside a running server, and in an unowned folder keeps a start away until it has ended.
 * @returns null when the folder is owned, or is not there
 */
export function claimIfFree(dataDir: string): Disposable | null {
  return existsSync(dataDir) ? FolderLock.take(ownerLockFile(dataDir)) : null;
}
