/** A conversation of an archive with the documents of this program: what points at one that is not here is left out. */
import type { ArchiveConversation, ArchiveGeneration, ArchiveMessage } from "./archive-format.ts";

/** @param idsHere of each document of the file the id that it has here */
export function* withDocumentsHere(
  conversation: ArchiveConversation,
  idsHere: ReadonlyMap<string, string>,
): Generator<void, ArchiveConversation, undefined> {
  const { documents: named = [], ...rest } = conversation;
  const documents = named.flatMap((id) => idsHere.get(id) ?? []);
  const messages: ArchiveMessage[] = [];
  for (const { passages: told = [], ...message } of conversation.messages) {
    const passages = told.flatMap((passage) => {
      const documentId = idsHere.get(passage.documentId);
      return documentId === undefined ? [] : [{ ...passage, documentId }];
    });
    yield void messages.push(passages.length === 0 ? message : { ...message, passages });
  }
  const generations: ArchiveGeneration[] = [];
  for (const generation of conversation.generations) {
    const { receipt } = generation;
    const passages = receipt?.passages?.map((passage) => ({
      ...passage,
      documentId: idsHere.get(passage.documentId) ?? passage.documentId,
    }));
    yield void generations.push(
      receipt === null || passages === undefined
        ? generation
        : { ...generation, receipt: { ...receipt, passages } },
    );
  }
  return { ...rest, ...(documents.length === 0 ? {} : { documents }), messages, generations };
}
