/**
 * Cuts pages into passages: pieces of about a paragraph, each with its place and the heading that it stands under. Together they
 * are all of the text, and none is longer than what an embedding model and a small prompt can take. It knows nothing of files.
 */
import { columnName } from "../chat/column-name.ts";
import type { TablePage, TextPage } from "./pages.ts";

/** A passage before it has its number and its document. */
export interface CutPassage {
  readonly page: number | null;
  readonly sheet: string | null;
  readonly cells: string | null;
  readonly start: number;
  readonly end: number;
  readonly heading: string;
  readonly text: string;
}

/** In UTF-16 units. */
const usualLength = 650;
const longest = 900;
/** A shorter one waits for what follows it. */
const shortest = 150;
const longestHeading = 200;
const longestCell = 2_000;

/** Cuts page after page: a heading holds on the pages after it, too. */
export class PassageCutter {
  #heading = "";

  *ofText({ page, lines }: TextPage): Generator<CutPassage, void, undefined> {
    let start = 0;
    let open = "";
    let heading = this.#heading;
    const cut = function* (): Generator<CutPassage, void, undefined> {
      const text = open.trim();
      const skipped = open.length - open.trimStart().length;
      if (text !== "")
        yield {
          ...{ page, sheet: null, cells: null, heading, text },
          start: start + skipped,
          end: start + skipped + text.length,
        };
      start += open.length;
      open = "";
    };
    for (const { text: line, isHeading } of lines) {
      const isBreak = line === "" && open.length >= usualLength;
      const isNewPart = isHeading && open.trim().length >= shortest;
      if (isBreak || isNewPart || open.length + line.length > longest) yield* cut();
      if (isHeading) {
        this.#heading = line.replace(/^#+\s*/, "").slice(0, longestHeading);
        // One that is alone belongs to what follows.
        if (open.trim() === "") heading = this.#heading;
      } else if (open.trim() === "") heading = this.#heading;
      open += `${line}\n`;
      while (open.length > longest) {
        const rest = open.slice(endOfPart(open));
        open = open.slice(0, open.length - rest.length);
        yield* cut();
        open = rest;
      }
    }
    yield* cut();
  }

  *ofTable({ sheet, rows }: TablePage): Generator<CutPassage, void, undefined> {
    let header: readonly string[] | null = null;
    let open: string[] = [];
    let length = 0;
    let first = 1;
    let last = 1;
    let columns = 1;
    let start = 0;
    const cut = function* (): Generator<CutPassage, void, undefined> {
      const text = open.join("\n");
      if (text.trim() !== "")
        yield {
          ...{ page: null, sheet, start, end: start + text.length, text },
          heading: (header ?? []).join(" | ").slice(0, longestHeading),
          cells: `A${first}:${columnName(columns - 1)}${last}`,
        };
      start += text.length + 1;
      [open, length, columns] = [[], 0, 1];
    };
    for (const { row, cells } of rows) {
      const shown = cells.map((cell) => cell.replaceAll(/\s+/g, " ").trim().slice(0, longestCell));
      if (shown.every((cell) => cell === "")) continue;
      const isHeader: boolean =
        header === null && shown.length > 1 && !shown.some((cell) => /^-?[\d.,]+$/.test(cell));
      header ??= isHeader ? shown : [];
      const line = shown.join(" | ");
      if (open.length > 0 && length + line.length > longest) yield* cut();
      if (open.length === 0) first = row;
      open.push(line.slice(0, longest * 4));
      length += line.length + 1;
      last = row;
      columns = Math.max(columns, shown.length);
    }
    yield* cut();
  }
}

/** A part ends with a sentence where one ends nearby, else between words, and never inside a character. */
function endOfPart(text: string): number {
  const head = text.slice(0, usualLength);
  const sentence = head.search(/[.!?;。！？][^.!?;。！？]*$/) + 1;
  if (sentence > usualLength / 2) return sentence;
  const word = head.lastIndexOf(" ") + 1;
  if (word > usualLength / 2) return word;
  return /[\uD800-\uDBFF]$/.test(head) ? usualLength - 1 : usualLength;
}
