/** A ranker without a model: the more words of the question a text has, the better it answers. */
import type { Ranker } from "../../src/chat/engine.ts";

export function wordRanker(): Ranker & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    ...{ asked, model: "tiny-reranker", longestQuestion: 8 },
    countQuestion: async (question) => question.split(" ").length,
    rank: async (question, texts) => {
      asked.push(...texts);
      const words = question.toLowerCase().split(" ");
      const shared = (text: string) => words.filter((word) => text.toLowerCase().includes(word)).length;
      return texts.map((text) => ({ score: shared(text) / words.length, tokens: text.split(" ").length }));
    },
    async [Symbol.asyncDispose]() {},
  };
}
