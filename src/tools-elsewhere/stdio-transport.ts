/**
 * A server of tools that is a program on this machine: JSON lines over its standard input and output. It leads a process group of its
 * own, which ends with it; what survives a kill -9 of this program is ended by the next start, by its pid file. It knows nothing of
 * tools.
 * @see https://modelcontextprotocol.io/specification/2026-07-28/basic/transports#stdio
 */
import {
  type JSONRPCMessage,
  ReadBuffer,
  serializeMessage,
  type Transport,
} from "@modelcontextprotocol/client";
import { getDefaultEnvironment } from "@modelcontextprotocol/client/stdio";
import { RUN_MARKER, removePidFile, writePidFile } from "../process/pid-file.ts";
import { endGroup, signalGroup } from "../process/process-group.ts";
import { identifyProcess } from "../process/process-identity.ts";

interface StdioProgram {
  readonly command: string;
  readonly args: readonly string[];
  /** Beside those that every program needs: it gets none of this program's own variables. */
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string;
  readonly pidFile: string;
}

/** A line may be so long, in bytes; a longer one ends the connection. */
const longestMessage = 4 * 1024 * 1024;
/** As much as it may send unasked, or in reply to one message: more is a flood. */
const mostUnasked = 16 * 1024 * 1024;
const graceMs = 1_000;
/** Of what it writes on its standard error. */
const keptWords = 500;

export class StdioTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport["onmessage"];
  readonly #program: StdioProgram;
  readonly #buffer = new ReadBuffer({ maxBufferSize: longestMessage });
  #child: Bun.Subprocess<"pipe", "pipe", "pipe"> | null = null;
  #ended: Promise<void> = Promise.resolve();
  #unasked = 0;
  #lastWords = "";

  constructor(program: StdioProgram) {
    this.#program = program;
  }

  /** The end of what the program has written on its standard error. */
  get lastWords(): string {
    return this.#lastWords.trim();
  }

  /** @throws when there is no such program */
  async start(): Promise<void> {
    const { command, args, environment, directory, pidFile } = this.#program;
    const marker = crypto.randomUUID();
    const child = Bun.spawn([command, ...args], {
      cwd: directory,
      env: { ...getDefaultEnvironment(), ...environment, [RUN_MARKER]: marker },
      stdin: "pipe",
      stdout: "pipe",
      stderr: "pipe",
      detached: true,
    });
    this.#child = child;
    const identity = identifyProcess(child.pid);
    if (identity !== null) writePidFile(pidFile, { ...identity, marker, since: Date.now(), url: null });
    this.#ended = child.exited.then(() => {
      signalGroup(child.pid, "SIGKILL");
      removePidFile(pidFile);
      this.#child = null;
      this.onclose?.();
    });
    void this.#read(child.stdout);
    void this.#listen(child.stderr);
  }

  async #read(output: ReadableStream<Uint8Array>): Promise<void> {
    try {
      for await (const chunk of piecesOf(output)) {
        this.#unasked += chunk.length;
        if (this.#unasked > mostUnasked) throw new Error("It sends far more than it was asked for.");
        this.#buffer.append(Buffer.from(chunk));
        this.#deliver();
      }
    } catch (error) {
      this.#fail(error);
      await this.close();
    }
  }

  #deliver(): void {
    for (;;)
      try {
        const message = this.#buffer.readMessage();
        if (message === null) return;
        this.onmessage?.(message);
      } catch (error) {
        // A line that is no message: the next one may be.
        this.#fail(error);
      }
  }

  async #listen(output: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of piecesOf(output))
        this.#lastWords = (this.#lastWords + decoder.decode(chunk, { stream: true })).slice(-keptWords);
    } catch {
      // It has ended, which `exited` reports.
    }
  }

  #fail(error: unknown): void {
    this.onerror?.(error instanceof Error ? error : new Error(String(error)));
  }

  async send(message: JSONRPCMessage): Promise<void> {
    const child = this.#child;
    if (child === null) throw new Error("The program has ended.");
    this.#unasked = 0;
    child.stdin.write(serializeMessage(message));
    await child.stdin.flush();
  }

  /** Its input ends, then the group gets a TERM, then a KILL. */
  async close(): Promise<void> {
    const child = this.#child;
    if (child !== null) {
      try {
        await child.stdin.end();
      } catch {
        // It has closed it already.
      }
      await endGroup(child.pid, graceMs);
    }
    await this.#ended;
    this.#buffer.clear();
  }
}

async function* piecesOf(output: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = output.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
