/** The HTML of an answer as a page gets it while it is written: at each character, in a place of its Markdown. */
import { finishedLength, renderMarkdown, renderOpenBlock } from "../../views/markdown.ts";

/** Where in an answer a text may stand. */
export const places: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `Before ${text} after.`,
  (text) => `- one\n- ${text}\n- three`,
  (text) => `1. ${text}\n   more`,
  (text) => `> ${text}\n> more`,
  (text) => `# ${text}`,
  (text) => `| a | ${text} |\n|---|:-:|\n| ${text} | b |`,
  (text) => `**bold ${text}** and *${text}*`,
  (text) => `\`${text}\``,
  (text) => `\`\`\`${text}\ncode ${text}\n\`\`\``,
  (text) => `[${text}](http://evil.example/)`,
  (text) => `[x](${text})`,
  (text) => `[x](<${text}>)`,
  (text) => `[x](http://evil.example/${text})`,
  (text) => `[x](http://evil.example/ "${text}")`,
  (text) => `![${text}](http://evil.example/${text})`,
  (text) => `<${text}>`,
  (text) => `http://evil.example/${text}`,
  (text) => `[x]: ${text}\n\n[x]`,
  (text) => `$$\n\\text{${text}} ${text}\n$$`,
  (text) => `so \\(\\frac{${text}}{x}\\) and $x_{${text}}$ after`,
  (text) => `\`\`\`html\n${text}\n\`\`\``,
  (text) => `\`\`\`js\nlet a = "${text}";\n\`\`\``,
];

/** Finished blocks once, and the open one anew with each character. */
export function* growing(text: string): Generator<string> {
  let open = "";
  for (const piece of text) {
    open += piece;
    const finished = finishedLength(open);
    if (finished > 0) yield renderMarkdown(open.slice(0, finished));
    open = open.slice(finished);
    yield renderOpenBlock(open);
  }
}
