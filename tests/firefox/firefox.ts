/**
 * Drives a Firefox as a person would, over WebDriver BiDi: as much of the protocol as the walk needs. Playwright sends a stock Firefox
 * commands that it does not know.
 * @see https://www.w3.org/TR/webdriver-bidi/
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";

/** Where a Firefox usually is; FIREFOX_PATH comes first. */
const firefoxPaths = [
  process.env.FIREFOX_PATH,
  "/usr/bin/firefox-esr",
  "/usr/bin/firefox",
  "/Applications/Firefox.app/Contents/MacOS/firefox",
];
export const firefoxPath = (): string | undefined =>
  firefoxPaths.find((path): path is string => path !== undefined && existsSync(path));

interface Message {
  readonly id?: number;
  readonly type?: string;
  readonly method?: string;
  readonly message?: string;
  readonly params?: { readonly level?: string; readonly text?: string };
  readonly result?: Record<string, unknown>;
}

/** As WebDriver writes them. */
export const keys = { enter: "\uE007", escape: "\uE00C", control: "\uE009" } as const;

/** In milliseconds: what a page shows late on a busy machine. */
const patience = 20_000;

export class Firefox implements AsyncDisposable {
  /** What the pages wrote to the console as errors, refusals of the content security policy among them. */
  readonly errors: string[] = [];
  readonly #child: Bun.Subprocess;
  readonly #profile: string;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, PromiseWithResolvers<Record<string, unknown>>>();
  #last = 0;
  #context = "";

  private constructor(child: Bun.Subprocess, profile: string, socket: WebSocket) {
    this.#child = child;
    this.#profile = profile;
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#take(JSON.parse(String(data)));
  }

  static async open(): Promise<Firefox> {
    const path = firefoxPath();
    if (path === undefined) throw new Error("There is no Firefox: install it, or set FIREFOX_PATH.");
    const profile = mkdtempSync(join(tmpdir(), "firefox-"));
    const child = Bun.spawn(
      [path, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile", profile],
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    const address = await listening(child.stderr);
    const socket = new WebSocket(`${address}/session`);
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });
    const firefox = new Firefox(child, profile, socket);
    await firefox.#send("session.new", { capabilities: {} });
    await firefox.#send("session.subscribe", { events: ["log.entryAdded"] });
    const { contexts } = await firefox.#send("browsingContext.getTree", {});
    firefox.#context = (contexts as { context: string }[])[0]?.context ?? "";
    return firefox;
  }

  async goto(url: string): Promise<void> {
    await this.#send("browsingContext.navigate", { context: this.#context, url, wait: "complete" });
  }

  async resize(width: number, height: number): Promise<void> {
    await this.#send("browsingContext.setViewport", { context: this.#context, viewport: { width, height } });
  }

  /** @param expression of the page @returns its value, which JSON can hold */
  async read<Value>(expression: string): Promise<Value> {
    const { type, result, exceptionDetails } = await this.#send("script.evaluate", {
      expression: `(async () => JSON.stringify(await (${expression})))()`,
      target: { context: this.#context },
      awaitPromise: true,
    });
    if (type !== "success") throw new Error(JSON.stringify(exceptionDetails));
    return JSON.parse((result as { value: string }).value);
  }

  /** Waits until an expression of the page is true. */
  async until(expression: string): Promise<void> {
    const isTrue = await this.read<boolean>(
      `new Promise((resolve) => {
        const end = performance.now() + ${patience};
        const look = () =>
          (${expression}) ? resolve(true) : performance.now() > end ? resolve(false) : requestAnimationFrame(look);
        look();
      })`,
    );
    if (!isTrue)
      throw new Error(
        `It did not come: ${expression}\n${await this.read<string>("document.body.innerText")}`,
      );
  }

  /** Clicks in the middle of what a selector finds, when it is there. */
  async click(selector: string): Promise<void> {
    const found = `document.querySelector(${JSON.stringify(selector)})`;
    await this.until(`${found} !== null && ${found}.checkVisibility()`);
    const { x, y } = await this.read<{ x: number; y: number }>(
      `(() => {
        const element = ${found};
        element.scrollIntoView({ block: "center", behavior: "instant" });
        const { x, y, width, height } = element.getBoundingClientRect();
        return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
      })()`,
    );
    await this.#act("pointer", { parameters: { pointerType: "mouse" } }, [
      { type: "pointerMove", x, y },
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ]);
  }

  /** Presses keys together. */
  async chord(held: string, key: string): Promise<void> {
    await this.#act("key", {}, [
      { type: "keyDown", value: held },
      { type: "keyDown", value: key },
      { type: "keyUp", value: key },
      { type: "keyUp", value: held },
    ]);
  }

  /** Presses the keys of a text one after the other. */
  async type(text: string): Promise<void> {
    const keys = [...text].flatMap((value) => [
      { type: "keyDown", value },
      { type: "keyUp", value },
    ]);
    await this.#act("key", {}, keys);
  }

  async picture(path: string): Promise<void> {
    const { data } = await this.#send("browsingContext.captureScreenshot", { context: this.#context });
    writeFileSync(path, Buffer.from(String(data), "base64"));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close();
    this.#child.kill();
    await this.#child.exited;
    rmSync(this.#profile, { recursive: true, force: true });
  }

  #act(type: "pointer" | "key", options: object, actions: readonly object[]) {
    return this.#send("input.performActions", {
      context: this.#context,
      actions: [{ type, id: type, ...options, actions }],
    });
  }

  #send(method: string, params: object): Promise<Record<string, unknown>> {
    const id = ++this.#last;
    const waiting = Promise.withResolvers<Record<string, unknown>>();
    this.#waiting.set(id, waiting);
    this.#socket.send(JSON.stringify({ id, method, params }));
    return waiting.promise;
  }

  #take({ id, type, method, message, params, result = {} }: Message): void {
    if (method === "log.entryAdded" && params?.level === "error") this.errors.push(params.text ?? "");
    if (id === undefined) return;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (type === "error") waiting?.reject(new Error(message));
    else waiting?.resolve(result);
  }
}

/** Its address, which it writes when it listens. */
async function listening(stderr: ReadableStream<Uint8Array>): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: Readable.fromWeb(stderr as never) })) {
    const [, address] = /WebDriver BiDi listening on (ws:\S+)/.exec(line) ?? [];
    if (address !== undefined) return address;
    lines.push(line);
  }
  throw new Error(`Firefox ended before it listened:\n${lines.join("\n")}`);
}
