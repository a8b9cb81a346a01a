/**
 * One seed a token, drawn by (answer's seed, position). An answer that is resumed after a crash therefore
 * samples what the unbroken one would have, with no sampler state to save.
 */

/** @returns a 32-bit unsigned seed; the mixing steps are those of MurmurHash3's finalizer (public domain) */
export function seedAt(seed: number, position: number): number {
  let hash = (Math.imul(seed >>> 0, 0x9e3779b1) ^ Math.imul(position + 1, 0x85ebca6b)) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
