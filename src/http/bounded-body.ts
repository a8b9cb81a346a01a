/** Reads the body of a request, and never more of it than is allowed, whether its length was told beforehand or not. */

/**
 * @param most in bytes
 * @returns null when there is more; the rest is not read
 */
export async function boundedBody(request: Request, most: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const told = request.headers.get("content-length");
  if (Number(told ?? 0) > most) return null;
  // Bun takes no more than what was told.
  if (told !== null) return await request.bytes();
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
