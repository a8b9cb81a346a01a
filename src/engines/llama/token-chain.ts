/** Hashes of the beginnings of a row of tokens: two rows that share a hash begin with the same tokens up to it. */

/** In tokens. Shorter beginnings are not told apart. */
export const linkTokens = 64;

/** A hash for each whole 64 tokens, each over all tokens before it. */
export function tokenChain(tokens: readonly number[]): readonly string[] {
  const links: string[] = [];
  let hash = 0n;
  for (let end = linkTokens; end <= tokens.length; end += linkTokens) {
    hash = BigInt(Bun.hash(Uint32Array.from(tokens.slice(end - linkTokens, end)), hash));
    links.push(hash.toString(36));
  }
  return links;
}

/** How many of the first links two chains share. */
export function commonLinks(one: readonly string[], other: readonly string[]): number {
  let [low, high] = [0, Math.min(one.length, other.length)];
  // Each hash is over all that is before it: where one is equal, so are those before.
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (one[middle - 1] === other[middle - 1]) low = middle;
    else high = middle - 1;
  }
  return low;
}
