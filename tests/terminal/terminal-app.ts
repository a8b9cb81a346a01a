/**
 * The app for the programs in a terminal: its model says what the question's first word names, and can be held at a
 * token, so that a test knows where an answer stands.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AnsweringApp, type AnsweringAppOptions, openAnsweringApp } from "../fakes/answering-app.ts";
import { answers } from "../fakes/scripted-answers.ts";
import { ScriptedEngine, type ScriptedEngineOptions } from "../fakes/scripted-engine.ts";

/** Lets an answer be written up to a token, and no further until it is opened. */
export class Gate {
  #heldAt = Number.POSITIVE_INFINITY;
  #opened = Promise.withResolvers<void>();

  holdAt(token: number): void {
    this.#heldAt = token;
    this.#opened = Promise.withResolvers<void>();
  }

  open(): void {
    this.#heldAt = Number.POSITIVE_INFINITY;
    this.#opened.resolve();
  }

  async pass(token: number, signal: AbortSignal): Promise<void> {
    if (token < this.#heldAt) return;
    const left = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => left.resolve(), { once: true });
    if (!signal.aborted) await Promise.race([this.#opened.promise, left.promise]);
  }
}

export interface TerminalApp extends AnsweringApp {
  readonly gate: Gate;
  readonly port: number;
}

export interface TerminalAppOptions extends AnsweringAppOptions {
  readonly gate?: Gate;
  readonly engine?: ScriptedEngineOptions;
  /** What is said besides the scripted answers, by the question's first word. */
  readonly says?: Readonly<Record<string, string>>;
  readonly failAt?: number;
}

export function openTerminalApp(options: TerminalAppOptions = {}): TerminalApp {
  const { gate = new Gate(), says = {}, engine, failAt, ...rest } = options;
  const script: ScriptedEngineOptions["script"] = ({ messages }) => {
    const word = messages.findLast(({ role }) => role === "user")?.content.split(/\s/)[0] ?? "";
    const answer = says[word] ?? answers[word] ?? `You said ${word}.`;
    return {
      answer,
      pace: (token, signal) => gate.pass(token, signal),
      ...(failAt === undefined ? {} : { failAt: { token: failAt, error: new Error("The engine broke.") } }),
    };
  };
  const app = openAnsweringApp({ engines: [new ScriptedEngine({ script, ...engine })], ...rest });
  return { ...app, gate, port: Number(new URL(app.url).port) };
}

/** A folder of one's own for what a program in a terminal keeps, and the environment that leads it to a server. */
export class TerminalFolder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), "terminal-"));

  environment(port: number, change: Readonly<Record<string, string>> = {}): Record<string, string> {
    const { PATH = "", HOME = "" } = process.env;
    return {
      PATH,
      HOME,
      DATA_DIR: join(this.path, "data"),
      CONFIG_FILE: join(this.path, "config.json"),
      PORT: String(port),
      TERM: "xterm-256color",
      ...change,
    };
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
