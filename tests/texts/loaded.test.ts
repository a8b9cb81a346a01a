/** No text is put into a language when a file is loaded: nobody reads it then. */
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Glob } from "bun";
import ts from "typescript";

const root = join(import.meta.dir, "../..");

const isSaid = (node: ts.Node) =>
  (ts.isTaggedTemplateExpression(node) && ["tr", "safeTr"].includes(node.tag.getText())) ||
  (ts.isCallExpression(node) && node.expression.getText() === "translated");

/** What a file says outside every function. */
function saidAtOnce(text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isSaid(node)) found.push(node.getText());
    else if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("file.tsx", text, ts.ScriptTarget.Latest, true));
  return found;
}

test("No file says a text when it is loaded", () => {
  expect(saidAtOnce("const title = tr`Desk`; const later = () => tr`Desk`;")).toEqual(["tr`Desk`"]);
  const files = [...new Glob("{src,views}/**/*.{ts,tsx}").scanSync(root)];
  const said = files.flatMap((path) => saidAtOnce(readFileSync(join(root, path), "utf8")));
  expect(said).toEqual([]);
});
