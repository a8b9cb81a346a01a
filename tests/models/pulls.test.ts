/** Downloads in the background: with progress, paused, gone on with after a restart, cancelled. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ModelPurposeError, NotFoundError, UnknownModelError } from "../../src/errors.ts";
import { createLog } from "../../src/log.ts";
import type { Catalog } from "../../src/models/catalog.ts";
import { presentModels } from "../../src/models/model-store.ts";
import { Pulls } from "../../src/models/pulls.ts";
import { ModelHub } from "../fakes/model-hub.ts";
import { entryFor, ModelFolder, tinyGguf } from "./tiny-gguf.ts";

const model = Buffer.concat([tinyGguf(1), Buffer.alloc(300_000, "weights")]);
const repositories = {
  "user/tiny-GGUF": { licence: "mit", files: { "tiny-Q4_0.gguf": model } },
};

let folder: ModelFolder;
let stack: AsyncDisposableStack;
let lines: string[];
beforeEach(() => {
  folder = new ModelFolder();
  stack = new AsyncDisposableStack();
  lines = [];
});
afterEach(async () => {
  await stack.disposeAsync();
  folder[Symbol.dispose]();
});

function openPulls(endpoint: string, catalog: Catalog = [], token: string | null = null): Pulls {
  return stack.use(
    new Pulls({
      place: { catalog, modelsDir: folder.modelsDir, projectRoot: folder.projectRoot },
      hub: { endpoint, token },
      environment: process.env,
      log: createLog("debug", (line) => lines.push(line)),
    }),
  );
}

/** Holds the content of a model in its middle until it is let go. */
function heldHub() {
  const held = Promise.withResolvers<void>();
  let isHeld = true;
  const hub = stack.use(
    new ModelHub({
      repositories,
      change({ host, range }) {
        if (host !== "cdn" || !isHeld) return null;
        const first = Number(/bytes=(\d+)-/.exec(range ?? "")?.[1] ?? 0);
        const body = new ReadableStream({
          async start(controller) {
            controller.enqueue(new Uint8Array(model.subarray(first, first + 100_000)));
            await held.promise;
            controller.close();
          },
        });
        const headers = { "content-range": `bytes ${first}-${model.length - 1}/${model.length}` };
        return new Response(body, { status: 206, headers });
      },
    }),
  );
  const release = () => {
    isHeld = false;
    held.resolve();
  };
  stack.defer(release);
  return { hub, release };
}

async function until(pulls: Pulls, isMet: (pull: ReturnType<Pulls["list"]>[number]) => boolean) {
  for (;;) {
    const pull = pulls.list()[0];
    if (pull !== undefined && isMet(pull)) return pull;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe("a download", () => {
  test("goes on in the background, and tells when it has come", async () => {
    const hub = stack.use(new ModelHub({ repositories }));
    const pulls = openPulls(hub.endpoint);
    const done = Promise.withResolvers<string>();
    stack.defer(pulls.onDone(({ id, thenUse }) => done.resolve(`${id} ${thenUse}`)));
    const begun = await pulls.start("user/tiny-GGUF", { use: true });
    expect(begun).toMatchObject({ id: "tiny-Q4_0", wanted: "hf:user/tiny-GGUF:Q4_0", state: "downloading" });
    expect(await done.promise).toBe("tiny-Q4_0 true");
    expect(pulls.list()).toMatchObject([{ state: "done", doneBytes: model.length, problem: null }]);
    expect(model.equals(readFileSync(join(folder.modelsDir, "tiny-Q4_0.gguf")))).toBeTrue();
    await pulls.cancel("tiny-Q4_0");
    expect(pulls.list()).toEqual([]);
    expect(existsSync(join(folder.modelsDir, "tiny-Q4_0.gguf"))).toBeTrue();
  });

  test("is begun once, however often it is asked for", async () => {
    const { hub } = heldHub();
    const pulls = openPulls(hub.endpoint);
    await pulls.start("user/tiny-GGUF");
    await pulls.start("user/tiny-GGUF:Q4_0");
    await until(pulls, ({ doneBytes }) => doneBytes > 0);
    expect(pulls.list()).toHaveLength(1);
    expect(hub.seen.filter(({ host }) => host === "cdn")).toHaveLength(1);
  });

  test("is paused and gone on with, also by another run of the program", async () => {
    const { hub, release } = heldHub();
    const pulls = openPulls(hub.endpoint);
    await pulls.start("user/tiny-GGUF");
    await until(pulls, ({ doneBytes }) => doneBytes === 100_000);
    expect(await pulls.pause("tiny-Q4_0")).toMatchObject({ state: "paused", doneBytes: 100_000 });
    await pulls[Symbol.asyncDispose]();

    const later = openPulls(hub.endpoint);
    expect(later.list()).toMatchObject([
      { id: "tiny-Q4_0", state: "paused", doneBytes: 100_000, totalBytes: model.length },
    ]);
    release();
    await later.resume("tiny-Q4_0");
    await until(later, ({ state }) => state === "done");
    expect(hub.seen.findLast(({ host }) => host === "cdn")?.range).toStartWith("bytes=100000-");
    expect(model.equals(readFileSync(join(folder.modelsDir, "tiny-Q4_0.gguf")))).toBeTrue();
  });

  test("that is cancelled leaves nothing", async () => {
    const { hub } = heldHub();
    const pulls = openPulls(hub.endpoint);
    await pulls.start("user/tiny-GGUF");
    await until(pulls, ({ doneBytes }) => doneBytes > 0);
    await pulls.cancel("tiny-Q4_0");
    expect(pulls.list()).toEqual([]);
    expect(readdirSync(folder.modelsDir).filter((name) => !name.startsWith("."))).toEqual([]);
    expect(readdirSync(join(folder.modelsDir, ".hub"))).toEqual([".gitignore"]);
    expect(await pulls.pause("tiny-Q4_0").catch((cause: unknown) => cause)).toBeInstanceOf(NotFoundError);
  });

  test("that fails says why, and is begun again when it is asked for", async () => {
    let isBroken = true;
    const hub = stack.use(
      new ModelHub({
        repositories,
        change: ({ host }) => (host === "cdn" && isBroken ? new Response(null, { status: 410 }) : null),
      }),
    );
    const pulls = openPulls(hub.endpoint);
    await pulls.start("user/tiny-GGUF");
    const failed = await until(pulls, ({ state }) => state === "failed");
    expect(JSON.stringify(failed.problem)).toContain("it answers");
    isBroken = false;
    await pulls.resume("tiny-Q4_0");
    await until(pulls, ({ state }) => state === "done");
  });

  test("of the catalogue goes the same way, and one that was begun is found", async () => {
    const hub = stack.use(new ModelHub({ repositories }));
    const uri = "hf:user/tiny-GGUF/tiny-Q4_0.gguf";
    const entry = entryFor(model, { file: "tiny-chat.gguf", sources: [{ type: "hub", uri }] });
    folder.write("models/tiny-chat.gguf.part", model.subarray(0, 1000));
    const pulls = openPulls(hub.endpoint, [entry]);
    expect(pulls.list()).toMatchObject([{ id: "tiny-chat", state: "paused", doneBytes: 1000 }]);
    await pulls.resume("tiny-chat");
    await until(pulls, ({ state }) => state === "done");
    const place = { catalog: [entry], modelsDir: folder.modelsDir, projectRoot: folder.projectRoot };
    expect(presentModels(place)).toMatchObject([{ id: "tiny-chat" }]);
  });

  test("of what is unknown, or writes no answers, is refused at once", async () => {
    const vectors = entryFor(model, { id: "vectors", purpose: "embedding" });
    const pulls = openPulls("http://127.0.0.1:1", [vectors]);
    const failure = (name: string) => pulls.start(name).catch((cause: unknown) => cause);
    expect(await failure("gpt-9")).toBeInstanceOf(UnknownModelError);
    expect(await failure("vectors")).toBeInstanceOf(ModelPurposeError);
    expect(pulls.list()).toEqual([]);
  });
});

test("Nothing is asked of a hub before a model is, and its token is in no line of the log", async () => {
  const hub = stack.use(
    new ModelHub({
      repositories: { "user/tiny-GGUF": { ...repositories["user/tiny-GGUF"], token: "hf_hidden" } },
    }),
  );
  const pulls = openPulls(hub.endpoint, [], "hf_hidden");
  pulls.list();
  expect(hub.seen).toEqual([]);
  await pulls.start("user/tiny-GGUF");
  await until(pulls, ({ state }) => state === "done");
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.join("\n")).not.toContain("hf_hidden");
});
