/** Reads a stream of chunks as llama.cpp's interface does: it counts the bytes of whole lines, and reads on from there. */

const decoder = new TextDecoder();

export class CountingReader {
  /** What it has kept: whole lines. */
  text = "";
  readonly #begun = Promise.withResolvers<void>();
  /** Resolves with its first bytes. */
  readonly begun = this.#begun.promise;

  constructor(
    readonly url: string,
    readonly name: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  get bytes(): number {
    return Buffer.byteLength(this.text);
  }

  get isWhole(): boolean {
    return this.text.includes("data: [DONE]\n");
  }

  get answer(): string {
    return this.text
      .split("\n")
      .filter((line) => line.startsWith("data: {"))
      .map((line) => JSON.parse(line.slice("data: ".length)).choices?.[0]?.delta?.content ?? "")
      .join("");
  }

  /** @param until leaves when this much of it is there @returns the status */
  async ask(body: object, until: (reader: CountingReader) => boolean = () => false): Promise<number> {
    return await this.#read(
      `${this.url}/v1/chat/completions`,
      {
        method: "POST",
        headers: { "content-type": "application/json", "x-conversation-id": this.name, ...this.headers },
        body: JSON.stringify({ stream: true, ...body }),
      },
      until,
    );
  }

  async readOn(until: (reader: CountingReader) => boolean = () => false): Promise<number> {
    const from = new URLSearchParams({ conv_id: this.name, from: String(this.bytes) });
    return await this.#read(`${this.url}/v1/stream?${from}`, { headers: { ...this.headers } }, until);
  }

  async #read(url: string, init: RequestInit, until: (reader: CountingReader) => boolean): Promise<number> {
    const leave = new AbortController();
    const reply = await fetch(url, { ...init, signal: leave.signal });
    if (!reply.ok || reply.body === null) return reply.status;
    let rest = new Uint8Array();
    const pieces = reply.body.getReader();
    try {
      for (let read = await pieces.read(); !read.done; read = await pieces.read()) {
        const all = Buffer.concat([rest, read.value]);
        const end = all.lastIndexOf(0x0a) + 1;
        this.text += decoder.decode(all.subarray(0, end));
        this.#begun.resolve();
        rest = new Uint8Array(all.subarray(end));
        if (until(this)) break;
      }
    } catch {
      // The connection was lost.
    }
    leave.abort();
    return reply.status;
  }
}
