import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { InvalidRequestError, NotFoundError, StorageError } from "../../src/errors.ts";
import { identifyProcess } from "../../src/process/process-identity.ts";
import { backUp, restoreBackup, takeDailySnapshot } from "../../src/store/backup.ts";
import { openStore } from "../../src/store/database.ts";
import { conversation } from "./rows.ts";
import { silent, temporaryFolder } from "./temporary-store.ts";

const now = new Date("2026-11-25T12:00:00Z");
const titles = (dataDir: string) => {
  using store = openStore({ dataDir, log: silent });
  return store.conversations.list(null, 100).map(({ title }) => title);
};
function fill(dataDir: string, ...names: string[]): void {
  using store = openStore({ dataDir, log: silent });
  for (const title of names) store.conversations.insert(conversation({ id: title, title }));
}

test("a backup is of one moment, also while the program writes, and only its owner may read it", () => {
  using folder = temporaryFolder();
  using store = openStore({ dataDir: folder.path, log: silent });
  store.conversations.insert(conversation({ id: "a", title: "before" }));
  const backup = join(folder.path, "backups/one.db");
  backUp(folder.path, backup);
  store.conversations.insert(conversation({ id: "b", title: "after" }));
  using copy = new Database(backup, { readonly: true });
  expect(copy.query("SELECT title FROM conversations").values()).toEqual([["before"]]);
  expect(statSync(backup).mode & 0o777).toBe(0o600);
  expect(() => backUp(folder.path, backup)).toThrow(InvalidRequestError);
});

test("a damaged database is not copied: the command says so by its exit code, and no earlier snapshot goes for it", () => {
  using folder = temporaryFolder();
  fill(folder.path, "kept");
  const snapshots = join(folder.path, "snapshots");
  for (let day = 1; day <= 7; day++) takeDailySnapshot(folder.path, new Date(`2020-01-0${day}T12:00:00Z`));
  const before = readdirSync(snapshots);
  expect(before).toHaveLength(7);
  const file = join(folder.path, "assistant.db");
  const bytes = readFileSync(file);
  bytes.fill(0xff, 2 * 4096);
  writeFileSync(file, bytes);
  const child = Bun.spawnSync([process.execPath, join(import.meta.dir, "../../src/cli/backup.ts"), "daily"], {
    env: { ...process.env, DATA_DIR: folder.path },
  });
  expect(child.exitCode).toBe(65);
  expect(child.stderr.toString()).toContain("The database is damaged. Stop the program");
  expect(readdirSync(snapshots)).toEqual(before);
});

test("there is nothing to back up where there is no database", () => {
  using folder = temporaryFolder();
  expect(() => backUp(folder.path, join(folder.path, "x.db"))).toThrow(NotFoundError);
  expect(readdirSync(folder.path)).toEqual([]);
});

test("a restore brings back what was backed up, and keeps what was there", () => {
  using folder = temporaryFolder();
  fill(folder.path, "first");
  const backup = join(folder.path, "backup.db");
  backUp(folder.path, backup);
  fill(folder.path, "second");
  const replaced = restoreBackup(folder.path, backup, now);
  expect(titles(folder.path)).toEqual(["first"]);
  using former = new Database(replaced ?? "", { readonly: true });
  expect(former.query("SELECT title FROM conversations ORDER BY title").values()).toEqual([
    ["first"],
    ["second"],
  ]);
  expect(existsSync(backup)).toBe(true);
});

test("into an empty folder it restores as well", () => {
  using from = temporaryFolder();
  using to = temporaryFolder();
  fill(from.path, "kept");
  backUp(from.path, join(from.path, "backup.db"));
  expect(restoreBackup(join(to.path, "data"), join(from.path, "backup.db"), now)).toBeNull();
  expect(titles(join(to.path, "data"))).toEqual(["kept"]);
});

const unusable: [name: string, write: (file: string, good: string) => void][] = [
  ["cut", (file, good) => writeFileSync(file, readFileSync(good).subarray(0, 5000))],
  ["no database", (file) => writeFileSync(file, "this is a letter to my bank")],
  ["empty", (file) => writeFileSync(file, "")],
  [
    "of another program",
    (file) => {
      using database = new Database(file);
      database.run("CREATE TABLE theirs (x)");
    },
  ],
  [
    "with a damaged page",
    (file, good) => {
      const bytes = readFileSync(good);
      bytes.fill(0xff, 4096 * 2, 4096 * 3);
      writeFileSync(file, bytes);
    },
  ],
];
test.each(unusable)("a backup that is %s is refused, and nothing has changed", (_, write) => {
  using folder = temporaryFolder();
  fill(folder.path, "present");
  const good = join(folder.path, "good.db");
  backUp(folder.path, good);
  const bad = join(folder.path, "bad.db");
  write(bad, good);
  const before = readFileSync(join(folder.path, "assistant.db"));
  expect(() => restoreBackup(folder.path, bad, now)).toThrow(StorageError);
  expect(readFileSync(join(folder.path, "assistant.db")).equals(before)).toBe(true);
  expect(readdirSync(folder.path).filter((name) => /restoring|replaced/.test(name))).toEqual([]);
  expect(titles(folder.path)).toEqual(["present"]);
});

test("a damaged database is kept, whatever is wrong with it, when a backup takes its place", () => {
  using folder = temporaryFolder();
  fill(folder.path, "saved");
  const backup = join(folder.path, "backup.db");
  backUp(folder.path, backup);
  writeFileSync(join(folder.path, "assistant.db"), "nothing of it can be read any more");
  const replaced = restoreBackup(folder.path, backup, now);
  expect(readFileSync(replaced ?? "", "utf8")).toBe("nothing of it can be read any more");
  expect(titles(folder.path)).toEqual(["saved"]);
});

test("the day's snapshot is taken once a day, and a week of them is kept", () => {
  using folder = temporaryFolder();
  fill(folder.path, "daily");
  const day = (number: number, hour = 12) => new Date(Date.UTC(2026, 10, number, hour));
  expect(takeDailySnapshot(folder.path, day(1))).toContain("daily-2026-11-01");
  expect(takeDailySnapshot(folder.path, day(1, 20))).toBeNull();
  expect(takeDailySnapshot(folder.path, day(2, 11))).toBeNull();
  for (let number = 2; number <= 9; number++)
    expect(takeDailySnapshot(folder.path, day(number, 13))).not.toBeNull();
  const names = readdirSync(join(folder.path, "snapshots"));
  expect(names).toHaveLength(7);
  expect(names.sort()[0]).toContain("daily-2026-11-03");
});

async function cli(dataDir: string, ...words: string[]) {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "../../src/cli/backup.ts"), ...words], {
    env: { ...process.env, DATA_DIR: dataDir, CONFIG_FILE: join(dataDir, "none.json") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [code, output, errors] = await Promise.all([
    child.exited,
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { code, output, errors };
}

test("on the command line: backup, restore, and no restore while the program runs", async () => {
  using folder = temporaryFolder();
  fill(folder.path, "one");
  const { code, output } = await cli(folder.path, "backup");
  expect(code).toBe(0);
  const backup = /The backup is (.*)/.exec(output)?.[1] ?? "";
  expect((await cli(folder.path, "restore", backup)).code).toBe(0);
  expect(titles(folder.path)).toEqual(["one"]);

  const identity = identifyProcess(process.pid);
  const pidFile = join(folder.path, "orchestrator.pid");
  writeFileSync(pidFile, JSON.stringify({ ...identity, marker: "m", since: 0, url: null }));
  expect(await cli(folder.path, "restore", backup)).toMatchObject({
    code: 1,
    errors: "The program is running. Stop it first: ./run.sh stop\n",
  });
  rmSync(pidFile);
  expect((await cli(folder.path, "restore", "/nowhere.db")).errors).toContain("There is no file /nowhere.db");
  expect((await cli(folder.path, "restore")).code).toBe(2);
});

test("a restore logs nobody in again who was logged out since, and closes a file that lay about open", () => {
  using folder = temporaryFolder();
  const session = {
    tokenHash: "t",
    userId: "u",
    createdAt: 1,
    lastSeenAt: 1,
    expiresAt: 9e12,
    userAgent: "",
  };
  const user = {
    id: "u",
    name: "anna",
    passwordHash: "",
    role: "admin" as const,
    createdAt: 1,
    disabledAt: null,
  };
  {
    using store = openStore({ dataDir: folder.path, log: silent });
    store.users.insert(user);
    store.sessions.insert(session);
  }
  const backup = join(folder.path, "backup.db");
  backUp(folder.path, backup);
  chmodSync(backup, 0o644);
  restoreBackup(folder.path, backup, now);
  expect(statSync(join(folder.path, "assistant.db")).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder.path).filter((name) => /restoring/.test(name))).toEqual([]);
  using store = openStore({ dataDir: folder.path, log: silent });
  expect(store.users.any()).toBe(true);
  expect(store.sessions.get("t")).toBeUndefined();
});

test("what a killed copy has left goes before the next one is made, and what another process writes stays", async () => {
  using folder = temporaryFolder();
  fill(folder.path, "one");
  for (const [name, make] of [
    ["snapshots", () => takeDailySnapshot(folder.path, now)],
    ["backups", () => backUp(folder.path, join(folder.path, "backups/assistant-x.db"))],
  ] as const) {
    const there = join(folder.path, name);
    mkdirSync(there, { recursive: true });
    const dead = Bun.spawn(["true"]);
    await dead.exited;
    const left = [
      "daily-2026-01-01.db.part",
      "daily-2026-01-01.db.part-journal",
      "assistant-2026-01-01.db.part-wal",
      `assistant-2026-01-02.db.${dead.pid}.part`,
      `rescued-2026-01-02.db.${dead.pid}.part-journal`,
    ];
    for (const file of [...left, `daily-2026-01-03.db.${process.ppid}.part`, "mine.part.db"])
      writeFileSync(join(there, file), "half");
    make();
    const names = readdirSync(there);
    expect(names.filter((file) => left.includes(file))).toEqual([]);
    expect(names).toContain(`daily-2026-01-03.db.${process.ppid}.part`);
    expect(names).toContain("mine.part.db");
    expect(names).toHaveLength(3);
  }
});
