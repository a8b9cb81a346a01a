/** /v1/embeddings beside others: who leaves, who asks for much, and who only has a question. */
import { expect, test } from "bun:test";
import type { Embedder } from "../../src/chat/engine.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { createFakeEmbedder } from "../fakes/fake-embedder.ts";
import { type Credential, type GuardedApp, openGuardedApp } from "../security/guarded-app.ts";

/** One that works only when it is let go, and says when it was asked; a signal is heard as the real one hears it. */
function heldEmbedder() {
  const fake = createFakeEmbedder();
  const go = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const embedder: Embedder = {
    ...fake,
    embed: async (texts, signal) => {
      asked.resolve();
      const aborted = Promise.withResolvers<void>();
      signal.addEventListener("abort", () => aborted.resolve(), { once: true });
      await Promise.race([go.promise, aborted.promise]);
      signal.throwIfAborted();
      return fake.embed(texts, signal);
    },
  };
  return { embedder, go: go.resolve, asked: asked.promise };
}

const embed = (
  app: GuardedApp,
  credential: Credential,
  input: string | readonly string[],
  signal?: AbortSignal,
) =>
  fetch(`${app.url}/v1/embeddings`, {
    method: "POST",
    headers: { "content-type": "application/json", ...app.headers(credential) },
    body: JSON.stringify({ model: "auto", input }),
    ...(signal === undefined ? {} : { signal }),
  });
const metricsOf = async (app: GuardedApp) =>
  (await fetch(`${app.url}/metrics`, { headers: app.headers("admin's key") })).text();

test("A reader that leaves is no defect: it was logged as one, and counted as a server's error", async () => {
  const { embedder, asked } = heldEmbedder();
  await using app = await openGuardedApp({ embedder });
  const left = new AbortController();
  const asking = embed(app, "owner's key", "gold", left.signal).catch(() => null);
  await asked;
  left.abort();
  await asking;
  const counted = /assistant_http_requests_total\{method="POST",route="\/v1\/embeddings",status="(\w+)"\}/;
  let status = counted.exec(await metricsOf(app))?.[1];
  while (status === undefined) status = counted.exec(await metricsOf(app))?.[1];
  expect(status).toBe("4xx");
  expect(app.logLines.filter(({ event }) => event === "defect")).toEqual([]);
});

test("Their tokens are counted as those of answers are, and 429 says so when nothing is left", async () => {
  await using app = await openGuardedApp({ settings: { TOKENS_PER_MINUTE: "100" } });
  const texts = Array.from({ length: 60 }, () => "gold and silver");
  expect((await embed(app, "owner's key", texts)).status).toBe(200);
  const refused = await embed(app, "owner's session", "gold");
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await refused.json()).error).toMatchObject({ limit: "tokens" });
  const question = await fetch(`${app.url}/chat`, {
    method: "POST",
    headers: { "content-type": "application/json", ...app.headers("owner's key") },
    body: JSON.stringify({ message: "What is gold?" }),
  });
  expect(question.status).toBe(429);
  expect((await embed(app, "other's key", "gold")).status).toBe(200);
});

test("A user has two requests at once, and one that has ended makes room", async () => {
  const { embedder, go } = heldEmbedder();
  await using app = await openGuardedApp({ embedder });
  const all = Array.from({ length: 3 }, () => embed(app, "owner's key", "gold"));
  const refused = await Promise.race(all);
  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe("10");
  expect((await refused.json()).error).toMatchObject({ limit: "embeddings_at_once" });
  go();
  expect((await Promise.all(all)).map(({ status }) => status).toSorted()).toEqual([200, 200, 429]);
  expect((await embed(app, "owner's key", "gold")).status).toBe(200);
});

test("Many texts are handed to the embedder a few at a time, so that a recall gets in between, and come back in order", async () => {
  const fake = createFakeEmbedder();
  let most = 0;
  const embedder: Embedder = {
    ...fake,
    embed: (texts, signal) => {
      most = Math.max(most, texts.length);
      return fake.embed(texts, signal);
    },
  };
  await using app = openAnsweringApp({ embedder });
  const input = Array.from({ length: 100 }, (_, index) => `text ${index}`);
  const reply = await fetch(`${app.url}/v1/embeddings`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "auto", input }),
  });
  const { data, usage } = await reply.json();
  expect(most).toBeLessThanOrEqual(8);
  expect(usage).toEqual({ prompt_tokens: 200, total_tokens: 200 });
  const vectors = await createFakeEmbedder().embed(input, new AbortController().signal);
  expect(data).toEqual(
    vectors.map((vector, index) => ({ object: "embedding", index, embedding: [...vector] })),
  );
});
