/** Prints how long it takes to classify the figures of a block of 4 kB, and of texts that are made to take long. */
import { classifyFigures } from "../../src/finance/numbers/classify-figures.ts";
import corpus from "../finance/numbers/sentences.json";

const sources = {
  facts: corpus.worlds.size.facts.map((fact, index) => ({ at: 0, fact: { id: `f${index}`, ...fact } })),
  quotes: corpus.worlds.size.quotes.map((text, index) => ({ where: `m${index}`, text })),
};
const prose = Object.values(corpus.sentences)
  .flat()
  .join(" ")
  .replaceAll(/\{([^|{}]*)\|\w\}/g, "$1");
const block = prose.slice(0, 4096);

function milliseconds(text: string, runs: number): number {
  for (let run = 0; run < Math.min(runs, 50); run++) classifyFigures(text, sources);
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    classifyFigures(text, sources);
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
}

console.log(
  `block of 4 kB with ${classifyFigures(block, sources).length} figures: ${milliseconds(block, 200).toFixed(2)} ms (median of 200)`,
);
const words = "The price is what it is, and a plan says how much of it to risk at most when it falls. ";
const usual = `You risk $100 (1%) on ${words}${words}`.repeat(30).slice(0, 4096);
console.log(
  `block of 4 kB with ${classifyFigures(usual, sources).length} figures: ${milliseconds(usual, 200).toFixed(2)} ms`,
);
console.log(
  `block of 4 kB without figures: ${milliseconds(words.repeat(46).slice(0, 4096), 200).toFixed(2)} ms`,
);
for (const piece of ["1,", " ", "7", "5 ", "one "])
  console.log(
    `100 kB of ${JSON.stringify(piece)}: ${milliseconds(piece.repeat(100_000 / piece.length), 3).toFixed(0)} ms`,
  );
