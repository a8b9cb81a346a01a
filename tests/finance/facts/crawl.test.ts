/** The crawl in short form (`bun run exam --only crawl`). */
import { expect, test } from "bun:test";
import { crawlFacts } from "../../exam/crawl-facts.ts";

test("each figure of the desk's answers opens its fact, which is equal; another version or specification is reported", async () => {
  const crawl = await crawlFacts(42, 3);
  expect(crawl.faults).toEqual([]);
  expect(crawl).toMatchObject({
    equal: crawl.answers,
    versionsReported: crawl.versions,
    specificationsReported: crawl.specifications,
  });
  expect(crawl.figures).toBeGreaterThan(crawl.answers);
  expect(crawl.specifications).toBeGreaterThan(0);
}, 60_000);
