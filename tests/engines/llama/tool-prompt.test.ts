import { describe, expect, test } from "bun:test";
import { withTools } from "../../../src/engines/llama/tool-prompt.ts";

const asked = { role: "user", content: "What is gold?" } as const;
const system = (content: string) => ({ role: "system", content }) as const;

describe("The prompt of a model that runs here", () => {
  test("opens with one system message, as its template knows no more", () => {
    expect(withTools([system("Be brief."), system("Be kind."), asked, system("Now.")], [])).toEqual([
      system("Be brief.\n\nBe kind."),
      asked,
      system("Now."),
    ]);
    expect(withTools([system("Be brief."), asked], [])).toEqual([system("Be brief."), asked]);
    expect(withTools([asked], [])).toEqual([asked]);
  });

  test("tells of tools in it, too", () => {
    const [first, ...rest] = withTools(
      [system("a"), system("b"), asked],
      [{ name: "price", parameters: {} }],
    );
    expect(first?.content).toStartWith("a\n\nb\n\n# Tools\n");
    expect(rest).toEqual([asked]);
  });
});
