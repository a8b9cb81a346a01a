/**
 * Terminal output: the only place that writes to a terminal, after making all text plain. It knows the state of the last line,
 * so that an answer, a sentence of the program and a passing status never run into each other.
 */
import { plainLine, plainText } from "../cli/plain-text.ts";

interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

type Style = "plain" | "quiet" | "strong" | "problem";

/** Select Graphic Rendition of ECMA-48, as far as it is used. */
const styles: Readonly<Record<Style, string>> = { plain: "", quiet: "2", strong: "1", problem: "31" };

interface ScreenOptions {
  readonly output: Output;
  /** The abilities of the terminal; other outputs have neither. */
  readonly colours: boolean;
  readonly movesCursor: boolean;
}

export class Screen {
  readonly #output: Output;
  /** A passing status can be overwritten. */
  readonly draws: boolean;
  readonly #hasColour: boolean;
  /** The last line has text. */
  #isMidLine = false;
  /** The passing status that is shown, or was printed last. */
  #status = "";

  constructor({ output, colours, movesCursor }: ScreenOptions) {
    this.#output = output;
    this.draws = output.isTTY === true && movesCursor;
    this.#hasColour = output.isTTY === true && colours;
  }

  /** A piece of text that continues the last one. */
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

  /** The next output begins on a new line. */
  endLine(): void {
    this.#clearStatus();
    if (this.#isMidLine) this.#output.write("\n");
    this.#isMidLine = false;
  }

  /**
   * The present activity: on its own line, overwritten by the next output. Where nothing can be overwritten, mere progress is
   * not printed again.
   * @param sentence null: none any more
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
    const status = plainLine(sentence.replaceAll(/,? ?\d+ %/g, ""));
    if (status === this.#status) return;
    this.line(status, "quiet");
    this.#status = status;
  }

  #clearStatus(): void {
    if (this.#status === "") return;
    if (this.draws) this.#output.write("\r\u001b[K");
    this.#status = "";
  }

  #styled(plain: string, style: Style): string {
    const code = styles[style];
    if (code === "" || !this.#hasColour) return plain;
    // Without the line end: some terminals would colour the rest of the line.
    const text = plain.replace(/\n+$/, "");
    return `\u001b[${code}m${text}\u001b[0m${plain.slice(text.length)}`;
  }
}
