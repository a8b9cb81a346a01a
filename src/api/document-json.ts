/** What the API says of documents and their passages. */
import { t } from "elysia";
import { nullable, type StaticReply, time } from "../http/openapi/openapi-detail.ts";
import type { PassageText, StoredDocument } from "../store/document-tables.ts";
import { inLanguage } from "../texts/say.ts";
import type { FoundPassage, OwnDocuments } from "../workspace/documents.ts";

export const exampleId = "019a5f3c-7c1e-7000-8000-3f6e2b7c9d20";
const kinds = ["text", "html", "csv", "xlsx", "pdf"] as const;
const states = ["waiting", "reading", "ready", "failed"] as const;

export const exampleDocument = {
  id: exampleId,
  name: "policy.pdf",
  title: "",
  kind: "pdf",
  size: 48_213,
  state: "ready",
  problem: null,
  pages: 4,
  passage_count: 21,
  embedded: 21,
  is_cut: false,
  timestamp: "2026-03-01T09:30:00.000Z",
} as const;

const properties = {
  id: t.String(),
  name: t.String(),
  title: t.String({ description: "What it calls itself; empty for nothing." }),
  kind: t.Union(kinds.map((kind) => t.Literal(kind))),
  size: t.Integer({ description: "In bytes." }),
  state: t.Union(
    states.map((state) => t.Literal(state)),
    { description: "Questions can be asked about it once it is ready." },
  ),
  problem: nullable(t.String({ description: "Why it could not be read." })),
  pages: t.Integer({ description: "Pages, or sheets; 0 of a text." }),
  passage_count: t.Integer(),
  embedded: t.Integer({ description: "How many of its passages are found by meaning, too." }),
  is_cut: t.Boolean({ description: "Whether the file has more text than is kept here." }),
  timestamp: time(),
};
export const DocumentReply = t.Object(properties, { title: "Document", examples: [exampleDocument] });

const Passage = t.Object({
  number: t.Integer({ description: "Its place in the document, from 1." }),
  page: nullable(t.Integer({ description: "From 1; null: the document has no pages." })),
  sheet: nullable(t.String({ description: "Of a table." })),
  cells: nullable(t.String({ description: "Of a table, as A2:F40." })),
  start: t.Integer({ description: "Where it begins in the text of its page." }),
  end: t.Integer(),
  heading: t.String(),
  text: t.String(),
});
const examplePassage = {
  ...{ number: 3, page: 2, sheet: null, cells: null, start: 0, end: 32 },
  ...{ heading: "Premium", text: "The premium is 240 euros a year." },
};
export const WholeDocument = t.Object(
  { ...properties, passages: t.Array(Passage) },
  { title: "WholeDocument", examples: [{ ...exampleDocument, passages: [examplePassage] }] },
);
const FoundPassageReply = t.Object(
  {
    document_id: t.String(),
    document: t.String({ description: "Its name." }),
    ...Passage.properties,
    score: t.Number({ description: "0 to 1; comparable within one search." }),
  },
  {
    title: "FoundPassage",
    examples: [{ document_id: exampleId, document: "policy.pdf", ...examplePassage, score: 0.71 }],
  },
);
export const FoundPassages = t.Array(FoundPassageReply, {
  title: "FoundPassages",
  examples: [FoundPassageReply.examples ?? []],
});

/** Why it could not be read, in English. */
const problemOf = ({ name, problem }: StoredDocument): string | null =>
  problem === null
    ? null
    : inLanguage(
        {
          template: problem.template,
          values: [name, ...problem.values].map((verbatim) => ({ verbatim })),
        },
        "en",
      );

export const documentJson = (
  documents: Pick<OwnDocuments, "embedded">,
  document: StoredDocument,
): StaticReply<typeof DocumentReply> => {
  const { id, name, title, kind, size, state, pages, passages, isCut, createdAt } = document;
  return {
    ...{ id, name, title, kind, size, state, pages },
    problem: problemOf(document),
    passage_count: passages,
    embedded: documents.embedded(id),
    is_cut: isCut,
    timestamp: new Date(createdAt).toISOString(),
  };
};

export const passageJson = ({
  number,
  page,
  sheet,
  cells,
  start,
  end,
  heading,
  text,
}: PassageText): StaticReply<typeof Passage> => ({ number, page, sheet, cells, start, end, heading, text });

export const foundPassageJson = ({
  document,
  passage,
  score,
}: FoundPassage): StaticReply<typeof FoundPassageReply> => ({
  document_id: document.id,
  document: document.name,
  ...passageJson(passage),
  score,
});
