/**
 * Facts and their inputs by size: of many, those that a figure may show are found without a look at the others. It says "may";
 * match-facts.ts compares exactly.
 */
import { labelsOf } from "./labels.ts";
import type { CitableFact, FigureSources } from "./sources.ts";
import { wordSet } from "./word-set.ts";

/** A fact's own value, or one of its inputs. */
export interface Candidate {
  readonly fact: CitableFact;
  /** The offset from which the fact may be cited. */
  readonly at: number;
  readonly isInput: boolean;
  readonly name: string;
  readonly value: string;
  readonly unit: string | null;
  /** Words by which it is named in a sentence. */
  readonly labels: readonly string[];
  /** Words by which its fact is named. */
  readonly factLabels: readonly string[];
  /** It is a change, which has a direction. */
  readonly isSigned: boolean;
  readonly size: number;
  /** Values before inputs, earlier facts first. */
  readonly rank: number;
}

const signedNames = wordSet(`
  change return growth gain profit loss pnl cagr rendite gewinn verlust veränderung drawdown wachstum xirr irr twr expectancy swap
`);
const isDecimal = /^[-+]?\d+(?:\.\d+)?$/;

const indexes = new WeakMap<FigureSources["facts"], readonly Candidate[]>();

/**
 * @param sizes of a figure's readings: it may show what is as large, or as a part of two digits' rounding larger or smaller
 * @returns values before inputs, in the order of the facts
 */
export function candidatesNear(
  sizes: readonly number[],
  facts: FigureSources["facts"],
): readonly Candidate[] {
  if (facts.length === 0) return [];
  const index = indexOf(facts);
  const found: Candidate[] = [];
  for (const size of sizes) {
    for (let at = firstFrom(index, size / 1.11); at < index.length; at++) {
      const candidate = index[at];
      if (candidate === undefined || candidate.size > size * 1.12) break;
      if (isNear(size, candidate.size) && !found.includes(candidate)) found.push(candidate);
    }
  }
  return found.length < 2 ? found : found.sort((a, b) => a.rank - b.rank);
}

/** No rounding to two digits is further away than a tenth. */
const isNear = (size: number, exact: number) => Math.abs(size - exact) <= 0.1 * exact;

function indexOf(facts: FigureSources["facts"]): readonly Candidate[] {
  const known = indexes.get(facts);
  if (known !== undefined) return known;
  const found = facts.flatMap(({ at, fact }, order) => candidatesOf(fact, at, order, facts.length));
  found.sort((a, b) => a.size - b.size);
  indexes.set(facts, found);
  return found;
}

function candidatesOf(fact: CitableFact, at: number, order: number, count: number): readonly Candidate[] {
  const { name, label, value, unit, inputs = [] } = fact;
  if (value === null) return [];
  const factLabels = labelsOf(name, label);
  const common = { fact, at, factLabels };
  const own = { ...common, isInput: false, name, value, unit, labels: factLabels, isSigned: isSigned(fact) };
  return [
    { ...own, size: sizeOf(value), rank: order },
    ...inputs
      .filter((input) => isDecimal.test(input.value))
      .map((input) => ({
        ...{ ...common, isInput: true, name: input.name, value: input.value, unit: input.unit },
        ...{ labels: labelsOf(input.name, input.title), isSigned: false },
        ...{ size: sizeOf(input.value), rank: count + order },
      })),
  ].filter(({ size }) => Number.isFinite(size));
}

const sizeOf = (value: string) => Math.abs(Number(value));

const isSigned = ({ name, label }: CitableFact) =>
  (`${name} ${label ?? ""}`.toLowerCase().match(/[\p{L}&]+/gu) ?? []).some((word) => signedNames.has(word));

/** @returns the first index with a size of at least `least` */
function firstFrom(index: readonly Candidate[], least: number): number {
  let [low, high] = [0, index.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((index[middle]?.size ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
