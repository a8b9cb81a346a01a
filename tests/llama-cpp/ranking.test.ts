/** How well texts answer a question, in the shapes of llama.cpp's server, Jina, Cohere and Text Embeddings Inference. */
import { expect, test } from "bun:test";
import type { Ranker } from "../../src/chat/engine.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { wordRanker } from "../fakes/word-ranker.ts";

const addresses = ["/rerank", "/v1/rerank", "/reranking", "/v1/reranking"];
const documents = ["Rome: a city.", "Machine learning is a field of study.", "Learning takes time."];

async function open(ranker: Ranker | null) {
  const engine = new ScriptedEngine({});
  const app = openAnsweringApp({ engines: [engine], ranker: () => ranker });
  await engine.ensureReady(AbortSignal.timeout(1000));
  const post = async (path: string, body: object) => {
    const reply = await fetch(app.url + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: reply.status, ignored: reply.headers.get("x-ignored-fields"), body: await reply.json() };
  };
  return { post, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

test("the best first, at each address", async () => {
  await using served = await open(wordRanker());
  for (const address of addresses) {
    const { status, body } = await served.post(address, { query: "Machine learning is", documents });
    expect([address, status]).toEqual([address, 200]);
    expect(body).toEqual({
      ...{ model: "tiny-reranker", object: "list", usage: { prompt_tokens: 13, total_tokens: 13 } },
      results: [
        { index: 1, relevance_score: 1 },
        { index: 2, relevance_score: 1 / 3 },
        { index: 0, relevance_score: 0 },
      ],
    });
  }
});

test("Cohere's and Jina's fields: objects, the best alone, with its text, by any ranking model's name", async () => {
  await using served = await open(wordRanker());
  const asked = {
    ...{ query: "Machine learning is", model: "rerank-v3.5", top_n: 1, return_documents: true },
    documents: documents.map((text) => ({ text, title: "of nobody's interest" })),
    max_chunks_per_doc: 3,
  };
  const { body, ignored } = await served.post("/v1/rerank", asked);
  expect(body.results).toEqual([{ index: 1, relevance_score: 1, document: { text: documents[1] } }]);
  expect(ignored).toBe("max_chunks_per_doc");
});

test("with texts: a list of scores, as Text Embeddings Inference", async () => {
  await using served = await open(wordRanker());
  const { body } = await served.post("/rerank", { query: "Machine learning is", texts: documents });
  expect(body[0]).toEqual({ index: 1, score: 1 });
  expect(body).toHaveLength(3);
  const told = await served.post("/rerank", { query: "learning", texts: documents, return_text: true });
  expect(told.body.map(({ text }: { text: string }) => text)).toContain("Learning takes time.");
});

test("what cannot be ranked is refused by name, and nothing is read", async () => {
  const ranker = wordRanker();
  await using served = await open(ranker);
  const query = "learning";
  const refused = [
    [{ query }, 400, "documents"],
    [{ query, documents: [] }, 400, "documents"],
    [{ query, documents: [1, 2, 3] }, 400, "documents"],
    [{ documents }, 400, "query"],
    [{ query: "one two three four five six seven eight nine", documents }, 400, "query"],
    [{ query, documents, model: "scripted-model" }, 400, "scripted-model"],
    [{ query, documents, model: "no-such-model" }, 404, "no-such-model"],
  ] as const;
  for (const [asked, status, named] of refused) {
    const reply = await served.post("/v1/rerank", asked);
    expect([asked, reply.status]).toEqual([asked, status]);
    expect(JSON.stringify(reply.body.error)).toContain(named);
  }
  expect(ranker.asked).toEqual([]);
});

test("as many documents as may be sent, and one more, are answered for what they are (413)", async () => {
  await using served = await open(wordRanker());
  const long = "gold ".repeat(400);
  const asked = (count: number) => ({ query: "gold", documents: Array.from({ length: count }, () => long) });
  for (const address of addresses) {
    const { status, body } = await served.post(address, { ...asked(1000), top_n: 2 });
    expect([address, status, body.results?.length]).toEqual([address, 200, 2]);
    expect((await served.post(address, asked(1001))).status).toBe(400);
  }
});

test("without a ranking model the refusal says how to get one", async () => {
  await using served = await open(null);
  for (const address of addresses) {
    const { status, body } = await served.post(address, { query: "a", documents: ["b"] });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({
      type: "invalid_request_error",
      message: expect.stringContaining("reranker"),
    });
  }
});
