/** Memory that was filled with zeros is given back, and is as it was when it is used again. */

import { dlopen, FFIType, type Pointer, toBuffer } from "bun:ffi";
import { describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { withUntouchedCells } from "../../../src/engines/llama/untouched-cells.ts";
import { createLog } from "../../../src/log.ts";

const mebibyte = 2 ** 20;
const log = createLog("error", () => {});

/** PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS */
const [readWrite, privateAnonymous] = [3, 34];

/** A block as malloc takes one of this size, all of it written as llama.cpp does. */
function filledBlock(bytes: number, fill: number) {
  const libc = dlopen("libc.so.6", {
    mmap: {
      args: [FFIType.ptr, FFIType.u64, FFIType.i32, FFIType.i32, FFIType.i32, FFIType.i64],
      returns: FFIType.ptr,
    },
    munmap: { args: [FFIType.ptr, FFIType.u64], returns: FFIType.i32 },
  }).symbols;
  const address = libc.mmap(null, bytes, readWrite, privateAnonymous, -1, 0) as Pointer;
  const block = toBuffer(address, 0, bytes);
  block.fill(fill);
  return {
    bytes: block,
    get resident() {
      return residentAt(address);
    },
    [Symbol.dispose]: () => void libc.munmap(address, bytes),
  };
}

/** Bytes in memory of the part of the address space that an address lies in. */
function residentAt(address: number): number {
  let isIn = false;
  for (const line of readFileSync("/proc/self/smaps", "utf8").split("\n")) {
    const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) /.exec(line) ?? [];
    if (from !== undefined && to !== undefined)
      isIn = Number.parseInt(from, 16) <= address && address < Number.parseInt(to, 16);
    const kilobytes = /^Rss: +(\d+) kB/.exec(line)?.[1];
    if (isIn && kilobytes !== undefined) return Number(kilobytes) * 1024;
  }
  return 0;
}

describe.skipIf(process.platform !== "linux")("KV cells that nobody has used", () => {
  test("take no memory, are zero, and hold what is written later", async () => {
    const { made, untouched } = await withUntouchedCells(async () => filledBlock(64 * mebibyte, 0), log);
    using block = made;
    expect(untouched).toBeGreaterThan(62 * mebibyte);
    expect(block.bytes.indexOf(1)).toBe(-1);
    block.bytes.fill(7, 5 * mebibyte, 6 * mebibyte);
    expect(block.bytes.indexOf(7)).toBe(5 * mebibyte);
    expect(block.bytes.lastIndexOf(7)).toBe(6 * mebibyte - 1);
    expect(block.bytes.indexOf(0, 5 * mebibyte)).toBe(6 * mebibyte);
  });

  test("leave alone what was in memory before", async () => {
    using before = filledBlock(64 * mebibyte, 0);
    expect(before.resident).toBeGreaterThan(63 * mebibyte);
    const { made } = await withUntouchedCells(async () => filledBlock(65 * mebibyte, 0), log);
    using block = made;
    // The system may have joined the two: the one that was there before stays.
    expect(block.resident).toBeLessThan(before.resident + 4 * mebibyte);
    expect(before.resident).toBeGreaterThan(63 * mebibyte);
  });

  test("are told from memory that holds something", async () => {
    const { made, untouched } = await withUntouchedCells(async () => {
      const filled = filledBlock(64 * mebibyte, 0);
      for (let at = 0; at < filled.bytes.length; at += mebibyte / 2) filled.bytes[at] = 9;
      return filled;
    }, log);
    using block = made;
    expect(untouched).toBeLessThan(mebibyte);
    expect(block.bytes.filter((byte) => byte === 9).length).toBe(128);
  });

  test("of two that are made at once are each their own", async () => {
    const sizes = [48, 64].map((size) => size * mebibyte);
    const both = await Promise.all(
      sizes.map((bytes) => withUntouchedCells(async () => filledBlock(bytes, 0), log)),
    );
    for (const [index, { made, untouched }] of both.entries()) {
      using _ = made;
      expect(untouched).toBeWithin((sizes[index] ?? 0) - 2 * mebibyte, (sizes[index] ?? 0) + 1);
    }
  });

  test("that could not be made say why, and do not hold up the next", async () => {
    const failed = withUntouchedCells(async () => {
      throw new RangeError("There is no room.");
    }, log);
    expect(failed).rejects.toThrow("There is no room.");
    const { made, untouched } = await withUntouchedCells(async () => filledBlock(40 * mebibyte, 0), log);
    using _ = made;
    expect(untouched).toBeGreaterThan(38 * mebibyte);
  });
});
