import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPython } from "../../src/vllm/find-python.ts";
import { type FakePythonOptions, writeFakePython } from "./fake-python.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "python-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function find(pythons: Readonly<Record<string, FakePythonOptions>>) {
  const paths = Object.entries(pythons).map(([name, options]) => writeFakePython(folder, name, options));
  return findPython((name) => paths.find((path) => path.endsWith(`/${name}`)) ?? null);
}

test("the usual Python is taken when its version will do", () => {
  expect(find({ python3: { version: "3.12" }, "python3.11": {} })).toEqual({
    path: join(folder, "python3"),
    version: "3.12",
  });
});

test("one that is too old or too new, or has no venv, is passed over for one that will do", () => {
  for (const unfit of [{ version: "3.10" }, { version: "3.15" }, { version: "2.7" }, { hasVenv: false }])
    expect(find({ python3: unfit, "python3.13": { version: "3.13" } }).version).toBe("3.13");
});

test("a name behind which there is no Python is passed over", () => {
  writeFileSync(join(folder, "python3"), "#!/bin/sh\nexit 127\n", { mode: 0o755 });
  const which = (name: string) => (name === "python3" ? join(folder, name) : null);
  expect(() => findPython(which)).toThrow("no Python is installed");
});

test("what is missing is said with the next step", () => {
  expect(() => find({})).toThrow("vLLM needs Python 3.11 to 3.14, but no Python is installed.");
  expect(() => find({ python3: { version: "3.9" } })).toThrow("but this is Python 3.9.");
  expect(() => find({ python3: { hasVenv: false } })).toThrow("sudo apt-get install python3.11-venv");
});
