/**
 * Takes a large JSON document apart without parsing it whole: the outline, and the pieces that it names,
 * each parsed when its turn comes. A piece is an object or a list that is an element of the document, when that is a
 * list, or that stands in one of its fields, when it is an object. Of several objects one after another, as in JSON lines,
 * each is a piece of a list. It knows nothing of what the document means.
 */
import type { WorkSlices } from "../../loop/work-slices.ts";
import { say, type Words } from "../../texts/say.ts";
import { ImportRefusedError, UnreadableError } from "./transfer-errors.ts";

export interface JsonPieces {
  /** The document with a list of one number, the piece's, in the place of each piece. */
  readonly outline: unknown;
  /** @param entry of the outline @throws ImportRefusedError when the piece is not valid JSON */
  at(entry: unknown): unknown;
  /** The same without a long step, however large the piece is. */
  atInSlices(entry: unknown, slices: WorkSlices): Promise<unknown>;
  /** The document as one. @throws ImportRefusedError when it is not valid JSON */
  whole(): unknown;
  wholeInSlices(slices: WorkSlices): Promise<unknown>;
}

// The signs as bytes: in UTF-8 none of them is ever part of another character.
const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const spaces = new Set([0x20, 0x09, 0x0a, 0x0d]);
const byteOrderMark = [0xef, 0xbb, 0xbf];
/** Of the outline, which is parsed whole. */
const mostOutlineBytes = 32 * 2 ** 20;
const mostPieces = 2_000_000;
/** The number of bytes to read before other work gets its turn. */
const bytesOfTurn = 4 * 2 ** 20;

/** @throws ImportRefusedError when the document is not JSON, or of very many small parts */
export async function cutJson(bytes: Uint8Array): Promise<JsonPieces> {
  const start = byteOrderMark.every((byte, index) => bytes[index] === byte) ? byteOrderMark.length : 0;
  const isList = firstSign(bytes, start) === openBracket;
  const isOneOfMany = !isList && (await hasSeveral(bytes, start));
  const pieceDepth = isOneOfMany ? 0 : isList ? 1 : 2;
  /** Where each piece begins and ends. */
  const bounds: number[] = [];
  const outline: string[] = [];
  let outlineBytes = 0;
  let outlinedTo = start;
  const outlineUpTo = (end: number) => {
    outlineBytes += end - outlinedTo;
    if (outlineBytes > mostOutlineBytes || bounds.length > mostPieces * 2)
      throw new ImportRefusedError(tooMany);
    const between = decoded(bytes.subarray(outlinedTo, end));
    outline.push(isOneOfMany && bounds.length > 0 && between.trim() === "" ? "," : between);
  };

  let depth = 0;
  let pieceStart = 0;
  let turnEnd = bytesOfTurn;
  for (let at = start; at < bytes.length; at++) {
    switch (bytes[at]) {
      case quote:
        at = endOfString(bytes, at);
        break;
      case openBrace:
      case openBracket:
        if (depth === pieceDepth) pieceStart = at;
        depth++;
        break;
      case closeBrace:
      case closeBracket:
        depth--;
        if (depth !== pieceDepth) break;
        outlineUpTo(pieceStart);
        outline.push(`[${bounds.length / 2}]`);
        bounds.push(pieceStart, at + 1);
        outlinedTo = at + 1;
        break;
    }
    if (at < turnEnd) continue;
    turnEnd = at + bytesOfTurn;
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (depth !== 0) throw new UnreadableError(notJson(theFile));
  if (!isOneOfMany) outlineUpTo(bytes.length);
  else if (firstSign(bytes, outlinedTo) !== undefined) throw new UnreadableError(notJson(theFile));

  return {
    outline: parsed(isOneOfMany ? `[${outline.join("")}]` : outline.join(""), theFile),
    at(entry) {
      const [piece] = Array.isArray(entry) ? entry : [];
      if (typeof piece !== "number") return entry;
      const text = decoded(bytes.subarray(bounds[piece * 2], bounds[piece * 2 + 1]));
      return parsed(text, partOfFile);
    },
    async atInSlices(entry, slices) {
      const [piece] = Array.isArray(entry) ? entry : [];
      if (typeof piece !== "number") return entry;
      return parsedInSlices(bytes.subarray(bounds[piece * 2], bounds[piece * 2 + 1]), slices);
    },
    whole: () => parsed(decoded(bytes.subarray(start)), theFile),
    wholeInSlices: (slices) => parsedInSlices(bytes.subarray(start), slices),
  };
}

/** A part of a document of so many bytes is parsed at once. */
const bytesAtOnce = 128 * 1024;
/** Each level reads all of it again, so that a file of very many levels would take time with the square of its length. */
const mostTakenApart = 4;

/** Takes a large part apart, and its large parts again. */
async function parsedInSlices(bytes: Uint8Array, slices: WorkSlices, depth = 0): Promise<unknown> {
  if (slices.isOver) await slices.next();
  const start = bytes.findIndex((byte) => !spaces.has(byte));
  const isContainer = bytes[start] === openBrace || bytes[start] === openBracket;
  if (bytes.length <= bytesAtOnce || !isContainer || depth === mostTakenApart)
    return parsed(decoded(bytes), partOfFile);
  const bounds: number[] = [];
  const outline: string[] = [];
  let level = 0;
  let outlinedTo = start;
  let turnEnd = start + bytesAtOnce;
  for (let at = start; at < bytes.length; at++) {
    const sign = bytes[at];
    if (sign === quote) at = endOfString(bytes, at);
    else if (sign === openBrace || sign === openBracket) {
      if (level === 1) {
        outline.push(decoded(bytes.subarray(outlinedTo, at)), `[${bounds.length / 2}]`);
        bounds.push(at);
      }
      level++;
    } else if (sign === closeBrace || sign === closeBracket) {
      level--;
      if (level === 1) {
        bounds.push(at + 1);
        outlinedTo = at + 1;
      }
    }
    if (at < turnEnd) continue;
    turnEnd = at + bytesAtOnce;
    if (slices.isOver) await slices.next();
  }
  outline.push(decoded(bytes.subarray(outlinedTo)));
  const value = parsed(outline.join(""), partOfFile);
  if (typeof value !== "object" || value === null) return value;
  for (const name of Object.keys(value)) {
    const [piece]: unknown[] = Array.isArray(Reflect.get(value, name)) ? Reflect.get(value, name) : [];
    if (typeof piece !== "number") continue;
    const part = await parsedInSlices(
      bytes.subarray(bounds[piece * 2], bounds[piece * 2 + 1]),
      slices,
      depth + 1,
    );
    // A field "__proto__" is one like any other.
    Object.defineProperty(value, name, { value: part, enumerable: true, configurable: true, writable: true });
  }
  return value;
}

const theFile = say`The file`;
const partOfFile = say`This part of the file`;
const tooMany = say`The file has too many small parts to be an export of conversations.`;
const notJson = (what: Words) =>
  say`${what} is not valid JSON: it may be cut off or damaged. Export it again.`;

/** Whether another object begins where the first one ends: then the file is a list of lines. */
async function hasSeveral(bytes: Uint8Array, start: number): Promise<boolean> {
  let depth = 0;
  for (let at = start; at < bytes.length; at++) {
    const sign = bytes[at];
    if (sign === quote) at = endOfString(bytes, at);
    else if (sign === openBrace || sign === openBracket) depth++;
    else if ((sign === closeBrace || sign === closeBracket) && --depth === 0)
      return firstSign(bytes, at + 1) === openBrace;
    if (at % bytesOfTurn === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return false;
}

function firstSign(bytes: Uint8Array, from: number): number | undefined {
  let at = from;
  while (spaces.has(bytes[at] ?? 0)) at++;
  return bytes[at];
}

/** @returns where its closing quote is, or the end of the document */
function endOfString(bytes: Uint8Array, opening: number): number {
  for (let at = bytes.indexOf(quote, opening + 1); at !== -1; at = bytes.indexOf(quote, at + 1)) {
    let escapes = 0;
    while (bytes[at - 1 - escapes] === backslash) escapes++;
    if (escapes % 2 === 0) return at;
  }
  return bytes.length;
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UnreadableError(say`The file is not text in UTF-8. Export it again.`, {}, { cause });
  }
}

function parsed(text: string, what: Words): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // Text has no zeros; UTF-16 has one in each Latin letter.
    if (text.includes("\0"))
      throw new UnreadableError(say`The file is not text in UTF-8. Export it again.`, {}, { cause });
    throw new UnreadableError(notJson(what), {}, { cause });
  }
}
