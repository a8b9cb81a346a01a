/**
 * Asks a model which sentences of a user's message are worth remembering, by a grammar in which there is nothing else to say, and
 * reads its answer without believing it: a sentence that does not stand in the message is thrown away, and so is a subject with a
 * word or figure that is not the user's. It knows nothing of storage.
 */
import type { GenerateRequest } from "../chat/engine.ts";
import { titleFrom } from "../generations/new-rows.ts";

export interface ChosenSentence {
  /** To the letter as in the message. */
  readonly sentence: string;
  /** What it is about. */
  readonly about: string;
}

const longestSubject = 60;
/** What a subject, and the marks around it, take at most. */
const tokensOfItem = 60;

const rules = [
  "You read a message that a user wrote to their financial assistant, and choose what the assistant should still know in later conversations.",
  "Choose a sentence only if it states a rule of the user, a preference, a decision, a goal, or a lasting fact about them and their money.",
  "Leave out what matters for this question alone. Often nothing is worth it: then the list is empty.",
  "about: two to four words of the sentence that name its subject.",
].join(" ");

/** @param sentences of the message */
export function choosingRequest(
  messageId: string,
  conversationId: string,
  message: string,
  sentences: readonly string[],
): GenerateRequest {
  const schema = {
    type: "object",
    properties: {
      remember: {
        type: "array",
        maxItems: sentences.length,
        items: {
          type: "object",
          properties: {
            sentence: { type: "string", enum: [...sentences] },
            about: { type: "string", maxLength: longestSubject },
          },
          required: ["sentence", "about"],
          additionalProperties: false,
        },
      },
    },
    required: ["remember"],
    additionalProperties: false,
  };
  const length = sentences.reduce((sum, sentence) => sum + sentence.length, 0);
  return {
    generationId: `proposal:${messageId}`,
    conversationId,
    messages: [
      { role: "system", content: rules },
      {
        role: "user",
        content: `The message:\n${message}\n\nIts sentences to choose from:\n${sentences.map((one) => `- ${one}`).join("\n")}\n\nReply as {"remember": [{"sentence": …, "about": …}]}.`,
      },
    ],
    sampling: {
      ...{ temperature: 0, topP: 1, seed: 1, stop: [], topLogprobs: null },
      // A token has two characters at least in what people write.
      maxTokens: Math.ceil(length / 2) + sentences.length * tokensOfItem + 40,
    },
    templateFields: { enable_thinking: false },
    format: { type: "json-schema", name: "remember", schema },
  };
}

/** @param answer of a model, which may say anything */
export function chosenIn(
  answer: string,
  message: string,
  sentences: readonly string[],
): readonly ChosenSentence[] {
  const allowed = new Set(sentences);
  const chosen = new Map<string, ChosenSentence>();
  for (const item of itemsOf(answer)) {
    const [sentence, about] = [
      textIn(item, "sentence"),
      textIn(item, "about").replaceAll(/\s+/g, " ").trim(),
    ];
    if (!allowed.has(sentence) || !message.includes(sentence)) continue;
    const isOwn = about !== "" && about.length <= longestSubject && saysOnly(about, sentence);
    chosen.set(sentence, { sentence, about: isOwn ? about : titleFrom(sentence) });
  }
  return [...chosen.values()];
}

function itemsOf(answer: string): readonly unknown[] {
  try {
    const said: unknown = JSON.parse(answer);
    const list: unknown = typeof said === "object" && said !== null ? Reflect.get(said, "remember") : null;
    return Array.isArray(list) ? list : [];
  } catch (error) {
    // It was cut, or an engine without grammars wrote prose.
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function textIn(item: unknown, name: string): string {
  const value: unknown = typeof item === "object" && item !== null ? Reflect.get(item, name) : null;
  return typeof value === "string" ? value : "";
}

/** Each of its words and figures stands in the sentence. */
function saysOnly(about: string, sentence: string): boolean {
  const wordsIn = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}.,%]*[\p{L}\p{N}%]/gu) ?? [];
  const said = new Set(wordsIn(sentence));
  return wordsIn(about).every((word) => said.has(word));
}
