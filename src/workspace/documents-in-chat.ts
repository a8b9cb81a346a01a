/**
 * Questions of a conversation that is asked about documents: chooses the passages that the model is to answer from, or says
 * itself, without a model, that nothing in them answers. It stands before the desk, which computes what needs no document. Those that
 * the conversation has of its project alone are searched, too; where nothing in them answers, the question is asked as anywhere.
 */
import type { AssistantDocuments } from "../documents/documents.ts";
import { languageOf } from "../finance/desk/number-readings.ts";
import { wordsOf } from "../finance/desk/question-words.ts";
import type { AskDesk } from "../generations/answer-writer.ts";
import { searchTerms } from "../memory/search-terms.ts";
import type { Store } from "../store/database.ts";
import type { StoredDocument } from "../store/document-tables.ts";
import type { ChosenPassage } from "../store/documents.ts";
import type { OwnerId } from "../store/schema.ts";
import { languageOfReader } from "../texts/reader-language.ts";
import { inLanguage, type Language, languageOf as languageOfCode, say } from "../texts/say.ts";

interface DocumentsInChatDeps {
  readonly documents: Pick<AssistantDocuments, "find" | "ready">;
  readonly store: Pick<Store, "documents" | "messages" | "commit">;
  /** The language that an owner has chosen for answers: its code; null: none. */
  readonly languageOf: (ownerId: OwnerId) => string | null;
  readonly desk: AskDesk;
}

/** Documents that are together no longer than this go in whole, in UTF-16 units. */
const wholeLength = 6_000;
/** Of longer ones so many passages. */
const mostPassages = 8;

/** How long the passages are, about, that these documents may tell for one question, in UTF-16 units. */
export function lengthTold(
  documents: readonly Pick<StoredDocument, "state" | "characters" | "passages">[],
): number {
  const ready = documents.filter(({ state }) => state === "ready");
  const length = ready.reduce((sum, { characters }) => sum + characters, 0);
  const count = ready.reduce((sum, { passages }) => sum + passages, 0);
  return length <= wholeLength ? length : Math.ceil((length / count) * Math.min(count, mostPassages));
}

export function documentsInChat({ documents, store, languageOf, desk }: DocumentsInChatDeps): AskDesk {
  return async (question, asked) => {
    const { conversationId, questionId, ownerId, signal } = asked;
    const { documents: stored } = store;
    const chosen = stored.askedIn(conversationId);
    if (chosen.length === 0) return desk(question, asked);
    // A project has them at hand: what they do not answer is asked as anywhere.
    const isChosen = stored.isChosenFor(conversationId);
    const first = isChosen ? null : await desk(question, asked);
    if (first !== null && first.facts.length > 0) return first;
    // Asked again, it has the passages of the first time.
    if (stored.ofMessages([questionId]).size > 0) return null;
    await documents.ready(
      chosen.map(({ id }) => id),
      signal,
    );
    const now = stored.askedIn(conversationId);
    const ready = now.filter(({ state }) => state === "ready");
    const passages = await passagesFor(question, ready);
    if (passages.length === 0 && !isChosen) return first;
    if (passages.length === 0) {
      // What can be computed of the figures in the question needs no document.
      const computed = await desk(question, asked);
      if (computed !== null && computed.facts.length > 0) return computed;
      const card = refusal(now, ready, languageFor(question, languageOf(ownerId)));
      return { facts: [], card: `${card}\n\n`, wantsProse: false };
    }
    await store.commit(() => stored.quote(questionId, passages));
    return null;

    async function passagesFor(
      text: string,
      from: readonly StoredDocument[],
    ): Promise<readonly ChosenPassage[]> {
      const whole = wholeOf(from);
      if (isAboutAll(text)) return whole ?? beginningOf(from);
      const found = await documents.find(from, withBefore(text), mostPassages, signal);
      const near = found.map(({ passage: { documentId, number }, score }) => ({ documentId, number, score }));
      if (near.length === 0 || whole === null) return near;
      // Where not all of it has room, what is near is kept.
      return whole.map(
        (passage) =>
          near.find(
            ({ documentId, number }) => documentId === passage.documentId && number === passage.number,
          ) ?? passage,
      );
    }

    /** "And in 2024?" is of what was asked before. */
    function withBefore(text: string): string {
      if (!followsOn.test(text)) return text;
      const before = store.messages
        .ancestors(questionId, 3)
        .findLast(({ role, id }) => role === "user" && id !== questionId);
      return before === undefined ? text : `${before.content} ${text}`;
    }
  };

  function wholeOf(from: readonly StoredDocument[]): readonly ChosenPassage[] | null {
    const length = from.reduce((sum, { characters }) => sum + characters, 0);
    if (length === 0 || length > wholeLength) return null;
    return from.flatMap(({ id }) => store.documents.passagesOf(id).map(chosenOf));
  }

  /** The first passages of each. */
  function beginningOf(from: readonly StoredDocument[]): readonly ChosenPassage[] {
    const share = Math.max(1, Math.floor(mostPassages / Math.max(1, from.length)));
    return from
      .flatMap(({ id }) => store.documents.passagesOf(id, 1, share).map(chosenOf))
      .slice(0, mostPassages);
  }
}

const chosenOf = ({ documentId, number }: { documentId: string; number: number }): ChosenPassage => ({
  documentId,
  number,
  score: null,
});

const followsOn =
  /^\s*(?:and|what about|how about|und|was ist mit|wie ist es mit|y|qué hay de|qué pasa con)\b/i;

/** Words of questions that are about a document as a whole. */
const wholeWords = new Set(
  (
    "document documents report reports file files pdf text paper page summary summarise summarize sum overview about main key " +
    "points point tell give short briefly explain describe " +
    "dokument dokumente bericht datei zusammenfassung zusammenfassen fasse fass zusammen überblick kurz wichtigste punkte " +
    "erkläre worum geht documento documentos informe archivo resumen resume resumir resúmeme breve puntos principales trata explica"
  ).split(" "),
);

const isAboutAll = (question: string) => searchTerms(question).every((term) => wholeWords.has(term));

function languageFor(question: string, chosen: string | null): Language {
  if (chosen !== null) return languageOfCode(chosen);
  const heard = languageOf(wordsOf(question, []));
  return heard === "en" ? languageOfReader() : heard;
}

/** What is in the documents does not answer; or they cannot be read. */
function refusal(
  chosen: readonly StoredDocument[],
  ready: readonly StoredDocument[],
  language: Language,
): string {
  const told = (document: StoredDocument) => {
    const { name, problem, state } = document;
    if (problem !== null && state === "failed")
      return inLanguage(
        {
          template: problem.template,
          values: [named(name), ...problem.values].map((verbatim) => ({ verbatim })),
        },
        language,
      );
    return inLanguage(
      say`${{ verbatim: named(name) }} is still being read. Ask again in a moment.`,
      language,
    );
  };
  const unread = chosen.filter(({ id }) => ready.every((each) => each.id !== id)).map(told);
  const names = new Intl.ListFormat(language === "en-XA" || language === "ar-XB" ? "en" : language).format(
    ready.map(({ name }) => named(name)),
  );
  const nothing =
    ready.length === 0
      ? []
      : [
          inLanguage(
            say`I found nothing in ${{ verbatim: names }} that answers this. I have not asked the model, so that it does not answer from nowhere. Ask in other words, or choose other documents.`,
            language,
          ),
        ];
  return [...nothing, ...unread].join("\n\n");
}

/** As code: a name is no Markdown, and a year in it is no figure. */
const named = (name: string) => `\`${name.replaceAll("`", "'")}\``;
