/**
 * Acknowledged and lost: while the database is not in its place nothing is acknowledged, what the open file holds is
 * rescued, and no start makes an empty database where there was one.
 */
import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import {
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { StorageError } from "../../src/errors.ts";
import { backUp, restoreBackup } from "../../src/store/backup.ts";
import { openStore, type Store } from "../../src/store/database.ts";
import { MissingDatabaseError, setTracesAside } from "../../src/store/traces.ts";
import { conversation } from "./rows.ts";
import { silent, temporaryFolder } from "./temporary-store.ts";

const now = new Date("2026-11-29T12:00:00Z");
const open = (dataDir: string) => openStore({ dataDir, log: silent });
const titlesIn = (file: string) => {
  using database = new Database(file, { readonly: true });
  return database.query("SELECT title FROM conversations ORDER BY title").values().flat();
};
const rescuedIn = (dataDir: string) => {
  const folder = join(dataDir, "snapshots");
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => (name.startsWith("rescued-") ? [join(folder, name)] : []));
};

/** Every way to write; each is refused in a way of its own. */
function writes(store: Store): Record<string, () => unknown> {
  const insert = () => store.conversations.insert(conversation({ id: crypto.randomUUID(), title: "after" }));
  return {
    "a statement of its own": insert,
    "an update": () => store.conversations.update("first", { title: "renamed" }),
    "a transaction": () => store.transaction(insert),
    "a user": () =>
      store.users.insert({
        id: "u",
        name: "anna",
        passwordHash: "",
        role: "admin",
        createdAt: 1,
        disabledAt: null,
      }),
    "the token log": () =>
      store.tokenLog.append([{ generationId: "g", firstIndex: 0, tokens: [{ text: "a", ids: [] }] }]),
    "an export, which would open another file": () => store.openSnapshot(),
  };
}

const ways: Record<string, { away(dataDir: string): void; keeps?: "folder" }> = {
  deleted: { away: (dataDir) => rmSync(join(dataDir, "assistant.db")) },
  moved: { away: (dataDir) => renameSync(join(dataDir, "assistant.db"), join(dataDir, "elsewhere.db")) },
  "replaced by another file": {
    away(dataDir) {
      writeFileSync(join(dataDir, "new"), "");
      renameSync(join(dataDir, "new"), join(dataDir, "assistant.db"));
    },
  },
  "replaced by a database": {
    away(dataDir) {
      backUp(dataDir, join(dataDir, "new"));
      renameSync(join(dataDir, "new"), join(dataDir, "assistant.db"));
    },
  },
  "restored over": {
    away(dataDir) {
      backUp(dataDir, join(dataDir, "backup.db"));
      restoreBackup(dataDir, join(dataDir, "backup.db"), now);
    },
  },
  "without its WAL": { away: (dataDir) => rmSync(join(dataDir, "assistant.db-wal")) },
  "without its folder": { away: (dataDir) => rmSync(dataDir, { recursive: true }) },
};

test.each(Object.entries(ways))(
  "a database that is %s: nothing is acknowledged, and all of it is rescued",
  async (_, { away }) => {
    using folder = temporaryFolder();
    const dataDir = join(folder.path, "data");
    {
      using store = open(dataDir);
      store.conversations.insert(conversation({ id: "first", title: "first" }));
      // Of one moment: neither the next write nor the next look is waited for.
      away(dataDir);
      for (const [name, write] of Object.entries(writes(store))) {
        expect([name, attempt(write)]).toEqual([name, "refused"]);
      }
      await expect(
        store.commit(() => store.conversations.insert(conversation({ id: "late" }))),
      ).rejects.toThrow(/nothing can be saved\. All of its data is safe in .*rescued-.*\.\/run\.sh/);
      expect(store.check()).toMatchObject({ isUrgent: true, problem: expect.stringContaining("./run.sh") });
    }
    const rescued = rescuedIn(dataDir);
    expect(rescued).toHaveLength(1);
    expect(titlesIn(rescued[0] ?? "")).toEqual(["first"]);
  },
);

function attempt(write: () => unknown): string {
  try {
    write();
    return "acknowledged";
  } catch (error) {
    return error instanceof StorageError && error.status === 507 ? "refused" : String(error);
  }
}

test("a database that is deleted in mid-commit is not acknowledged, and is whole in the rescued copy", () => {
  using folder = temporaryFolder();
  {
    using store = open(folder.path);
    const write = () =>
      store.transaction(() => {
        store.conversations.insert(conversation({ id: "first", title: "half" }));
        rmSync(join(folder.path, "assistant.db"));
      });
    expect(write).toThrow("nothing can be saved");
  }
  expect(rescuedIn(folder.path)).toHaveLength(1);
});

test("a folder that was moved as a whole is told with its new place, and can be moved back", () => {
  using folder = temporaryFolder();
  const [dataDir, other] = [join(folder.path, "data"), join(folder.path, "other")];
  {
    using store = open(dataDir);
    store.conversations.insert(conversation({ id: "first", title: "first" }));
    renameSync(dataDir, other);
    expect(attempt(() => store.conversations.insert(conversation({ id: "lost" })))).toBe("refused");
    expect(store.check().problem).toContain(`It is ${other}/assistant.db now`);
    renameSync(other, dataDir);
    expect(store.check().problem).toBeNull();
    store.conversations.insert(conversation({ id: "second", title: "second" }));
    renameSync(dataDir, other);
  }
  expect(existsSync(dataDir)).toBe(false);
  using store = open(other);
  expect(store.conversations.list(null, 10).map(({ title }) => title)).toEqual(["second", "first"]);
});

test("the WAL of a database that was replaced is not applied to the other one, and is kept", () => {
  using folder = temporaryFolder();
  const dataDir = join(folder.path, "data");
  {
    using store = open(join(folder.path, "theirs"));
    store.conversations.insert(conversation({ id: "theirs", title: "theirs" }));
  }
  {
    using store = open(dataDir);
    for (let index = 0; index < 50; index++)
      store.conversations.insert(conversation({ id: `ours-${index}`, title: "ours" }));
    copyFileSync(join(folder.path, "theirs/assistant.db"), join(dataDir, "new"));
    renameSync(join(dataDir, "new"), join(dataDir, "assistant.db"));
  }
  expect(readdirSync(dataDir).filter((name) => name.endsWith(".replaced.db-wal"))).toHaveLength(1);
  using store = open(dataDir);
  expect(store.conversations.list(null, 10).map(({ title }) => title)).toEqual(["theirs"]);
});

/** As the server opens it. */
function openAsOwner(dataDir: string): Store {
  mkdirSync(dataDir, { recursive: true });
  const lock = join(dataDir, "owner.lock");
  writeFileSync(lock, "");
  return openStore({ dataDir, log: silent, lockFiles: [lock] });
}

const overwritings: Record<string, (file: string) => void> = {
  "nothing at all": (file) => writeFileSync(file, ""),
  pictures: (file) => writeFileSync(file, "These are my holiday pictures. ".repeat(1_000)),
  "an earlier copy of itself": (file) => copyFileSync(join(dirname(file), "earlier.db"), file),
  "another database": (file) => copyFileSync(join(dirname(file), "another/assistant.db"), file),
};
test.each(Object.entries(overwritings))(
  "a database that is overwritten in its place by %s: nothing is acknowledged, and its WAL is kept and not applied",
  (_, overwrite) => {
    using folder = temporaryFolder();
    const file = join(folder.path, "assistant.db");
    {
      using another = open(join(folder.path, "another"));
      another.conversations.insert(conversation({ id: "another", title: "another" }));
    }
    {
      openAsOwner(folder.path)[Symbol.dispose]();
      using store = openAsOwner(folder.path);
      store.conversations.insert(conversation({ id: "first", title: "first" }));
      backUp(folder.path, join(folder.path, "earlier.db"));
      store.conversations.insert(conversation({ id: "second", title: "second" }));
      overwrite(file);
      for (const [name, write] of Object.entries(writes(store)))
        expect([name, attempt(write)]).toEqual([name, "refused"]);
      expect(store.check()).toMatchObject({
        isUrgent: true,
        problem: expect.stringContaining("overwritten"),
      });
    }
    expect(readdirSync(folder.path).filter((name) => name.endsWith(".replaced.db-wal"))).toHaveLength(1);
    expect(existsSync(`${file}-wal`)).toBe(false);
  },
);

test("of a database whose first run has not put anything into the file yet all is rescued when it is overwritten", () => {
  using folder = temporaryFolder();
  {
    using store = openAsOwner(folder.path);
    store.conversations.insert(conversation({ id: "first", title: "first" }));
    writeFileSync(join(folder.path, "assistant.db"), "");
    expect(attempt(() => store.conversations.insert(conversation({ id: "second" })))).toBe("refused");
    expect(store.check().problem).toContain("All of its data is safe in");
  }
  expect(titlesIn(rescuedIn(folder.path)[0] ?? "")).toEqual(["first"]);
  expect(() => openAsOwner(folder.path)).toThrow(MissingDatabaseError);
});

test("the WAL that a killed program left beside a file that was exchanged since is kept, and not applied to it", () => {
  using folder = temporaryFolder();
  const dataDir = join(folder.path, "data");
  const theirs = join(folder.path, "theirs");
  {
    using store = open(theirs);
    store.conversations.insert(conversation({ id: "theirs", title: "theirs" }));
  }
  const ours = openAsOwner(dataDir);
  for (let index = 0; index < 50; index++)
    ours.conversations.insert(conversation({ id: `ours-${index}`, title: "ours" }));
  // As after a kill: the folder as it stands, with the very same files.
  const killed = join(folder.path, "killed");
  mkdirSync(killed);
  for (const name of ["assistant.db", "assistant.db-wal", "assistant.db-files"])
    linkSync(join(dataDir, name), join(killed, name));
  {
    using store = openAsOwner(copied(killed, join(folder.path, "copied")));
    expect(store.conversations.list(null, 100)).toHaveLength(50);
  }
  rmSync(join(killed, "assistant.db"));
  copyFileSync(join(theirs, "assistant.db"), join(killed, "assistant.db"));
  using store = openAsOwner(killed);
  expect(store.conversations.list(null, 100).map(({ title }) => title)).toEqual(["theirs"]);
  expect(readdirSync(killed).filter((name) => name.endsWith(".replaced.db-wal"))).toHaveLength(1);
  ours[Symbol.dispose]();
});

function copied(from: string, to: string): string {
  cpSync(from, to, { recursive: true });
  return to;
}

test("a lock file that is removed under the server ends its writing: another one may own the folder", () => {
  using folder = temporaryFolder();
  const lock = join(folder.path, "owner.lock");
  writeFileSync(lock, "");
  using store = openStore({ dataDir: folder.path, log: silent, lockFiles: [lock] });
  rmSync(lock);
  expect(() => store.conversations.insert(conversation())).toThrow("another one may own the folder");
  expect(rescuedIn(folder.path)).toEqual([]);
});

test("a fresh folder starts at once; one with traces of a database does not, and nothing in it changes", () => {
  const traces: Record<string, (dataDir: string) => void> = {
    "assistant.db-wal": (dataDir) => writeFileSync(join(dataDir, "assistant.db-wal"), "orphan"),
    snapshots: (dataDir) => writeIn(dataDir, "snapshots", "daily-2026-11-01T00-00-00-000Z.db"),
    backups: (dataDir) => writeIn(dataDir, "backups", "mine.db"),
    "kv-states": (dataDir) => writeIn(dataDir, "kv-states", "state"),
    "assistant-2026.replaced.db": (dataDir) =>
      writeFileSync(join(dataDir, "assistant-2026.replaced.db"), "x"),
    "assistant.made": (dataDir) => writeFileSync(join(dataDir, "assistant.made"), "x"),
    "assistant.db.restoring": (dataDir) => writeFileSync(join(dataDir, "assistant.db.restoring"), "x"),
  };
  for (const [name, leave] of Object.entries(traces))
    for (const isEmptied of [false, true]) {
      using folder = temporaryFolder();
      writeIn(folder.path, "logs", "server.log");
      open(folder.path)[Symbol.dispose]();
      for (const made of ["assistant.db", "assistant.made"]) rmSync(join(folder.path, made));
      leave(folder.path);
      if (isEmptied) writeFileSync(join(folder.path, "assistant.db"), "");
      const before = contents(folder.path);
      const start = () => open(folder.path);
      expect(start).toThrow(MissingDatabaseError);
      expect(start).toThrow(name);
      expect(start).toThrow("./run.sh restore");
      expect(contents(folder.path)).toEqual(before);
    }
});

test("a database that was deleted after a clean stop is missed, though nothing else of it lies there", () => {
  using folder = temporaryFolder();
  open(folder.path)[Symbol.dispose]();
  rmSync(join(folder.path, "assistant.db"));
  expect(() => open(folder.path)).toThrow(MissingDatabaseError);
  expect(existsSync(join(folder.path, "assistant.db"))).toBe(false);
  setTracesAside(folder.path, now);
  open(folder.path)[Symbol.dispose]();
});

test("to begin anew on purpose sets everything of the former database aside, and throws nothing away", () => {
  using folder = temporaryFolder();
  {
    using store = open(folder.path);
    store.conversations.insert(conversation());
  }
  writeIn(folder.path, "snapshots", "daily-2026-11-01T00-00-00-000Z.db");
  writeFileSync(join(folder.path, "assistant.db-wal"), "orphan");
  const aside = setTracesAside(folder.path, now) ?? "";
  expect(readdirSync(aside).sort()).toEqual([
    "assistant.db",
    "assistant.db-wal",
    "assistant.made",
    "snapshots",
  ]);
  expect(titlesIn(join(aside, "assistant.db"))).toHaveLength(1);
  using store = open(folder.path);
  expect(store.conversations.list(null, 10)).toEqual([]);
});

test("the WAL of a database that is gone is not applied to the one that is restored, and is kept", () => {
  using folder = temporaryFolder();
  const dataDir = join(folder.path, "data");
  const backup = join(folder.path, "backup.db");
  {
    using store = open(dataDir);
    store.conversations.insert(conversation({ id: "a", title: "then" }));
    backUp(dataDir, backup);
    for (let index = 0; index < 50; index++) store.conversations.insert(conversation({ id: `b${index}` }));
    copyFileSync(join(dataDir, "assistant.db-wal"), join(folder.path, "wal"));
  }
  rmSync(join(dataDir, "assistant.db"));
  copyFileSync(join(folder.path, "wal"), join(dataDir, "assistant.db-wal"));
  restoreBackup(dataDir, backup, now);
  const kept = readdirSync(dataDir).filter((name) => name.endsWith(".replaced.db-wal"));
  expect(kept).toHaveLength(1);
  expect(readFileSync(join(dataDir, kept[0] ?? "")).equals(readFileSync(join(folder.path, "wal")))).toBe(
    true,
  );
  expect(titlesIn(join(dataDir, "assistant.db"))).toEqual(["then"]);
});

function writeIn(dataDir: string, folder: string, name: string): void {
  mkdirSync(join(dataDir, folder), { recursive: true });
  writeFileSync(join(dataDir, folder, name), "content");
}

const contents = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .sort()
    .map((name) => name);
