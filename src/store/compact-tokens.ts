/**
 * Packs the entries of a token log: the text once and together, lengths and ids as small numbers, and whatever else an
 * entry has as JSON. It gives back the very same entries, so that a replay is the same from any cursor.
 *
 * A row: one byte, 1 when the rest is compressed (raw deflate); the number of entries; for each entry its form, the number of
 * its ids, and the ids; the number of bytes of text; the text; the JSON of the entries that have more. All numbers are varints
 * (https://protobuf.dev/programming-guides/encoding/#varints).
 */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { LoggedToken } from "./schema.ts";

/** Below this compressing costs more than it gains. */
const leastToCompress = 200;
const mostInFourBytes = 2 ** 28;

/** What the lowest two bits of an entry's form say; above them stands the length of its text in UTF-16 units. */
const plain = 0;
const reasoning = 1;
/** All of the entry is JSON. */
const other = 2;

export function packTokens(tokens: readonly LoggedToken[]): Buffer {
  const numbers: number[] = [tokens.length];
  const others: LoggedToken[] = [];
  let text = "";
  for (const token of tokens) {
    const kind = kindOf(token);
    if (kind === other) {
      numbers.push(other);
      others.push(token);
      continue;
    }
    numbers.push(token.text.length * 4 + kind, token.ids.length, ...token.ids);
    text += token.text;
  }
  const written = Buffer.from(text);
  numbers.push(written.length);
  const rest = others.length === 0 ? "" : JSON.stringify(others);
  const packed = Buffer.concat([Buffer.from(numbers.flatMap(varint)), written, Buffer.from(rest)]);
  const compressed = packed.length < leastToCompress ? packed : deflateRawSync(packed);
  return compressed.length < packed.length
    ? Buffer.concat([Buffer.of(1), compressed])
    : Buffer.concat([Buffer.of(0), packed]);
}

export function unpackTokens(row: Uint8Array): LoggedToken[] {
  const body = row.subarray(1);
  const packed = Buffer.from(row[0] === 1 ? inflateRawSync(body) : body);
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = packed[at++];
      if (byte === undefined) throw new RangeError("A row of the token log is cut.");
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  const forms = Array.from({ length: next() }, () => {
    const form = next();
    const ids = form % 4 === other ? [] : Array.from({ length: next() }, next);
    return { kind: form % 4, length: Math.floor(form / 4), ids };
  });
  const bytes = next();
  const text = packed.toString("utf8", at, at + bytes);
  // What `packTokens` wrote is what comes back: this is our own JSON.
  const rest =
    at + bytes === packed.length ? [] : (JSON.parse(packed.toString("utf8", at + bytes)) as LoggedToken[]);
  let taken = 0;
  let othersTaken = 0;
  return forms.map(({ kind, length, ids }) => {
    const entry = rest[othersTaken];
    if (kind === other && entry !== undefined) {
      othersTaken++;
      return entry;
    }
    const own = { text: text.slice(taken, taken + length), ids };
    taken += length;
    return kind === reasoning ? { ...own, reasoning: true } : own;
  });
}

function kindOf({ text, ids, ...rest }: LoggedToken): number {
  const isSmall = ids.every((id) => Number.isInteger(id) && id >= 0 && id < mostInFourBytes);
  if (!isSmall || !text.isWellFormed()) return other;
  const names = Object.keys(rest);
  if (names.length === 0) return plain;
  return names.length === 1 && rest.reasoning === true ? reasoning : other;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
  return bytes;
}
