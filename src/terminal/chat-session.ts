/**
 * A conversation in a terminal: its commands, and how answers are shown. It knows nothing of line input, and uses the server
 * as any other client does.
 */
import type { Static } from "@sinclair/typebox";
import { plainLine } from "../cli/plain-text.ts";
import { AppError } from "../errors.ts";
import { withQuestionMarks } from "../finance/numbers/question-marks.ts";
import { type Command, helpText } from "./command.ts";
import { figureNotes } from "./figure-notes.ts";
import {
  ContinueReply,
  Conversation,
  ConversationList,
  type ListedConversation,
  MemorizeReply,
  MemoryList,
  Model,
  ModelList,
} from "./messages.ts";
import {
  type AnswerEnd,
  type AnswerSource,
  type Patience,
  RunningAnswer,
  usualPatience,
} from "./running-answer.ts";
import type { Screen } from "./screen.ts";
import type { ServerClient } from "./server-client.ts";

interface ChatSessionOptions {
  readonly client: ServerClient;
  readonly screen: Screen;
  /** Model names that are allowed in addition to the server's. */
  readonly catalogue: () => readonly CatalogueName[];
  readonly patience?: Patience;
}

interface CatalogueName {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly name: string;
}

const mostListed = 15;
/** The number of messages that are shown when a conversation is opened. */
const mostShown = 6;
/** The time in milliseconds that a starting server may take to reply. */
const patience: Patience = { ...usualPatience, firstContactMs: 20_000 };

export class ChatSession {
  readonly #options: ChatSessionOptions;
  readonly #client: ServerClient;
  readonly #screen: Screen;
  #isStreaming = true;
  /** null: the running one. */
  #model: string | null = null;
  #conversation: string | null = null;
  /** The answer that /continue continues. */
  #lastAnswer: string | null = null;
  #listed: readonly ListedConversation[] = [];
  #running: RunningAnswer | null = null;

  constructor(options: ChatSessionOptions) {
    this.#options = options;
    this.#client = options.client;
    this.#screen = options.screen;
  }

  get isAnswering(): boolean {
    return this.#running !== null;
  }

  /** @returns false when the user leaves @throws any error but an AppError */
  async do(command: Command): Promise<boolean> {
    try {
      return await this.#do(command);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#screen.line(error.message, "problem");
      return true;
    }
  }

  /** Stops the running answer; a second call only stops waiting for it. */
  stop(): void {
    const running = this.#running;
    if (running?.isStopAsked) running.leave();
    else if (running !== null) {
      this.#screen.status("Stopping …");
      running.stop().catch((refusal: Error) => this.#screen.line(refusal.message, "problem"));
    }
  }

  /** Stops waiting for the running answer. */
  leave(): void {
    this.#running?.leave();
  }

  async #do(command: Command): Promise<boolean> {
    const screen = this.#screen;
    switch (command.type) {
      case "nothing":
        return true;
      case "exit":
        return false;
      case "help":
        screen.line(helpText);
        return true;
      case "misused":
        screen.line(command.problem, "problem");
        return true;
      case "toggle-streaming":
        this.#isStreaming = !this.#isStreaming;
        screen.line(`Streaming mode: ${this.#isStreaming ? "ON" : "OFF"}`);
        return true;
      case "stop":
        screen.line("No answer is running.", "quiet");
        return true;
      case "new":
        this.#conversation = null;
        this.#lastAnswer = null;
        screen.line("The next question starts a new conversation.", "quiet");
        return true;
      case "ask":
        await this.#ask(command.message);
        return true;
      case "continue":
        await this.#continue();
        return true;
      case "list":
        await this.#list();
        return true;
      case "open":
        await this.#open(command.which);
        return true;
      case "model":
        await (command.name === null ? this.#showModels() : this.#chooseModel(command.name));
        return true;
      case "memories":
        await this.#showMemories();
        return true;
      case "memorize": {
        const { key, value } = command;
        const reply = await this.#client.read(MemorizeReply, "/memorize", {
          method: "POST",
          body: { key, value },
        });
        screen.line(reply.message, "quiet");
        return true;
      }
      default:
        return command satisfies never;
    }
  }

  async #ask(message: string): Promise<void> {
    await this.#show({
      question: {
        message,
        ...(this.#model === null ? {} : { model: this.#model }),
        ...(this.#conversation === null ? {} : { conversation_id: this.#conversation }),
      },
    });
  }

  async #continue(): Promise<void> {
    const generationId = this.#lastAnswer;
    if (generationId === null || this.#conversation === null) {
      this.#screen.line("There is no answer yet to continue.", "quiet");
      return;
    }
    const path = `/generations/${generationId}/continue`;
    const { events } = await this.#client.read(ContinueReply, path, { method: "POST" });
    const after = Number(new URL(events, this.#client.url).searchParams.get("after") ?? -1);
    await this.#show({ ids: { generationId, conversationId: this.#conversation }, after });
  }

  /** Follows an answer to its end, and says how it ended when that is not obvious. */
  async #show(source: AnswerSource): Promise<void> {
    const screen = this.#screen;
    let whole = "";
    const running = new RunningAnswer(
      this.#client,
      source,
      {
        begun: ({ conversationId, generationId }) => {
          this.#conversation = conversationId;
          this.#lastAnswer = generationId;
        },
        text: (piece) => {
          if (this.#isStreaming) return screen.text(piece);
          if (whole === "" && screen.draws) screen.status("Writing …");
          whole += piece;
        },
        progress: (sentence) => {
          if (sentence !== null || this.#isStreaming) screen.status(sentence);
        },
      },
      this.#options.patience ?? patience,
    );
    this.#running = running;
    try {
      const end = await running.run();
      screen.text(withQuestionMarks(whole, whole === "" ? [] : end.figures));
      if (whole === "") for (const line of figureNotes(end.figures)) screen.line(line, "quiet");
      this.#sayHowItEnded(end);
    } catch (error) {
      screen.text(whole);
      throw error;
    } finally {
      this.#running = null;
      screen.endLine();
    }
  }

  #sayHowItEnded({ state, error, finishReason }: AnswerEnd): void {
    const screen = this.#screen;
    if (error !== null) screen.line(error.message, "problem");
    else if (state === "stopped")
      screen.line("Stopped. The text so far is kept; /continue resumes it.", "quiet");
    else if (state === "left")
      screen.line("No longer waiting for the answer. The server continues it: /list finds it.", "quiet");
    else if (finishReason === "length")
      screen.line("The answer stopped at the length limit; /continue resumes it.", "quiet");
  }

  async #list(): Promise<void> {
    const path = `/api/conversations?limit=${mostListed}`;
    this.#listed = (await this.#client.read(ConversationList, path)).conversations;
    if (this.#listed.length === 0) this.#screen.line("There are no conversations yet.", "quiet");
    for (const [index, { title, updated_at: time }] of this.#listed.entries())
      this.#screen.line(`${String(index + 1).padStart(3)}  ${shownTime(time)}  ${plainLine(title, 80)}`);
  }

  async #open(which: string): Promise<void> {
    if (this.#listed.length === 0) {
      const path = `/api/conversations?limit=${mostListed}`;
      this.#listed = (await this.#client.read(ConversationList, path)).conversations;
    }
    const id = /^\d+$/.test(which) ? this.#listed[Number(which) - 1]?.id : which;
    if (id === undefined) {
      this.#screen.line(`There is no number ${plainLine(which, 20)} in the list. /list shows it.`, "problem");
      return;
    }
    const path = `/api/conversations/${encodeURIComponent(id)}?limit=${mostShown}`;
    const { title, messages } = await this.#client.read(Conversation, path);
    this.#screen.line(plainLine(title), "strong");
    this.#conversation = id;
    this.#lastAnswer = messages.at(-1)?.generation?.id ?? null;
    for (const { role, content, generation } of messages) {
      if (role === "user") this.#screen.line(`\n> ${content}`, "quiet");
      else if (generation?.ended_at === null)
        await this.#show({ ids: { generationId: generation.id, conversationId: id }, after: -1 });
      else this.#screen.line(content);
    }
  }

  async #showModels(): Promise<void> {
    const { data } = await this.#client.read(ModelList, "/v1/models");
    const running = new Set(data.filter(answersQuestions).map(({ id }) => id));
    const { catalogue } = this.#options;
    const known = catalogue();
    const screen = this.#screen;
    screen.line(`Questions go to ${this.#model ?? "the running model"}.`, "quiet");
    for (const id of running) if (!known.some((entry) => entry.id === id)) screen.line(`  ${id}  (runs)`);
    for (const { id, aliases, name } of known)
      screen.line(`  ${[id, ...aliases].join(", ")}  ${name}${running.has(id) ? "  (runs)" : ""}`);
    screen.line(
      '/model NAME selects another one, /model auto the running one; "./run.sh load NAME" starts one.',
      "quiet",
    );
  }

  async #chooseModel(name: string): Promise<void> {
    if (name.toLowerCase() === "auto") this.#model = null;
    else {
      const path = `/v1/models/${name.split("/").map(encodeURIComponent).join("/")}`;
      const model = await this.#client.read(Model, path);
      if (!answersQuestions(model)) {
        const id = plainLine(model.id, 80);
        this.#screen.line(
          `${id} is an embedding model and cannot answer. /model shows the models that can.`,
          "problem",
        );
        return;
      }
      this.#model = model.id;
    }
    this.#screen.line(`Questions go to ${this.#model ?? "the running model"} from now on.`, "quiet");
  }

  async #showMemories(): Promise<void> {
    const memories = await this.#client.read(MemoryList, "/memories?n=10");
    if (memories.length === 0) this.#screen.line("No memories yet. /memory KEY = VALUE adds one.", "quiet");
    for (const { key, value } of memories)
      this.#screen.line(`  ${plainLine(key, 60)} = ${plainLine(value, 120)}`);
  }
}

const answersQuestions = ({ purpose }: Static<typeof Model>) => purpose !== "embeddings";

/** In local time, to the minute. */
function shownTime(iso: string): string {
  const time = new Date(iso);
  const pad = (part: number) => String(part).padStart(2, "0");
  return `${time.getFullYear()}-${pad(time.getMonth() + 1)}-${pad(time.getDate())} ${pad(time.getHours())}:${pad(time.getMinutes())}`;
}
