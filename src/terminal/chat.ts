/**
 * `./run.sh chat`: the chat in a terminal. It reads a line, runs it, and shows the answer while it is generated. Ctrl-C stops
 * the answer; at an empty prompt Ctrl-C twice leaves.
 *
 * Exit codes: 0 left, 1 the server cannot be reached or refuses the user, 78 a setting is wrong.
 */
import { join } from "node:path";
import { run } from "../cli/run.ts";
import { chatModels, loadCatalog } from "../models/catalog.ts";
import { makeDataFolder } from "../process/data-folder.ts";
import { readSettings } from "../settings/read-settings.ts";
import type { Settings } from "../settings/settings.ts";
import { serverAddress } from "./address.ts";
import { ChatSession } from "./chat-session.ts";
import { parseCommand } from "./command.ts";
import { HistoryFile } from "./history-file.ts";
import { LineEditor } from "./line-editor.ts";
import { ConversationList, Health } from "./messages.ts";
import { Screen } from "./screen.ts";
import { ServerClient } from "./server-client.ts";

const projectRoot = join(import.meta.dir, "../..");
const prompt = "> ";

async function main(): Promise<number> {
  const settings = readSettings(process.env, projectRoot);
  const client = new ServerClient({ address: () => serverAddress(settings), apiKey: settings.apiKey });
  const screen = new Screen({ output: process.stdout, ...settings.terminal });
  await greet(client, screen);

  const session = new ChatSession({
    client,
    screen,
    catalogue: () => chatModels(loadCatalog(join(projectRoot, "models/catalog.json"))),
  });
  const history = new History(settings, screen);
  let isLeaving = false;
  using editor = new LineEditor({
    input: process.stdin,
    output: process.stdout,
    edits: process.stdin.isTTY === true && process.stdout.isTTY === true && settings.terminal.movesCursor,
    history: history.load(),
    prompt,
    onTyped: (line) => {
      isLeaving = false;
      if (parseCommand(line).type !== "stop" || !session.isAnswering) return false;
      session.stop();
      return true;
    },
    onInterrupt: (line) => {
      if (session.isAnswering) return session.stop();
      if (line === "" && isLeaving) return editor.close();
      isLeaving = line === "";
      screen.line(isLeaving ? '\nCtrl-C once more leaves; so does "exit".' : "", "quiet");
      editor.clear();
      editor.show();
    },
  });
  for (const signal of ["SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => {
      session.leave();
      editor.close();
    });

  for (let line = await editor.next(); line !== null; line = await editor.next()) {
    isLeaving = false;
    history.add(line);
    if (!(await session.do(parseCommand(line)))) break;
  }
  screen.endLine();
  return 0;
}

/** @throws UnreachableError or RefusedError when chatting is impossible */
async function greet(client: ServerClient, screen: Screen): Promise<void> {
  const { status, model, problem } = await client.read(Health, "/health");
  // /health is public; this checks whether the user has access.
  await client.read(ConversationList, "/api/conversations?limit=1");
  screen.line(`Connected to ${client.url}${model ? ` (${model})` : ""}. /help shows the commands.`, "quiet");
  if (status === "loading") screen.line("The model is still loading; questions wait for it.", "quiet");
  if (problem) screen.line(problem, "problem");
}

/** A history that cannot be read or saved is reported once; the chat works without it. */
class History {
  readonly #file: HistoryFile;
  readonly #settings: Settings;
  readonly #screen: Screen;
  #isBroken = false;

  constructor(settings: Settings, screen: Screen) {
    this.#settings = settings;
    this.#screen = screen;
    this.#file = new HistoryFile(join(settings.dataDir, "terminal-history"));
  }

  load(): readonly string[] {
    return this.#try(() => this.#file.load()) ?? [];
  }

  add(line: string): void {
    this.#try(() => {
      makeDataFolder(this.#settings.dataDir);
      this.#file.add(line);
    });
  }

  #try<T>(work: () => T): T | undefined {
    if (this.#isBroken) return undefined;
    try {
      return work();
    } catch (error) {
      this.#isBroken = true;
      const why = error instanceof Error ? error.message : String(error);
      this.#screen.line(`The history is not saved: ${why}`, "quiet");
      return undefined;
    }
  }
}

if (import.meta.main) await run(main);
