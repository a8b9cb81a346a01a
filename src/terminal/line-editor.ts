/**
 * Line input: with editing and history on a terminal, plain lines elsewhere. While an answer is shown it shows nothing and
 * keeps the input; whole lines wait their turn. It knows nothing of the meaning of lines.
 */
import { createInterface, type Interface } from "node:readline";
import { Transform, Writable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { bracketedPaste, onOneLine, PastedText, withLineEnds } from "./pasted-text.ts";

interface LineEditorOptions {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  /** Lines can be edited: input and output are a terminal that can move its cursor. */
  readonly edits: boolean;
  /** The last one first. */
  readonly history: readonly string[];
  readonly prompt: string;
  /** Gets each line as it is typed, before waiting ones. @returns true when the line is handled */
  readonly onTyped: (line: string) => boolean;
  /** Ctrl-C. @param line the text in the editor */
  readonly onInterrupt: (line: string) => void;
}

export class LineEditor implements Disposable {
  readonly #options: LineEditorOptions;
  readonly #readline: Interface;
  readonly #waiting: string[] = [];
  #isShown = false;
  #isClosed = false;
  #wake = () => {};

  constructor(options: LineEditorOptions) {
    this.#options = options;
    const { input, output, edits, history, prompt } = options;
    this.#readline = edits
      ? createInterface({
          input: withPastes(input),
          output: this.#shownOutput(output),
          terminal: true,
          history: [...history],
          historySize: 500,
          removeHistoryDuplicates: true,
          prompt,
        })
      : createInterface({ input, terminal: false });
    if (edits) output.write(bracketedPaste.on);
    this.#readline.on("line", (line) => this.#take(line));
    this.#readline.on("close", () => {
      this.#isClosed = true;
      this.#wake();
    });
    this.#readline.on("SIGINT", () => options.onInterrupt(this.#readline.line));
    // Where the terminal itself edits lines, or there is none.
    process.on("SIGINT", this.#interrupted);
  }

  /** The next line; null: the end of the input. Text typed meanwhile is already in the editor. */
  async next(): Promise<string | null> {
    if (this.#waiting.length === 0 && !this.#isClosed) {
      this.#isShown = true;
      if (this.#options.edits) this.#readline.prompt(true);
      const woken = Promise.withResolvers<void>();
      this.#wake = woken.resolve;
      await woken.promise;
      this.#isShown = false;
      return this.#waiting.shift() ?? null;
    }
    const line = this.#waiting.shift() ?? null;
    // It was typed unseen.
    if (line !== null && this.#options.edits)
      this.#options.output.write(`${this.#options.prompt}${onOneLine(line)}\n`);
    return line;
  }

  /** Clears the line, as Ctrl-C does in a shell. */
  clear(): void {
    this.#readline.write(null, { ctrl: true, name: "e" });
    this.#readline.write(null, { ctrl: true, name: "u" });
  }

  /** Shows the prompt again after other output. */
  show(): void {
    if (this.#isShown && this.#options.edits) this.#readline.prompt(true);
  }

  close(): void {
    this.#readline.close();
  }

  [Symbol.dispose](): void {
    process.off("SIGINT", this.#interrupted);
    this.close();
    if (this.#options.edits) this.#options.output.write(bracketedPaste.off);
    this.#options.input.pause();
  }

  readonly #interrupted = () => this.#options.onInterrupt(this.#readline.line ?? "");

  #take(edited: string): void {
    const line = withLineEnds(edited);
    if (this.#options.onTyped(line)) {
      this.show();
      return;
    }
    this.#waiting.push(line);
    this.#isShown = false;
    this.#wake();
  }

  /** The editor's output, only while it is shown. */
  #shownOutput(output: NodeJS.WriteStream): Writable {
    const shown = new Writable({
      write: (chunk: Uint8Array, _encoding, done) => {
        if (this.#isShown) output.write(chunk);
        done();
      },
    });
    Object.defineProperties(shown, {
      isTTY: { value: true },
      columns: { get: () => output.columns },
      rows: { get: () => output.rows },
    });
    output.on("resize", () => shown.emit("resize"));
    return shown;
  }
}

/** The same keys, with the line ends of pastes replaced by a visible character. */
function withPastes(input: NodeJS.ReadStream): Transform {
  const pasted = new PastedText();
  const decoder = new StringDecoder("utf8");
  const keys = new Transform({
    transform: (chunk: Buffer, _encoding, done) => done(null, pasted.take(decoder.write(chunk))),
  });
  Object.assign(keys, {
    isTTY: true,
    setRawMode: (mode: boolean) => {
      input.setRawMode(mode);
      return keys;
    },
  });
  return input.pipe(keys);
}
