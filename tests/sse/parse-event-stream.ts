/** A reader of text/event-stream, line by line as the HTML standard has it: what browsers make of our bytes. */
export interface ParsedEvent {
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation */
export class EventStreamParser {
  readonly events: ParsedEvent[] = [];
  readonly comments: string[] = [];
  readonly #decoder = new TextDecoder();
  #rest = "";
  #id = "";
  #event = "";
  #data = "";

  take(bytes: Uint8Array): this {
    this.#rest += this.#decoder.decode(bytes, { stream: true });
    // A carriage return at the end may be half of CRLF: it waits for what follows.
    for (
      let end = /\r\n|\n|\r(?!$)/.exec(this.#rest);
      end !== null;
      end = /\r\n|\n|\r(?!$)/.exec(this.#rest)
    ) {
      this.#line(this.#rest.slice(0, end.index));
      this.#rest = this.#rest.slice(end.index + end[0].length);
    }
    return this;
  }

  #line(line: string): void {
    if (line === "") this.#dispatch();
    const colon = line.indexOf(":");
    if (colon === 0) {
      this.comments.push(line.slice(1).trim());
      return;
    }
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") this.#data += `${value}\n`;
    if (name === "event") this.#event = value;
    // NUL makes the whole field void.
    if (name === "id" && !value.includes("\0")) this.#id = value;
  }

  #dispatch(): void {
    if (this.#data !== "")
      this.events.push({ id: this.#id, event: this.#event || "message", data: this.#data.slice(0, -1) });
    this.#data = "";
    this.#event = "";
  }
}
