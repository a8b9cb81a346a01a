/** Text that would drive a terminal, if it were let. */
import fc from "fast-check";

const esc = "\u001b";

/** Escape sequences and control characters, with what they would do. */
export const attacks: readonly string[] = [
  `${esc}[2J${esc}[H`, // clears the screen
  `${esc}[3;5H`, // moves the cursor
  `${esc}[A${esc}[2K`, // writes over the line before
  `${esc}]0;a new title\u0007`,
  `${esc}]2;a new title${esc}\\`,
  `${esc}]52;c;cm0gLXJmIH4=\u0007`, // writes the clipboard
  `${esc}]8;;https://example.com${esc}\\a link${esc}]8;;${esc}\\`,
  `${esc}]1337;File=inline=1:AAAA\u0007`,
  `${esc}]777;notify;a;b\u0007`,
  `${esc}P+q544e${esc}\\`, // DCS: asks, and the terminal types the reply
  `${esc}[6n`, // the same with the cursor's place
  `${esc}[c`,
  `${esc}[5i`, // prints
  `${esc}c`, // resets
  `${esc}(0`, // another character set
  `${esc}[?1049h`, // another screen
  `${esc}[?2004l`,
  `${esc}[8m`, // hides what follows
  `${esc}_Gf=100;AAAA${esc}\\`,
  `${esc}^private${esc}\\`,
  "\u009b2J", // the same with 8 bits
  "\u009d52;c;AAAA\u009c",
  "\u0090q\u009c",
  "\r", // the line again from its beginning
  "\b\b\b",
  "\u007f",
  "\u0000",
  "\u0007",
  "\u000b",
  "\u000c",
  "\u000e", // shift out
  "\u0085",
  "\u202e", // from right to left
  "\u2066",
];

/** Attacks, harmless text, and pieces of either, one after the other. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...attacks),
      fc.constantFrom(...attacks).chain((attack) => fc.nat(attack.length).map((end) => attack.slice(0, end))),
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.constantFrom("Gold", " ", "\n", "\t", "…", "世界", "👩‍👩‍👧", "0;", "[", "]52;c;"),
    ),
    { maxLength: 20 },
  )
  .map((pieces) => pieces.join(""));
