/** What the fake model says. */
const paragraphs = (count: number) =>
  Array.from({ length: count }, (_, index) => `Paragraph ${index} with **bold ${index}** text.`).join("\n\n");

/** The question's first word names the script. */
export const answers: Readonly<Record<string, string>> = {
  tiny: "A lot is 100,000 units, so you need 2 lots.",
  hello: "Hello. How can I help?",
  long: Array.from({ length: 160 }, (_, index) => `word${index}`).join(" "),
  wide: `| Kind | ${Array.from({ length: 9 }, (_, at) => `A long column heading ${at}`).join(" | ")} |
${"|---".repeat(10)}|
| An index fund of the whole world | ${Array.from({ length: 9 }, (_, at) => `${at}.5 % a year`).join(" | ")} |`,
  /** Two tables: of figures of two units over the years, and of names. */
  tables: `Here is the plan:

| Year | Balance | Paid in | Return | Note | Remark | Another column |
|---|---:|---:|---:|---|---|---|
| 2024 | $3,600 | $3,600 | 4.1 % | the first year | none so far | a long text of the last column |
| 2025 | $7,488 | $7,200 | 6.0 % | a **good** year | none, or little | "quoted", and more |
| 2026 | $11,410 | $10,800 | −1.5 % | a bad one | =1+1 | end |
| 2027 | $16,092 | $14,400 | 12 % | back | [see](https://example.com/a) | end |

| Fund | Cost |
|---|---|
| World | 0.2 % |
| Gold | 1.25 % |
| Bonds | 0.15 % |`,
  tasks: `To do[^1]:

- [x] Put **three months** aside
- [ ] Choose the fund, which costs 0.2 % a year, or $10,000.50 over all of the twenty years
- [ ] Begin

\`\`\`python
print("a line that is a good deal longer than a telephone is wide, and even longer than the column, so that it is wrapped")
\`\`\`

[^1]: In this order.`,
  rtl: `### صندوق المؤشر

صندوق المؤشر يحمل شركات كثيرة، وتكلفته 1 % في السنة.

An English line between.

- التكلفة
- المخاطر

1. أولا

| النوع | التكلفة |
|---|---:|
| صندوق | 0.2 % |`,
  html: 'See <script>alert("x")</script> & <b onclick="alert(1)">bold</b>\n\n<img src=x onerror=alert(1)>\n\nEnd.',
  images:
    "A chart: ![of gold](https://example.com/gold.png) and ![](http://127.0.0.2/pixel.gif?secret=1).\n\nEnd.",
  paragraphs: paragraphs(14),
  /** So long that a slow reader finds it still being written. */
  scroll: paragraphs(50),
  trouble: `An index fund holds many companies at once, so **no single one** decides how you fare.

What it costs counts more than what it promises: over twenty years one percent a year takes a fifth of the gain.

Begin with what you will not need for ten years.`,
  markdown: `## Saving compared

An index fund and a government bond differ in **risk** and in *return*. A fund's price can fall by 30 % in a year.

| | Index fund | Government bond |
|---|---:|---:|
| Return a year | 6.8 % | 3.1 % |
| Largest drawdown | −50.9 % | −17.2 % |
| Costs a year | 0.20 % | 0.15 % |
| Liquidity | daily | daily |

1. Put three months of expenses aside first.
2. Then choose the share of funds by how long you can wait:
   - under 3 years: **none**
   - 10 years and more: *most of it*
1990. A number that does not count up.

The future value of monthly savings is \`FV = P * ((1+r)^n - 1) / r\`:

\`\`\`python
def future_value(payment, rate, months):
    return payment * ((1 + rate) ** months - 1) / rate

print(round(future_value(300, 0.06 / 12, 240), 2))  # 138612.27
\`\`\`

> Past returns say little about future ones.

See [the regulator's guide](https://example.com/guide) for more, or ask on.`,
};

/** What the question's first word names, or "tokens 1000" asks for; null: nothing of that name. */
export function scriptedAnswer(question: string): string | null {
  const [, count] = /^tokens (\d{1,6})\b/i.exec(question.trim()) ?? [];
  if (count !== undefined) return answerOfTokens(Number(count));
  const [name = ""] = question.trim().toLowerCase().split(/\W/);
  if (name === "pages") return `I know: ${Object.keys(answers).join(", ")}, and tokens 1000.`;
  return Object.hasOwn(answers, name) ? (answers[name] ?? null) : null;
}

/** What "tokens 1000 at 100" asks for, however busy the machine is; null: it says nothing of it. */
export function tokensASecond(question: string): number | null {
  const [, rate] = /^tokens \d{1,6} at (\d{1,6})\b/i.exec(question.trim()) ?? [];
  return rate === undefined ? null : Number(rate);
}

/** As many tokens of Markdown as are wanted, for measurements: "tokens 10000". */
export function answerOfTokens(count: number): string {
  const text = Array.from(
    { length: Math.ceil(count / 10) },
    (_, at) =>
      `${at % 9 === 0 ? `### Part ${at}\n\n` : ""}Step ${at} weighs **risk ${at}** against *return*, and costs come first.\n\n`,
  ).join("");
  return tokensOf(text).slice(0, count).join("");
}

/** Cut as a model's tokens are: a word with the blank before it, or a line break. */
export const tokensOf = (text: string) => text.match(/\n| ?[^\s]{1,6}| /g) ?? [];
