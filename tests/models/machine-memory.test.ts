/** How much memory may be taken now. */
import { afterEach, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { availableBytes, cardBytes } from "../../src/models/machine-memory.ts";

const folder = mkdtempSync(join(tmpdir(), "memory-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function linux(files: Readonly<Record<string, string>>) {
  mkdirSync(join(folder, "cgroup"), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return { machine: join(folder, "meminfo"), container: join(folder, "cgroup") };
}

test("on Linux it is what the system says, with the files that it can read again", () => {
  const files = linux({ meminfo: "MemTotal:  8000 kB\nMemFree:  100 kB\nMemAvailable:   4000 kB\n" });
  expect(availableBytes(files)).toBe(4000 * 1024);
});

test("in a container with a limit it is what that leaves, its files counted as free", () => {
  const files = linux({
    meminfo: "MemAvailable:   4000 kB\n",
    "cgroup/memory.max": "1000000\n",
    "cgroup/memory.current": "700000\n",
    "cgroup/memory.stat": "anon 500000\ninactive_file 150000\nactive_file 50000\n",
  });
  expect(availableBytes(files)).toBe(500_000);
});

test("a container without a limit has what the machine has", () => {
  const files = linux({
    meminfo: "MemAvailable:   4000 kB\n",
    "cgroup/memory.max": "max\n",
    "cgroup/memory.current": "700000\n",
  });
  expect(availableBytes(files)).toBe(4000 * 1024);
});

test("where the system does not tell, a share of all memory is left to other programs", () => {
  const bytes = availableBytes({ machine: "/nowhere/meminfo", container: "/nowhere" });
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(totalmem() * 0.75);
});

test("this machine has some", () => {
  expect(availableBytes()).toBeGreaterThan(50e6);
});

test("a card has the memory that its driver says, the largest of several; a machine without one has none", () => {
  const driver = join(folder, "nvidia-smi");
  const says = (script: string) => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(driver, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return cardBytes(driver);
  };
  expect(says("printf '8192\\n24576\\n'")).toBe(24_576 * 2 ** 20);
  expect(says("echo 'No devices were found'; exit 6")).toBeNull();
  expect(cardBytes(null)).toBeNull();
});
