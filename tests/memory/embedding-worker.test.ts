import { expect, test } from "bun:test";
import { EmbeddingWorker } from "../../src/memory/embedding-worker.ts";
import { textsOf, vectorName } from "../../src/memory/memory-vectors.ts";
import { createFakeEmbedder } from "../fakes/fake-embedder.ts";
import { memory } from "../store/rows.ts";
import { silent, temporaryStore } from "../store/temporary-store.ts";

test("owners take turns: who imported a thousand memories delays nobody else's only one", async () => {
  using store = temporaryStore();
  for (const id of ["importer", "saver"])
    store.users.insert({ id, name: id, passwordHash: "x", role: "member", createdAt: 1 });
  await store.commit(() => {
    // The newest, which would all come first if there were one queue.
    for (let index = 0; index < 1_000; index++)
      store.memories.insert(memory({ ownerId: "importer", key: `row ${index}`, createdAt: 1_000 + index }));
    store.memories.insert(memory({ ownerId: "saver", value: "A pension at 60", createdAt: 1 }));
  });
  const embedder = createFakeEmbedder();
  await using worker = new EmbeddingWorker(store.memories, store.commit, embedder, silent, {
    ...{ textsOf, vectorName },
  });
  worker.wake();
  await worker.idle();
  expect(store.memories.ownersToEmbed()).toEqual([]);
  const turn = embedder.embedded.findIndex((text) => text.includes("pension"));
  expect(turn).toBeGreaterThanOrEqual(0);
  // In the first two batches, of whatever each memory's texts are.
  expect(turn).toBeLessThan(embedder.embedded.length / 20);
});
