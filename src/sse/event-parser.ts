/**
 * Parses the text of a text/event-stream, however it was split. It ignores names and reconnection times, which nobody here
 * needs.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export interface ReceivedEvent {
  /** The last id of the stream, with this event or before it: a reader that reconnects sends it as Last-Event-ID. */
  readonly id: string | null;
  readonly data: string;
}

export class EventParser {
  #rest = "";
  #id: string | null = null;
  #data: string[] = [];

  /** @returns the events that are complete with this piece of text */
  take(text: string): readonly ReceivedEvent[] {
    const events: ReceivedEvent[] = [];
    const received = this.#rest + text;
    // A carriage return at the end may be half of CRLF: it waits for what follows. Who sends none is not searched for it.
    const lines = received.includes("\r") ? received.split(/\r\n|\n|\r(?!$)/) : received.split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line.startsWith("data:")) this.#data.push(fieldValue(line, 5));
      else if (line.startsWith("id:") && !line.includes("\0")) this.#id = fieldValue(line, 3);
      if (line !== "" || this.#data.length === 0) continue;
      events.push({ id: this.#id, data: this.#data.join("\n") });
      this.#data = [];
    }
    return events;
  }
}

const fieldValue = (line: string, from: number) => line.slice(line[from] === " " ? from + 1 : from);
