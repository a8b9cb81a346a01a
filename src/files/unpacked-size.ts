/**
 * How large a ZIP file becomes when it is unpacked, counted by unpacking it up to a limit: what its directory says may be a
 * lie. It knows nothing of what stands in the entries.
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3
 */
import { inflateRawSync } from "node:zlib";

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const localEntry = 0x04034b50;
const stored = 0;
const deflated = 8;

/** @returns in bytes; null when it is more than `most`, or no ZIP file that can be read */
export function unpackedSize(bytes: Uint8Array, most: number, mostEntries = 10_000): number | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = file.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  if (end < 0 || end + 22 > file.length || file.readUInt32LE(end) !== endOfDirectory) return null;
  const count = file.readUInt16LE(end + 10);
  if (count > mostEntries) return null;
  let total = 0;
  for (let at = file.readUInt32LE(end + 16), read = 0; read < count; read++) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== directoryEntry) return null;
    const size = sizeOfEntry(file, at, most - total);
    if (size === null) return null;
    total += size;
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return total;
}

/** @param at of its entry in the directory */
function sizeOfEntry(file: Buffer, at: number, most: number): number | null {
  const method = file.readUInt16LE(at + 10);
  const packed = file.readUInt32LE(at + 20);
  const local = file.readUInt32LE(at + 42);
  if (local + 30 > file.length || file.readUInt32LE(local) !== localEntry) return null;
  const begin = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
  const data = file.subarray(begin, begin + packed);
  if (method === stored) return data.length <= most ? data.length : null;
  if (method !== deflated || most <= 0) return null;
  try {
    return inflateRawSync(data, { maxOutputLength: most }).length;
  } catch {
    return null;
  }
}
