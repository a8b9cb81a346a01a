import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { markdownPieces, openBlockPieces, renderMarkdown } from "../../views/markdown.ts";
import type { FigureMark } from "../../views/props.ts";

/** The parser takes the number of a list's item for what it is. */
const isListMark = (text: string, index: number) =>
  /(?:^|\n)[\s>#*+-]*$/.test(text.slice(0, index)) && /^\d{1,9}[.)]/.test(text.slice(index));

const unchecked = (text: string, figure = /[$€]?\d[\d.,]*(?: ?%)?/g): FigureMark[] =>
  [...text.matchAll(figure)]
    .filter(({ index }) => !isListMark(text, index))
    .map(({ 0: found, index }) => ({
      start: index,
      end: index + found.length,
      kind: "unsupported",
    }));
const marked = (text: string, figures: readonly FigureMark[] = unchecked(text)) =>
  [...markdownPieces(text, figures)].join("");
const spoken = '<span class="visually-hidden"> (unchecked)</span>';
const withoutMarks = (html: string) =>
  html.replaceAll(spoken, "").replaceAll(/<span class="figure unsupported">([^<]*)<\/span>/g, "$1");

describe("A marked figure", () => {
  test("bears its class, its link, and words for people", () => {
    const text = "It is 0.40 lots of 10,000, by 252 days.";
    const figures: FigureMark[] = [
      { start: 6, end: 15, kind: "computed", factId: "fabc", words: "Position size" },
      { start: 19, end: 25, kind: "quoted", messageId: "m1" },
      { start: 30, end: 33, kind: "convention", words: 'Trading "days" < a year' },
    ];
    expect(marked(text, figures)).toBe(
      '<p dir="auto">It is <a class="figure computed" href="/facts/fabc" title="Position size" data-fact="fabc">0.40 lots</a> of ' +
        '<a class="figure quoted" href="#m-m1">10,000</a>, by ' +
        '<span class="figure convention" title="Trading &quot;days&quot; &lt; a year">252</span> days.</p>\n',
    );
  });

  test("that is unsupported says so to those who hear the page", () => {
    expect(marked("About 5.")).toContain(`<span class="figure unsupported">5.${spoken}</span>`);
  });

  test("stays marked inside bold type, lists, tables, links' words, and behind a backslash", () => {
    for (const text of [
      "**5%** and *7*",
      "- 5\n- 6",
      "1. has 5",
      "| a | b |\n|---|---|\n| 1 | **2** |",
      "[see 5](http://x.example/a)",
      "costs \\$5",
      "# 5 things",
      "> 5",
      "2*3*4 is 24",
      "2**10 is 1024",
    ]) {
      const figures = text.startsWith("1. ")
        ? [{ start: 7, end: 8, kind: "unsupported" } as const]
        : unchecked(text);
      const html = marked(text, figures);
      expect(html.split("figure unsupported").length - 1).toBe(figures.length);
      expect(withoutMarks(html)).toBe(renderMarkdown(text));
    }
  });

  test("that another element cuts is marked on both sides of it", () => {
    const text = "**5** k";
    const figures: FigureMark[] = [{ start: 2, end: 7, kind: "unsupported" }];
    expect(marked(text, figures)).toContain(
      `<strong><span class="figure unsupported">5</span></strong><span class="figure unsupported"> k${spoken}</span>`,
    );
  });

  test("in the words of a link is no link of its own: links do not stand in links", () => {
    const text = "[see 5](http://x.example/a) and 5";
    const figures: FigureMark[] = [
      { start: 5, end: 6, kind: "computed", factId: "fabc" },
      { start: 32, end: 33, kind: "computed", factId: "fabc" },
    ];
    const html = marked(text, figures);
    expect(html).toContain('see <span class="figure computed">5</span></a> and <a class="figure computed"');
  });

  test("stands in no attribute, whatever the text holds", () => {
    const text = 'See [it](http://x.example/5 "5") \ufdd05\ufdd1 <b title="5">';
    const html = marked(text);
    expect(html).not.toMatch(/<[^>]*[\ufdd0-\ufdef][^>]*>/);
    expect(html).not.toMatch(/[\ufdd0-\ufdef]/);
    expect(html).not.toMatch(/="[^"]*<span/);
  });

  test("changes nothing else of the text", () => {
    const piece = fc.constantFrom(
      ...[
        "5",
        "1,234.5",
        "$7",
        "3 %",
        "**",
        "*",
        "`",
        "_",
        "~~",
        " ",
        "word",
        "\n",
        "\n\n",
        "- ",
        "# ",
        "| ",
        "(",
        ")",
        ".",
        "\\",
        "€9",
        "é",
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join("");
        // The rest of a line that opens a listing names its language: no figure.
        fc.pre(!/(?:~~~|```)/.test(text));
        const html = marked(text);
        expect(html).not.toMatch(/[\ufdd0-\ufdef]/);
        const visible = (of: string) => of.replaceAll(spoken, "").replaceAll(/<[^>]*>/g, "");
        return visible(html) === visible(renderMarkdown(text));
      }),
      { numRuns: 2000 },
    );
  });

  test("in code has no mark of its own, and the code says so", () => {
    expect(marked("Use `5`.", [])).toContain(
      '<code class="unchecked" title="Figures in code are not checked">5<span',
    );
    expect(marked("```\n5\n```", [])).toContain("Figures not checked");
    expect(marked("Use `a`.\n\n```\nb\n```", [])).not.toContain("checked");
  });

  test("is marked in the open end of a growing text, too", () => {
    const html = [...openBlockPieces("It is **5", [{ start: 8, end: 9, kind: "pending" }])].join("");
    expect(html).toContain('<strong><span class="figure pending">5</span>');
  });
});
