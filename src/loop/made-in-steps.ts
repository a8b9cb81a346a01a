/** A long list made of another one, for slices: each item is a step. It knows nothing of the items. */

/** @returns what `make` makes of each item, in their order */
export function* madeInSteps<Item, Made>(
  items: readonly Item[],
  make: (item: Item, index: number) => Made,
): Generator<void, readonly Made[], undefined> {
  const made: Made[] = [];
  for (const [index, item] of items.entries()) yield void made.push(make(item, index));
  return made;
}
