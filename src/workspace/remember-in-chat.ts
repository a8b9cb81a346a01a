/**
 * "Remember that …" in a chat: the fact is stored, and the answer says so, without a model. Asked again, it is stored once. It
 * stands before the desk, which answers all else.
 */
import { stableId } from "../conversations/transfer/stable-id.ts";
import { IdempotencyKeyReusedError } from "../errors.ts";
import type { AskDesk } from "../generations/answer-writer.ts";
import type { AssistantMemory } from "../memory/memory.ts";
import { requestToRemember, type StatedIn, statedFact } from "../memory/stated-fact.ts";
import type { Store } from "../store/database.ts";

/** In the language of the request, as the cards of the desk are. */
const replies: Readonly<Record<StatedIn, { readonly remembered: string; readonly temporary: string }>> = {
  en: {
    remembered: "I will remember:",
    temporary: "This chat is temporary: nothing is remembered from it. /remember stores it all the same.",
  },
  de: {
    remembered: "Ich merke mir:",
    temporary: "Dieser Chat ist temporär: Aus ihm wird nichts gemerkt. /merken speichert es trotzdem.",
  },
  es: {
    remembered: "Lo recordaré:",
    temporary: "Este chat es temporal: no se recuerda nada de él. /recordar lo guarda de todos modos.",
  },
};

interface RememberInChatDeps {
  readonly memory: Pick<AssistantMemory, "memorize">;
  readonly store: Pick<Store, "conversations">;
  readonly desk: AskDesk;
}

export function rememberInChat({ memory, store, desk }: RememberInChatDeps): AskDesk {
  return async (question, asked) => {
    const { ownerId, questionId, conversationId } = asked;
    const request = requestToRemember(question);
    if (request === null) return desk(question, asked);
    const { language, text } = request;
    const { remembered, temporary } = replies[language];
    const card = (said: string) => ({ facts: [] as const, card: `${said}\n\n`, wantsProse: false });
    if (store.conversations.get(conversationId)?.origin === "temporary") return card(temporary);
    try {
      await memory.memorize({
        ...{ ...statedFact(text), ownerId, conversationId },
        ...{ id: stableId("said", questionId), messageId: questionId, kind: "fact", source: "said" },
      });
    } catch (error) {
      // The question is asked again, and its fact was corrected meanwhile.
      if (!(error instanceof IdempotencyKeyReusedError)) throw error;
    }
    return card(`${remembered} ${text.replaceAll(/\s+/g, " ").replaceAll(/([\\`*_[\]<>#|])/g, "\\$1")}`);
  };
}
