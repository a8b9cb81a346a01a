/**
 * Whether a grammar can be followed in time. llama.cpp goes along all ways of a grammar at once, and passes over what may be
 * empty anew for each way to it: `("a"? "b"? "c"?){0,60}` takes it minutes for a single token, in which no other answer is
 * written. So what may be empty in many ways is refused.
 */
import { hasFewReadings } from "./grammar-paths.ts";
import { type Expression, rulesIn } from "./grammar-text.ts";

/** In how many ways a part may be empty. */
const mostWays = 16;
/** How many places one token may stand at. */
const mostPlaces = 2_000;
/** How many of them are reached past what is empty: what that costs grows with its cube. */
const mostSkipped = 300;

interface Cost {
  /** In how many ways it may be empty. */
  readonly ways: number;
  /** In how many ways what remains may be empty, seen from the worst place within. */
  readonly tail: number;
  /** How many places are looked at, from its beginning. */
  readonly places: number;
  /** Those of them that stand behind something that may be empty. */
  readonly skipped: number;
}

const nothing: Cost = { ways: 0, tail: 1, places: 1, skipped: 0 };
const empty: Cost = { ways: 1, tail: 1, places: 1, skipped: 0 };
/** Costs of recursive rules grow until they are known, or beyond all limits. */
const mostRounds = 24;

/** @param grammar in GBNF */
export function isFollowable(grammar: string): boolean {
  const rules = rulesIn(grammar);
  if (rules === null) return false;
  let costs = new Map<string, Cost>();
  for (let round = 0; round < mostRounds; round++) {
    const known = costs;
    const next = new Map([...rules].map(([name, rule]) => [name, costOf(rule, known)]));
    if (![...next.values()].every(isWithin)) return false;
    if (Bun.deepEquals(next, known)) break;
    costs = next;
  }
  // What still grows is what each rule adds to the next: it is within the limits for all.
  return hasFewReadings(rules);
}

const isWithin = ({ ways, tail, places, skipped }: Cost) =>
  ways <= mostWays && tail <= mostWays && places <= mostPlaces && skipped <= mostSkipped;

function costOf(expression: Expression, known: ReadonlyMap<string, Cost>): Cost {
  switch (expression.type) {
    case "terminal":
      return nothing;
    case "empty":
      return empty;
    case "rule":
      return known.get(expression.name) ?? nothing;
    case "alternatives": {
      const costs = expression.parts.map((part) => costOf(part, known));
      return {
        ways: sum(costs.map(({ ways }) => ways)),
        tail: Math.max(...costs.map(({ tail }) => tail)),
        places: sum(costs.map(({ places }) => places)),
        skipped: sum(costs.map(({ skipped }) => skipped)),
      };
    }
    case "sequence":
      return expression.parts.map((part) => costOf(part, known)).reduceRight(followed, empty);
    case "repeat":
      return repeated(costOf(expression.part, known), expression.least, expression.most);
    default:
      return expression satisfies never;
  }
}

/** What a part costs before the rest of its sequence. */
const followed = (rest: Cost, part: Cost): Cost => ({
  ways: part.ways * rest.ways,
  tail: Math.max(rest.tail, part.tail * rest.ways),
  places: part.places + part.ways * rest.places,
  skipped: part.skipped + (part.ways > 0 ? rest.places : 0),
});

/** Written out, the required ones stand one after the other, and each optional one holds the next. */
function repeated(part: Cost, least: number, most: number): Cost {
  // What cannot be empty is never passed over: the first one is all that is looked at.
  const counted = part.ways === 0 ? 1 : mostPlaces + 1;
  const optional = Math.min(most - least, counted);
  const further = Array.from({ length: optional }, (_, count) => part.ways ** count);
  const tries = sum(further);
  const ways = 1 + tries * part.ways;
  const rest: Cost = {
    ways,
    tail: part.tail * ways,
    places: 1 + part.places * tries,
    skipped: part.skipped + part.places * Math.max(0, tries - 1),
  };
  return Array.from({ length: Math.min(least, counted) }, () => part).reduceRight(followed, rest);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
