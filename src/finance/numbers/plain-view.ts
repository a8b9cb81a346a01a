/**
 * Markdown text as a reader sees it, with the offsets of the source: emphasis, escapes and invisible characters are gone,
 * entities are read, digits of all scripts are 0-9; code, addresses and link targets are one character each, so are the ends of
 * blocks. It never changes what it has given when more text comes, but for the last line's open ends (`stableEnd`).
 */
import { type Line, linesOf } from "./source-lines.ts";

/** Stands for a region whose figures are not checked one by one. */
export const regionCharacter = "\uE000";
/** Stands for the end of a block. */
export const breakCharacter = "\uE001";
/** Stands for the mark of a list or the number of a heading. */
export const markCharacter = "\uE002";
/** Stands for the row of dashes under a table's header. */
export const ruleCharacter = "\uE003";

export type ListingKind = "code" | "inline-code" | "address";

/** A code block, or a paragraph's pieces of code and addresses. */
export interface Listing {
  readonly kind: ListingKind;
  readonly start: number;
  readonly end: number;
  readonly isOpen: boolean;
}

export interface PlainView {
  readonly text: string;
  /** The source's offset of each character, and of the end. */
  readonly starts: readonly number[];
  /** Where each character ends in the source. */
  readonly ends: readonly number[];
  readonly listings: readonly Listing[];
  /** Characters of the view from here on may still be read otherwise when the text is unfinished. */
  readonly stableEnd: number;
}

const entities: Readonly<Record<string, string>> = {
  ...{ nbsp: "\u00A0", thinsp: "\u2009", ensp: " ", emsp: " ", minus: "\u2212", ndash: "–", mdash: "—" },
  ...{ euro: "€", pound: "£", yen: "¥", dollar: "$", percnt: "%", permil: "‰", plusmn: "±", times: "×" },
  ...{ divide: "÷", frac12: "½", frac14: "¼", frac34: "¾", comma: ",", period: ".", amp: "&", asymp: "≈" },
  ...{ lt: "<", gt: ">", quot: '"', apos: "'", sup2: "²", sup3: "³", num: "#", colon: ":" },
};
const entity = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]{2,8}\d{0,2}));/y;
const address = /(?:https?:\/\/|www\.)[^\s<>"`]{1,2000}/iy;
const target = /\]\((?:https?:\/\/|mailto:|www\.|\/[a-z])[^\s()]{1,2000}\)/iy;
const invisible = new Set([..."\u200B\u200C\u200D\u2060\uFEFF\u00AD"]);
const punctuation = /[!-/:-@[-`{-~]/;
const isAlphanumeric = (character: string | undefined) =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character);

const isDecimalDigit = (code: number) => /^\p{Nd}$/u.test(String.fromCodePoint(code));

/** Each script's digits stand in a row of ten; the mathematical ones are five rows without a gap. */
function digitOf(code: number): string {
  let before = 0;
  while (before < 60 && isDecimalDigit(code - before - 1)) before++;
  return String(before % 10);
}

/** What a line begins with says what it is: nothing is sure before that much of it is there. */
const shortest = 12;

class Writer {
  text = "";
  readonly starts: number[] = [];
  readonly ends: number[] = [];

  get length(): number {
    return this.starts.length;
  }

  put(character: string, start: number, end: number): void {
    this.text += character;
    this.starts.push(start);
    this.ends.push(end);
  }

  /** Characters that stand for themselves. */
  putRun(text: string, start: number, end: number): void {
    this.text += text.slice(start, end);
    for (let at = start; at < end; ) {
      this.starts.push(at);
      at++;
      this.ends.push(at);
    }
  }
}

/** Of ASCII, what stands for itself wherever it stands. An "h" or a "w" may begin an address. */
const standsForItself = Uint8Array.from({ length: 128 }, (_, code) =>
  "`\\*_~&]{hHwW".includes(String.fromCharCode(code)) ? 0 : 1,
);

/** @returns the end of the characters from `start` on that stand for themselves */
function runEnd(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && (standsForItself[text.charCodeAt(at)] === 1 || beginsNoAddress(text, at))) at++;
  return at;
}

/** @returns whether `at` is an "h" that no "t" follows, or a "w" that no "w" follows */
function beginsNoAddress(text: string, at: number): boolean {
  const [letter, next] = [text.charCodeAt(at) | 0x20, text.charCodeAt(at + 1) | 0x20];
  return (letter === 0x68 && next !== 0x74) || (letter === 0x77 && next !== 0x77);
}

/** @param isWhole the text is finished */
export function plainView(text: string, isWhole: boolean): PlainView {
  const writer = new Writer();
  const listings: Listing[] = [];
  let paragraph: Listing | null = null;
  let stableEnd = 0;
  const closeParagraph = (isOpen: boolean) => {
    if (paragraph !== null) listings.push({ ...paragraph, isOpen });
    paragraph = null;
  };
  const note = (kind: ListingKind, start: number, end: number) => {
    if (!/\p{N}/u.test(text.slice(start, end))) return;
    paragraph = paragraph === null ? { kind, start, end, isOpen: false } : { ...paragraph, end };
  };
  for (const line of linesOf(text)) {
    if (line.startsBlock) {
      closeParagraph(line.isLast && !isWhole && line.end - line.content < shortest);
      writer.put(breakCharacter, line.start, line.start);
    }
    if (line.kind === "code") {
      if (/\p{N}/u.test(text.slice(line.start, line.end)))
        listings.push({ kind: "code", start: line.start, end: line.end, isOpen: line.isLast && !isWhole });
      writer.put(regionCharacter, line.start, line.end);
    } else if (line.kind === "rule") writer.put(ruleCharacter, line.start, line.end);
    else {
      if (line.mark !== null) writer.put(markCharacter, line.mark.start, line.mark.end);
      const open = writeLine(text, line, writer, note);
      if (line.isLast) stableEnd = open;
    }
    if (line.isLast && line.kind !== "text") stableEnd = Math.max(0, writer.length - 1);
    if (!line.isLast) writer.put("\n", line.end, line.end + 1);
  }
  closeParagraph(!isWhole);
  return {
    text: writer.text,
    starts: writer.starts,
    ends: writer.ends,
    listings,
    stableEnd: isWhole ? writer.length : stableEnd,
  };
}

/** @returns the place in the view from which on the line may still change */
function writeLine(
  text: string,
  line: Line,
  writer: Writer,
  note: (kind: ListingKind, start: number, end: number) => void,
): number {
  const from = writer.length;
  let open: number | null = null;
  const noCloser = new Set<number>();
  let at = line.content;
  while (at < line.end) {
    const plainEnd = runEnd(text, at, line.end);
    if (plainEnd > at) {
      writer.putRun(text, at, plainEnd);
      at = plainEnd;
      continue;
    }
    const character = text.charAt(at);
    const code = text.charCodeAt(at);
    const before = writer.length;
    if (character === "`") {
      const length = runLength(text, at, line.end);
      const closer = noCloser.has(length) ? -1 : closingRun(text, at + length, line.end, length);
      if (closer < 0) {
        noCloser.add(length);
        open ??= before;
        at += length;
        continue;
      }
      note("inline-code", at, closer + length);
      writer.put(regionCharacter, at, closer + length);
      at = closer + length;
      continue;
    }
    if (character === "\\" && punctuation.test(text.charAt(at + 1)) && at + 1 < line.end) {
      writer.put(text.charAt(at + 1), at, at + 2);
      at += 2;
      continue;
    }
    if (character === "*" || character === "_" || character === "~") {
      at = writeEmphasis(text, at, line, writer);
      continue;
    }
    if (character === "{" && isGroupMark(text, at)) {
      writer.put(text.charAt(at + 1), at, at + 3);
      at += 3;
      continue;
    }
    const match = special(text, at, character, line.end);
    if (match !== null) {
      if (match.listing) note("address", at, match.end);
      if (match.character !== "") writer.put(match.character, at, match.end);
      at = match.end;
      continue;
    }
    if (code < 128) writer.put(character, at, at + 1);
    else at += writeOther(text, at, writer) - 1;
    at++;
  }
  const tail = /(?:&#?\w{0,8}|[\\*_~`]+|(?<=\d)\{[,.]?\}?|[\uD800-\uDBFF])$/.exec(
    text.slice(Math.max(line.content, line.end - 12), line.end),
  );
  const unstable =
    tail === null ? Infinity : from + Math.max(0, firstFrom(writer, from, line.end - tail[0].length));
  const isShort = line.end - line.content < shortest;
  return Math.min(isShort ? Math.max(0, from - 1) : writer.length, unstable, open ?? Infinity);
}

/** In TeX, `10{,}000` is 10,000: the braces take away the blank that follows a comma. */
const isGroupMark = (text: string, at: number) =>
  /\d/.test(text.charAt(at - 1)) && /^\{[,.]\}\d/.test(text.slice(at, at + 4));

const firstFrom = (writer: Writer, from: number, offset: number) => {
  let at = writer.starts.length;
  while (at > from && (writer.starts[at - 1] ?? 0) >= offset) at--;
  return at - from;
};

function runLength(text: string, at: number, end: number): number {
  let length = 1;
  while (at + length < end && text.charAt(at + length) === text.charAt(at)) length++;
  return length;
}

function closingRun(text: string, from: number, end: number, length: number): number {
  let at = text.indexOf("`", from);
  while (at >= 0 && at < end) {
    const run = runLength(text, at, end);
    if (run === length) return at;
    at = text.indexOf("`", at + run);
  }
  return -1;
}

/** Asterisks between numbers multiply; all others are taken as emphasis and have no width. */
function writeEmphasis(text: string, at: number, line: Line, writer: Writer): number {
  const length = runLength(text, at, line.end);
  const character = text.charAt(at);
  const [before, after] = [text.charAt(at - 1), text.charAt(at + length)];
  const isOperator =
    character === "*" &&
    length === 1 &&
    before !== "" &&
    (/\s/.test(before) ? /\s/.test(after) : /[\d)%€]/.test(before) && /[\d\s($€]/.test(after));
  const isLiteral =
    isOperator ||
    (character === "_" && isAlphanumeric(before) && isAlphanumeric(after)) ||
    (character === "~" && length === 1);
  if (isLiteral) for (let put = at; put < at + length; put++) writer.put(character, put, put + 1);
  return at + length;
}

interface Special {
  readonly character: string;
  readonly end: number;
  readonly listing?: true;
}

function special(text: string, at: number, character: string, end: number): Special | null {
  if (character === "&") {
    entity.lastIndex = at;
    const found = entity.exec(text);
    if (found === null) return null;
    const [whole, decimal, hex, name = ""] = found;
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    const meant =
      (decimal ?? hex)
        ? code > 0 && code < 0x110000
          ? String.fromCodePoint(code)
          : "\uFFFD"
        : entities[name];
    if (meant === undefined) return null;
    const first = normalized(meant) ?? meant.charAt(0);
    return { character: invisible.has(meant) ? "" : first, end: at + whole.length };
  }
  if (character === "h" || character === "H" || character === "w" || character === "W") {
    if (isAlphanumeric(text.charAt(at - 1))) return null;
    address.lastIndex = at;
    const found = address.exec(text);
    if (found === null) return null;
    const whole = found[0].replace(/[.,;:!?)\]*_'’]+$/, "");
    return { character: regionCharacter, end: Math.min(end, at + whole.length), listing: true };
  }
  if (character === "]") {
    target.lastIndex = at;
    const found = target.exec(text);
    return found === null ? null : { character: regionCharacter, end: at + found[0].length, listing: true };
  }
  return null;
}

/** @returns how many UTF-16 units were read */
function writeOther(text: string, at: number, writer: Writer): number {
  const code = text.codePointAt(at) ?? 0;
  const length = code > 0xffff ? 2 : 1;
  const character = text.slice(at, at + length);
  if (invisible.has(character)) return length;
  const plain = normalized(character);
  if (plain !== null) writer.put(plain, at, at + length);
  else if (length === 1) writer.put(character, at, at + 1);
  else {
    // Two halves, so that each character of the view is one UTF-16 unit.
    writer.put(character.charAt(0), at, at + 1);
    writer.put(character.charAt(1), at + 1, at + 2);
  }
  return length;
}

/** @returns the one plain character that is meant; null when it stays as it is */
function normalized(character: string): string | null {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x2c0) return null;
  if (/^\p{Nd}$/u.test(character)) return digitOf(code);
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (code === 0x066b) return ".";
  if (code === 0x066c) return ",";
  if (code === 0x066a) return "%";
  if (code === 0x2212 || code === 0xfe63) return "\u2212";
  return null;
}
