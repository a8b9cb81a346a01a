/**
 * The text of a growing answer as escaped text with the marks of its figures, for pages on which nothing that was sent can
 * change: a figure waits, with what follows it, until no later text can change how it is known. It knows nothing of pages.
 */
import { escapeHtml } from "../../views/escape-html.ts";
import { markedText } from "../../views/figure-marks.ts";
import { marksOf } from "../../views/marks-of-figures.ts";
import type { FigureMark } from "../../views/props.ts";
import { type Figures, lengthOfFinished } from "./rendered-texts.ts";

/** A table or a sentence without an end holds no more than this back. In UTF-16 units. */
const mostHeld = 1_000;

/** A figure may begin with them: "$", "−". */
const signsAtEnd = (text: string) => /[^\p{L}\p{N}\s]*$/u.exec(text.slice(-20))?.[0].length ?? 0;

export class MarkedPlainText {
  /** Where the open block begins in the answer. */
  #at = 0;
  #open = "";
  /** How much of the open block was given. */
  #given = 0;

  /** @param text what follows the text so far @returns safe HTML, empty while all of it waits */
  async next(text: string, figures: Figures): Promise<string> {
    this.#open += text;
    if (figures === null) return this.#piece(this.#open.length, []);
    const finished = await lengthOfFinished(this.#open, this.#at === 0 ? figures : null);
    const closed = finished === 0 ? "" : this.#close(finished, figures);
    const marks = marksOf(figures, this.#open, { from: this.#at, isWhole: false });
    const first = marks.find(({ kind, end }) => kind === "pending" && end > this.#given);
    const sure = first?.start ?? this.#open.length - signsAtEnd(this.#open);
    const isTooLong = this.#open.length - sure > mostHeld;
    return closed + this.#piece(isTooLong ? this.#open.length : sure, marks);
  }

  /** The rest of the finished blocks; the open one begins behind them. */
  #close(finished: number, figures: NonNullable<Figures>): string {
    const blocks = marksOf(figures, this.#open.slice(0, finished), { from: this.#at, isWhole: true });
    const rest = this.#piece(finished, blocks);
    this.#at += finished;
    this.#open = this.#open.slice(finished);
    this.#given = Math.max(0, this.#given - finished);
    return rest;
  }

  /** The open block from what was given to `end`. */
  #piece(end: number, marks: readonly FigureMark[]): string {
    const from = this.#given;
    if (end <= from) return "";
    this.#given = end;
    const within = marks
      .filter((mark) => mark.end > from && mark.start < end)
      .map((mark) => ({
        ...mark,
        start: Math.max(0, mark.start - from),
        end: Math.min(mark.end, end) - from,
      }));
    const { text, elements } = markedText(this.#open.slice(from, end), within);
    return elements(escapeHtml(text));
  }
}
