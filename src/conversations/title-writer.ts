/**
 * Gives a conversation a title by the model, after its first exchange. It never delays answers: it runs only
 * while an engine is idle, and gives up as soon as an answer waits. Until then, and when the model has
 * nothing sensible to say, the title is the question's beginning.
 */
import type { ChatMessage } from "../chat/engine.ts";
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import { acquireIdle, type IdleEngines, isIdle } from "./idle-engine.ts";

interface TitleWriterDeps extends IdleEngines {
  readonly store: Pick<Store, "conversations" | "messages" | "generations">;
  readonly suggestTitle: (conversationId: string, title: string) => boolean;
  readonly log: Log;
}

const deadlineMs = 30_000;
/** What a title needs at most. */
const titleTokens = 24;
/** So much of question and answer is read: the beginning says what it is about. */
const readCharacters = 600;
const longestTitle = 60;
const mostWords = 10;

export class TitleWriter implements AsyncDisposable {
  readonly #deps: TitleWriterDeps;
  readonly #closing = new AbortController();
  /** Those that were looked at: each is tried once a run of the program. */
  readonly #tried = new Set<string>();
  #work: Promise<void> = Promise.resolve();

  constructor(deps: TitleWriterDeps) {
    this.#deps = deps;
  }

  /**
   * Reports that an answer of this conversation has ended. It neither waits nor throws; the database is read in
   * its turn, since many answers may end at one moment.
   */
  consider(conversationId: string): void {
    if (this.#closing.signal.aborted || this.#tried.has(conversationId)) return;
    this.#work = this.#work
      .then(() => this.#name(conversationId))
      // A rejection that nobody handles would end the server.
      .catch((error: unknown) => this.#deps.log.error("defect", { conversation: conversationId, error }));
  }

  /** Resolves when all requests so far have been tried. */
  async idle(): Promise<void> {
    await this.#work;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await this.#work;
  }

  #firstExchange(conversationId: string): { question: string; answer: string } | null {
    const { store } = this.#deps;
    if (store.conversations.get(conversationId)?.titledBy !== "question") return null;
    const [question, answer, ...more] = store.messages.path(conversationId, { limit: 3 });
    if (question === undefined || answer === undefined || more.length > 0) return null;
    if (store.generations.forMessage(answer.id)?.state !== "done") return null;
    return { question: question.content, answer: answer.content };
  }

  async #name(conversationId: string): Promise<void> {
    const { engines, suggestTitle, log } = this.#deps;
    if (this.#closing.signal.aborted || this.#tried.has(conversationId)) return;
    if (!isIdle(this.#deps)) return;
    const exchange = this.#firstExchange(conversationId);
    if (exchange === null) return;
    this.#tried.add(conversationId);
    const giveUp = new AbortController();
    const signal = AbortSignal.any([this.#closing.signal, giveUp.signal, AbortSignal.timeout(deadlineMs)]);
    try {
      using lease = await acquireIdle(this.#deps, titleTokens, () => giveUp.abort(), signal);
      let text = "";
      for await (const event of lease.engine.generate(titleRequest(conversationId, exchange), signal)) {
        if (event.type === "token") text += event.text;
        if (engines.waiting > 0) giveUp.abort();
      }
      const title = titleIn(text);
      if (title !== null) suggestTitle(conversationId, title);
    } catch (error) {
      if (!signal.aborted) log.debug("title-not-written", { conversation: conversationId, error });
    }
  }
}

function titleRequest(conversationId: string, { question, answer }: { question: string; answer: string }) {
  const messages: ChatMessage[] = [
    {
      role: "system",
      content: "You name conversations. Reply with a title of three to six words and nothing else.",
    },
    {
      role: "user",
      content: `Name this conversation.\n\nQuestion: ${question.slice(0, readCharacters)}\n\nAnswer: ${answer.slice(0, readCharacters)}`,
    },
  ];
  return {
    generationId: `title:${conversationId}`,
    conversationId,
    messages,
    sampling: {
      temperature: 0.3,
      topP: 0.9,
      maxTokens: titleTokens,
      seed: 1,
      stop: ["\n"],
      topLogprobs: null,
    },
  };
}

/** @returns null for what is no title: nothing, or a whole sentence cut short */
export function titleIn(text: string): string | null {
  const line = text
    .replace(/^\s*(?:\*\*)?title(?:\*\*)?\s*:\s*/i, "")
    .replaceAll(/[*_`#"“”«»]/g, "")
    .replaceAll(/\s+/g, " ")
    .replace(/[.\s]+$/, "")
    .trim();
  const words = line.split(" ").length;
  return line === "" || line.length > longestTitle || words > mostWords ? null : line;
}
