import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ModelUnusableError } from "../../src/errors.ts";
import { readStamp } from "../../src/models/verification-stamp.ts";
import { type VerifyOptions, verifyModelFile } from "../../src/models/verify-model-file.ts";
import { entryFor, ModelFolder, tinyGguf } from "./tiny-gguf.ts";

const whole = tinyGguf();
const entry = entryFor(whole);
let folder: ModelFolder;

beforeEach(() => {
  folder = new ModelFolder();
});
afterEach(() => folder[Symbol.dispose]());

const write = (bytes: Buffer | string) => folder.write("models/tiny-chat.gguf", bytes);

/** @returns the reason, once it is certain that the sentence says what to do */
async function refusal(path: string, options: VerifyOptions = {}): Promise<unknown> {
  const cause: unknown = await verifyModelFile(path, options).catch((thrown: unknown) => thrown);
  if (!(cause instanceof ModelUnusableError)) throw cause;
  expect(cause.message).toMatch(/\..*\.$|"\.\/run\.sh|fetches one\.$/);
  return cause.facts.reason;
}

describe("a file is accepted", () => {
  test("when it is what the catalogue says", async () => {
    const path = write(whole);
    expect(await verifyModelFile(path, { entry })).toEqual({
      path,
      sizeBytes: whole.length,
      sha256: entry.sha256 ?? "",
    });
  });

  test("when it is whole, for a file of the user's own that no catalogue knows", async () => {
    expect((await verifyModelFile(write(whole))).sha256).toBe(entry.sha256 ?? "");
  });
});

describe("a file is refused", () => {
  test("that is not there", async () => {
    expect(await refusal(join(folder.modelsDir, "none.gguf"))).toBe("missing");
    expect(await refusal(folder.modelsDir)).toBe("missing");
  });

  test("that is empty", async () => {
    expect(await refusal(write(""), { entry })).toBe("empty");
  });

  test("that is a web page saved under a model's name", async () => {
    expect(await refusal(write("<!doctype html><title>Sign in</title>"), { entry })).toBe("not_gguf");
    expect(await refusal(write("GG"))).toBe("not_gguf");
  });

  test("whose last byte is missing, with and without a catalogue", async () => {
    const path = write(whole.subarray(0, -1));
    expect(await refusal(path, { entry })).toBe("truncated");
    expect(await refusal(path)).toBe("truncated");
  });

  test("that is cut anywhere in its header", async () => {
    for (let length = 4; length < whole.length - 256; length += 7)
      expect(String(await refusal(write(whole.subarray(0, length))))).toMatch(/^(damaged|truncated)$/);
  });

  test("whose header holds impossible lengths", async () => {
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 24, 32);
    expect(await refusal(write(damaged))).toBe("damaged");
  });

  test("that is another model than its name says", async () => {
    expect(await refusal(write(tinyGguf(7)), { entry })).toBe("wrong_hash");
  });

  test("that is larger than the memory, unless a graphics card may hold it", async () => {
    const path = write(whole);
    const memory = { totalBytes: whole.length - 1, mayHaveGpu: false };
    expect(await refusal(path, { entry, memory })).toBe("too_big");
    await verifyModelFile(path, { entry, memory: { ...memory, mayHaveGpu: true } });
    await verifyModelFile(path, { entry, memory: { ...memory, totalBytes: whole.length } });
  });
});

describe("the stamp of a verified file", () => {
  /** How often a file was hashed. */
  async function hashes(path: string, options: VerifyOptions = { entry }): Promise<number> {
    let times = 0;
    await verifyModelFile(path, {
      ...options,
      onProgress: (done, total) => void (done === total && times++),
    });
    return times;
  }

  test("spares the next start the hashing", async () => {
    const path = write(whole);
    expect([await hashes(path), await hashes(path), await hashes(path, {})]).toEqual([1, 0, 0]);
  });

  test("does not count for a file that changed, even to one of the same size", async () => {
    const path = write(whole);
    await verifyModelFile(path, { entry });
    const { atime, mtimeMs } = statSync(path);
    writeFileSync(path, tinyGguf(7));
    utimesSync(path, atime, new Date(mtimeMs + 1_000));
    expect(await refusal(path, { entry })).toBe("wrong_hash");
  });

  test("does not count for another entry of the catalogue", async () => {
    const path = write(whole);
    await verifyModelFile(path, {});
    expect(await refusal(path, { entry: entryFor(tinyGguf(7)) })).toBe("wrong_hash");
  });

  test("is not written for a file that was refused", async () => {
    const path = write(tinyGguf(7));
    await refusal(path, { entry });
    expect(existsSync(join(folder.modelsDir, ".verified"))).toBeFalse();
  });

  test("that is damaged is made anew, and git never sees it", async () => {
    const path = write(whole);
    await verifyModelFile(path, { entry });
    folder.write("models/.verified/tiny-chat.gguf.json", "{");
    expect(await readStamp(path)).toBeNull();
    expect([await hashes(path), await hashes(path)]).toEqual([1, 0]);
    expect(readdirSync(join(folder.modelsDir, ".verified"))).toContain(".gitignore");
  });
});

test("whoever waits for a long verification may give up", async () => {
  const giveUp = new AbortController();
  giveUp.abort(new Error("enough"));
  const cause: unknown = await verifyModelFile(write(whole), { signal: giveUp.signal }).catch(
    (thrown) => thrown,
  );
  expect(cause).toBeInstanceOf(Error);
  expect(cause).not.toBeInstanceOf(ModelUnusableError);
});
