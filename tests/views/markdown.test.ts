import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { finishedLength, renderMarkdown, renderOpenBlock } from "../../views/markdown.ts";

/** Pieces that, joined at random, give every block kind and most ways in which a block can end. */
const piece = fc.constantFrom(
  ..."# H|## H2\n|text|text with **bold** and *em*|**bo|ld**|\n|\n\n|\n\n\n|- item|- |* star|+ plus|1. one|1987. A year|3) three".split(
    "|",
  ),
  ..."```\n;```ts\n;~~~\n;    indented;  ;\t;> quote;>;---;***;===;- - -;\\;`code`;<b>raw</b>;<!-- c -->;&amp;".split(
    ";",
  ),
  "| a | b |",
  "|---|--:|",
  "| 1 | 2 |",
  "a | b\n--|--\n1 | 2\n",
  "[r]: http://example.com/r",
  "[r]",
  "\r\n",
  "\r",
  "é😀",
  " ",
);
const answers = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));

describe("finished blocks of a growing answer", () => {
  test("blocks rendered one after another are the whole answer rendered at once", () => {
    fc.assert(
      fc.property(answers, (text) => {
        const finished = finishedLength(text);
        const inParts = renderMarkdown(text.slice(0, finished)) + renderMarkdown(text.slice(finished));
        expect(inParts).toBe(renderMarkdown(text));
      }),
      { numRuns: 3000 },
    );
  });

  test("no continuation changes a block that was finished", () => {
    fc.assert(
      fc.property(answers, answers, (text, more) => {
        const finished = finishedLength(text);
        const later = finishedLength(text + more);
        expect(later).toBeGreaterThanOrEqual(finished);
        expect(renderMarkdown(text + more).startsWith(renderMarkdown(text.slice(0, finished)))).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test("the boundary is the same whether it is found at once or token by token", () => {
    fc.assert(
      fc.property(answers, fc.integer({ min: 1, max: 7 }), (text, tokenLength) => {
        let finished = 0;
        for (let end = tokenLength; end < text.length; end += tokenLength)
          finished = finishedLength(text.slice(0, end), finished);
        expect(finishedLength(text, finished)).toBe(finishedLength(text));
      }),
      { numRuns: 2000 },
    );
  });

  test("a rule of asterisks that turns out to be bold type ends no paragraph", () => {
    expect(finishedLength("text\n***")).toBe(0);
    expect(finishedLength("text\n***bold***")).toBe(0);
    expect(finishedLength("text\n***\n")).toBe("text\n".length);
  });
});

describe("figures", () => {
  test.each([
    ["1000*1.05*1.05 = 1102.5", "1000*1.05*1.05 = 1102.5"],
    ["2**10**2 and rate*years*3", "2**10**2 and rate*years*3"],
    ["1,234.50 -- 5 (c) 1/2 +-3 ... 2x4", "1,234.50 -- 5 (c) 1/2 +-3 ... 2x4"],
  ])("are shown as written: %s", (text, shown) => {
    expect(renderMarkdown(text)).toBe(`<p>${shown}</p>\n`);
  });

  test("numbers of a list stay as written, even where they do not count up", () => {
    const html = renderMarkdown("1987. A year\n1990. Another");
    expect(html).toContain('<ol start="1987" class="long-numbers">');
    expect(html).toContain('<li value="1987">');
    expect(html).toContain('<li value="1990">');
  });

  test("a bold amount stays bold", () => {
    expect(renderMarkdown("It costs **$1,000.50**.")).toContain("<strong>$1,000.50</strong>");
  });
});

describe("trust", () => {
  test("raw HTML is shown as text", () => {
    const html = renderMarkdown("<script>alert(1)</script> <b onclick=x>\n\n<div>\n<style>*{}</style>");
    expect(html).not.toMatch(/<(script|b|div|style)\b/);
    expect(html).toContain("&lt;script&gt;");
  });

  test.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "//evil.example",
    "/local",
    "mailto:a@b.c",
  ])("a link to %s stays text", (url) => {
    expect(renderMarkdown(`[x](${url}) ![y](${url}) <${url}>`)).not.toContain("<a");
  });

  test("http links open elsewhere and say nothing of where they came from", () => {
    expect(renderMarkdown('[x](https://a.example/?q="1"&b)')).toContain(
      '<a href="https://a.example/?q=%221%22&amp;b" target="_blank" rel="noopener noreferrer nofollow">x</a>',
    );
  });

  test("an address is shown as it was written, and not as another one that it looks like", () => {
    for (const text of ["http://xn--pple-43d.example/%3Cb%3E", "<http://xn--pple-43d.example/%3Cb%3E>"])
      expect(renderMarkdown(text)).toContain(">http://xn--pple-43d.example/%3Cb%3E</a>");
  });

  test("an image is a link to it, so nothing is fetched", () => {
    const html = renderMarkdown("![a chart](https://a.example/c.png)");
    expect(html).not.toContain("<img");
    expect(html).toContain(">a chart</a>");
  });

  test("nothing carries a style, an id or a script handler", () => {
    fc.assert(
      fc.property(answers, (text) => {
        expect(renderMarkdown(text) + renderOpenBlock(text)).not.toMatch(/<[^>]+\s(style|id|on\w+)=/);
      }),
    );
  });
});

const cursor = '<span class="streaming-cursor" aria-hidden="true"></span>';

describe("the open block", () => {
  test.each([
    ["a paragraph", "some **bold** te", 'te<span class="streaming-cursor"'],
    ["a list item", "- a\n- b", 'b<span class="streaming-cursor"'],
    ["an item without text", "- a\n- ", '<li><span class="streaming-cursor"'],
    ["a listing", "```\nlet a", 'let a<span class="streaming-cursor"'],
    ["a table's cell", "|a|b|\n|-|-|\n|1", '<td>1<span class="streaming-cursor"'],
    ["a table's new row", "|a|b|\n|-|-|\n|1|2|\n| ", '<tr>\n<td><span class="streaming-cursor"'],
    ["nothing yet", "", '<span class="streaming-cursor"'],
  ])("carries the cursor behind its last character: %s", (_kind, text, expected) => {
    const html = renderOpenBlock(text);
    expect(html).toContain(expected);
    expect(html.split("streaming-cursor")).toHaveLength(2);
  });

  test.each([
    ["bold type", "a **bo", "a <strong>bo</strong>|"],
    ["bold type after a blank", "a **bo ", "a <strong>bo</strong>|"],
    ["bold type without a letter yet", "a **", "a|"],
    ["emphasis", "a *b c", "a <em>b c</em>|"],
    ["code", "a `b*c", "a <code>b*c</code>|"],
    ["struck out", "a ~~b", "a <s>b</s>|"],
    ["a product", "2 * 3", "2 * 3|"],
    ["closed bold type", "**a** b", "<strong>a</strong> b|"],
    ["a list mark below a line", "text\n-", "text|"],
  ])("shows %s as if it were closed", (_kind, text, expected) => {
    expect(renderOpenBlock(text).replace(cursor, "|")).toBe(`<p>${expected}</p>\n`);
  });

  test("differs from the finished rendering by the cursor alone once the line is whole", () => {
    fc.assert(
      fc.property(answers, (begun) => {
        const text = `${begun}\n`;
        const withoutBlanks = (html: string) => html.replace(/\s/g, "");
        expect(withoutBlanks(renderOpenBlock(text).replace(cursor, ""))).toBe(
          withoutBlanks(renderMarkdown(text)),
        );
      }),
    );
  });
});
