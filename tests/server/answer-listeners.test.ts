/** What becomes of a finished exchange. */
import { expect, test } from "bun:test";
import { GenerationEvents } from "../../src/generations/generation-events.ts";
import { subscribeToAnswers } from "../../src/server/answer-listeners.ts";
import { silent } from "../store/temporary-store.ts";

type Parts = Parameters<typeof subscribeToAnswers>[1];

test("an exchange about documents is not remembered: what stands in them goes with them", async () => {
  const events = new GenerationEvents(silent);
  const remembered: (string | undefined)[] = [];
  const parts: Partial<Parts> = {
    titles: { consider: () => {} } as unknown as Parts["titles"],
    memory: {
      remembersExchanges: () => true,
      memorize: async (memory) => {
        remembered.push(memory.conversationId);
        throw new Error("That is all that is wanted here.");
      },
    },
    isAboutDocuments: ({ conversationId }) => conversationId === "about documents",
    log: silent,
  };
  subscribeToAnswers(events, parts as Parts);
  for (const conversationId of ["about documents", "plain"])
    await events.emit({
      type: "exchanged",
      ownerId: null,
      exchange: { conversationId, messageId: "m", question: "How high?", answer: "500 euros." },
    });
  expect(remembered).toEqual(["plain"]);
});
