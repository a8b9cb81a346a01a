/** Looks at the first word of news of an answer without taking it from whoever reads on. */
import type { GenerationUpdate } from "../generations/generation-update.ts";

export async function firstUpdate(updates: AsyncGenerator<GenerationUpdate, void, undefined>): Promise<{
  readonly first: GenerationUpdate | undefined;
  /** All of them, the first included. */
  readonly updates: AsyncIterable<GenerationUpdate>;
}> {
  const { value: first } = await updates.next();
  return { first: first ?? undefined, updates: withFirst(first ?? undefined, updates) };
}

async function* withFirst(
  first: GenerationUpdate | undefined,
  rest: AsyncIterable<GenerationUpdate>,
): AsyncGenerator<GenerationUpdate, void, undefined> {
  if (first !== undefined) yield first;
  yield* rest;
}
