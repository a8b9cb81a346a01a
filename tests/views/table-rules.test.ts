import { describe, expect, test } from "bun:test";
import { markdownPieces, renderMarkdown, renderOpenBlock } from "../../views/markdown.ts";

const text = "| Year | Balance | Note |\n|--|--:|--|\n| 2024 | $1,234 | *a* |\n| 2025 | $2,000.5 | c |\n";

describe("A table that is whole", () => {
  test("is sorted by each column, copied, and drawn when a column holds figures", () => {
    const html = renderMarkdown(text);
    expect(html.match(/data-table="sort"/g)).toHaveLength(3);
    expect(html).toContain('aria-label="Sort by Balance"');
    expect(html).toContain('data-table="csv"');
    expect(html).toContain('data-table="chart"');
    expect(renderMarkdown("|a|b|\n|-|-|\n|x|y|\n|z|w|")).not.toContain('data-table="chart"');
  });

  test("tells the number in each cell, whatever its column's separators", () => {
    expect(renderMarkdown(text).match(/data-value="[^"]*"/g)).toEqual([
      'data-value="2024"',
      'data-value="1234"',
      'data-value="2025"',
      'data-value="2000.5"',
    ]);
  });

  test("is named by its columns", () => {
    expect(renderMarkdown(text)).toContain('aria-label="Table: Year, Balance, Note"');
    expect(renderMarkdown("|  |\n|-|\n| x |")).toContain('aria-label="Table"');
  });

  test("of one row has nothing to sort", () => {
    expect(renderMarkdown("|a|b|\n|-|-|\n|1|2|")).not.toContain('data-table="sort"');
  });

  test("keeps the mark of each figure, in its head too, and no attribute holds one", () => {
    const marked = "| Fee 5 % | b |\n|-|-|\n| 1 | 2 |\n| 3 | 4 |";
    const figures = [...marked.matchAll(/\d/g)].map(({ index }) => ({
      start: index,
      end: index + 1,
      kind: "unsupported" as const,
    }));
    const html = [...markdownPieces(marked, figures)].join("");
    expect(html.match(/figure unsupported/g)).toHaveLength(5);
    expect(html).toContain('aria-label="Sort by Fee 5 %"');
    expect(html).toContain('data-value="3"');
  });
});

test("A table that is being written has no controls yet", () => {
  expect(renderOpenBlock(text)).not.toMatch(/<button|data-value|chart-place/);
});
