/** The program as it is started, with the smallest model, asked over HTTP: the whole way from a question to its card. */
import { newDataFolder, ServerUnderTest } from "../faults/server-under-test.ts";
import type { Ask } from "./take-exam.ts";

/** What the examination reads of a reply of POST /chat. */
interface ChatReply {
  readonly response: string;
  readonly facts: readonly {
    readonly value: string | null;
    readonly unit: string | null;
    readonly formula: {
      readonly id: string;
      readonly parameters: Readonly<Record<string, string | number | boolean>>;
    };
  }[];
  readonly figures: readonly { readonly class: string; readonly text: string }[];
}

export interface ExaminedServer extends AsyncDisposable {
  readonly ask: Ask;
  /** Figures that a card shows and nothing proves, each with its question. */
  readonly uncheckedInCards: readonly string[];
}

/** @throws when the server does not listen or a question is refused */
export async function examinedServer(model: string): Promise<ExaminedServer> {
  const server = await ServerUnderTest.start({ dataDir: newDataFolder(), environment: { MODEL: model } });
  const uncheckedInCards: string[] = [];
  const ask: Ask = async (question) => {
    // The form does not send it, and no other way takes it.
    if (question.trim() === "") return null;
    // What a model writes where there is no card is not examined here: a few tokens of it will do.
    const reply = await fetch(`${server.url}/chat`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ message: question, max_tokens: 4 }),
    });
    if (!reply.ok) {
      const problem = await reply.text();
      // No card: the model was to answer, and the question is longer than it holds.
      if (problem.includes('"prompt_too_long"')) return null;
      throw new Error(`"${question.slice(0, 200)}" was refused: ${problem}`);
    }
    const { response, facts, figures } = (await reply.json()) as ChatReply;
    if (facts.length === 0) return null;
    for (const { class: found, text } of figures)
      if (found === "unsupported") uncheckedInCards.push(`${text}: ${question}`);
    return { card: response, facts };
  };
  return { ask, uncheckedInCards, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}
