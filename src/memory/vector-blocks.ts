/**
 * Many vectors in a few large blocks of memory: read one after another they are searched three times as fast as vectors that lie
 * anywhere. It knows nothing of what they are of.
 */

/** Where vectors of one owner lie, one after another. */
export interface VectorPlace {
  readonly block: Float32Array;
  readonly first: number;
  /** In numbers, not in vectors. */
  readonly length: number;
}

/** 4 MB: about 2,700 vectors of 384 dimensions. */
const blockLength = 2 ** 20;

export class VectorBlocks {
  #block = new Float32Array(0);
  #taken = 0;
  /** Places that are free again, by their length. */
  readonly #free = new Map<number, VectorPlace[]>();

  /** @returns a copy of them, where they stay until they are released */
  put(vectors: Float32Array): VectorPlace {
    const { length } = vectors;
    const place = this.#free.get(length)?.pop() ?? this.#next(length);
    place.block.set(vectors, place.first);
    return place;
  }

  release(place: VectorPlace): void {
    place.block.fill(0, place.first, place.first + place.length);
    const free = this.#free.get(place.length) ?? [];
    free.push(place);
    this.#free.set(place.length, free);
  }

  #next(length: number): VectorPlace {
    if (this.#taken + length > this.#block.length) {
      this.#block = new Float32Array(Math.max(blockLength, length));
      this.#taken = 0;
    }
    const place = { block: this.#block, first: this.#taken, length };
    this.#taken += length;
    return place;
  }
}
