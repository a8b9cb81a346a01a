/**
 * Whether somebody speaks of themselves: most questions on which a memory bears do, most others do not. Bare words, as one
 * types them to look something up, count as such.
 */
import { stopWords } from "./stop-words.ts";

/** Where verbs alone say it, or in a language that is not here, a question counts as a general one. */
const firstPerson = new Set(
  `i me my mine myself we us our ours ourselves
  ich mich mir mein meine meinen meinem meiner meines wir uns unser unsere unserem unseren unserer
  je moi mon mes nous notre nos yo mis nosotros nuestro nuestra io mio mia miei noi nostro nostra ik mij mijn wij onze`
    .split(/\s+/)
    .filter((word) => word !== ""),
);

export function asksAboutOneself(question: string): boolean {
  const words = question.toLowerCase().match(/\p{L}+/gu) ?? [];
  return words.some((word) => firstPerson.has(word)) || words.every((word) => !stopWords.has(word));
}
