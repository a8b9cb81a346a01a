/**
 * Keeps of an imported conversation only the facts that are computed here again: a file may say that a figure was computed,
 * but only a computation proves it. Likewise a card that names an input's limits is one only where the desk says the same to
 * the same question. The text stays as it is; what nothing proves bears that mark.
 */
import { cardFor } from "../../finance/desk/create-desk.ts";
import type { Fact } from "../../finance/facts/fact.ts";
import { inOwnWords } from "../../finance/facts/verify.ts";
import { builtInInstruments } from "../../finance/instruments/catalog.ts";
import { withOwn } from "../../finance/instruments/own-instruments.ts";
import type { Store } from "../../store/database.ts";
import type { OwnerId } from "../../store/schema.ts";
import type { ArchiveConversation, ArchiveGeneration } from "./archive-format.ts";

export function* withProvenFacts(
  { instruments }: Pick<Store, "instruments">,
  ownerId: OwnerId,
  conversation: ArchiveConversation,
): Generator<void, ArchiveConversation, undefined> {
  const known = withOwn(builtInInstruments, instruments.list(ownerId));
  // Its words prove figures, too.
  const own = (fact: Fact) => inOwnWords(fact, known) ?? [];
  const proven = (token: ArchiveGeneration["tokens"][number]) =>
    token.facts === undefined ? token : { ...token, facts: token.facts.flatMap(own) };
  const questions = new Map(conversation.messages.map(({ id, content }) => [id, content]));
  const withOwnCard = (generation: ArchiveGeneration): ArchiveGeneration => {
    const { tokens, questionId } = generation;
    if (tokens.some(({ facts }) => facts !== undefined && facts.length > 0)) return generation;
    const card = tokens.flatMap((token) => (token.card ? [token.text] : [])).join("");
    if (card === cardFor(questions.get(questionId) ?? "", known)?.card) return generation;
    return { ...generation, tokens: tokens.map(({ card: _, ...token }) => token) };
  };
  const generations: ArchiveGeneration[] = [];
  for (const generation of conversation.generations) {
    yield;
    const isByDesk = generation.tokens.some(({ facts, card }) => facts || card);
    generations.push(
      isByDesk ? withOwnCard({ ...generation, tokens: generation.tokens.map(proven) }) : generation,
    );
  }
  return { ...conversation, generations };
}
