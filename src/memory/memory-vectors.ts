/**
 * Which texts stand for a memory in the space of meanings, and how their vectors are stored. Knows nothing of the model
 * that makes them.
 */
import type { Memory } from "../store/schema.ts";

/** Changes when `textsOf` or the bytes do: vectors of another kind are not comparable, and are made again. */
const form = "pieces-2";

/** Names the vectors of a model in the form that they have here. */
export const vectorName = (model: string) => `${model}/${form}`;

/** What has no category of its own is in this one: it says nothing. */
const plainCategory = "general";

/** In characters: as many tokens at most, of which embedding models read about 500. */
const longestPiece = 450;
/** A longer memory is found by its beginning: about 20,000 characters. */
const mostPieces = 48;

/**
 * With its category, which says what kind of thing it is. Measured by tests/eval/memory with all-MiniLM-L6-v2, at a floor that lets 4 % of
 * the questions through on which nothing bears: "My key: value" finds 0.82 of the questions that were held out, the value alone
 * 0.73, this form 0.86.
 * @returns one text for each piece, so that the end of a long memory is found too
 */
export function textsOf({ key, value, category, kind }: Memory): readonly string[] {
  const about = category === plainCategory ? key : `${category}, ${key}`;
  if (kind === "fact") return piecesOf(value).map((piece) => `${about}: ${piece}`);
  const exchange = /^Question: ([\s\S]*?)\nAnswer: ([\s\S]*)$/.exec(value);
  if (exchange === null) return piecesOf(value).map((piece) => `I asked: ${key} ${piece}`);
  const [, , answer = ""] = exchange;
  return piecesOf(answer).map((piece) => `I asked: ${key} ${piece}`);
}

/** Cut at the ends of sentences where there are some, else between words, and never inside a character. */
export function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let rest = text.replaceAll(/\s+/g, " ").trim();
  while (rest.length > longestPiece && pieces.length < mostPieces - 1) {
    const head = rest.slice(0, longestPiece);
    const sentence = head.search(/[.!?;。！？][^.!?;。！？]*$/) + 1;
    const word = head.lastIndexOf(" ");
    const inside = /[\uD800-\uDBFF]$/.test(head) ? longestPiece - 1 : longestPiece;
    const end = sentence > longestPiece / 3 ? sentence : word > longestPiece / 3 ? word : inside;
    pieces.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  pieces.push(rest.slice(0, longestPiece));
  return pieces;
}

/** @param vectors of unit length. @returns a signed byte for each dimension: cosines change by less than 0.01 */
export function packVectors(vectors: readonly Float32Array[]): Buffer {
  const packed = Buffer.alloc(vectors.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const vector of vectors) {
    const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    for (const value of vector) packed.writeInt8(Math.round((value / largest) * 127), offset++);
  }
  return packed;
}

/** @returns one after another, each of unit length; null when it is not a whole number of vectors */
export function unpackVectors(packed: Uint8Array, dimensions: number): Float32Array | null {
  if (packed.byteLength === 0 || packed.byteLength % dimensions !== 0) return null;
  const vectors = new Float32Array(new Int8Array(packed.buffer, packed.byteOffset, packed.byteLength));
  for (let first = 0; first < vectors.length; first += dimensions) {
    let squares = 0;
    for (let index = first; index < first + dimensions; index++) squares += (vectors[index] ?? 0) ** 2;
    const length = Math.sqrt(squares) || 1;
    for (let index = first; index < first + dimensions; index++)
      vectors[index] = (vectors[index] ?? 0) / length;
  }
  return vectors;
}

/**
 * How near a text is whose vectors these are, by the nearest of its pieces.
 * @param query of unit length
 * @returns cosine similarity, -1 to 1; null when it is not a whole number of vectors: they are of another model
 */
export function similarityTo(query: Float32Array, packed: Uint8Array): number | null {
  if (packed.byteLength === 0 || packed.byteLength % query.length !== 0) return null;
  const bytes = new Int8Array(packed.buffer, packed.byteOffset, packed.byteLength);
  let nearest = -1;
  for (let first = 0; first < bytes.length; first += query.length) {
    let product = 0;
    let squares = 0;
    for (let index = 0; index < query.length; index++) {
      const value = bytes[first + index] ?? 0;
      product += (query[index] ?? 0) * value;
      squares += value * value;
    }
    nearest = Math.max(nearest, product / (Math.sqrt(squares) || 1));
  }
  return nearest;
}
