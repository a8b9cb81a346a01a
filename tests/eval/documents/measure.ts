/** How well passages of the reports are found, questions without an answer refused, and quotations checked. */
import type { Embedder } from "../../../src/chat/engine.ts";
import { createDocuments, type FoundPassage } from "../../../src/documents/documents.ts";
import { misquotationsIn } from "../../../src/generations/citations.ts";
import { silent, temporaryStore } from "../../store/temporary-store.ts";
import { makeReports, type Report, type ReportQuestion } from "./reports.ts";

export interface AskedReport extends ReportQuestion {
  readonly report: Report;
  /** Best first. */
  readonly found: readonly FoundPassage[];
  /** Whether the line that answers stands in one of the first five. */
  readonly isFound: boolean;
  /** Of all reports together. */
  readonly isFoundAmongAll: boolean;
  /** Whether a quotation of what was found is known as one, and the same with another digit or letter is not. */
  readonly isQuoteRight: boolean;
}

const limits = { largest: 10_000_000, mostStored: 1_000_000_000 };
const passagesAsked = 5;

export async function measureDocuments(embedder: Embedder | null): Promise<readonly AskedReport[]> {
  using store = temporaryStore();
  await using documents = createDocuments({ store, embedder, log: silent });
  const { signal } = new AbortController();
  const asked: AskedReport[] = [];
  const reports = makeReports();
  const ids = new Map<Report, string>();
  for (const report of reports) ids.set(report, (await documents.add(null, report, limits)).id);
  await documents.pending();
  const all = documents.page(null, reports.length);
  for (const report of reports) {
    const document = documents.get(null, ids.get(report) ?? "");
    if (document?.state !== "ready") throw new Error(`${report.name} was not read.`);
    for (const question of report.questions) {
      const found = await documents.find([document], question.ask, passagesAsked, signal);
      const amongAll = await documents.find(all, question.ask, passagesAsked, signal);
      asked.push({
        ...{ ...question, report, found },
        isFound: found.some(({ passage }) => answers(passage.text, question.answer)),
        isFoundAmongAll: amongAll.some(
          ({ document: { id }, passage }) => id === document.id && answers(passage.text, question.answer),
        ),
        isQuoteRight: found.every(({ passage }) => isQuoteChecked(passage.text)),
      });
    }
  }
  return asked;
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** The line may be cut: its figures and most of its words must stand there. */
function answers(text: string, answer: string | null): boolean {
  if (answer === null) return false;
  const here = new Set(plain(text).split(" "));
  const words = plain(answer).split(" ");
  const figures = words.filter((word) => /\d/.test(word));
  return (
    figures.every((figure) => here.has(figure)) &&
    words.filter((word) => here.has(word)).length >= words.length * 0.8
  );
}

/** A sentence of the passage, word for word, and the same with one sign changed. */
function isQuoteChecked(text: string): boolean {
  const sentence = /[^.!?\n]{20,200}[.!?]/.exec(text.replaceAll("\n", " "))?.[0].trim() ?? text.slice(0, 80);
  const middle = sentence.search(/[\p{L}\p{N}](?=[^\p{L}\p{N}]*$)/u);
  const other = /[\p{L}]/u.test(sentence.charAt(middle))
    ? sentence.charAt(middle) === "x"
      ? "y"
      : "x"
    : sentence.charAt(middle) === "7"
      ? "8"
      : "7";
  const changed = sentence.slice(0, middle) + other + sentence.slice(middle + 1);
  const flagged = (quote: string) => misquotationsIn(`It says: “${quote}” [1]`, [text]).length > 0;
  return !flagged(sentence) && flagged(changed);
}
