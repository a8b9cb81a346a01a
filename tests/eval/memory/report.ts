/** `bun run eval memory`: prints how well memories are recalled, by words and meaning, and by each alone. */
import { openEvalEmbedder } from "../eval-embedder.ts";
import { besides, falseRecall, found, measureMemory, ofKinds, recallAt3, type Share } from "./measure.ts";
import { evalUsers, kindsOfQuestions, type QuestionKind } from "./read-users.ts";

const english = ["p", "n", "s", "a", "x"] as const;
const foreign = ["d", "f"] as const;
const shown = ({ hits, of }: Share) => `${(hits / of).toFixed(3)} (${hits}/${of})`;

export async function reportMemory({ verbose }: { readonly verbose: boolean }): Promise<void> {
  const count = (of: "facts" | "questions") => evalUsers.reduce((sum, user) => sum + user[of].length, 0);
  console.log(`${evalUsers.length} users, ${count("facts")} facts, ${count("questions")} questions\n`);
  await using opened = await openEvalEmbedder();
  const { embedder } = opened;
  for (const [way, asked] of [
    ["words and meaning", await measureMemory(embedder)],
    ["words alone (no embedding model)", await measureMemory(null)],
    ["meaning alone", await measureMemory(embedder, "meaning")],
  ] as const) {
    console.log(`## ${way}`);
    for (const [half, isHeldOut] of [
      ["tuned on", false],
      ["held out", true],
    ] as const) {
      const ofHalf = ofKinds(asked, english).filter((one) => one.isHeldOut === isHeldOut);
      console.log(
        `${half}: recall@3 ${shown(recallAt3(ofHalf))}, false recall ${shown(falseRecall(ofHalf))}, ` +
          `${besides(ofHalf).toFixed(2)} others beside`,
      );
    }
    for (const kind of [...english, ...foreign] satisfies QuestionKind[]) {
      const ofKind = ofKinds(asked, [kind]);
      console.log(
        `  ${kindsOfQuestions[kind]}: ${shown(kind === "x" ? falseRecall(ofKind) : recallAt3(ofKind))}`,
      );
    }
    if (verbose && way === "words and meaning")
      for (const one of asked) {
        const isWrong = one.fits.length > 0 ? !found(one) : one.recalled.length > 0;
        const got = one.recalled.map((id, at) => `${id} ${one.scores[at]?.toFixed(2)}`).join(", ");
        if (isWrong)
          console.log(
            `  ${one.isHeldOut ? "held " : ""}${one.kind} ${one.user}: ${one.ask} [${one.fits}] got ${got}`,
          );
      }
    console.log("");
  }
}
