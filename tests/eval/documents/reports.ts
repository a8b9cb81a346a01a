/** Makes the reports by seed: their files, what they are asked, and which words of them answer. */
import { linesAt, type PlacedText, pdfOf, wrapped } from "../../documents/pdf-writer.ts";
import { seededRandom } from "../../exam/seeded-random.ts";
import { heldOut, kinds, padding } from "./kinds.ts";

export interface ReportQuestion {
  readonly ask: string;
  /** The line of the report that answers; null: none does. */
  readonly answer: string | null;
}

export interface Report {
  readonly name: string;
  readonly kind: string;
  readonly isHeldOut: boolean;
  readonly bytes: Uint8Array;
  readonly questions: readonly ReportQuestion[];
}

type Layout = "one column" | "two columns" | "saved page" | "text";
const layouts: readonly Layout[] = ["one column", "two columns", "saved page", "text"];
const reportsOfKind = 3;

const companies = ["Meridian", "Alpina", "Castell", "Nordhafen", "Velasco", "Brandt", "Orion", "Talwerk"];
const months = ["January", "March", "April", "June", "September", "October"];

/** 24 reports, with questions that they answer and some that they do not. */
export function makeReports(seed = 1): readonly Report[] {
  return Object.entries(kinds).flatMap(([kind, template], at) =>
    Array.from({ length: reportsOfKind }, (_, version) => {
      const layout = layouts[(at + version) % layouts.length] ?? "text";
      return reportOf(kind, template, layout, version, seed * 1_000 + at * 10 + version);
    }),
  );
}

function reportOf(kind: string, template: string, layout: Layout, version: number, seed: number): Report {
  const random = seededRandom(seed);
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item;
  const company = pick(companies);
  const whole = (from: number, to: number) => Math.floor(from + random() * (to - from));
  const drawn: Readonly<Record<string, () => string>> = {
    company: () => company,
    name: () => pick(companies.filter((one) => one !== company)),
    year: () => "2025",
    later: () => String(whole(2027, 2040)),
    month: () => pick(months),
    pct: () => `${(0.4 + random() * 18).toFixed(1)} percent`,
    money: () => `${whole(20, 990)}.${whole(0, 10)}`,
    small: () => (1 + random() * 24).toFixed(2),
    amount: () => String(whole(60, 990)),
    big: () => `${whole(40, 400)},000`,
    count: () => `${whole(1, 9)},${whole(100, 999)}`,
    days: () => String(whole(5, 60)),
    pips: () => String(whole(5, 40)),
    digit: () => String(whole(2, 7)),
    age: () => String(whole(58, 68)),
    number: () => String(whole(100_000, 999_999)),
  };
  const lines: string[] = [];
  const questions: ReportQuestion[] = [];
  for (const line of template.trim().split("\n")) {
    const last = lines.findLast((each) => each !== "" && !each.startsWith("#")) ?? "";
    if (line.startsWith("? ")) questions.push({ ask: line.slice(2), answer: last });
    else if (line.startsWith("! ")) questions.push({ ask: line.slice(2), answer: null });
    else {
      // What says nothing stands between the parts.
      if (line.startsWith("## ")) lines.push(...Array.from({ length: 3 }, () => pick(padding)));
      lines.push(line.replaceAll(/\{(\w+)\}/g, (gap, name: string) => drawn[name]?.() ?? gap));
    }
  }
  // Of the three versions each asks a part: nobody asks one thing thrice.
  const kept = questions.filter((_, at) => at % reportsOfKind !== version);
  const { bytes, ending } = written(lines, layout);
  return {
    ...{ kind, bytes, questions: kept, isHeldOut: heldOut.includes(kind) },
    name: `${kind}-${version + 1}-${company.toLowerCase()}.${ending}`,
  };
}

function written(
  lines: readonly string[],
  layout: Layout,
): { readonly bytes: Uint8Array; readonly ending: string } {
  switch (layout) {
    case "one column":
      return { bytes: asPdf(lines, 1), ending: "pdf" };
    case "two columns":
      return { bytes: asPdf(lines, 2), ending: "pdf" };
    case "saved page":
      return { bytes: new TextEncoder().encode(asHtml(lines)), ending: "html" };
    case "text":
      return { bytes: new TextEncoder().encode(lines.map(asMarkdown).join("\n")), ending: "md" };
    default:
      return layout satisfies never;
  }
}

const cellsOf = (line: string) =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

const asMarkdown = (line: string) =>
  line.startsWith("#") ? `\n${line}\n` : line.startsWith("|") ? line : `${line}\n`;

function asHtml(lines: readonly string[]): string {
  const body = lines
    .map((line) => {
      const level = /^#+/.exec(line)?.[0].length ?? 0;
      if (level > 0) return `<h${level}>${line.slice(level + 1)}</h${level}>`;
      if (line.startsWith("|"))
        return `<table><tr>${cellsOf(line)
          .map((cell) => `<td>${cell}</td>`)
          .join("")}</tr></table>`;
      return `<p>${line}</p>`;
    })
    .join("\n");
  return `<!doctype html><html><head><title>${lines[0]?.slice(2)}</title><style>p{margin:0}</style><script>track()</script></head><body><nav hidden>Menu</nav>${body}</body></html>`;
}

const bottom = 780;

/** Tables reach over the columns of a page of two; a footnote is smaller. */
function asPdf(lines: readonly string[], columns: 1 | 2): Uint8Array {
  const pages: PlacedText[][] = [[]];
  const width = columns === 1 ? 88 : 44;
  let [column, y] = [0, 60];
  const room = (height: number) => {
    if (y + height <= bottom) return;
    column += 1;
    y = 60;
    if (column < columns) return;
    column = 0;
    pages.push([]);
  };
  const put = (...texts: readonly PlacedText[]) => pages.at(-1)?.push(...texts);
  for (const line of lines) {
    const x = 50 + column * 260;
    if (line.startsWith("#")) {
      const size = line.startsWith("##") ? 13 : 18;
      const parts = wrapped(line.replace(/^#+ /, ""), Math.floor((width * 9) / size));
      room(parts.length * size * 1.3 + 30);
      put(...linesAt(parts, 50 + column * 260, y + 14, size));
      y += parts.length * size * 1.3 + 20;
    } else if (line.startsWith("|")) {
      room(14);
      const step = columns === 1 ? 160 : 85;
      put(...cellsOf(line).map((text, at) => ({ text, x: 50 + column * 260 + at * step, y })));
      y += 14;
    } else {
      const size = line.startsWith("(1)") ? 8 : 10;
      const parts = wrapped(line, width);
      room(parts.length * size * 1.3 + 8);
      put(...linesAt(parts, y > 60 ? x : 50 + column * 260, y, size));
      y += parts.length * size * 1.3 + 8;
    }
  }
  return pdfOf(pages);
}
