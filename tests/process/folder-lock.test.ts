/** One owner of a data folder: the kernel frees the lock, and everything that writes asks the same one. */
import { afterEach, expect, test } from "bun:test";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SettingsError } from "../../src/errors.ts";
import { makeDataFolder } from "../../src/process/data-folder.ts";
import { FolderLock } from "../../src/process/folder-lock.ts";
import { claimAlone, claimForServer, claimIfFree } from "../../src/process/folder-users.ts";
import { Instance, instanceFile } from "../../src/process/instance.ts";
import { writePidFile } from "../../src/process/pid-file.ts";
import { AlreadyRunningError } from "../../src/process/process-errors.ts";
import { identifyProcess } from "../../src/process/process-identity.ts";
import { twoOwners } from "../faults/two-owners.ts";

const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "owner-"));
  folders.push(folder);
  return folder;
};
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test("two and three starts at once over a stale pid file and a stale lock: one owner, always", async () => {
  const { lost, problems } = await twoOwners.run(twoOwners.times.short, Math.random);
  expect([lost, problems]).toEqual([0, []]);
});

test("a lock is freed by the end of its process, in whatever way that ended", async () => {
  const path = join(newFolder(), "some.lock");
  const child = Bun.spawn(
    [
      process.execPath,
      "-e",
      `import { FolderLock } from "${join(import.meta.dir, "../../src/process/folder-lock.ts")}";
       const lock = FolderLock.take("${path}"); console.log(lock?.id); await Bun.stdin.text();`,
    ],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  await child.stdout.getReader().read();
  expect(FolderLock.take(path)).toBeNull();
  child.kill("SIGKILL");
  await child.exited;
  using lock = FolderLock.take(path);
  expect(lock?.isInPlace).toBe(true);
  rmSync(path);
  expect(lock?.isInPlace).toBe(false);
});

test("beside an orchestrator: its own child, and short commands, but no second server and no restore", async () => {
  const dataDir = newFolder();
  using instance = Instance.claim(dataDir);
  const { folderId } = instance;
  {
    using _child = await claimForServer(dataDir, { orchestrated: true, folderId });
    expect(claimIfFree(dataDir)).toBeNull();
    await expect(claimAlone(dataDir)).rejects.toThrow("The program is running. Stop it first");
    const second = claimForServer(dataDir, { orchestrated: false, folderId: null });
    await expect(second).rejects.toThrow(AlreadyRunningError);
  }
  using _next = await claimForServer(dataDir, { orchestrated: true, folderId });
});

test("a child does not work in another folder that has got the name of its orchestrator's", async () => {
  const dataDir = newFolder();
  using instance = Instance.claim(dataDir);
  const { folderId } = instance;
  rmSync(dataDir, { recursive: true });
  mkdirSync(dataDir);
  const claim = claimForServer(dataDir, { orchestrated: true, folderId });
  await expect(claim).rejects.toThrow("was moved or replaced while the program runs");
});

test("a server that runs alone owns the folder: no start and no restore beside it", async () => {
  const dataDir = newFolder();
  using _server = await claimForServer(dataDir, { orchestrated: false, folderId: null });
  expect(() => Instance.claim(dataDir)).toThrow("Another program works in");
  await expect(claimAlone(dataDir)).rejects.toThrow("The program is running. Stop it first");
});

test("a server makes the folder that is not there yet; the child of an owner does not make it anew", async () => {
  const dataDir = join(newFolder(), "new");
  (await claimForServer(dataDir, { orchestrated: true, folderId: null }))[Symbol.dispose]();
  rmSync(dataDir, { recursive: true });
  const claim = claimForServer(dataDir, { orchestrated: true, folderId: "1:1" });
  await expect(claim).rejects.toThrow("was moved or replaced");
  expect(existsSync(dataDir)).toBe(false);
});

test("a start waits for a command that ends in a moment, and a command keeps it away for no longer", async () => {
  const dataDir = newFolder();
  const command = claimIfFree(dataDir);
  expect(command).not.toBeNull();
  const owner = Bun.spawn(
    [
      process.execPath,
      "-e",
      `import { Instance } from "${join(import.meta.dir, "../../src/process/instance.ts")}";
       console.log("asks"); Instance.claim("${dataDir}"); console.log("owns");`,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const reader = owner.stdout.getReader();
  await reader.read();
  command?.[Symbol.dispose]();
  expect(new TextDecoder().decode((await reader.read()).value)).toContain("owns");
  expect(await owner.exited).toBe(0);
});

test("whoever removes the file of the lock under a running program still finds that one in the way", async () => {
  const dataDir = newFolder();
  const sleeper = Bun.spawn(["sleep", "60"]);
  const identity = identifyProcess(sleeper.pid);
  if (identity === null) throw new Error("It does not run.");
  writePidFile(instanceFile(dataDir), { ...identity, marker: "m", since: 0, url: "http://127.0.0.1:1" });
  try {
    expect(() => Instance.claim(dataDir)).toThrow("already running at http://127.0.0.1:1");
  } finally {
    sleeper.kill();
    await sleeper.exited;
  }
  Instance.claim(dataDir)[Symbol.dispose]();
});

test("a data folder that is a dangling link, a file, or below one is refused with a sentence, not with a code", () => {
  const folder = newFolder();
  symlinkSync(join(folder, "gone"), join(folder, "link"));
  writeFileSync(join(folder, "file"), "");
  for (const [path, reason] of [
    ["link", "it is a link to"],
    ["link/data", "is a link to"],
    ["file", "it is not a folder"],
    ["file/data", "is not a folder"],
  ] as const) {
    const make = () => makeDataFolder(join(folder, path));
    expect(make).toThrow(SettingsError);
    expect(make).toThrow(reason);
    expect(make).not.toThrow(/E[A-Z]{4,}/);
  }
});
