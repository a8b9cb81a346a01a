/** The check notices by itself what is wrong with the storage, and that it is over: nobody has to write for that. */
import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import {
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { StorageError } from "../../src/errors.ts";
import { openConnection } from "../../src/store/connection.ts";
import { openStore } from "../../src/store/database.ts";
import { FilesInPlace } from "../../src/store/files-in-place.ts";
import { StorageCheck } from "../../src/store/storage-check.ts";
import { canBeImmutable, setImmutable } from "./immutable.ts";
import { conversation, message } from "./rows.ts";
import { silent, temporaryFolder, temporaryStore } from "./temporary-store.ts";

const fine = { problem: null, isUrgent: false };

/** A check over two connections of its own, with a clock and a disk that the test moves. */
function openCheck() {
  const folder = temporaryFolder();
  const file = join(folder.path, "some.db");
  writeFileSync(file, "");
  const descriptor = openSync(file, "r");
  const [userData, tokens] = [openConnection(file, "FULL").$client, openConnection(file, "NORMAL").$client];
  userData.run("CREATE TABLE things (thing)");
  const clock = { now: 0 };
  const disk = { free: 2 ** 40 };
  const check = new StorageCheck({
    dataDir: folder.path,
    files: new FilesInPlace(file, descriptor),
    rescue: null,
    connections: [userData, tokens],
    now: () => clock.now,
    freeBytes: () => disk.free,
  });
  /** @returns what its caller is told; null when it went through */
  const write = (client: Database = userData): string | null => {
    try {
      client.run("INSERT INTO things VALUES (1)");
      return null;
    } catch (error) {
      const refusal = check.explain(error);
      return refusal instanceof StorageError ? refusal.message : "no refusal";
    }
  };
  const count = () => userData.query<{ n: number }, []>("SELECT count(*) AS n FROM things").get()?.n;
  const end = () => {
    userData.close(true);
    tokens.close(true);
    closeSync(descriptor);
    folder[Symbol.dispose]();
  };
  return { check, file, clock, disk, userData, tokens, write, count, [Symbol.dispose]: end };
}

const timeoutOf = (client: Database) => client.query("PRAGMA busy_timeout").get();

test("all is well in a new store and after writing, and to ask takes well under a millisecond", () => {
  using store = temporaryStore();
  store.conversations.insert(conversation());
  expect(store.check()).toEqual(fine);
  const times = Array.from({ length: 500 }, () => {
    const begun = performance.now();
    store.check();
    return performance.now() - begun;
  }).sort((a, b) => a - b);
  expect(times[250]).toBeLessThan(0.5);
});

test("a folder that cannot be entered, and a file that cannot be read, are told: the check itself never throws", () => {
  using opened = openCheck();
  const folder = dirname(opened.file);
  renameSync(folder, `${folder}-aside`);
  symlinkSync(folder, folder);
  const unreachable = opened.check.state();
  rmSync(folder);
  renameSync(`${folder}-aside`, folder);
  expect(unreachable).toMatchObject({
    isUrgent: true,
    problem: expect.stringContaining("its folder was closed"),
  });
  expect(opened.check.state()).toEqual(fine);
  const unreadable = new StorageCheck({
    dataDir: folder,
    files: new FilesInPlace(opened.file, 1_000_000),
    rescue: null,
    connections: [opened.userData],
  });
  expect(unreadable.state()).toMatchObject({
    isUrgent: true,
    problem: expect.stringContaining("cannot be read"),
  });
});

test("a refused write is remembered until one goes through, which is tried now and then without anybody writing", () => {
  using opened = openCheck();
  const { check, clock, userData, write, count } = opened;
  userData.run("PRAGMA query_only = ON");
  expect(write()).toContain("read-only");
  clock.now += 1_000;
  expect(check.state()).toMatchObject({ problem: expect.stringContaining("read-only"), isUrgent: true });
  userData.run("PRAGMA query_only = OFF");
  expect(write()).toBeNull();
  expect(check.state()).toMatchObject({ isUrgent: true });
  clock.now += 499;
  expect(check.state()).toMatchObject({ isUrgent: true });
  clock.now += 1;
  expect(check.state()).toEqual(fine);
  expect(count()).toBe(1);
});

test("what a query throws is told as a refusal, and anything else is passed on as it is", () => {
  using opened = openCheck();
  const { check, userData, write } = opened;
  userData.run("PRAGMA query_only = ON");
  expect(write()).toContain("read-only");
  const other = new TypeError("mine");
  expect(check.explain(other)).toBe(other);
});

test("a full disk stays full until there is room, though SQLite could write into what its files hold already", () => {
  using opened = openCheck();
  const { check, clock, disk, userData, write } = opened;
  userData.run("PRAGMA max_page_count = 1");
  userData.run("CREATE TABLE IF NOT EXISTS things (thing)");
  disk.free = 4096;
  const refusal = (() => {
    for (let time = 0; time < 5_000; time++) {
      const error = write();
      if (error !== null) return error;
    }
    return null;
  })();
  expect(refusal).toContain("disk is full");
  clock.now += 1_000;
  expect(check.state()).toMatchObject({ problem: expect.stringContaining("disk is full"), isUrgent: true });
  disk.free = 2 ** 21;
  clock.now += 1_000;
  expect(check.state()).toMatchObject({ problem: expect.stringContaining("nearly full"), isUrgent: false });
  disk.free = 2 ** 40;
  expect(check.state()).toEqual(fine);
});

test("a disk that is nearly full is told of before anything is refused, and does not flicker at the limit", () => {
  using opened = openCheck();
  const { check, disk } = opened;
  for (const [megabytes, isTold] of [
    [65, false],
    [63, true],
    [70, true],
    [81, false],
    [70, false],
  ] as const) {
    disk.free = megabytes * 2 ** 20;
    expect([megabytes, check.state().problem !== null]).toEqual([megabytes, isTold]);
    expect(check.state().isUrgent).toBe(false);
  }
});

test("another program that keeps the lock is noticed without a write, and nobody waits for it again and again", () => {
  using opened = openCheck();
  const { check, file, clock, userData, tokens, write, count } = opened;
  using other = new Database(file);
  other.run("BEGIN EXCLUSIVE");
  expect(check.state()).toEqual(fine);
  clock.now += 1_999;
  expect(check.state()).toEqual(fine);
  clock.now += 1;
  expect(check.state()).toMatchObject({
    problem: expect.stringContaining("Another program"),
    isUrgent: true,
  });
  const begun = performance.now();
  for (const client of [userData, tokens]) expect(write(client)).toContain("Another program");
  expect(performance.now() - begun).toBeLessThan(500);

  other.run("ROLLBACK");
  clock.now += 500;
  expect(check.state()).toEqual(fine);
  for (const client of [userData, tokens]) expect(timeoutOf(client)).toEqual({ timeout: 2000 });
  expect(count()).toBe(0);
});

test("another program that has the lock for a moment, now and then, is no problem", () => {
  using opened = openCheck();
  const { check, file, clock, userData } = opened;
  using other = new Database(file);
  for (let time = 0; time < 5; time++) {
    other.run("BEGIN IMMEDIATE");
    expect(check.state()).toEqual(fine);
    other.run("ROLLBACK");
    expect(check.state()).toEqual(fine);
    clock.now += 1_500;
  }
  expect(timeoutOf(userData)).toEqual({ timeout: 2000 });
});

test("a file that was moved away is noticed, which SQLite itself does not, and so is the log beside it", () => {
  using store = temporaryStore();
  for (const suffix of ["", "-wal", "-shm"]) {
    const file = join(store.dataDir, `assistant.db${suffix}`);
    renameSync(file, `${file}.moved`);
    expect(store.check()).toMatchObject({
      problem: expect.stringContaining("moved or deleted"),
      isUrgent: true,
    });
    writeFileSync(file, "another");
    expect(store.check()).toMatchObject({ problem: expect.stringContaining("moved or deleted") });
    rmSync(file);
    renameSync(`${file}.moved`, file);
    expect(store.check()).toEqual(fine);
  }
});

test("a file that was overwritten is noticed, and stays damaged until the program has looked at it from its start", () => {
  using store = temporaryStore();
  store.conversations.insert(conversation());
  const file = join(store.dataDir, "assistant.db");
  const sound = readFileSync(file);
  writeFileSync(file, "These are my holiday pictures.");
  const damaged = { problem: expect.stringContaining("overwritten"), isUrgent: true };
  expect(store.check()).toMatchObject(damaged);
  writeFileSync(file, sound);
  expect(store.check()).toMatchObject(damaged);
});

test("into a file that is damaged nothing is written any more, not even at the end", async () => {
  using folder = temporaryFolder();
  const store = openStore({ dataDir: folder.path, log: silent });
  store.conversations.insert(conversation());
  const file = join(folder.path, "assistant.db");
  const pictures = "These are my holiday pictures. ".repeat(1_000);
  writeFileSync(file, pictures);
  store.check();
  const insert = () => store.conversations.insert(conversation({ id: "another" }));
  expect(insert).toThrow("was overwritten by another program. Stop this program");
  await expect(store.commit(insert)).rejects.toThrow("was overwritten");
  expect(() =>
    store.tokenLog.append([{ generationId: "generation", firstIndex: 0, tokens: [{ text: "a", ids: [] }] }]),
  ).toThrow("was overwritten");
  store[Symbol.dispose]();
  expect(readFileSync(file, "utf8")).toBe(pictures);
});

test("damage that a query comes upon is told to its caller as such, and from then on to everybody", () => {
  using folder = temporaryFolder();
  {
    using store = openStore({ dataDir: folder.path, log: silent });
    store.conversations.insert(conversation());
    for (let index = 0; index < 200; index++)
      store.messages.insert(message({ id: `message-${index}`, content: "word ".repeat(200) }));
  }
  using store = openStore({ dataDir: folder.path, log: silent });
  const file = join(folder.path, "assistant.db");
  const pages = Math.floor(statSync(file).size / 4096);
  const descriptor = openSync(file, "r+");
  for (let page = 10; page < pages; page++)
    writeSync(descriptor, Buffer.alloc(4096, 0xff), 0, 4096, page * 4096);
  closeSync(descriptor);
  expect(store.check()).toEqual(fine);
  const read = () => {
    for (let index = 0; index < 200; index++) store.messages.get(`message-${index}`);
  };
  expect(read).toThrow(StorageError);
  expect(read).toThrow("damaged");
  expect(store.check()).toMatchObject({ problem: expect.stringContaining("damaged"), isUrgent: true });
});

test("damage that the daily copy has found is told", () => {
  using store = temporaryStore();
  store.noteDamage("The database is damaged.");
  expect(store.check()).toEqual({ problem: "The database is damaged.", isUrgent: true });
});

test.skipIf(!canBeImmutable())(
  "a database that nobody may write to any more is noticed before the first write, and both are told what to do",
  async () => {
    using store = temporaryStore();
    const files = ["", "-wal"].map((suffix) => join(store.dataDir, `assistant.db${suffix}`));
    using refusing = setImmutable(files);
    expect(store.check()).toMatchObject({ problem: expect.stringContaining("read-only"), isUrgent: false });
    const insert = () => store.conversations.insert(conversation());
    for (const write of [insert, () => store.transaction(insert)]) {
      expect(write).toThrow(StorageError);
      expect(write).toThrow("is read-only, so nothing can be saved. Allow");
    }
    await expect(store.commit(insert)).rejects.toThrow("is read-only");
    expect(store.check()).toMatchObject({ problem: expect.stringContaining("read-only"), isUrgent: true });
    refusing[Symbol.dispose]();
    const deadline = performance.now() + 5_000;
    while (store.check().problem !== null && performance.now() < deadline) await Bun.sleep(50);
    expect(store.check()).toEqual(fine);
    insert();
    expect(store.conversations.get("conversation")).toEqual(conversation());
  },
);
