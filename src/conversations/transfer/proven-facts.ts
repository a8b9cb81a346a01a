/**
 * Keeps of an imported conversation only the facts that are computed here again: a file may say that a figure was computed,
 * but only a computation proves it. The text stays as it is; what nothing proves bears that mark.
 */
import type { Fact } from "../../finance/facts/fact.ts";
import { verifyFact } from "../../finance/facts/verify.ts";
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
  const isProven = (fact: Fact) => verifyFact(fact, known).equal;
  const proven = (token: ArchiveGeneration["tokens"][number]) =>
    token.facts === undefined ? token : { ...token, facts: token.facts.filter(isProven) };
  const generations: ArchiveGeneration[] = [];
  for (const generation of conversation.generations) {
    yield;
    const hasFacts = generation.tokens.some(({ facts }) => facts);
    generations.push(hasFacts ? { ...generation, tokens: generation.tokens.map(proven) } : generation);
  }
  return { ...conversation, generations };
}
