/** A ranking model is found when it is put into the folder of models, and let go of when it is taken away. */
import { expect, test } from "bun:test";
import { rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Ranker } from "../../src/chat/engine.ts";
import { RankerHere } from "../../src/server/ranker-here.ts";
import { wordRanker } from "../fakes/word-ranker.ts";
import { tinyGgufOf } from "../models/tiny-gguf.ts";
import { temporaryFolder } from "../store/temporary-store.ts";

test("a ranking model comes and goes with its file", async () => {
  using folder = temporaryFolder();
  const ended: string[] = [];
  const make = ({ model }: { model: string }): Ranker => ({
    ...wordRanker(),
    model,
    [Symbol.asyncDispose]: async () => void ended.push(model),
  });
  await using here = new RankerHere(folder.path, make);
  expect(here.current()).toBeNull();
  // Two changes within a tick of the file system's clock look like one.
  const changed = (at: number) => utimesSync(folder.path, at, at);
  const path = join(folder.path, "tiny-reranker.gguf");
  writeFileSync(path, tinyGgufOf({ "general.architecture": "bert", "bert.pooling_type": 4 }));
  changed(1);
  const found = here.current();
  expect(found?.model).toBe("tiny-reranker");
  expect(here.current()).toBe(found);
  expect(ended).toEqual([]);
  rmSync(path);
  changed(2);
  expect(here.current()).toBeNull();
  expect(ended).toEqual(["tiny-reranker"]);
});
