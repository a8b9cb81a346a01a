/**
 * Compresses replies of text that are whole: pages, JSON, plain text. Streams are left alone, since each of their pieces
 * must leave at once, and so is what has a coding already. The work is done beside the event loop.
 *
 * A secret that stands in a page beside text of an attacker's choice can be guessed from the length of many compressed
 * replies (https://www.breachattack.com). Here none does: sessions are cookies, forms carry no tokens, and a new key is
 * shown once.
 */
import { promisify } from "node:util";
import { brotliCompress, constants, gzip, zstdCompress } from "node:zlib";
import { lifeOf } from "../sse/stream-life.ts";

const [brotli, gzipped, zstd] = [promisify(brotliCompress), promisify(gzip), promisify(zstdCompress)];

/** The best first. Quick levels: a page is made for one reader. */
const codings = {
  zstd: (body: Uint8Array) => zstd(body, {}),
  br: (body: Uint8Array) => brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: (body: Uint8Array) => gzipped(body, { level: 5 }),
} as const;
export type Coding = keyof typeof codings;
const names: readonly Coding[] = ["zstd", "br", "gzip"];

const compressible =
  /^(?:text\/(?:html|plain|markdown|css|javascript)|application\/(?:json|manifest\+json)|image\/svg\+xml)\s*(?:;|$)/i;
/** In bytes: what fits into a packet gains nothing. */
const leastBytes = 1024;

/** For Elysia's `wrap`. */
export const compressedReplies = (handle: (request: Request) => unknown, request: Request) => async () => {
  const reply = await handle(request);
  return reply instanceof Response ? await compressed(reply, request) : reply;
};

async function compressed(reply: Response, { headers }: Request): Promise<Response> {
  if (!compressible.test(reply.headers.get("content-type") ?? "") || lifeOf(reply) !== undefined)
    return reply;
  // Also of one that is not compressed a cache must know that another reader's may be.
  if (!/\baccept-encoding\b/i.test(reply.headers.get("vary") ?? ""))
    reply.headers.append("vary", "accept-encoding");
  const coding = codingFor(headers.get("accept-encoding") ?? "");
  if (coding === null || reply.body === null || reply.headers.has("content-encoding")) return reply;
  const { status, headers: own } = reply;
  const body = await reply.bytes();
  if (body.length < leastBytes) return new Response(body, { status, headers: own });
  own.set("content-encoding", coding);
  own.delete("content-length");
  const etag = own.get("etag");
  // The same content in other bytes. (https://httpwg.org/specs/rfc9110.html#field.etag)
  if (etag !== null && !etag.startsWith("W/")) own.set("etag", `W/${etag}`);
  return new Response(new Uint8Array(await codings[coding](body)), { status, headers: own });
}

/**
 * The best that is taken; null: none is. @see https://httpwg.org/specs/rfc9110.html#field.accept-encoding
 * @param among the best first
 */
export function codingFor(accepted: string, among: readonly Coding[] = names): Coding | null {
  const weights = new Map<string, number>();
  for (const each of accepted.toLowerCase().split(",")) {
    const [name = "", ...parameters] = each.split(";").map((part) => part.trim());
    const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
    weights.set(name, Number(weight) || 0);
  }
  const weightOf = (coding: Coding) => weights.get(coding) ?? weights.get("*") ?? 0;
  const best = among.reduce((one, other) => (weightOf(other) > weightOf(one) ? other : one));
  return weightOf(best) > 0 ? best : null;
}
