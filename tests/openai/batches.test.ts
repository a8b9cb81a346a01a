/** Files and batches of programs, by OpenAI's own client. */
import { describe, expect, test } from "bun:test";
import OpenAI, { toFile } from "openai";
import type { GenerateRequest } from "../../src/chat/engine.ts";
import { createLog } from "../../src/log.ts";
import { BatchRunner, type BatchRunnerDeps } from "../../src/openai/batch-runner.ts";
import { defaultFileLimits } from "../../src/workspace/files.ts";
import { requestBatchesOf } from "../../src/workspace/request-batches.ts";
import type { Workspace } from "../../src/workspace/workspace.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { type Script, ScriptedEngine } from "../fakes/scripted-engine.ts";
import { openGuardedApp } from "../security/guarded-app.ts";
import { temporaryStore } from "../store/temporary-store.ts";
import { failureOf } from "./failure-of.ts";

interface Client extends AsyncDisposable {
  readonly openai: OpenAI;
  readonly app: AnsweringApp;
  readonly engine: ScriptedEngine;
}

function open(script?: (request: GenerateRequest) => Script): Client {
  const engine = new ScriptedEngine({ slots: 2, ...(script === undefined ? {} : { script }) });
  const app = openAnsweringApp({ engines: [engine] });
  const openai = new OpenAI({ baseURL: `${app.url}/v1`, apiKey: "any", maxRetries: 0 });
  return { openai, app, engine, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

const chat = (id: string, content: string, more: object = {}) => ({
  ...{ custom_id: id, method: "POST", url: "/v1/chat/completions" },
  body: { model: "auto", messages: [{ role: "user", content }], ...more },
});
const linesOf = (values: readonly object[]) => values.map((value) => `${JSON.stringify(value)}\n`).join("");

const upload = async (openai: OpenAI, text: string) =>
  await openai.files.create({ purpose: "batch", file: await toFile(Buffer.from(text), "questions.jsonl") });

const begin = async (
  openai: OpenAI,
  text: string,
  endpoint: "/v1/chat/completions" | "/v1/embeddings" = "/v1/chat/completions",
) => {
  const { id } = await upload(openai, text);
  return await openai.batches.create({ input_file_id: id, endpoint, completion_window: "24h" });
};

/** Polls, as its programs do. */
async function ended(openai: OpenAI, id: string): Promise<OpenAI.Batch> {
  for (;;) {
    const batch = await openai.batches.retrieve(id);
    if (["completed", "failed", "cancelled", "expired"].includes(batch.status)) return batch;
    await Bun.sleep(20);
  }
}

async function told(openai: OpenAI, fileId: string | null | undefined) {
  if (fileId == null) return [];
  const text = await (await openai.files.content(fileId)).text();
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

const echo = ({ messages }: GenerateRequest) => ({ answer: `You said ${messages.at(-1)?.content}.` });

describe("/v1/batches", () => {
  test("answers a file of requests, and tells errors apart from answers", async () => {
    await using client = open(echo);
    const { openai } = client;
    const input = linesOf([
      chat("first", "gold"),
      chat("wrong", "silver", { temperature: 9 }),
      chat("streamed", "tin", { stream: true }),
    ]);
    const { id } = await begin(openai, input);
    const batch = await ended(openai, id);
    expect(batch).toMatchObject({
      ...{ object: "batch", status: "completed", endpoint: "/v1/chat/completions", completion_window: "24h" },
      ...{ request_counts: { total: 3, completed: 2, failed: 1 }, errors: null },
    });
    expect(batch.completed_at).toBeGreaterThanOrEqual(batch.in_progress_at ?? Number.POSITIVE_INFINITY);
    const answers = await told(openai, batch.output_file_id);
    expect(answers).toMatchObject([
      {
        custom_id: "first",
        error: null,
        response: {
          status_code: 200,
          body: { object: "chat.completion", choices: [{ message: { content: "You said gold." } }] },
        },
      },
      { custom_id: "streamed", response: { body: { choices: [{ message: { content: "You said tin." } }] } } },
    ]);
    expect(await told(openai, batch.error_file_id)).toMatchObject([
      {
        custom_id: "wrong",
        response: { status_code: 400, body: { error: { param: "temperature" } } },
        error: null,
      },
    ]);
    const stored = client.app.store.generations.get(answers[0].response.body.id.replace("chatcmpl-", ""));
    expect(stored?.state).toBe("done");
  });

  test("makes vectors, too", async () => {
    await using client = open();
    const line = { custom_id: "v", method: "POST", url: "/v1/embeddings", body: { input: "gold" } };
    const { id } = await begin(client.openai, linesOf([line]), "/v1/embeddings");
    const { output_file_id: output } = await ended(client.openai, id);
    const [vector] = await told(client.openai, output);
    expect(vector.response.body.data[0].embedding.length).toBeGreaterThan(2);
  });

  test("a file that is wrong fails with its lines", async () => {
    await using client = open();
    const wrong = `nonsense\n${linesOf([chat("a", "x"), chat("a", "x"), { ...chat("b", "x"), url: "/v1/responses" }])}`;
    const { id } = await begin(client.openai, wrong);
    const batch = await ended(client.openai, id);
    expect(batch).toMatchObject({ status: "failed", output_file_id: null });
    expect(batch.errors?.data?.map(({ code, line }) => [code, line])).toEqual([
      ["invalid_json_line", 1],
      ["duplicate_custom_id", 3],
      ["mismatched_url", 4],
    ]);
    expect(client.engine.requests).toEqual([]);
  });

  test("one that is cancelled stops, and keeps what is answered", async () => {
    const stuck = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    await using client = open((request) =>
      request.messages.at(-1)?.content === "first"
        ? { answer: "Done." }
        : {
            answer: "Never.",
            pace: (_, signal) => {
              begun.resolve();
              signal.addEventListener("abort", () => stuck.resolve(), { once: true });
              return stuck.promise;
            },
          },
    );
    const { openai } = client;
    const { id, input_file_id: input } = await begin(
      openai,
      linesOf([chat("1", "first"), chat("2", "second"), chat("3", "third"), chat("4", "fourth")]),
    );
    await begun.promise;
    while ((await openai.batches.retrieve(id)).request_counts?.completed === 0) await Bun.sleep(5);
    expect(await failureOf(openai.files.delete(input))).toMatchObject({ status: 400 });
    expect((await openai.batches.cancel(id)).status).toBe("cancelling");
    const batch = await ended(openai, id);
    expect(batch).toMatchObject({ status: "cancelled", error_file_id: null });
    expect(await told(openai, batch.output_file_id)).toMatchObject([{ custom_id: "1" }]);
    expect((await openai.batches.cancel(id)).status).toBe("cancelled");
    expect(await openai.files.delete(input)).toMatchObject({ deleted: true });
  });

  test("lists pages, and refuses in words", async () => {
    await using client = open(echo);
    const { openai } = client;
    const ids: string[] = [];
    for (const each of ["1", "2", "3"]) ids.push((await begin(openai, linesOf([chat(each, each)]))).id);
    for (const id of ids) await ended(openai, id);
    const page = await openai.batches.list({ limit: 2 });
    expect(page.data.map(({ id }) => id)).toEqual(ids.toReversed().slice(0, 2));
    expect((await Array.fromAsync(openai.batches.list({ limit: 1 }))).map(({ id }) => id)).toEqual(
      ids.toReversed(),
    );
    const files = await Array.fromAsync(openai.files.list({ purpose: "batch_output" }));
    expect(files).toHaveLength(3);
    expect(files[0]).toMatchObject({ object: "file", purpose: "batch_output", status: "processed" });
    expect(await failureOf(openai.batches.retrieve("batch_none"))).toMatchObject({ status: 404 });
    expect(
      await failureOf(
        openai.batches.create({
          ...{ input_file_id: "file-none", endpoint: "/v1/chat/completions", completion_window: "24h" },
        }),
      ),
    ).toMatchObject({ status: 404 });
    const assistants = openai.files.create({
      purpose: "assistants",
      file: await toFile(Buffer.from("x"), "x"),
    });
    expect(await failureOf(assistants)).toMatchObject({ status: 400, code: "invalid_value" });
  });
});

test("nobody sees, reads, deletes or cancels what is another's", async () => {
  await using app = await openGuardedApp({ engines: [new ScriptedEngine({ script: echo })] });
  const as = (name: "owner's key" | "other's key") =>
    new OpenAI({
      baseURL: `${app.url}/v1`,
      apiKey: (app.headers(name).authorization ?? "").replace("Bearer ", ""),
      maxRetries: 0,
    });
  const [own, other] = [as("owner's key"), as("other's key")];
  const { id, input_file_id: input } = await begin(own, linesOf([chat("1", "mine")]));
  expect((await ended(own, id)).request_counts).toMatchObject({ completed: 1 });
  // Each is caught at once: one that is awaited later counts as a rejection that nobody handles.
  const refusals = await Promise.all(
    [
      other.batches.retrieve(id),
      other.batches.cancel(id),
      other.files.retrieve(input),
      other.files.content(input),
      other.files.delete(input),
      other.batches.create({
        input_file_id: input,
        endpoint: "/v1/chat/completions",
        completion_window: "24h",
      }),
    ].map(failureOf),
  );
  for (const refusal of refusals) expect(refusal).toMatchObject({ status: 404 });
  expect(await Array.fromAsync(other.batches.list())).toEqual([]);
  expect(await Array.fromAsync(other.files.list())).toEqual([]);
});

describe("What runs batches", () => {
  /** A runner over a store, whose requests are answered by the test. */
  async function runner(
    answer: BatchRunnerDeps["answer"],
    expiresInMs: number,
    { isCancelledWhenRead = false } = {},
  ) {
    const store = temporaryStore();
    const batches = requestBatchesOf({ stored: store.requestBatches, limits: defaultFileLimits }, null);
    const file = await batches.add("a.jsonl", Buffer.from(linesOf([chat("1", "one"), chat("2", "two")])));
    const made = batches.create({ inputFileId: file.id, endpoint: "/v1/chat/completions", metadata: null });
    batches.update(made.id, { expiresAt: Date.now() + expiresInMs });
    // A runner asks its owner's workspace for no more than this.
    const workspace = {
      requestBatches: {
        ...batches,
        read(id: string) {
          if (isCancelledWhenRead) {
            batches.update(made.id, { status: "cancelling", cancellingAt: Date.now() });
            run.cancel(made.id);
          }
          return batches.read(id);
        },
      },
      answersLeft: Number.POSITIVE_INFINITY,
    } as unknown as Workspace;
    const run = new BatchRunner({
      ...{
        stored: store.requestBatches,
        workspaceFor: () => workspace,
        slots: () => 1,
        log: createLog("error"),
      },
      answer,
    });
    run.recover();
    while (batches.get(made.id).endedAt === null) await Bun.sleep(10);
    const text = async (id: string | null) =>
      id === null ? "" : await new Blob([...batches.read(id).pieces]).text();
    const batch = batches.get(made.id);
    const told = { output: await text(batch.outputFileId), errors: await text(batch.errorFileId) };
    store[Symbol.dispose]();
    return { batch, ...told };
  }

  test("tells what an expired batch has not answered", async () => {
    const never = () => Promise.reject(new Error("It is asked no more."));
    const { batch, output, errors } = await runner(never, -1);
    expect([batch.status, output]).toEqual(["expired", ""]);
    expect(
      errors
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { custom_id: "1", response: null, error: { code: "batch_expired" } },
      { custom_id: "2" },
    ]);
  });

  test("one that is cancelled while its file is read is cancelled: it was begun all the same, and completed", async () => {
    const never = () => Promise.reject(new Error("It is not asked."));
    const { batch, output, errors } = await runner(never, 60_000, { isCancelledWhenRead: true });
    expect(batch).toMatchObject({ status: "cancelled", startedAt: null, completed: 0, failed: 0 });
    expect([output, errors]).toEqual(["", ""]);
  });

  test("asks again what there was no room for, with the same key", async () => {
    const keys: (string | null)[] = [];
    const { batch, output } = await runner(async (request) => {
      keys.push(request.headers.get("idempotency-key"));
      return keys.length === 1
        ? Response.json({ error: { code: "queue_full" } }, { status: 503, headers: { "retry-after": "1" } })
        : Response.json({ said: keys.length });
    }, 60_000);
    expect(batch).toMatchObject({ status: "completed", completed: 2, failed: 0 });
    expect(keys).toEqual([`${batch.id}:0`, `${batch.id}:0`, `${batch.id}:1`]);
    expect(output).toContain('"said":3');
  });
});
