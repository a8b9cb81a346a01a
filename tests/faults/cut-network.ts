/**
 * A real browser whose connection to the server breaks in mid-answer, and comes back: at the end the page shows the
 * answer as it is stored, with nothing doubled and nothing missing.
 */
import { connect, createServer, type Server, type Socket } from "node:net";
import { chromium, type Page } from "@playwright/test";
import { startFakeVllm } from "../fakes/fake-vllm-process.ts";
import { startRealServer } from "../real-server.ts";
import { type Fault, Losses } from "./fault.ts";

const words = Array.from({ length: 120 }, (_, index) => `word${index}`).join(" ");
const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const browserArguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];

export const cutNetwork: Fault = {
  name: "the browser's network cut and restored",
  times: { long: 50, short: 4 },
  async run(times, random) {
    const losses = new Losses();
    await using vllm = await startFakeVllm({ paceMs: 12, answer: words });
    await using server = await startRealServer({ environment: { ENGINE: "vllm", VLLM_URL: vllm.url } });
    using line = await Line.to(Number(new URL(server.url).port));
    await using browser = await chromium.launch({ executablePath, args: [...browserArguments, ...quiet] });
    const page = await browser.newPage();
    for (let time = 0; time < times; time++) await askAndCut(page, line, random, losses);
    return losses.result(times);
  },
};

async function askAndCut(page: Page, line: Line, random: () => number, losses: Losses): Promise<void> {
  await page.goto(line.url);
  await page.locator("#question").fill("What moves the price of gold?");
  await page.locator("#question").press("Enter");
  const answer = page.locator(".message.assistant").last();
  for (let cut = 0; cut < 1 + Math.floor(random() * 3); cut++) {
    await answer.locator(".prose", { hasText: `word${Math.floor(random() * 40) + cut * 20}` }).waitFor();
    line.cut();
    await Bun.sleep(random() * 800);
    line.restore();
  }
  await page.locator(".message.assistant:not(.streaming)").last().waitFor();
  const shown = ((await answer.locator(".prose").textContent()) ?? "").replaceAll(/\s+/g, " ").trim();
  if (shown !== words) losses.add(`the page shows ${shown.slice(0, 300)}`);
}

/** The line between the browser and the server: bytes go both ways until it is cut, and then nobody gets through. */
class Line implements Disposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;
  #port = 0;

  private constructor(serverPort: number) {
    this.#server = createServer((browser) => {
      if (this.#isCut) {
        browser.destroy();
        return;
      }
      const upstream = connect(serverPort, "127.0.0.1");
      for (const socket of [browser, upstream]) {
        this.#sockets.add(socket);
        socket.on("error", () => {});
        socket.on("close", () => {
          this.#sockets.delete(socket);
          browser.destroy();
          upstream.destroy();
        });
      }
      browser.pipe(upstream);
      upstream.pipe(browser);
    });
  }

  static async to(serverPort: number): Promise<Line> {
    const line = new Line(serverPort);
    const listening = Promise.withResolvers<void>();
    line.#server.listen(0, "127.0.0.1", listening.resolve);
    await listening.promise;
    const address = line.#server.address();
    line.#port = typeof address === "object" && address !== null ? address.port : 0;
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  restore(): void {
    this.#isCut = false;
  }

  [Symbol.dispose](): void {
    this.cut();
    this.#server.close();
  }
}
