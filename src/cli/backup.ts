/**
 * `bun run backup [FILE]` and `bun run restore FILE`; and `daily`, which the running server starts in its own process, so that
 * copying a large database does not delay its answers.
 *
 * Exit codes: those of run.ts, and 65 (EX_DATAERR of sysexits.h): the database is damaged.
 */
import { join, resolve } from "node:path";
import type { AppError } from "../errors.ts";
import { claimAlone, claimIfFree } from "../process/folder-users.ts";
import { readSettings } from "../settings/read-settings.ts";
import { backUp, restoreBackup, salvageDatabase, takeDailySnapshot } from "../store/backup.ts";
import { timeInName } from "../store/snapshot.ts";
import { setTracesAside } from "../store/traces.ts";
import { MisuseError, run } from "./run.ts";

const usage = `Usage: backup [FILE]   copy the database, also while the program runs (data/backups unless told)
       restore FILE    put a backup in the place of the database, which is kept under another name
       restore --salvage   save what can be read of a damaged database, which is kept under another name
       restore --new   begin with an empty database; what is there is kept in a folder beside`;

const damaged = 65;

async function main([command, path, ...extra]: readonly string[]): Promise<number> {
  const { dataDir } = readSettings(process.env, join(import.meta.dir, "../.."));
  const now = new Date();
  if (command === "backup" && extra.length === 0) {
    using _lock = claimIfFree(dataDir);
    const target = resolve(path ?? join(dataDir, "backups", `assistant-${timeInName(now)}.db`));
    backUp(dataDir, target);
    console.log(`The backup is ${target}`);
    return 0;
  }
  if (command === "restore" && path !== undefined && extra.length === 0) {
    using _lock = await claimAlone(dataDir);
    if (path === "--new") {
      const aside = setTracesAside(dataDir, now);
      console.log("The next start creates an empty database, without users.");
      if (aside !== null) console.log(`The former database is kept in ${aside}`);
      return 0;
    }
    if (path === "--salvage") {
      const { saved, replaced } = salvageDatabase(dataDir, now);
      const counts = Object.entries(saved).map(([table, count]) => `${count} ${table.replaceAll("_", " ")}`);
      console.log(`Saved what could be read: ${counts.join(", ")}.`);
      if (saved.users === 0)
        console.log("There are no users: anyone on this computer can use the assistant.");
      if (replaced !== null) console.log(`The damaged database is kept as ${replaced}`);
      return 0;
    }
    const replaced = restoreBackup(dataDir, resolve(path), now);
    console.log(`Restored ${resolve(path)}.`);
    console.log(
      "All users must log in again. Passwords and keys are those of the backup: revoke again what you had revoked since.",
    );
    if (replaced !== null) console.log(`The former database is kept as ${replaced}`);
    return 0;
  }
  if (command === "daily" && path === undefined) {
    using _lock = claimIfFree(dataDir);
    console.log(takeDailySnapshot(dataDir, now) ?? "");
    return 0;
  }
  throw new MisuseError();
}

function isDamage({ facts: { reason } }: AppError): boolean {
  return typeof reason === "string" && /^SQLITE_(CORRUPT|NOTADB)/.test(reason);
}

await run(main, { usage, exitCodeOf: (error) => (isDamage(error) ? damaged : undefined) });
