/**
 * Serves the real app over an engine that answers from the passages that it is told: it says the sentence that shares most words
 * with the question, as a quotation with its number. Ends when its input does.
 */
import { openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";
import { serveUntilInputEnds } from "../input-ended.ts";

const wordsOf = (text: string) => new Set(text.toLowerCase().match(/\p{L}{3,}/gu) ?? []);

function answerTo(prompt: string): string {
  const asked = wordsOf(prompt.split("Question: ").at(-1) ?? "");
  const parts = prompt.split(/^\[(\d+)\] .*:$/m).slice(1);
  const sentences = parts.flatMap((number, at) => {
    if (at % 2 === 1) return [];
    const text = (parts[at + 1] ?? "").split("Answer the question")[0] ?? "";
    const plain = text.replaceAll(/^\| ?/gm, "").replaceAll(/\s+/g, " ");
    return plain.split(/(?<=\.) /).map((one) => ({ number, text: one.trim() }));
  });
  const shared = ({ text }: { text: string }) => [...wordsOf(text)].filter((word) => asked.has(word)).length;
  const [best] = sentences.toSorted((a, b) => shared(b) - shared(a));
  if (best === undefined) return "There are no passages.";
  return `The document says: “${best.text}” [${best.number}]\n\nIt does not say: “Nobody ever wrote these words there.”`;
}

const engine = new ScriptedEngine({
  contextSize: 8_000,
  script: ({ messages }) => ({ answer: answerTo(messages.at(-1)?.content ?? "") }),
});
const app = openAnsweringApp({ engines: [engine] });
console.log(app.url);
await serveUntilInputEnds(app);
