/** The whole program with a fake vLLM: the real orchestrator, the real server, real processes and real HTTP. */
import { join } from "node:path";
import { runningFrom } from "../../src/process/pid-file.ts";
import type { Scenario } from "../fakes/fake-vllm.ts";
import { StartedProgram, TestFolder, until } from "../process/started-program.ts";

const fakeVllm = `${process.execPath} ${join(import.meta.dir, "../fakes/fake-vllm.ts")}`;

export interface OrchestratedOptions {
  readonly scenarios?: readonly Scenario[];
  /** Milliseconds between two tokens of the fake. */
  readonly paceMs?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Goes on with what another one left; that one removes it. */
  readonly folder?: TestFolder;
}

export interface EngineFacts {
  readonly name: string;
  readonly state: string;
  readonly problem: string | null;
  readonly progress: number | null;
  readonly phase: string | null;
  readonly model: string | null;
  readonly restarts: number;
  readonly busy_slots: number;
  readonly actions: readonly string[];
  readonly models: readonly string[];
  readonly log_tail: readonly string[];
  readonly details: Readonly<Record<string, unknown>>;
}

export class Orchestrated implements AsyncDisposable {
  readonly folder: TestFolder;
  readonly program: StartedProgram;
  readonly #ownsFolder: boolean;
  url = "";

  private constructor(options: OrchestratedOptions) {
    this.folder = options.folder ?? new TestFolder();
    this.#ownsFolder = options.folder === undefined;
    const environment = this.folder.environment({
      VLLM_COMMAND: fakeVllm,
      VLLM_MODEL: "fake",
      FAKE_VLLM: (options.scenarios ?? []).join(","),
      FAKE_VLLM_PACE_MS: String(options.paceMs ?? 0),
      ...options.environment,
    });
    this.program = new StartedProgram("src/main.ts", [], environment);
  }

  /** Resolves when the server listens; vLLM may still be loading. */
  static async start(options: OrchestratedOptions = {}): Promise<Orchestrated> {
    const started = new Orchestrated(options);
    const line = await started.program.line((text) => text.startsWith("The assistant is at "));
    started.url = line.slice("The assistant is at ".length);
    return started;
  }

  async engine(name = "vllm"): Promise<EngineFacts> {
    const { engines }: { engines: readonly EngineFacts[] } = await (
      await fetch(`${this.url}/api/status`)
    ).json();
    const found = engines.find((engine) => engine.name === name);
    if (found === undefined) throw new Error(`There is no engine ${name}.`);
    return found;
  }

  /** Asks again until the engine is as wished; a server that is being started again is waited for. */
  async engineThat(
    fits: (engine: EngineFacts) => boolean,
    name = "vllm",
    patienceMs?: number,
  ): Promise<EngineFacts> {
    const found = await until(
      () => this.engine(name).catch(() => null),
      (engine) => engine !== null && fits(engine),
      patienceMs,
    );
    if (found === null) throw new Error("until() gave what does not fit.");
    return found;
  }

  ready(name = "vllm", patienceMs?: number): Promise<EngineFacts> {
    return this.engineThat(({ state }) => state === "ready", name, patienceMs);
  }

  /** Tells the fake, which has to be ready, how to behave from now on; a new process of it behaves as at the start. */
  async act(action: string, name = "vllm"): Promise<Response> {
    return fetch(`${this.url}/api/engines/${name}/${action}`, { method: "POST" });
  }

  pidOf(part: "server" | "vllm" | "llama-server"): number {
    const record = runningFrom(join(this.folder.path, "data", `${part}.pid`));
    if (record === null) throw new Error(`No ${part} runs.`);
    return record.pid;
  }

  async ask(message: string, rest: Readonly<Record<string, unknown>> = {}): Promise<AnswerReading> {
    const response = await fetch(`${this.url}/chat/stream`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ message, memory_context: 0, ...rest }),
    });
    if (!response.ok) throw new Error(await response.text());
    return new AnswerReading(this, response);
  }

  async stop(): Promise<void> {
    this.program.kill("SIGTERM");
    await this.program.ended();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    if (this.#ownsFolder) this.folder[Symbol.dispose]();
  }
}

export interface WholeAnswer {
  readonly text: string;
  readonly finishReason: string | null;
  readonly error: string | null;
}

/** An answer as its reader sees it, who comes back with his cursor whenever the connection breaks. */
export class AnswerReading {
  readonly id: string;
  readonly #texts = new Map<number, string>();
  readonly #from: { readonly url: string };
  #response: Response | null;
  #end: { finishReason: string | null; error: string | null } | null = null;
  #cursor = 0;

  constructor(from: { readonly url: string }, response: Response) {
    this.#from = from;
    this.#response = response;
    this.id = response.headers.get("x-generation-id") ?? "";
  }

  get tokenCount(): number {
    return this.#texts.size;
  }

  get text(): string {
    return [...this.#texts]
      .toSorted(([a], [b]) => a - b)
      .map(([, text]) => text)
      .join("");
  }

  /** Resolves when so many tokens have come. */
  async tokens(count: number): Promise<void> {
    while (this.#texts.size < count && this.#end === null) await this.#readMore();
  }

  /** @throws when a token comes twice with another text, or the end comes twice */
  async whole(): Promise<WholeAnswer> {
    while (this.#end === null) await this.#readMore();
    return { text: this.text, ...this.#end };
  }

  readonly #decoder = new TextDecoder();
  #reader: ReadableStreamDefaultReader<Uint8Array> | null = null;
  #rest = "";

  async #readMore(): Promise<void> {
    this.#reader ??= this.#response?.body?.getReader() ?? (await this.#reconnect());
    const chunk = await this.#reader?.read().catch(() => null);
    if (chunk === null || chunk === undefined || chunk.done) {
      this.#reader = null;
      this.#response = null;
      this.#rest = "";
      return;
    }
    const frames = (this.#rest + this.#decoder.decode(chunk.value, { stream: true })).split("\n\n");
    this.#rest = frames.pop() ?? "";
    for (const frame of frames) this.#take(frame);
  }

  #take(frame: string): void {
    const id = Number(/^id: (\d+)$/m.exec(frame)?.[1]);
    const data = /^data: (\{.*)$/m.exec(frame)?.[1];
    if (data === undefined) return;
    const chunk: unknown = JSON.parse(data);
    const { choices, error } = chunk as {
      choices: { delta: { content?: string }; finish_reason: string | null }[];
      error?: { message: string };
    };
    this.#cursor = id;
    if (error !== undefined || choices[0]?.finish_reason) {
      this.#end = { finishReason: choices[0]?.finish_reason ?? null, error: error?.message ?? null };
      return;
    }
    const text = choices[0]?.delta.content ?? "";
    if (text === "") return;
    if (this.#texts.has(id)) throw new Error(`The token ${id} came twice.`);
    this.#texts.set(id, text);
  }

  async #reconnect(): Promise<ReadableStreamDefaultReader<Uint8Array>> {
    const url = `${this.#from.url}/generations/${this.id}/events`;
    const headers = { "last-event-id": String(this.#cursor) };
    const response = await until(
      () => fetch(url, { headers }).catch(() => null),
      (reply) => reply?.ok === true,
    );
    const reader = response?.body?.getReader();
    if (reader === undefined) throw new Error("The answer cannot be read again.");
    return reader;
  }
}
