/**
 * What one writes on: the only place where a terminal is given text, all of it made plain before. It knows what stands
 * on the last line, so that an answer, a sentence of the program and a passing status never run into each other.
 */
import { plainLine, plainText } from "../cli/plain-text.ts";

export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export type Style = "plain" | "quiet" | "strong" | "problem";

/** Select Graphic Rendition of ECMA-48, as far as it is used. */
const styles: Readonly<Record<Style, string>> = { plain: "", quiet: "2", strong: "1", problem: "31" };

export interface ScreenOptions {
  readonly output: Output;
  /** What a terminal allows; what is no terminal gets neither. */
  readonly colours: boolean;
  readonly movesCursor: boolean;
}

export class Screen {
  readonly #output: Output;
  /** A passing status can be drawn over. */
  readonly draws: boolean;
  readonly #hasColour: boolean;
  /** The last line holds something. */
  #isMidLine = false;
  /** The passing status that is drawn, or was said last. */
  #status = "";

  constructor({ output, colours, movesCursor }: ScreenOptions) {
    this.#output = output;
    this.draws = output.isTTY === true && movesCursor;
    this.#hasColour = output.isTTY === true && colours;
  }

  /** A piece of text that goes on where the last one ended. */
  text(piece: string, style: Style = "plain"): void {
    const plain = plainText(piece);
    if (plain === "") return;
    this.#clearStatus();
    this.#output.write(this.#styled(plain, style));
    this.#isMidLine = !plain.endsWith("\n");
  }

  /** A sentence, or several lines, of its own. */
  line(text: string, style: Style = "plain"): void {
    this.endLine();
    this.text(`${text}\n`, style);
  }

  /** What follows begins on a new line. */
  endLine(): void {
    this.#clearStatus();
    if (this.#isMidLine) this.#output.write("\n");
    this.#isMidLine = false;
  }

  /**
   * What is going on at the moment: on a line of its own, drawn over by whatever comes next. Where nothing can be drawn
   * over, what is only further on is not said again.
   * @param sentence null: nothing any more
   */
  status(sentence: string | null): void {
    if (sentence === null) {
      this.#clearStatus();
      return;
    }
    if (this.draws) {
      if (this.#isMidLine) this.endLine();
      this.#status = plainLine(sentence, Math.max(20, (this.#output.columns || 80) - 1));
      this.#output.write(`\r\u001b[K${this.#styled(this.#status, "quiet")}`);
      return;
    }
    const news = plainLine(sentence.replaceAll(/,? ?\d+ %/g, ""));
    if (news === this.#status) return;
    this.line(news, "quiet");
    this.#status = news;
  }

  #clearStatus(): void {
    if (this.#status === "") return;
    if (this.draws) this.#output.write("\r\u001b[K");
    this.#status = "";
  }

  #styled(plain: string, style: Style): string {
    const code = styles[style];
    if (code === "" || !this.#hasColour) return plain;
    // The line's end is not part of it: some terminals would colour the rest of the line.
    const text = plain.replace(/\n+$/, "");
    return `\u001b[${code}m${text}\u001b[0m${plain.slice(text.length)}`;
  }
}
