/**
 * Examines the desk: how many generated questions it answers rightly, whether any answer is wrong, and whether it keeps silent
 * where nothing is to be computed.
 *
 *   bun run exam [--count 400] [--seed 1] [--verbose]
 */
import { parseArgs } from "node:util";
import { intents, takeExam } from "./take-exam.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "400" },
    seed: { type: "string", default: "1" },
    verbose: { type: "boolean", default: false },
  },
});
const marks = await takeExam({ count: Number(values.count), seed: Number(values.seed) });
const share = ((100 * marks.right) / marks.asked).toFixed(1);
if (values.verbose) for (const each of marks.unanswered) console.log(`unanswered: ${each}`);
for (const each of marks.wrong) console.log(`WRONG: ${each}`);
for (const each of marks.cardsOnNearMisses) console.log(`CARD ON A NEAR-MISS: ${each}`);
console.log(`questions             ${marks.asked} of ${intents.length} intents, in English and German`);
console.log(`right                 ${marks.right} (${share} %)`);
console.log(`wrong                 ${marks.wrong.length}`);
console.log(`not answered          ${marks.unanswered.length}`);
console.log(`cards on near-misses  ${marks.cardsOnNearMisses.length} of ${marks.nearMisses}`);
process.exitCode =
  marks.wrong.length + marks.cardsOnNearMisses.length === 0 && marks.right >= 0.95 * marks.asked ? 0 : 1;
