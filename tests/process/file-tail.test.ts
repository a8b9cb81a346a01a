import { afterEach, beforeEach, expect, test } from "bun:test";
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FileTail } from "../../src/process/file-tail.ts";

let folder = "";
let path = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tail-"));
  path = join(folder, "server.log");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("from the end, only what is added is given, and only whole lines", () => {
  writeFileSync(path, "old\n");
  using tail = FileTail.fromEnd(path);
  expect(tail.lines()).toEqual([]);
  appendFileSync(path, "one\ntw");
  expect(tail.lines()).toEqual(["one"]);
  appendFileSync(path, "o\nthree\n");
  expect(tail.lines()).toEqual(["two", "three"]);
});

test("a character whose bytes come in two pieces stays whole", () => {
  writeFileSync(path, "");
  using tail = FileTail.fromEnd(path);
  const bytes = Buffer.from("10 €\n");
  appendFileSync(path, bytes.subarray(0, 4));
  expect(tail.lines()).toEqual([]);
  appendFileSync(path, bytes.subarray(4));
  expect(tail.lines()).toEqual(["10 €"]);
});

test("the last lines of a long file, and then what is added", () => {
  writeFileSync(path, Array.from({ length: 10_000 }, (_, index) => `line ${index}\n`).join(""));
  using tail = FileTail.lastLines(path, 3);
  expect(tail.lines()).toEqual(["line 9997", "line 9998", "line 9999"]);
  appendFileSync(path, "more\n");
  expect(tail.lines()).toEqual(["more"]);
});

test("a file that does not exist yet is waited for", () => {
  using tail = FileTail.lastLines(path, 3);
  expect(tail.lines()).toEqual([]);
  writeFileSync(path, "first\n");
  expect(tail.lines()).toEqual(["first"]);
});

test("nothing is lost when the file is rotated: first the rest of the old one, then the new one", () => {
  writeFileSync(path, "");
  using tail = FileTail.fromEnd(path);
  appendFileSync(path, "one\n");
  expect(tail.lines()).toEqual(["one"]);
  appendFileSync(path, "two\n");
  renameSync(path, `${path}.1`);
  writeFileSync(path, "three\n");
  expect([...tail.lines(), ...tail.lines()]).toEqual(["two", "three"]);
});
