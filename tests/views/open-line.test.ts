import { describe, expect, test } from "bun:test";
import { finishedLength, renderMarkdown, renderOpenBlock } from "../../views/markdown.ts";
import { answers } from "../fakes/scripted-answers.ts";
import { withoutControls } from "./without-controls.ts";

/** What a reader sees, in one line: a formula is one sign, whatever it consists of. */
const seen = (html: string) =>
  withoutControls(html)
    .replace(/<figcaption>.*?<\/figcaption>/gs, "")
    .replace(/<span class="visually-hidden">.*?<\/span>/gs, "")
    .replace(/<(span|div) class="maths".*?<\/math>.*?<\/\1>/gs, "∑")
    .replace(/<[^>]*>/g, "")
    .replace(/\s/g, "");

/** As the stream shows it: its finished blocks, and its open end. */
function shown(text: string): string {
  const finished = finishedLength(text);
  return seen(renderMarkdown(text.slice(0, finished)) + renderOpenBlock(text.slice(finished)));
}

/** At each of its lengths the text shows a beginning of what it shows at last. @returns the first place where it does not */
function flash(text: string): string | null {
  const whole = seen(renderMarkdown(text));
  for (let end = 1; end <= text.length; end++) {
    // A formula that is not closed is an ellipsis.
    const now = shown(text.slice(0, end)).replace(/…$/, "");
    if (!whole.startsWith(now))
      return `${JSON.stringify(text.slice(Math.max(0, end - 40), end))} shows ${now.slice(-60)}`;
  }
  return null;
}

const corpus: Readonly<Record<string, string>> = {
  emphasis:
    "It is **bold**, *em*, ***both***, _under_, __too__, ~~gone~~ and **bold with *em* inside**. A (**sign**), *$5*, **1,000.50 $**.",
  "emphasis at both ends": "**Balance:** $10,000 and **risk**\n\n*A note*",
  arithmetic: "1000*1.05*1.05 is 2 * 3, 2**10 and snake_case_name, 5 * 4.",
  code: "Call `f(x)`, ``a ` b`` or `**not bold**` and `[x](y)`.",
  fences: "Before\n\n```python\nprint(`x`)\n```\n\n~~~\na ~ b\n~~~\nAfter",
  headings: "# One\n\n## Two *em*\nText\n### Three\n\n#5 is no heading\n",
  lists:
    "- a\n- **b**\n  - c\n\n1. one\n2. two\n\n10. ten\n* star\n+ plus\n\n1.5 % is no item, -5 % neither\n",
  tasks: "- [ ] open\n- [x] done\n- [X] **done** too\n- [link](https://a.example/x) is none",
  rules: "Text\n\n---\n\nMore\n***\nEnd",
  quotes: "> said **so**\n> and so\n\nend",
  links:
    'See [the guide](https://example.com/a_b?c=(d)) or [**bold** one](https://a.example/x "title"), https://b.example/c_d_e and <https://c.example/>. An array[1] and [a note].',
  images: "A chart ![of gold](https://example.com/gold.png)! Good.",
  footnotes: "Gold rose[^1] and fell[^note].\n\n[^1]: By 5 %.\n[^note]: As ever.",
  tables: answers.tables ?? "",
  "a table with marks":
    "Text\n\n| **a** | `b|c` | [d](https://a.example) |\n|:--|:-:|--:|\n| *x* | y | z |\n| 1 | 2 | 3 |\n\nEnd",
  "a table of one column": "|a|\n|-|\n|1|\n",
  maths: "So $x_1$, \\(a^2\\) and $a + b$ cost $5 and $10.\n\n$$\\frac{1}{2}$$\n\n\\[\nx = 1\n\\]\nEnd",
  signs: "R&D &amp; AT&T, a < b > c, 5 \\* 6, C:\\dir, wow! 3 | 4, ~5, #tag, *",
  answer: answers.markdown ?? "",
  german: "Die Rate beträgt **1.234,56 €** (*3,5 %*), s. `=RMZ(…)`.",
  emoji: "👍🏽 **gut** 🇩🇪 *ja*",
};

describe("No prefix of an answer flashes its markup", () => {
  test.each(Object.entries(corpus))("%s", (_name, text) => {
    expect(flash(text)).toBeNull();
  });

  test("this is found out where it does", () => {
    expect(seen("<p>a **b</p>")).toBe("a**b");
    expect(flash("a **never closed")).not.toBeNull();
  });
});
