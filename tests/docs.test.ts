/** The documents name files; a renamed file must not leave a dead name behind. */
import { describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dir, "..");
const documents = [
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "README.md",
  "SECURITY.md",
  "docs/life-of-a-token.md",
] as const;

const filesIn = (text: string) => [
  ...new Set(text.match(/\b(?:src|views|tests|public|docs|models)\/[\w./-]+\.(?:tsx?|js|json|md|css)\b/g)),
];

describe("The documents", () => {
  test.each(documents)("%s names files that exist", async (document) => {
    const text = await Bun.file(join(root, document)).text();
    expect(filesIn(text).filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  test("are searched for the names of files", () => {
    expect(filesIn("src/nowhere.ts, `views/a-b.tsx`: docs")).toEqual(["src/nowhere.ts", "views/a-b.tsx"]);
  });

  test("the glossary has at most 30 terms", async () => {
    const text = await Bun.file(join(root, "ARCHITECTURE.md")).text();
    const [, glossary = ""] = /## Glossary\n\n([\s\S]*?)\n\n/.exec(text) ?? [];
    const terms = glossary.split("\n").slice(2);
    expect(terms.length).toBeGreaterThan(15);
    expect(terms.length).toBeLessThanOrEqual(30);
  });
});
