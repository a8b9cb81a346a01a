/**
 * A conversation as one HTML document that needs nothing else: no script, no font, no request. It is made in many pieces, some of
 * them empty, so that a long one neither fills the memory nor a turn of the event loop.
 */
import type { PlacedFact } from "../../src/store/facts.ts";
import { languageOfReader, tr } from "../../src/texts/reader-language.ts";
import { isRightToLeft } from "../../src/texts/say.ts";
import type { DocumentMessageProps, DocumentProps } from "../document-props.ts";
import { escapeHtml } from "../escape-html.ts";
import { shownSize } from "../fragments/file-chips.tsx";
import { productName } from "../layout.tsx";
import { documentPieces, finishedLengths } from "../markdown.ts";
import { marksOfBlocks } from "../marks-of-figures.ts";
import type { FigureMark, ShownDates } from "../props.ts";
import { safeTr } from "../safe-tr.ts";
import { shownFigure } from "../shown-figure.ts";
import { toHtml } from "../to-html.ts";

type Pieces = Generator<string, void, undefined>;
type Kind = FigureMark["kind"];

/** Whatever a text should hold: the document can fetch nothing, and send nothing. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'";

export function* documentHtml({ title, messages, style, dates, now }: DocumentProps): Pieces {
  yield beginning(title, style);
  const kinds = new Set<Kind>();
  for (const message of messages) {
    if (message === null) yield "";
    else yield* messageHtml(message, dates, kinds);
  }
  yield `</main>${toHtml(<Legend kinds={kinds} />)}${toHtml(<Ending at={now} dates={dates} />)}</body></html>\n`;
}

function beginning(title: string, style: string): string {
  const language = languageOfReader();
  const direction = isRightToLeft(language) ? ' dir="rtl"' : "";
  const name = escapeHtml(title);
  return `<!doctype html>
<html lang="${language}"${direction}><head><meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${name}</title>
<style>${style}</style></head>
<body class="document"><header><h1 dir="auto">${name}</h1></header>
<main>
`;
}

function* messageHtml(message: DocumentMessageProps, dates: ShownDates, kinds: Set<Kind>): Pieces {
  const { id, by, text, figures } = message;
  yield `<article id="m-${escapeHtml(id)}" class="message ${by}">${toHtml(<MessageHead message={message} dates={dates} />)}`;
  if (by === "user") yield text === "" ? "" : `<p class="text" dir="auto">${escapeHtml(text)}</p>`;
  else {
    const card = Math.min(figures?.cardLength ?? 0, text.length);
    yield '<div class="prose">';
    if (card > 0) {
      yield `<section class="desk-card" aria-label="${escapeHtml(tr`Computed by the program`)}">`;
      yield* prose(message, 0, card, kinds);
      yield "</section>";
    }
    yield* prose(message, card, text.length, kinds);
    yield "</div>";
  }
  const facts = figures?.facts ?? [];
  yield `${toHtml(<MessageEnd message={message} facts={facts} />)}</article>\n`;
}

/** What stands before a fact's id: the same fact may be of several answers. */
const factsOf = (id: string) => `${id}-`;

/** Marks are found in a part of a long text at a time. In characters. */
const shortPart = 64 * 1024;

/** Between blank lines, where what follows changes nothing of what stands before. */
function* prose(message: DocumentMessageProps, from: number, to: number, kinds: Set<Kind>): Pieces {
  const text = message.text.slice(0, to);
  let taken = from;
  for (const length of finishedLengths(text.slice(from))) {
    const end = from + length;
    if (end - taken < shortPart || text.slice(end - 2, end) !== "\n\n") yield "";
    else {
      yield* markedPart(message, taken, end, kinds);
      taken = end;
    }
  }
  yield* markedPart(message, taken, to, kinds);
}

function* markedPart(
  { id, text, figures }: DocumentMessageProps,
  from: number,
  to: number,
  kinds: Set<Kind>,
): Pieces {
  const part = text.slice(from, to);
  const marks: FigureMark[] = [];
  if (figures !== null)
    for (const found of marksOfBlocks(part, from, figures)) {
      for (const mark of found) {
        marks.push(mark);
        kinds.add(mark.kind);
      }
      yield "";
    }
  yield* documentPieces(part, marks, `#${factsOf(id)}`);
}

const MessageHead = ({ message, dates }: { message: DocumentMessageProps; dates: ShownDates }) => (
  <header class="by">
    <h2>{message.by === "user" ? safeTr`You` : safeTr`Assistant`}</h2>
    {message.models.length === 0 ? (
      ""
    ) : (
      <span class="models" dir="auto" safe>
        {message.models.join(", ")}
      </span>
    )}
    <time datetime={new Date(message.at).toISOString()} safe>
      {dates.momentOf(message.at)}
    </time>
  </header>
);

const MessageEnd = ({ message, facts }: { message: DocumentMessageProps; facts: readonly PlacedFact[] }) => (
  <>
    {message.files.length === 0 ? "" : <Files files={message.files} />}
    {message.end === null ? (
      ""
    ) : (
      <p class="note" safe>
        {endWords(message.end)}
      </p>
    )}
    {message.rating === null ? (
      ""
    ) : (
      <p class="note">
        {message.rating === "good" ? safeTr`Rated as a good answer.` : safeTr`Rated as a bad answer.`}
      </p>
    )}
    {facts.length === 0 ? "" : <Facts facts={facts} before={factsOf(message.id)} />}
  </>
);

const Files = ({ files }: { files: DocumentMessageProps["files"] }) => (
  <ul class="file-chips" aria-label={tr`Files`}>
    {files.map(({ name, size, picture }) => (
      <li>
        {picture === null ? "" : <img src={picture} alt={name} />}
        <span class="file-chip">
          <span class="file-name" dir="auto" safe>
            {name}
          </span>
          <span class="file-state" safe>
            {shownSize(size)}
          </span>
        </span>
      </li>
    ))}
  </ul>
);

function endWords(end: NonNullable<DocumentMessageProps["end"]>): string {
  switch (end) {
    case "unfinished":
      return tr`This answer was not finished yet.`;
    case "stopped":
      return tr`This answer was stopped.`;
    case "failed":
      return tr`This answer was broken off.`;
    case "length":
      return tr`This answer was cut at its length limit.`;
    default:
      return end satisfies never;
  }
}

/** Open when it is printed, and when a figure leads here. */
const Facts = ({ facts, before }: { facts: readonly PlacedFact[]; before: string }) => (
  <section class="facts">
    <h3>{safeTr`How it was computed`}</h3>
    <ul>
      {facts.map(({ fact: { id, label, value, unit, formula } }) => (
        <li id={`${before}${id}`}>
          <span dir="auto" safe>
            {`${label}: ${shownFigure(value, unit)}`}
          </span>
          <span class="steps" dir="auto" safe>
            {formula.steps}
          </span>
          <span class="note" safe>{`${formula.id} ${formula.version}, ${id}`}</span>
        </li>
      ))}
    </ul>
  </section>
);

/** In the order in which people read them. */
const explained = ["computed", "derived", "quoted", "convention", "unsupported"] as const;

const Legend = ({ kinds }: { kinds: ReadonlySet<Kind> }) => {
  const shown = explained.filter((kind) => kinds.has(kind));
  if (shown.length === 0) return "";
  return (
    <aside class="legend" aria-labelledby="legend">
      <h2 id="legend">{safeTr`The marks on figures`}</h2>
      <ul>
        {shown.map((kind) => (
          <li>
            <span class={`figure ${kind}`} aria-hidden="true">
              123
            </span>{" "}
            <span safe>{kindWords(kind)}</span>
          </li>
        ))}
      </ul>
    </aside>
  );
};

function kindWords(kind: (typeof explained)[number]): string {
  switch (kind) {
    case "computed":
      return tr`Computed by the program; how stands below the answer.`;
    case "derived":
      return tr`Follows from computed figures.`;
    case "quoted":
      return tr`Repeats the user's own words or files.`;
    case "convention":
      return tr`A convention, or a limit of a calculator.`;
    case "unsupported":
      return tr`Unchecked: nothing proves it.`;
    default:
      return kind satisfies never;
  }
}

const Ending = ({ at, dates }: { at: number; dates: ShownDates }) => (
  <footer>
    <p class="note" safe>
      {tr`Saved with ${productName} on ${dates.momentOf(at)}. Answers of a language model may be wrong.`}
    </p>
  </footer>
);
