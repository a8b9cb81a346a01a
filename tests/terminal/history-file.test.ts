import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HistoryFile, mostEntries } from "../../src/terminal/history-file.ts";

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "history-"));
  path = join(folder, "terminal-history");
});
afterEach(() => rmSync(folder, { recursive: true }));
const modeOf = (file: string) => statSync(file).mode & 0o777;

describe("The history", () => {
  test("of a first run is empty", () => {
    expect(new HistoryFile(path).load()).toEqual([]);
  });

  test("keeps what was typed, the last line first, and is nobody else's to read", () => {
    const history = new HistoryFile(path);
    for (const line of ["one", "  ", "two\nlines", "three"]) history.add(line);
    expect(new HistoryFile(path).load()).toEqual(["three", "two⏎lines", "one"]);
    expect(modeOf(path)).toBe(0o600);
  });

  test("becomes private when it was not", () => {
    writeFileSync(path, "one\n");
    chmodSync(path, 0o644);
    expect(new HistoryFile(path).load()).toEqual(["one"]);
    expect(modeOf(path)).toBe(0o600);
  });

  test("is bounded: old lines go, and one that is very long is not kept", () => {
    const history = new HistoryFile(path);
    for (let line = 0; line < 2 * mostEntries + 10; line++) history.add(`line ${line}`);
    history.add("x".repeat(5_000));
    const kept = new HistoryFile(path).load();
    expect(kept).toHaveLength(mostEntries);
    expect(kept[0]).toBe(`line ${2 * mostEntries + 9}`);
    expect(readFileSync(path, "utf8").split("\n")).toHaveLength(mostEntries + 1);
    expect(modeOf(path)).toBe(0o600);
  });

  test("of two chats at the same time holds the lines of both", () => {
    const [one, other] = [new HistoryFile(path), new HistoryFile(path)];
    one.add("a");
    other.add("b");
    one.add("c");
    expect(new HistoryFile(path).load()).toEqual(["c", "b", "a"]);
  });

  test("that somebody wrote escape sequences into does not drive the terminal", () => {
    writeFileSync(path, "a\u001b]52;c;AAAA\u0007b\n");
    expect(new HistoryFile(path).load()).toEqual(["a]52;c;AAAAb"]);
  });
});
