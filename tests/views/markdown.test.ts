import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  finishedLength,
  finishedLengths,
  markdownPieces,
  openBlockPieces,
  renderMarkdown,
  renderOpenBlock,
} from "../../views/markdown.ts";
import { createMarkdown } from "../../views/markdown-rules.ts";
import { withoutControls } from "./without-controls.ts";

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
  ..."$$|$$\nx\n$$|\\[|\\]|\\(a^2\\)|$x_1$|$5 and $10|$$x = \\frac{1}{2}$$".split("|"),
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

  test("a formula that would end a table is none where a line has ended the table already", () => {
    const text = "a | b\n--|--\n1 | 2\n$$x\n\t## H2\n$$\nx\n";
    let finished = 0;
    for (let end = 1; end <= text.length; end++) finished = finishedLength(text.slice(0, end), finished);
    expect(finished).toBe(finishedLength(text));
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
    expect(renderMarkdown(text)).toBe(`<p dir="auto">${shown}</p>\n`);
  });

  test("numbers of a list stay as written, even where they do not count up", () => {
    const html = renderMarkdown("1987. A year\n1990. Another");
    expect(html).toContain('<ol dir="auto" start="1987" class="long-numbers">');
    expect(html).toContain('<li value="1987">');
    expect(html).toContain('<li value="1990">');
  });

  test("a bold amount stays bold", () => {
    expect(renderMarkdown("It costs **$1,000.50**.")).toContain("<strong>$1,000.50</strong>");
  });
});

describe("text of another direction", () => {
  test("each outermost block finds its own, and a listing is always from left to right", () => {
    const html = renderMarkdown(
      "مرحبا\n\nHello\n\n- واحد\n  - اثنان\n\n> قال\n\n### عنوان\n\n1. أول\n\n```\nlet a\n```\n\n| أ |\n|---|\n| ب |",
    );
    for (const element of ["p", "ul", "blockquote", 'h3 class="depth-3"', "ol", "table"])
      expect(html).toContain(`<${element} dir="auto">`);
    expect(html.match(/dir="auto"/g)).toHaveLength(7);
    expect(html).toContain('<figure class="code" dir="ltr">');
  });
});

describe("what assistive technology is told", () => {
  test("a cell of a table's head without text is no heading of a column", () => {
    const html = renderMarkdown("| | Fund |\n|---|--:|\n| Return | 6 % |");
    expect(html).toContain('<tr>\n<td></td>\n<th class="align-right">Fund</th>\n</tr>');
  });

  test("no table is a landmark", () => {
    expect(renderMarkdown("|a|\n|-|\n|b|\n\ntext\n\n|a|\n|-|\n|b|")).not.toMatch(/role="region"/);
  });

  test.each(["# a", "## a", "### a"])(
    "an answer may begin with %s and leave no level of headings out",
    (text) => {
      expect(renderMarkdown(text)).toMatch(/^<h3 /);
    },
  );
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
    ["a list mark below a line of an old machine", "text\r-", "text|"],
  ])("shows %s as if it were closed", (_kind, text, expected) => {
    expect(renderOpenBlock(text).replace(cursor, "|")).toBe(`<p dir="auto">${expected}</p>\n`);
  });

  test("differs from the finished rendering by the cursor alone once the line is whole", () => {
    fc.assert(
      fc.property(answers, (begun) => {
        const text = `${begun}\n`;
        // A listing gets its colours, a formula its form, and a table what it is sorted with, when they are closed.
        // And a row that may head a table waits for the line below it.
        fc.pre(!/[\\$]|(?:^|[\r\n])[\s>]*\|[^\r\n]*\r?$/.test(begun));
        const withoutBlanks = (html: string) =>
          withoutControls(html).replace(/\s|<span class="(?:hljs|language)-[^"]*">|<\/span>/g, "");
        expect(withoutBlanks(renderOpenBlock(text).replace(cursor, ""))).toBe(
          withoutBlanks(renderMarkdown(text)),
        );
      }),
    );
  });
});

describe("long and hostile text", () => {
  const kB = 1024;
  const filled = (text: string, length: number) =>
    text.repeat(Math.ceil(length / text.length)).slice(0, length);
  const hostile: Readonly<Record<string, (length: number) => string>> = {
    brackets: (length) => filled("[", length),
    images: (length) => filled("![", length),
    "nested emphasis": (length) => filled("*a **b ", length),
    "nested quotes": (length) => filled("> > > > > > > > > > > > > > a\n", length),
    "nested lists": (length) => filled("- - - - - - - - - - - - a\n", length),
    "lists in quotes": (length) => filled("> - > - > - a\n", length),
    "a long table": (length) => `|a|b|\n|-|-|\n${filled("|1|2|\n", length)}`,
    "a wide table": (length) => `${filled("|a", 4000)}\n${filled("|-", 4000)}\n${filled("|x\n", length)}`,
    "reference definitions": (length) => filled("[a]: https://b.example\n", length),
    "one line of prose": (length) => filled("The *quick* brown **fox** jumps over `lazy` dogs. ", length),
    "one listing": (length) => `\`\`\`\n${filled("a b c\n", length)}`,
    "openings of formulas": (length) => filled("\\(", length),
    "openings of formulas, closed at the end": (length) => `${filled("\\(", length - 2)}\\)`,
    "formulas over lines": (length) => filled("\\[\nx\n", length),
    "very many formulas": (length) => filled("$x_1$ ", length),
    "dollar signs": (length) => filled("$a", length),
    "quote signs": (length) => filled(">", length),
    backslashes: (length) => filled("\\", length),
  };
  /** How many steps there are, and the largest of the pieces that they make. */
  const stepsOf = (steps: Iterable<unknown>) => {
    const sizes = [...steps].map((piece) => String(piece).length);
    return { count: sizes.length, largest: Math.max(0, ...sizes.slice(0, 100_000)) };
  };

  test.each(Object.entries(hostile))("takes steps that do not grow with it: %s", (name, of) => {
    const [short, long] = [stepsOf(markdownPieces(of(25 * kB))), stepsOf(markdownPieces(of(100 * kB)))];
    expect(long.count).toBeGreaterThan(3 * short.count - 50);
    // A listing is copied as it is, in one piece.
    if (name !== "one listing") expect(long.largest).toBeLessThan(1.5 * short.largest + 1000);
    expect(stepsOf(finishedLengths(of(100 * kB))).count).toBeLessThanOrEqual(4);
    expect(stepsOf(openBlockPieces(of(32 * kB))).count).toBeGreaterThan(0);
  });

  test("of any length is what the parser makes of it at once, while no block is very long", () => {
    const parser = createMarkdown();
    const long = fc
      .array(answers, { minLength: 300, maxLength: 400, size: "max" })
      .map((each) => each.join("\n\n"));
    fc.assert(
      fc.property(long, (text) => {
        fc.pre(text.length > 4 * kB);
        expect(renderMarkdown(text)).toBe(parser.render(text));
      }),
      { numRuns: 50 },
    );
  });

  test("a table that is cut goes on under its head, and no row is lost", () => {
    const rows = Array.from({ length: 2000 }, (_, index) => `| day ${index} | ${index * 3} points |`);
    const html = renderMarkdown(["| a | b |", "|---|--:|", ...rows].join("\n"));
    expect(html.match(/<td>day /g)).toHaveLength(rows.length);
    expect(html.match(/<th>a</g)?.length).toBe(html.match(/<table dir="auto">/g)?.length ?? 0);
    expect(html).not.toContain("| day");
  });

  test("a long listing stays one, and a long list keeps every item", () => {
    const listing = renderMarkdown(`\`\`\`\n${filled("let a = 1;\n", 300 * kB)}\n\`\`\`\nend`);
    expect(listing.match(/<figure/g)).toHaveLength(1);
    const items = Array.from({ length: 5000 }, (_, index) => `${index + 1}. item ${index}`);
    expect(renderMarkdown(items.join("\n")).match(/<li value="/g)).toHaveLength(items.length);
  });
});

test("Of our own pages an answer leads to those alone that show where a figure comes from", () => {
  const id = "374e274e-ae57-4694-9975-c8756f11f0df";
  for (const path of ["/facts/f1", "/calculators/cagr?years=2", `/data/${id}`])
    expect(renderMarkdown(`[a](${path})`)).toContain(`<a class="own" href="${path}">a</a>`);
  for (const path of [
    "/data",
    "/data/imports/1",
    `/data/${id}/delete`,
    `/data/${id}?a=1`,
    "/settings/data",
    "/logout",
  ])
    expect(renderMarkdown(`[a](${path})`)).not.toContain("<a");
});
