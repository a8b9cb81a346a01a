import { describe, expect, test } from "bun:test";
import { markdownPieces, renderMarkdown, renderOpenBlock } from "../../views/markdown.ts";

const formulasOf = (html: string) => html.match(/<math /g)?.length ?? 0;

describe("A formula", () => {
  test.each([
    ["$\\frac{1}{2}$", 1],
    ["$x$, $x + y$ and $a_1$", 3],
    ["\\(a^2\\)", 1],
    ["on a line: \\[ a^2 \\]", 1],
    ["$$ L = \\frac{B \\times r}{s} $$", 1],
    ["The size is\n$$\nL = \\frac{B \\times r}{s}\n$$\nin lots.", 1],
    ["\\[\nL = B\n\\]", 1],
    ["- first $$a$$\n- second \\(b\\)", 2],
    ["> $$\n> a\n> $$", 1],
  ])("is typeset: %j", (text, count) => {
    const html = renderMarkdown(text);
    expect(formulasOf(html)).toBe(count);
    expect(html.replaceAll(/<annotation[\s\S]*?<\/annotation>/g, "")).not.toMatch(/[$\\]/);
  });

  test.each([
    "I paid $5 and $10 for it.",
    "Between $5-$10, or $5/$10.",
    "Between $5 and 10$ a piece",
    "$AAPL and $TSLA are up; $AAPL/$TSLA is not.",
    "From $1,000.50 to $2,000.50 in 2 years",
    "US$5 and A$6, $ 7 and 8 $",
    "`$x$` and \\$5 and \\$6",
    "$$\nnot closed\n\nnext",
  ])("is none: %j", (text) => {
    const html = renderMarkdown(text);
    expect(formulasOf(html)).toBe(0);
    expect(html).toContain("$");
  });

  test("that cannot be read stays as it was written", () => {
    expect(renderMarkdown("$\\nosuch{x}$")).toContain('<code class="tex">$\\nosuch{x}$</code>');
    expect(renderMarkdown("\\(<b>\\frac{\\)")).toContain("&lt;b&gt;");
  });

  test.each([
    "$\\href{javascript:alert(1)}{x_1}$",
    "$\\url{http://evil.example/x_1}$",
    "$\\includegraphics{http://evil.example/i_1.png}$",
    "$\\htmlStyle{color: red}{x_1}$",
    "$\\htmlId{a}{x_1}$",
    "$\\text{<img src=x onerror=alert(1)>}_1$",
  ])("leads nowhere and styles nothing: %j", (text) => {
    const html = renderMarkdown(text).replaceAll(/<annotation[\s\S]*?<\/annotation>/g, "");
    expect(html.match(/<[^>]*>/g)?.join("")).not.toMatch(/<a |<img|href=|src=|style=| id=| on\w+=/i);
  });

  test("of which only the beginning is there is not shown as TeX yet", () => {
    const whole = "The size is $$L = \\frac{B \\times r_1}{s}$$ lots, $x_1$ and \\(y^2\\).";
    for (let length = 1; length <= whole.length; length++) {
      const html = renderOpenBlock(whole.slice(0, length));
      const shown = html.replaceAll(/<math [\s\S]*?<\/math>/g, "").replaceAll(/<[^>]*>/g, "");
      expect(shown).not.toMatch(/\\[a-z]|[{}]/);
    }
  });

  test("shows its figures behind it, each with its mark", () => {
    const text = "$$x = \\frac{100}{25}$$";
    const figures = ["100", "25"].map((figure) => {
      const start = text.indexOf(figure);
      return { start, end: start + figure.length, kind: "unsupported" } as const;
    });
    const html = [...markdownPieces(text, figures)].join("");
    expect(formulasOf(html)).toBe(1);
    expect(html.match(/<small class="maths-figures">.*<\/small>/)?.[0]).toMatch(
      /<span class="figure unsupported">100.*<span class="figure unsupported">25/,
    );
    expect(html).not.toMatch(/[\ufdd0-\ufdef]/);
  });
});

describe("Code", () => {
  test("has the colours of its language when its listing is closed, as classes", () => {
    const listing = "```python\nprint(1)\n```";
    expect(renderMarkdown(listing)).toContain('<span class="hljs-built_in">print</span>');
    expect(renderOpenBlock("```python\nprint(1)")).not.toContain("hljs-");
  });

  test("of MetaTrader is coloured as the C++ that it is; of an unknown language it stays plain", () => {
    expect(renderMarkdown("```mql5\nint a = 1;\n```")).toContain("hljs-");
    expect(renderMarkdown("```nosuch\nint a = 1;\n```")).not.toContain("hljs-");
  });

  test.each(["python", "xml", "javascript", "sql", "json", "yaml"])(
    "that is hostile stays text: %s",
    (language) => {
      const html = renderMarkdown(
        `\`\`\`${language}\n<img src=x onerror="alert(1)"> </code></pre><script>1</script>\n\`\`\``,
      );
      expect(html).not.toMatch(/<img|<script/);
    },
  );
});
