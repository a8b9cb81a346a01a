/** Models come from a hub that answers as the real one does, and as it does on its bad days. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import {
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { ModelUnusableError, NotFoundError } from "../../../src/errors.ts";
import type { DownloadProgress } from "../../../src/models/download.ts";
import { readHubName } from "../../../src/models/hub/hub-name.ts";
import { fetchedAs, hubNotePath, readHubNote } from "../../../src/models/hub/hub-notes.ts";
import { type HubPullOptions, planPull, pullFromHub } from "../../../src/models/hub/pull-from-hub.ts";
import {
  DiskFullError,
  HubFileChangedError,
  HubRefusedError,
  SourceUnavailableError,
} from "../../../src/models/model-errors.ts";
import { chooseModel, presentModels } from "../../../src/models/model-store.ts";
import { claimPart, ModelBusyError } from "../../../src/models/part-claim.ts";
import { removeModel } from "../../../src/models/remove-model.ts";
import { readStamp } from "../../../src/models/verification-stamp.ts";
import { ModelHub, rangeReply, sha256Of } from "../../fakes/model-hub.ts";
import { ModelFolder, tinyGguf, tinyGgufOf } from "../tiny-gguf.ts";

/** A model with some bytes behind its tensors, so that it comes in pieces. */
const large = (seed: number, bytes = 200_000) =>
  Buffer.concat([tinyGguf(seed), Buffer.alloc(bytes, `${seed} some weights `)]);
const model = large(1);
const repositories = {
  "user/tiny-GGUF": {
    licence: "apache-2.0",
    files: {
      "README.md": Buffer.from("# Tiny"),
      "tiny-Q4_K_M.gguf": model,
      "tiny-Q8_0.gguf": large(2, 400_000),
      "split/tiny-BF16-00001-of-00002.gguf": large(3),
      "split/tiny-BF16-00002-of-00002.gguf": large(4),
      "mmproj-tiny-F16.gguf": tinyGgufOf({ "general.architecture": "clip" }),
    },
  },
};

let folder: ModelFolder;
beforeEach(() => {
  folder = new ModelFolder();
});
afterEach(() => folder[Symbol.dispose]());

const place = () => ({ catalog: [], modelsDir: folder.modelsDir, projectRoot: folder.projectRoot });

type Change = Partial<HubPullOptions> & { readonly token?: string };

async function pull(server: ModelHub, text = "user/tiny-GGUF", { token, ...change }: Change = {}) {
  const name = readHubName(text, server.endpoint);
  if (name === null) throw new Error("no name of the hub");
  const options = {
    access: server.access(token ?? null),
    signal: new AbortController().signal,
    firstDelayMs: 1,
    patienceMs: 5_000,
    modelsDir: folder.modelsDir,
    onProgress: () => {},
    ...change,
  };
  const plan = await planPull(name, place(), options);
  return { plan, path: await pullFromHub(plan, options) };
}

const failure = (work: Promise<unknown>) => work.then(() => null).catch((cause: unknown) => cause);
const at = (name: string) => join(folder.modelsDir, name);
const isContent = ({ host }: { host: string }) => host === "cdn";
const inFolder = () => readdirSync(folder.modelsDir).filter((name) => !name.startsWith("."));

describe("a model of the hub", () => {
  test("comes in the quantisation that suits, verified, and is a model like others", async () => {
    await using server = new ModelHub({ repositories });
    const steps: DownloadProgress[] = [];
    const { plan, path } = await pull(server, "hf:user/tiny-GGUF", {
      onProgress: (step) => steps.push(step),
    });
    expect(plan).toMatchObject({
      id: "tiny-Q4_K_M",
      note: { licence: "apache-2.0", quantisation: "Q4_K_M" },
    });
    expect(model.equals(readFileSync(path))).toBeTrue();
    expect(await readStamp(path)).toBe(sha256Of(model));
    expect(presentModels(place())).toMatchObject([{ id: "tiny-Q4_K_M", path: at("tiny-Q4_K_M.gguf") }]);
    expect(inFolder()).toEqual(["tiny-Q4_K_M.gguf"]);
    expect(readHubNote(folder.modelsDir, "tiny-Q4_K_M.gguf")).toMatchObject({
      wanted: "hf:user/tiny-GGUF:Q4_K_M",
      isVerified: true,
      files: [{ sha256: sha256Of(model) }],
    });
    expect(new Set(steps.map(({ step }) => step))).toEqual(new Set(["downloading", "verifying"]));
    expect(steps.at(-1)).toMatchObject({ doneBytes: model.length, totalBytes: model.length });
  });

  test("is named in full by its address, and in small letters", async () => {
    await using server = new ModelHub({ repositories });
    expect((await pull(server, `${server.endpoint}/user/tiny-GGUF`)).plan.id).toBe("tiny-Q4_K_M");
    expect((await pull(server, "user/tiny-GGUF:q8_0")).plan.id).toBe("tiny-Q8_0");
    const unknown = await failure(pull(server, "user/tiny-GGUF:Q5_0"));
    expect(String(unknown)).toContain("It has Q4_K_M, Q8_0, BF16");
  });

  test("is found in a listing of many pages", async () => {
    await using server = new ModelHub({ repositories, pageSize: 2 });
    expect((await pull(server, "user/tiny-GGUF:Q8_0")).plan.contents.choices).toHaveLength(3);
    expect(server.seen.filter(({ path }) => path.includes("/tree/"))).toHaveLength(4);
  });

  test("comes in parts, which are one model, and go together", async () => {
    await using server = new ModelHub({ repositories });
    const { plan } = await pull(server, "user/tiny-GGUF:BF16");
    expect(plan.id).toBe("tiny-BF16-00001-of-00002");
    expect(inFolder()).toEqual(["tiny-BF16-00001-of-00002.gguf", "tiny-BF16-00002-of-00002.gguf"]);
    expect(presentModels(place()).map(({ id }) => id)).toEqual(["tiny-BF16-00001-of-00002"]);
    removeModel("tiny-BF16-00001-of-00002", place());
    expect(inFolder()).toEqual([]);
  });

  test("is found by that name, in small letters or capitals, until it is removed", async () => {
    await using server = new ModelHub({ repositories });
    await pull(server);
    const found = (name: string) => fetchedAs(name, folder.modelsDir);
    expect(found("hf:user/tiny-GGUF")).toBe("tiny-Q4_K_M.gguf");
    expect(found("HF:User/Tiny-gguf:q4_k_m")).toBe("tiny-Q4_K_M.gguf");
    expect([found("hf:user/tiny-GGUF:Q8_0"), found("user/tiny-GGUF"), found("phi3")]).toEqual([
      null,
      null,
      null,
    ]);
    expect(await chooseModel("hf:user/tiny-GGUF", place())).toMatchObject({ id: "tiny-Q4_K_M" });
    removeModel("tiny-Q4_K_M", place());
    expect(found("hf:user/tiny-GGUF")).toBeNull();
  });

  test("with a name of odd letters gets a plain one", async () => {
    const files = { "…/.odd name (1)-Q4_0.GGUF": model };
    await using server = new ModelHub({ repositories: { "user/odd": { files } } });
    expect((await pull(server, "user/odd")).path).toBe(at("model.odd_name__1_-Q4_0.gguf"));
  });

  test("that is here is not fetched again", async () => {
    await using server = new ModelHub({ repositories });
    await pull(server);
    server.seen.length = 0;
    await pull(server);
    expect(server.seen.filter(isContent)).toEqual([]);
  });

  test("does not take the name of another one's file", async () => {
    await using server = new ModelHub({
      repositories: { ...repositories, "other/tiny-GGUF": { files: { "tiny-Q4_K_M.gguf": large(9) } } },
    });
    folder.write("models/tiny-Q8_0.gguf", tinyGguf(5));
    expect((await pull(server, "user/tiny-GGUF:Q4_K_M")).plan.id).toBe("tiny-Q4_K_M");
    expect((await pull(server, "other/tiny-GGUF")).plan.id).toBe("other.tiny-Q4_K_M");
    expect((await pull(server, "user/tiny-GGUF:Q8_0")).plan.id).toBe("user.tiny-Q8_0");
    expect(tinyGguf(5).equals(readFileSync(at("tiny-Q8_0.gguf")))).toBeTrue();
  });

  test("that writes no answers is found out from its first bytes", async () => {
    const embedder = Buffer.concat([tinyGgufOf({ "general.architecture": "bert" }), Buffer.alloc(300_000)]);
    await using server = new ModelHub({
      repositories: { "user/plain": { files: { "plain-Q8_0.gguf": embedder } } },
    });
    const pieces: number[] = [];
    const cause = await failure(
      pull(server, "user/plain", { onProgress: ({ doneBytes }) => pieces.push(doneBytes) }),
    );
    expect(cause).toBeInstanceOf(ModelUnusableError);
    expect(String(cause)).toContain("is for embeddings, not for answers");
    expect(inFolder()).toEqual([]);
  });
});

describe("the token", () => {
  const isPrivate = { "user/closed": { token: "hf_secret", files: { "closed-Q4_0.gguf": model } } };
  const gated = { "user/closed": { ...isPrivate["user/closed"], isGated: true } };

  test("opens a private model, and goes to the hub alone", async () => {
    await using server = new ModelHub({ repositories: isPrivate });
    await pull(server, "user/closed", { token: "hf_secret" });
    expect(server.seen.filter(({ host }) => host === "hub").length).toBeGreaterThan(2);
    for (const { host, authorization } of server.seen)
      expect(authorization).toBe(host === "hub" ? "Bearer hf_secret" : null);
  });

  test("is asked for, where there is none; a wrong one is told", async () => {
    await using server = new ModelHub({ repositories: isPrivate });
    const without = await failure(pull(server, "user/closed"));
    expect(without).toBeInstanceOf(HubRefusedError);
    expect(String(without)).toContain("set HF_TOKEN");
    const wrong = await failure(pull(server, "user/closed", { token: "hf_wrong" }));
    expect(String(wrong)).toContain("does not accept the token");
    expect(JSON.stringify(wrong)).not.toContain("hf_wrong");
  });

  test("of one who has not accepted the terms of a gated model: the sentence says where", async () => {
    await using server = new ModelHub({ repositories: gated });
    const without = await failure(pull(server, "user/closed"));
    expect(String(without)).toContain(`Accept them at ${server.endpoint}/user/closed`);
    const other = await failure(pull(server, "user/closed", { token: "hf_other" }));
    expect(String(other)).toContain("may not read user/closed");
  });

  test("a redirect to what is no web address is not followed", async () => {
    await using server = new ModelHub({
      repositories,
      change: ({ path }) =>
        path.includes("/resolve/") ? Response.redirect("file:///etc/passwd", 302) : null,
    });
    expect(String(await failure(pull(server)))).toContain("not safe");
  });
});

describe("a hub on a bad day", () => {
  test("without the model says so", async () => {
    await using server = new ModelHub({ repositories });
    expect(await failure(pull(server, "user/none", { token: "hf_x" }))).toBeInstanceOf(NotFoundError);
  });

  test("that asks to wait is asked again after as long", async () => {
    let refusals = 0;
    await using server = new ModelHub({
      repositories,
      change: (request) =>
        isContent(request) && refusals++ < 2
          ? new Response(null, { status: 429, headers: { "retry-after": "0" } })
          : null,
    });
    await pull(server);
    expect(refusals).toBe(3);
  });

  test("that asks for too long a wait is not waited for", async () => {
    await using server = new ModelHub({
      repositories,
      change: () => new Response(null, { status: 429, headers: { "retry-after": "3600" } }),
    });
    expect(String(await failure(pull(server)))).toContain("asks to wait for 3600 seconds");
  });

  test("with errors of its own is asked again, and given up in the end", async () => {
    let isBroken = true;
    await using server = new ModelHub({
      repositories,
      change: (request) => (isBroken && isContent(request) ? new Response("oops", { status: 503 }) : null),
    });
    const cause = await failure(pull(server));
    expect(cause).toBeInstanceOf(SourceUnavailableError);
    expect(String(cause)).toContain("503");
    expect(server.seen.filter(isContent)).toHaveLength(6);
    isBroken = false;
    await pull(server);
  });

  test("that knows no ranges sends it whole; what is here is passed over", async () => {
    await using server = new ModelHub({
      repositories,
      change: (request) => (isContent(request) ? rangeReply(model, null) : null),
    });
    writeFileSync(at("tiny-Q4_K_M.gguf.part"), model.subarray(0, 100_001));
    const { path } = await pull(server);
    expect(model.equals(readFileSync(path))).toBeTrue();
  });

  test.each([
    ["other bytes than were asked for", { "content-range": `bytes 7-${model.length - 1}/${model.length}` }],
    ["a file of another size", { "content-range": `bytes 0-99/100` }],
    ["bytes without saying which", {}],
  ])("that sends %s is not believed", async (_, headers) => {
    await using server = new ModelHub({
      repositories,
      change: (request) =>
        isContent(request) ? new Response(new Uint8Array(model.subarray(7)), { status: 206, headers }) : null,
    });
    expect(await failure(pull(server))).toBeInstanceOf(SourceUnavailableError);
    expect(presentModels(place())).toEqual([]);
  });

  test("that breaks off is asked for the rest", async () => {
    let sent = 0;
    await using server = new ModelHub({
      repositories,
      change: (request) => {
        if (!isContent(request) || sent++ > 2) return null;
        const first = Number(/bytes=(\d+)-/.exec(request.range ?? "")?.[1]);
        return new Response(new Uint8Array(model.subarray(first, first + 40_000)), {
          status: 206,
          headers: { "content-range": `bytes ${first}-${model.length - 1}/${model.length}` },
        });
      },
    });
    const { path } = await pull(server);
    expect(model.equals(readFileSync(path))).toBeTrue();
    const starts = server.seen.filter(isContent).map(({ range }) => range?.split("-")[0]);
    expect(starts).toEqual(["bytes=0", "bytes=40000", "bytes=80000", "bytes=120000"]);
  });

  test("that falls silent in the middle is asked again", async () => {
    let isSilent = true;
    await using server = new ModelHub({
      repositories,
      change: (request) => {
        if (!isContent(request) || !isSilent) return null;
        isSilent = false;
        const body = new ReadableStream({
          start: (controller) => controller.enqueue(new Uint8Array(model.subarray(0, 70_000))),
        });
        return new Response(body, {
          status: 206,
          headers: { "content-range": `bytes 0-${model.length - 1}/${model.length}` },
        });
      },
    });
    const { path } = await pull(server, "user/tiny-GGUF", { patienceMs: 200 });
    expect(model.equals(readFileSync(path))).toBeTrue();
  });

  test("that is not there at all is told at once", async () => {
    const server = new ModelHub({ repositories });
    await server[Symbol.asyncDispose]();
    const cause = await failure(pull(server));
    expect(cause).toBeInstanceOf(SourceUnavailableError);
    expect(String(cause)).toContain("cannot be reached");
  });
});

describe("what came", () => {
  test("and is not what the hub lists never gets the model's name", async () => {
    const wrong = {
      "user/bad": { files: { "bad-Q4_0.gguf": model }, claimedHash: { "bad-Q4_0.gguf": "0".repeat(64) } },
    };
    await using server = new ModelHub({ repositories: wrong });
    const cause = await failure(pull(server, "user/bad"));
    expect(cause).toBeInstanceOf(ModelUnusableError);
    expect(String(cause)).toContain("is not the one that the hub lists");
    expect(inFolder()).toEqual([]);
  });

  test("once is pinned: another file of the same name is refused, until its note is deleted", async () => {
    await using server = new ModelHub({ repositories });
    await pull(server);
    removeModel("tiny-Q4_K_M", place());
    server.repositories = { "user/tiny-GGUF": { files: { "tiny-Q4_K_M.gguf": large(77) } } };
    server.seen.length = 0;
    const cause = await failure(pull(server));
    expect(cause).toBeInstanceOf(HubFileChangedError);
    const note = hubNotePath(folder.modelsDir, "tiny-Q4_K_M.gguf");
    expect(String(cause)).toContain(`delete ${note}`);
    expect(server.seen.filter(isContent)).toEqual([]);
    await Bun.file(note).delete();
    const { path } = await pull(server);
    expect(large(77).equals(readFileSync(path))).toBeTrue();
  });

  test("in part stays when it is given up, and the rest is fetched later", async () => {
    const giveUp = new AbortController();
    await using server = new ModelHub({ repositories });
    const cause = await failure(
      pull(server, "user/tiny-GGUF", {
        signal: giveUp.signal,
        onProgress: ({ doneBytes }) => {
          if (doneBytes > 0) giveUp.abort(new Error("enough"));
        },
      }),
    );
    expect(cause).toMatchObject({ message: "enough" });
    const { size } = statSync(at("tiny-Q4_K_M.gguf.part"));
    expect(size).toBeGreaterThan(0);
    // As a kill in the middle of a write would leave it.
    truncateSync(at("tiny-Q4_K_M.gguf.part"), Math.min(size, 70_000));
    server.seen.length = 0;
    const { path } = await pull(server);
    expect(model.equals(readFileSync(path))).toBeTrue();
    expect(server.seen.find(isContent)?.range).toStartWith(`bytes=${Math.min(size, 70_000)}-`);
  });

  test("in part of another version is not gone on with", async () => {
    await using server = new ModelHub({ repositories });
    const giveUp = new AbortController();
    const onProgress = ({ doneBytes }: DownloadProgress) => {
      if (doneBytes > 0) giveUp.abort(new Error("enough"));
    };
    await failure(pull(server, "user/tiny-GGUF", { signal: giveUp.signal, onProgress }));
    server.repositories = { "user/tiny-GGUF": { files: { "tiny-Q4_K_M.gguf": large(77) } } };
    const { path } = await pull(server);
    expect(large(77).equals(readFileSync(path))).toBeTrue();
  });

  test("too long is begun anew", async () => {
    await using server = new ModelHub({ repositories });
    writeFileSync(at("tiny-Q4_K_M.gguf.part"), Buffer.alloc(model.length + 5));
    const { path } = await pull(server);
    expect(model.equals(readFileSync(path))).toBeTrue();
  });

  test("is written by one download at a time; what a killed one left is no hindrance", async () => {
    await using server = new ModelHub({ repositories });
    const claim = at("tiny-Q4_K_M.gguf.part.pid");
    const sleeper = Bun.spawn(["sleep", "60"]);
    writeFileSync(claim, String(sleeper.pid));
    expect(await failure(pull(server))).toBeInstanceOf(ModelBusyError);
    // The system gave the number of a process that was killed to another one.
    utimesSync(claim, new Date(0), new Date(Date.now() - 100_000));
    await pull(server);
    expect(existsSync(claim)).toBeFalse();
    removeModel("tiny-Q4_K_M", place());
    sleeper.kill();
    await sleeper.exited;
    writeFileSync(claim, String(sleeper.pid));
    await pull(server);
    removeModel("tiny-Q4_K_M", place());
    // In a container it is always the same.
    writeFileSync(claim, String(process.pid));
    await pull(server);
    removeModel("tiny-Q4_K_M", place());
    using _own = claimPart(at("tiny-Q4_K_M.gguf.part"));
    expect(await failure(pull(server))).toBeInstanceOf(ModelBusyError);
  });

  test("needs room on the disk, which is looked for first", async () => {
    await using server = new ModelHub({
      repositories,
      change: async ({ path, host }) =>
        host === "hub" && path.includes("/tree/")
          ? Response.json([
              { type: "file", path: "huge-Q4_0.gguf", size: 1e17, lfs: { oid: "0".repeat(64), size: 1e17 } },
            ])
          : null,
    });
    expect(await failure(pull(server, "user/tiny-GGUF:Q4_0"))).toBeInstanceOf(DiskFullError);
    expect(server.seen.filter(isContent)).toEqual([]);
  });
});
