/** `bun run eval documents`: prints how well documents are searched, refused and quoted, beside the goals. */
import { openEvalEmbedder } from "../eval-embedder.ts";
import { type AskedReport, measureDocuments } from "./measure.ts";

const share = (hits: number, of: number) => `${(hits / Math.max(1, of)).toFixed(3)} (${hits}/${of})`;
const counted = (asked: readonly AskedReport[], is: (one: AskedReport) => boolean) =>
  share(asked.filter(is).length, asked.length);

export async function reportDocuments({ verbose }: { readonly verbose: boolean }): Promise<void> {
  await using opened = await openEvalEmbedder();
  const { embedder } = opened;
  for (const [way, asked] of [
    ["words and meaning", await measureDocuments(embedder)],
    ["words alone (no embedding model)", await measureDocuments(null)],
  ] as const) {
    const reports = new Set(asked.map(({ report }) => report.name)).size;
    console.log(`## ${way}: ${reports} reports`);
    for (const [half, isHeldOut] of [
      ["tuned on", false],
      ["held out", true],
    ] as const) {
      const ofHalf = asked.filter(({ report }) => report.isHeldOut === isHeldOut);
      const positive = ofHalf.filter(({ answer }) => answer !== null);
      const negative = ofHalf.filter(({ answer }) => answer === null);
      console.log(
        `${half}: passage recall@5 ${counted(positive, ({ isFound }) => isFound)} (goal 0.9); ` +
          `among all reports ${counted(positive, ({ isFoundAmongAll }) => isFoundAmongAll)}; ` +
          `refused without an answer ${counted(negative, ({ found }) => found.length === 0)} (goal 0.95), ` +
          `with one ${counted(positive, ({ found }) => found.length === 0)}; ` +
          `quotations right ${counted(ofHalf, ({ isQuoteRight }) => isQuoteRight)} (goal 1)`,
      );
    }
    if (verbose && way === "words and meaning")
      for (const { report, ask, answer, found, isFound } of asked.filter(
        ({ report, answer, isFound, found }) =>
          !report.isHeldOut && (answer === null ? found.length > 0 : !isFound),
      ))
        console.log(
          `  ${report.name}: ${ask} [${answer ?? "nothing"}] ${isFound ? "" : "not "}found: ${found
            .map(({ passage, score }) => `${passage.number} ${score.toFixed(2)}`)
            .join(", ")}`,
        );
    console.log("");
  }
}
