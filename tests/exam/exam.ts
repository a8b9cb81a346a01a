/**
 * Examines what the program says of figures: generated questions and near-misses for the desk, labelled sentences, planted
 * figures, facts of other answers, and facts that are opened and computed again. The part "model" asks the program as it is started, with the
 * smallest model; it takes minutes, so it is examined only when it is named. Exits with 1 when a goal is missed.
 *
 *   bun run exam [data] [--only questions|model|sentences|adversary|chance|crawl|data] [--short] [--count 400] [--seed 1] [--verbose]
 */
import { parseArgs } from "node:util";
import type { ExamRow } from "./exam-part.ts";
import { examParts } from "./exam-parts.ts";

/** More lines of one part say nothing new. */
const mostFaults = 20;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string" },
    short: { type: "boolean", default: false },
    count: { type: "string" },
    seed: { type: "string", default: "1" },
    verbose: { type: "boolean", default: false },
  },
});
const only = values.only ?? positionals[0];
const names = examParts.map(({ name }) => name).join(", ");
const parts = examParts.filter(({ name, isLong }) =>
  only === undefined ? isLong === undefined : name === only,
);
if (parts.length === 0) throw new Error(`There is no part "${only}". There are: ${names}.`);
const rows: ExamRow[] = [];
for (const part of parts) {
  const { faults, notes, ...taken } = await part.take({
    isShort: values.short,
    seed: Number(values.seed),
    ...(values.count === undefined ? {} : { count: Number(values.count) }),
  });
  if (values.verbose) for (const note of notes ?? []) console.log(note);
  for (const fault of faults.slice(0, mostFaults)) console.log(fault);
  if (faults.length > mostFaults) console.log(`… and ${faults.length - mostFaults} more`);
  rows.push(...taken.rows);
}
const widest = Math.max(...rows.map(({ what }) => what.length));
const line = (what: string, measured: string, goal: string) =>
  `${what.padEnd(widest)}  ${measured.padStart(16)}  ${goal}`.trimEnd();
console.log(line("", "measured", "goal"));
for (const { what, measured, goal, isMet } of rows)
  console.log(line(what, measured, isMet ? goal : `${goal}  MISSED`));
process.exitCode = rows.every(({ isMet }) => isMet) ? 0 : 1;
