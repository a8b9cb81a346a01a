import { describe, expect, test } from "bun:test";
import { Elysia } from "elysia";
import type { PagesDeps } from "../../src/pages/render-chat.tsx";
import { chartProps, createTableCharts } from "../../src/pages/table-charts.tsx";
import { tablesIn } from "../../views/markdown.ts";
import { answers } from "../fakes/scripted-answers.ts";

const text = answers.tables ?? "";
const tables = [...tablesIn(text)];

function drawn(markdown: string, kind?: "line" | "bar") {
  const [table] = [...tablesIn(markdown)];
  return table === undefined ? null : chartProps(table, "/chart", kind);
}

describe("A table as a chart", () => {
  test("has a line for each column of figures, and none for words", () => {
    const props = tables[0] === undefined ? null : chartProps(tables[0], "/chart");
    expect(props?.series.map(({ name, unit }) => [name, unit])).toEqual([
      ["Balance", "$"],
      ["Paid in", "$"],
      ["Return", "%"],
    ]);
    expect(props?.series[2]?.points.map(({ value }) => value)).toEqual([4.1, 6, -1.5, 12]);
    expect(props?.labels).toEqual(["2024", "2025", "2026", "2027"]);
  });

  test("is a line over what goes on, bars over names, and what the reader chose", () => {
    expect(drawn("|Year|a|\n|-|-|\n|2024|1|\n|2025|2|\n|2026|3|")?.kind).toBe("line");
    expect(drawn("|Fund|a|\n|-|-|\n|World|1|\n|Gold|2|\n|Bonds|3|")?.kind).toBe("bar");
    expect(drawn("|Fund|a|\n|-|-|\n|World|1|\n|Gold|2|", "line")?.kind).toBe("line");
  });

  test("of words alone is none", () => {
    expect(drawn("|a|b|\n|-|-|\n|x|y|")).toBeNull();
  });

  test("keeps of each figure whether it was checked", () => {
    const markdown = "|a|b|\n|-|-|\n|x|1|\n|y|2|";
    const start = markdown.indexOf("2");
    const [table] = [...tablesIn(markdown, [{ start, end: start + 1, kind: "unsupported" }])];
    const props = table === undefined ? null : chartProps(table, "/chart");
    expect(props?.series[0]?.points.map(({ isUnchecked }) => isUnchecked)).toEqual([false, true]);
  });

  test("says which columns it leaves out", () => {
    const columns = 9;
    const row = (cell: (index: number) => string) =>
      `|${Array.from({ length: columns }, (_, index) => cell(index)).join("|")}|\n`;
    const props = drawn(row((index) => `c${index}`) + row(() => "-") + row(String) + row(String));
    expect(props?.series).toHaveLength(6);
    expect(props?.leftOut).toBe("Not drawn: 2 more columns.");
  });
});

describe("The address of a chart", () => {
  const generation = { id: "g", conversationId: "c", messageId: "m" };
  const deps = {
    generations: {
      get: (id: string) => (id === "g" ? generation : undefined),
      textSoFar: () => ({ text, cursor: 1 }),
    },
    conversations: { get: (id: string) => (id === "c" ? { id } : undefined) },
    library: { list: () => ({ conversations: [], more: false }), folders: () => [] },
  } as unknown as PagesDeps;
  const app = new Elysia().use(createTableCharts(() => deps));
  const get = (path: string) =>
    app.handle(new Request(`http://localhost/generations/${path}`, { headers: { "hx-request": "true" } }));

  test("answers with the table of that number", async () => {
    const first = await (await get("g/tables/0/chart")).text();
    expect(first.match(/<svg /g)).toHaveLength(2);
    expect(first).toContain('aria-label="Line chart of Balance, Paid in, from 2024 to 2027.');
    expect(first).toContain("<title>2026: −1.5 % (Return)</title>");
    const second = await (await get("g/tables/1/chart?as=bar")).text();
    expect(second).toContain("Bar chart of Cost");
    expect(second).not.toMatch(/ style=/);
  });

  test.each(["2", "x"])(
    "says of table %s, which is not there, that there is nothing to draw",
    async (table) => {
      expect(await (await get(`g/tables/${table}/chart`)).text()).toContain("no column of figures");
    },
  );
});
