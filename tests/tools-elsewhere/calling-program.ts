/** A program whose model is a script, with a real server of tools at an address, and conversations that use it. */
import { join } from "node:path";
import type { GenerateRequest, ToolCall } from "../../src/chat/engine.ts";
import type { Recall } from "../../src/generations/prompt-of.ts";
import type { CallAnswer } from "../../src/generations/waiting-calls.ts";
import type { Store } from "../../src/store/database.ts";
import type { LoggedToken } from "../../src/store/schema.ts";
import { foreignToolsOf } from "../../src/tools-elsewhere/offered-tools.ts";
import { ToolServers } from "../../src/tools-elsewhere/tool-servers.ts";
import { type Answering, ask, openAnswering } from "../fakes/answering.ts";
import { type Script, ScriptedEngine } from "../fakes/scripted-engine.ts";
import { log, openHttpServer, quick, writtenIn } from "./tool-servers-here.ts";

export interface CallingProgram extends AsyncDisposable {
  readonly answering: Answering;
  readonly servers: ToolServers;
  readonly serverId: string;
  readonly engine: ScriptedEngine;
  /** What the server's writing tools did. */
  readonly written: () => readonly unknown[];
  /** Asks in a conversation of its own that uses the server. @returns the answer's id */
  ask(message: string, rest?: object): Promise<string>;
  /** The steps of an answer's calls, and their results, when `until` is among them. */
  stepsUntil(id: string, until: (entry: LoggedToken) => boolean): Promise<readonly LoggedToken[]>;
  answer(id: string, answer: CallAnswer): Promise<boolean>;
}

interface Options {
  readonly script: (request: GenerateRequest) => Script;
  readonly recall?: Recall;
  readonly dataDir?: string;
  readonly mail?: string;
  readonly slots?: number;
}

export async function openCalling({
  script,
  recall,
  dataDir,
  mail,
  slots,
}: Options): Promise<CallingProgram> {
  const engine = new ScriptedEngine({
    script,
    contextSize: 8_192,
    ...(slots === undefined ? {} : { slots }),
  });
  let servers: ToolServers | null = null;
  const answering = openAnswering({
    engines: [engine],
    ...(recall === undefined ? {} : { recall }),
    ...(dataDir === undefined ? {} : { dataDir }),
    foreignToolsFor: (store: Store) => async (asked) => {
      servers ??= opened(store);
      const limits = { offered: 8, rounds: 4, parallel: true };
      return await foreignToolsOf({ store, servers, log, limitsOf: () => limits })(asked);
    },
  });
  const opened = (store: Store) =>
    new ToolServers({ store, dataDir: answering.dataDir, version: "test", log, deadlines: quick });
  servers = opened(answering.store);
  const here = servers;
  const ledger = join(answering.dataDir, "ledger");
  const server = openHttpServer(ledger, "a secret token", mail);
  const known = here.list()[0];
  const fields = { url: server.url, secrets: { Authorization: "Bearer a secret token" } };
  const { id: serverId } =
    known === undefined
      ? here.add({ name: "bank", kind: "http", ...fields })
      : await here.change(known.id, fields);
  await here.refresh(serverId, AbortSignal.timeout(10_000));
  const log_ = (id: string) => answering.generations.tokens(id, 0);
  return {
    ...{ answering, servers: here, serverId, engine },
    written: () => writtenIn(ledger),
    ask: async (message, rest = {}) =>
      (await answering.generations.ask(ask(message, { mayWait: true, toolServers: [serverId], ...rest }))).id,
    async stepsUntil(id, until) {
      for await (const _ of answering.generations.follow(id, 0, AbortSignal.timeout(20_000)))
        if (log_(id).some(until)) break;
      return log_(id).filter(({ toolStep, toolResult }) => toolStep ?? toolResult);
    },
    async answer(id, answer) {
      const waiting = log_(id).findLast(({ toolStep }) => toolStep?.step === "asked")?.toolStep;
      return await answering.generations.answerCall(id, waiting?.id ?? "", answer);
    },
    async [Symbol.asyncDispose]() {
      await answering[Symbol.asyncDispose]();
      await here[Symbol.asyncDispose]();
      server[Symbol.dispose]();
    },
  };
}

export const calls = (name: string, given: object, id = "call_1"): ToolCall => ({
  id,
  name: `bank__${name}`,
  arguments: JSON.stringify(given),
});

export const isAsked = ({ toolStep }: LoggedToken) => toolStep?.step === "asked";

/** Allows a tool always, as it is described now. */
export function allowAlways({ servers, serverId, answering }: CallingProgram, name: string): void {
  const tool = servers.toolOf(serverId, name);
  if (tool !== undefined) answering.store.toolServers.setRule(null, tool, "allow");
}

/** A tool that only reads, and may without being asked. */
export function trustReading(program: CallingProgram, name: string): void {
  program.servers.acceptAsReading(program.serverId, name, true);
  allowAlways(program, name);
}
