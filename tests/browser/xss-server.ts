/**
 * Serves the real app with the corpus of hostile texts in all that it shows: questions, answers, titles, memories, proposals, and the
 * names, titles, headings and passages of documents.
 * Its model answers "group N" with every text of a group, cut at random, or at every character; ends when its input does.
 */
import { resultInSlices } from "../../src/loop/work-slices.ts";
import type { Memory } from "../../src/store/schema.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { serveUntilInputEnds } from "../input-ended.ts";
import { workingStatus } from "../security/guarded-app.ts";
import { type XssPayload, xssCorpus } from "../security/xss-corpus.ts";
import { conversation, document, generation, memory, message, passage } from "../store/rows.ts";
import { groupsOf, type XssSeed } from "./xss-groups.ts";

const cutsEverywhere = process.env.XSS_LONG === "1";
/** A frame of the page holds what comes in 40 ms: each token shall be one. */
const betweenTokensMs = 46;

/** The same in every run: a failure can be looked at again. */
let chance = 1;
const random = () => {
  chance = (chance * 48_271) % 2_147_483_647;
  return chance / 2_147_483_647;
};

function cut(text: string): string[] {
  const characters = [...text];
  const tokens: string[] = [];
  while (characters.length > 0)
    tokens.push(characters.splice(0, cutsEverywhere ? 1 : 1 + Math.floor(random() * 48)).join(""));
  return tokens;
}

const memories: readonly Memory[] = xssCorpus.map(({ text, name }, index) =>
  memory({ id: `memory-${index}`, key: text, value: `${text} ${name}` }),
);

const app = openAnsweringApp({
  status: workingStatus,
  engines: [
    new ScriptedEngine({
      slots: 32,
      contextSize: 1_000_000,
      cut,
      script: ({ messages }) => ({
        answer: answerTo(messages.at(-1)?.content ?? ""),
        pace: (_token, signal) => pause(betweenTokensMs, signal),
      }),
    }),
  ],
  // Every memory is recalled into every answer, and so stands in its receipt.
  recall: async () => memories.map((memory) => ({ memory, score: 0.5 })),
});
const { id: contentId } = await resultInSlices(app.store.contents.write(new TextEncoder().encode("x"), 1));
const seed: XssSeed = {
  url: app.url,
  conversations: xssCorpus.map((payload, index) => add(app, payload, index)),
};
console.log(JSON.stringify(seed));
await serveUntilInputEnds(app);

function answerTo(question: string): string {
  const group = /group (\d+)/.exec(question)?.[1];
  return group === undefined
    ? "Nothing."
    : (groupsOf(xssCorpus)[Number(group)] ?? []).map(({ text }) => text).join("\n\n");
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(over.resolve, milliseconds);
  signal.addEventListener("abort", () => over.resolve(), { once: true });
  await over.promise;
  clearTimeout(timer);
}

/** A conversation whose name, question and answer, and whatever its receipt names, are the text. @returns its id */
function add({ store }: AnsweringApp, { text }: XssPayload, index: number): string {
  const id = crypto.randomUUID();
  const updatedAt = Date.now() - index;
  const hasFailed = index % 9 === 0;
  // A failure is shown otherwise where nothing was written.
  const content = index % 18 === 0 ? "" : `${text}\n\nSo it stands there [1].`;
  store.transaction(() => {
    store.conversations.insert(conversation({ id, title: text, createdAt: updatedAt, updatedAt }));
    const questionId = crypto.randomUUID();
    const messageId = crypto.randomUUID();
    const rest = { conversationId: id, createdAt: updatedAt };
    // A word that only the search test asks for stands in each.
    store.messages.insert(
      message({ ...rest, id: questionId, parentId: null, role: "user", content: `needle ${text}` }),
    );
    store.messages.insert(
      message({ ...rest, id: messageId, parentId: questionId, role: "assistant", content }),
    );
    store.generations.insert(
      generation({
        id: crypto.randomUUID(),
        conversationId: id,
        questionId,
        messageId,
        state: hasFailed ? "failed" : "done",
        error: hasFailed ? { code: "engine_failed", message: text } : null,
        endedAt: updatedAt,
        writers: [{ engine: text, model: text, modelHash: text, fromToken: 0 }],
      }),
    );
    store.conversations.update(id, { leafId: messageId });
    const documentId = `document-${index}`;
    store.documents.insert(
      document({
        ...{ id: documentId, contentId, name: text, title: text, kind: "html", createdAt: updatedAt },
        ...{ state: "ready", passages: 1, characters: text.length },
      }),
    );
    store.documents.addPassages([passage({ documentId, heading: text, text })]);
    store.documents.chooseFor(id, [documentId]);
    store.documents.quote(questionId, [{ documentId, number: 1, score: 0.5 }]);
    store.proposals.insert({
      ...{ id: `proposal-${index}`, ownerId: null, conversationId: id, messageId: questionId },
      ...{ sentence: text, key: text, hash: `${index}`, createdAt: updatedAt },
    });
  });
  return id;
}
