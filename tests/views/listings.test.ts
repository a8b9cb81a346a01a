import { describe, expect, test } from "bun:test";
import { renderMarkdown, renderOpenBlock } from "../../views/markdown.ts";

describe("A listing", () => {
  test("says its language, and is saved under a name of our own words", () => {
    const html = renderMarkdown("```Python\nprint(1)\n```");
    expect(html).toContain("<span>Python</span>");
    expect(html).toContain('data-code="listing.py"');
    for (const language of ["", "../../x", "constructor", "exe"])
      expect(renderMarkdown(`\`\`\`${language}\nx\n\`\`\``)).toContain('data-code="listing.txt"');
  });

  test("is wrapped on request when a line is long", () => {
    expect(renderMarkdown(`\`\`\`\n${"x".repeat(80)}\n\`\`\``)).toContain('data-code="wrap"');
    expect(renderMarkdown("```\nx\n```")).not.toContain('data-code="wrap"');
  });
});

describe("A task", () => {
  test("has a box that says whether it is done, and cannot be changed", () => {
    const html = renderMarkdown("- [ ] open\n- [x] **done**\n1. [X] numbered\n");
    expect(html).toContain('<li class="task"><input type="checkbox" disabled aria-label="To do">open</li>');
    expect(html).toContain('<input type="checkbox" disabled checked aria-label="Done"><strong>done</strong>');
    expect(html).toContain('<li value="1" class="task">');
  });

  test("is no link, and no bracket within a sentence", () => {
    expect(renderMarkdown("- [x](https://a.example)\n- a [ ] b\n\n[x] text")).not.toContain("checkbox");
  });
});

describe("A footnote", () => {
  test("is a number above the line, where it stands and where it is explained", () => {
    expect(renderMarkdown("Gold[^1].\n\n[^1]: By *5 %*.")).toBe(
      '<p dir="auto">Gold<sup>1</sup>.</p>\n<p dir="auto"><sup>1</sup> By <em>5 %</em>.</p>\n',
    );
  });

  test("keeps a colon of the sentence, and takes no markup into its number", () => {
    expect(renderMarkdown("As here[^1]: so")).toContain("<sup>1</sup>: so");
    expect(renderMarkdown("[^<b>]")).toContain("<sup>&lt;b&gt;</sup>");
    expect(renderOpenBlock("Gold[^")).not.toContain("[");
  });
});
