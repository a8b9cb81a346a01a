/**
 * A piece of Markdown as plain text on one line, for excerpts and memories. The marks around what was found stay, and so does every
 * figure: an asterisk between digits is arithmetic. A piece may begin or end anywhere, so nothing is parsed.
 */

/** What the search puts around a hit (src/store/search-messages.ts). */
const hit = "[\uFDD0\uFDD1]*";
const word = "[\\p{L}\\p{N}]";

const listing = /^[ \t]*(`{3,}|~{3,}).*$/gm;
/** `|---|--:|`, and the lines of dashes that are rules. */
const dashes = /(^|\n)[ \t|:]*-{3,}[ \t|:-]*(?=\n|$|…)/g;
const heading = /(^|\n|…)[ \t>]*#{1,6}\s+/g;
const listItem = /(^|\n)[ \t>]*[-*+]\s+/g;
const quote = /(^|\n)[ \t]*>+[ \t]?/g;
const cells = /[ \t]*(?:\|[ \t]*)+/g;
/** In pairs, and around words: `5 * 3` and `2**10` are arithmetic. */
const emphasis = new RegExp(
  `(?<!${word}${hit})(\\*{1,3}|_{1,3}|~~|\`+)(?=\\S)(.+?)(?<=\\S)\\1(?!${hit}${word})`,
  "gu",
);
/** Its words stay. */
const link = /!?\[([^[\]]+)\]\((?:https?:|\/|#)[^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)/g;
/** What an excerpt has cut off from its other end. */
const halfPair = new RegExp(`\\*\\*(?=${hit}\\p{L})|(?<=\\p{L}${hit})\\*\\*|\``, "gu");

export const withoutMarkup = (text: string): string =>
  text
    .replace(listing, "")
    .replace(dashes, "$1")
    .replace(heading, "$1")
    .replace(listItem, "$1")
    .replace(quote, "$1")
    .replace(cells, " · ")
    .replace(link, "$1")
    .replace(emphasis, "$2")
    .replace(halfPair, "")
    .replace(/\s*\n\s*/g, " ")
    .replace(/(?:\s*·\s*)+/g, " · ")
    .replace(/^(…?)[ \t·]+/, "$1")
    .replace(/[ \t·]+(…?)$/, "$1");
