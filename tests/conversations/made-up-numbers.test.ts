import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { withoutMadeUpNumbers } from "../../src/conversations/made-up-numbers.ts";

describe("Of a text about another one", () => {
  test.each([
    ["The user saves 300 a month.", "I save 300 a month."],
    ["It fell by -5.2%.", "The return was −5.2 %."],
    ["They pay 1,000.50 USD.", "The rent is $1,000.50."],
    ["It is 1.5 million.", "about 1.5 Million euros"],
    ["Costs are 5 percent.", "5% in costs"],
    ["Costs are between 5 and 7%.", "5% to 7%"],
    ["Between 3 and 5 years.", "for 3-5 years"],
    ["It was in 2026.", "on 2026-01-31"],
    ["It is the 30-year bond.", "30 years"],
    ["There are ten funds.", "ten of them"],
    ["It costs 10 000.", "10 000 euros"],
    ["In Q3 it rose.", "q3 was good"],
    ["He has twenty-five funds.", "twenty five of them"],
    ["They pay two hundred and five euros.", "two hundred and five"],
    ["It fell by minus 5%.", "-5 percent"],
    ["It is -$5.", "$-5"],
    ["It rose 5-fold.", "5fold"],
    ["Between 5%-10%.", "5%-10%"],
    ["It took 1h30m.", "1h30m"],
    ["He owns one house, first of all.", "a house"],
    ["No number at all.", ""],
  ])("%j is kept when the other one says %j", (text, source) => {
    expect(withoutMadeUpNumbers(text, source)).toBe(text);
  });

  test.each([
    ["It is 1.08.", "1.0842", "was rounded"],
    ["It is 5k.", "5,000", "was converted"],
    ["It is 5000.", "5,000", "was written otherwise"],
    ["It rose by 5.", "-5", "lost its sign"],
    ["It is -5.", "5", "got a sign"],
    ["It is 5 million.", "5 thousand, not a million of 7", "got another size"],
    ["It is 5.", "5 million", "lost its size"],
    ["It is 5%.", "5 years", "became a percentage"],
    ["It was on 2026-01-05.", "2026-01-31 and 05", "is a date of its parts"],
    ["It is 10 500.", "10 000 and 25 500", "is put together"],
    ["Its code is COVID19.", "covid", "hangs on a word"],
    ["There are three funds.", "a fund, another fund and a last fund", "was counted"],
    ["It doubled.", "it rose", "is a word that says how much"],
    ["It is ½.", "", "is a fraction"],
    ["Twenty-five funds.", "twenty funds and five bonds", "is put together of words"],
    ["Five hundred euros.", "five funds at a hundred euros", "is put together of words"],
    ["It is 1e6.", "1e5", "differs behind a letter"],
    ["It was in Q3FY27.", "Q3FY26", "differs behind letters"],
    ["It took 1h45m.", "1h30m", "differs behind a letter"],
    ["He risks .5 percent.", "5 percent", "got a point before it"],
    ["It is -$5.", "$5", "got a sign before its currency"],
    ["It moved minus 5%.", "5%", "got a sign in words"],
    ["It fell by -10%.", "between 5%-10%", "has the dash of a range for a sign"],
    ["He sold a third of it.", "sold", "is a part"],
    ["It rose tenfold.", "rose", "is a word that says how much"],
    ["It is 5 k.", "5", "got a size"],
    ["It is 5 Milliarden.", "5 Millionen", "got another size in another language"],
    ["It is 10\u2009000.", "10 and 000", "is put together with a thin space"],
    ["It is %50.", "%5", "has its percentage before it"],
    ["It is ٥٠.", "50", "has other digits"],
  ])("%j is left out when the other one says %j, since the number %s", (text, source) => {
    expect(withoutMadeUpNumbers(text, source)).toBe("");
  });

  test("only the sentence with the number goes", () => {
    const text = "The user wants a house. It costs 400,000. Rates, e.g. 3.5%, are high.\n\nThey earn 70,000.";
    expect(withoutMadeUpNumbers(text, "A house for 400,000 at 3.5%")).toBe(
      "The user wants a house. It costs 400,000. Rates, e.g. 3.5%, are high.",
    );
    expect(withoutMadeUpNumbers("It rose. 7. It fell.", "it rose and fell")).toBe("It rose. It fell.");
    expect(withoutMadeUpNumbers("First:\n1. Bonds.\n2) Only 5 funds.\n3. ", "bonds, funds")).toBe(
      "First:\n- Bonds.",
    );
  });

  test("whatever both say: a number that is left stands in the other one, and what it says itself is kept", () => {
    const word = fc.constantFrom("gold", "is", "at.", "1.5", "−2", "3 %", "four", "A", "\n", "1.5 – 2");
    const words = (of: fc.Arbitrary<string>) => fc.array(of).map((some) => some.join(" "));
    const anything = words(fc.oneof(word, fc.string()));
    fc.assert(
      fc.property(anything, anything, words(word), (source, text, plain) => {
        const left = withoutMadeUpNumbers(text, source);
        for (const [digits] of left.matchAll(/\d+/g)) expect(source).toContain(digits);
        expect(withoutMadeUpNumbers(left, source)).toBe(left);
        expect(withoutMadeUpNumbers(plain, plain)).toBe(plain.trim());
      }),
    );
  });
});
