/** The text of a page that was saved as HTML: without scripts and styles, its headings marked, its tables row by row. */
import MarkdownIt from "markdown-it";
import type { Line, TextPage } from "./pages.ts";

const { unescapeAll } = new MarkdownIt().utils;

const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(" "));
/** What people do not read. A title is read apart. */
const unseen = wordSet("script style noscript template svg iframe object embed select head title");

const lineEnd = "\n";
/** Noncharacters: no text has them for its own use. */
const heading = "\ufdd0";
const paragraph = "\ufdd1";

/** What stands before and after the text of an element. */
const around = new Map<string, readonly [before: string, after: string]>([
  ...[
    "p",
    "div",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "aside",
    "nav",
    "ul",
    "ol",
    "dl",
    "dt",
  ].map((tag) => [tag, [paragraph, paragraph]] as const),
  ...["dd", "table", "blockquote", "pre", "figure", "figcaption", "form", "hr", "address"].map(
    (tag) => [tag, [paragraph, paragraph]] as const,
  ),
  ...[1, 2, 3, 4, 5, 6].map((level) => [`h${level}`, [paragraph + heading, paragraph]] as const),
  ...["li", "tr"].map((tag) => [tag, [lineEnd, lineEnd]] as const),
  ...["td", "th"].map((tag) => [tag, ["", " | "]] as const),
  ["br", [lineEnd, ""]],
]);

/** @returns its title, '' for none, and its text as one page without a number */
export function pageOfHtml(html: string): { readonly title: string; readonly page: TextPage } {
  let text = "";
  let hidden = 0;
  const put = (piece: string) => {
    if (hidden === 0) text += piece;
  };
  const atEnd = (element: HTMLRewriterTypes.Element, act: () => void) => {
    try {
      element.onEndTag(act);
    } catch {
      // It never has one, such as hr.
      act();
    }
  };
  const rewriter = new HTMLRewriter()
    .on("*", {
      element(element) {
        if (unseen.has(element.tagName) || element.hasAttribute("hidden")) {
          hidden += 1;
          atEnd(element, () => {
            hidden -= 1;
          });
          return;
        }
        const [before, after] = around.get(element.tagName) ?? ["", ""];
        put(before);
        if (after !== "") atEnd(element, () => put(after));
      },
    })
    .onDocument({
      text: (chunk) => put(chunk.text.replaceAll(/[\s\ufdd0\ufdd1]+/g, " ")),
    });
  rewriter.transform(html);
  const [, title = ""] = /<title[^>]*>([\s\S]*?)<\/title>/i.exec(html) ?? [];
  return {
    title: oneLine(decoded(title)).slice(0, 300),
    page: { page: null, lines: linesOf(decoded(text)) },
  };
}

const decoded = (text: string) =>
  text.replaceAll(/&(?:#x?[\da-f]{1,7}|[a-z][\da-z]{1,31});/gi, (entity) => unescapeAll(entity));

const oneLine = (text: string) => text.replaceAll(/\s+/g, " ").trim();

/** An empty line stands between paragraphs. */
function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (const block of text.split(paragraph)) {
    const isHeading = block.startsWith(heading);
    const rows = block
      .replaceAll(heading, "")
      .split(lineEnd)
      .map((row) => oneLine(row).replace(/ \|$/, ""))
      .filter((row) => row !== "");
    if (rows.length === 0) continue;
    if (lines.length > 0) lines.push({ text: "", isHeading: false });
    if (isHeading) lines.push({ text: rows.join(" "), isHeading: true });
    else for (const row of rows) lines.push({ text: row, isHeading: false });
  }
  return lines;
}
