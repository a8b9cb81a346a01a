import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { plainText } from "../../src/cli/plain-text.ts";
import { Screen } from "../../src/terminal/screen.ts";
import { hostileText } from "./hostile-text.ts";

function openScreen({ isTTY = true, colours = true, movesCursor = true } = {}) {
  const written: string[] = [];
  const output = { isTTY, columns: 40, write: (text: string) => written.push(text) };
  return { screen: new Screen({ output, colours, movesCursor }), all: () => written.join("") };
}

describe("The screen", () => {
  test("begins a sentence on a line of its own, wherever the answer stopped", () => {
    const { screen, all } = openScreen({ isTTY: false });
    screen.text("half a");
    screen.text(" line");
    screen.line("Stopped.");
    screen.text("whole\n");
    screen.line("Next.");
    screen.endLine();
    expect(all()).toBe("half a line\nStopped.\nwhole\nNext.\n");
  });

  test("draws a passing status over, and leaves nothing of it", () => {
    const { screen, all } = openScreen({ colours: false });
    screen.status("Waiting, 10 %");
    screen.status("Waiting, 20 %");
    screen.text("Hello");
    expect(all()).toBe("\r\u001b[KWaiting, 10 %\r\u001b[KWaiting, 20 %\r\u001b[KHello");
  });

  test("cuts a status to the terminal's width, so that it can be drawn over", () => {
    const { screen, all } = openScreen({ colours: false });
    screen.status("x".repeat(100));
    expect(all()).toBe(`\r\u001b[K${"x".repeat(38)}…`);
  });

  test("says a status once where nothing can be drawn over", () => {
    const { screen, all } = openScreen({ isTTY: false });
    for (const share of [1, 50, 99]) screen.status(`Loading, ${share} % …`);
    screen.status("Reading …");
    screen.status(null);
    expect(all()).toBe("Loading …\nReading …\n");
  });

  test("has colours only on a terminal that has them", () => {
    for (const [options, coloured] of [
      [{}, true],
      [{ colours: false }, false],
      [{ isTTY: false }, false],
    ] as const) {
      const { screen, all } = openScreen(options);
      screen.line("No.", "problem");
      expect(all()).toBe(coloured ? "\u001b[31mNo.\u001b[0m\n" : "No.\n");
    }
  });

  test("does nothing that a text wants: it writes what it would for the plain text", () => {
    const deed = fc.tuple(fc.constantFrom("text", "line", "status" as const), hostileText);
    const style = fc.constantFrom("plain", "quiet", "strong", "problem" as const);
    fc.assert(
      fc.property(fc.array(fc.tuple(deed, style), { maxLength: 12 }), fc.boolean(), (deeds, isTTY) => {
        const play = (made: (text: string) => string) => {
          const { screen, all } = openScreen({ isTTY });
          for (const [[kind, text], style] of deeds) {
            if (kind === "status") screen.status(made(text));
            else screen[kind](made(text), style);
          }
          return all();
        };
        const shown = play((text) => text);
        expect(shown).toBe(play(plainText));
        // Its own few sequences, and no control character besides.
        const own = ["\r\u001b[K", ...[0, 1, 2, 31].map((code) => `\u001b[${code}m`)];
        const rest = own.reduce((text, sequence) => text.replaceAll(sequence, ""), shown);
        expect(rest).not.toMatch(/(?![\n\t])\p{Cc}/u);
      }),
      { numRuns: 500 },
    );
  });
});
