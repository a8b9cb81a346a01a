/** Backups taken while answers are written, and restored elsewhere: each is sound and equal to what was there. */
import { Database } from "bun:sqlite";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { backUp, restoreBackup } from "../../src/store/backup.ts";
import { startFakeVllm } from "../fakes/fake-vllm-process.ts";
import { startRealServer } from "../real-server.ts";
import { type Fault, Losses } from "./fault.ts";

const tables = ["conversations", "messages", "generations", "token_log", "memories"];

export const backupUnderLoad: Fault = {
  name: "a backup under load, restored",
  times: { long: 50, short: 5 },
  async run(times) {
    const losses = new Losses();
    const folder = mkdtempSync(join(tmpdir(), "backups-"));
    await using vllm = await startFakeVllm({ paceMs: 1 });
    await using server = await startRealServer({ environment: { ENGINE: "vllm", VLLM_URL: vllm.url } });
    let asking = true;
    const load = Promise.all(
      [1, 2, 3, 4].map(async () => {
        while (asking)
          await fetch(`${server.url}/chat`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ message: `say: ${"gold ".repeat(100)}`, memory_context: 0 }),
          }).then((response) => response.text());
      }),
    );
    try {
      for (let time = 0; time < times; time++) {
        const backup = join(folder, `${time}.db`);
        backUp(server.dataDir, backup);
        const restored = join(folder, `restored-${time}`);
        restoreBackup(restored, backup, new Date());
        if (digest(backup) !== digest(join(restored, "assistant.db")))
          losses.add(`backup ${time} was restored otherwise`);
        rmSync(restored, { recursive: true });
      }
    } finally {
      asking = false;
      await load;
    }
    // At rest, a backup is equal to the database itself.
    const last = join(folder, "last.db");
    await untilAtRest(join(server.dataDir, "assistant.db"));
    backUp(server.dataDir, last);
    if (digest(last) !== digest(join(server.dataDir, "assistant.db")))
      losses.add("the last backup is not what is there");
    rmSync(folder, { recursive: true });
    return losses.result(times);
  },
};

/** Memories get their vectors after the answers have ended. */
async function untilAtRest(file: string): Promise<void> {
  for (let before = ""; ; ) {
    const now = digest(file);
    if (now === before) return;
    before = now;
    await Bun.sleep(1_000);
  }
}

/** Everything that the tables hold. */
function digest(file: string): string {
  using database = new Database(file, { readonly: true });
  const hash = new Bun.CryptoHasher("sha256");
  for (const table of tables)
    for (const row of database.query(`SELECT * FROM ${table} ORDER BY rowid`).iterate())
      hash.update(JSON.stringify(row));
  const check = database.query("PRAGMA integrity_check").get();
  return hash.update(JSON.stringify(check)).digest("hex");
}
