/**
 * Reads the body of a request up to a limit, whether or not it has a Content-Length, and whether or not it is compressed.
 */
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, zstdDecompress } from "node:zlib";
import { AppError, InvalidRequestError } from "../errors.ts";

class UnsupportedEncodingError extends AppError {
  readonly status = 415;
  readonly code = "unsupported_content_encoding";
  constructor() {
    super("The body's Content-Encoding is not known. Send it as it is, or with gzip, deflate, br or zstd.", {
      param: "Content-Encoding",
    });
  }
}

/** They work beside the event loop. (https://httpwg.org/specs/rfc9110.html#content.codings) */
const decoders = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
} as const;

/**
 * @param most in bytes, as sent and as decompressed
 * @returns null when there is more; the rest is not read
 * @throws UnsupportedEncodingError, or InvalidRequestError for a body that does not fit its Content-Encoding
 */
export async function boundedBody(request: Request, most: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const encoding = (request.headers.get("content-encoding") ?? "").trim().toLowerCase();
  if (encoding !== "" && encoding !== "identity" && !isKnown(encoding)) throw new UnsupportedEncodingError();
  const sent = await sentBody(request, most);
  return sent === null || !isKnown(encoding) ? sent : decoded(sent, encoding, most);
}

const isKnown = (encoding: string): encoding is keyof typeof decoders => Object.hasOwn(decoders, encoding);

async function decoded(
  sent: Uint8Array<ArrayBuffer>,
  encoding: keyof typeof decoders,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (sent.length === 0) return sent;
  try {
    return new Uint8Array(await decoders[encoding](sent, { maxOutputLength: most }));
  } catch (cause) {
    if (cause instanceof RangeError) return null;
    throw new InvalidRequestError(
      `The body does not fit its Content-Encoding: it cannot be read as ${encoding}.`,
      { param: "Content-Encoding" },
      { cause },
    );
  }
}

async function sentBody(request: Request, most: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const announced = request.headers.get("content-length");
  if (Number(announced ?? 0) > most) return null;
  // Bun reads no more than the announced length.
  if (announced !== null) return await request.bytes();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
    length += next.value.length;
    if (length > most) {
      await reader?.cancel();
      return null;
    }
    chunks.push(next.value);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}
