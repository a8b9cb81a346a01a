import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RotatingLog } from "../../src/process/rotating-log.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "log-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function said(...pieces: (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces)
        controller.enqueue(typeof piece === "string" ? encoder.encode(piece) : piece);
      controller.close();
    },
  });
}

test("lines are whole however they came, and the last one counts although nothing ends it", async () => {
  using log = new RotatingLog(join(folder, "logs/child.log"));
  const lines: string[] = [];
  const euro = Buffer.from("€");
  await log.follow(said("on", "e\ntwo ", euro.subarray(0, 1), euro.subarray(1), "\n\nlast"), (line) =>
    lines.push(line),
  );
  expect(lines).toEqual(["one", "two €", "", "last"]);
  expect(readFileSync(log.path, "utf8")).toBe("one\ntwo €\n\nlast\n");
  expect(log.tail(2)).toEqual(["", "last"]);
});

test("what a child says is for its owner alone", async () => {
  using log = new RotatingLog(join(folder, "child.log"));
  await log.follow(said("secret\n"));
  expect(statSync(log.path).mode & 0o077).toBe(0);
});

test("a child that never ends a line does not fill the memory", async () => {
  using log = new RotatingLog(join(folder, "child.log"));
  await log.follow(said(...Array.from({ length: 64 }, () => "x".repeat(4_096))));
  expect(Math.max(...log.tail().map((line) => line.length))).toBeLessThan(40_000);
  expect(log.tail().join("")).toHaveLength(64 * 4_096);
});

test("files are renamed when they are large, the oldest goes, and a restart goes on in the same file", async () => {
  const options = { maximumBytes: 25, keep: 2, tailLines: 5 };
  for (const word of ["first", "second", "third", "fourth"]) {
    using log = new RotatingLog(join(folder, "child.log"), options);
    await log.follow(said(`${word} of four\n`));
    await log.follow(said(`${word} again\n`));
  }
  const kept = readdirSync(folder).sort();
  expect(kept).toEqual(["child.log", "child.log.1", "child.log.2"]);
  expect(kept.map((name) => readFileSync(join(folder, name), "utf8")).join("")).not.toContain(
    "first of four",
  );
});

test("a disk that refuses writes stops nobody: the lines are still in memory", async () => {
  writeFileSync(join(folder, "logs"), "a file where the folder should be");
  using log = new RotatingLog(join(folder, "logs/child.log"));
  await log.follow(said("one\n"));
  expect(log.tail()).toEqual(["one"]);
  rmSync(join(folder, "logs"));
  mkdirSync(join(folder, "logs"));
  await log.follow(said("two\n"));
  expect(readFileSync(log.path, "utf8")).toBe("two\n");
});
