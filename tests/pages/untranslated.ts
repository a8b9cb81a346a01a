/**
 * What a page in the language en-XA says in plain English: nobody can read that in another language. There each text of the
 * program stands in brackets and with accents ("⟦Ñéw çhát···⟧"); a word without accents came from elsewhere.
 */

/** Attributes that a person sees or hears. */
const spoken = [
  "aria-label",
  "aria-description",
  "aria-valuetext",
  "title",
  "placeholder",
  "alt",
  "hx-confirm",
];
/** What is in them is for machines or models, or is meant to be copied letter by letter. */
const machines = "script, style, code, pre, samp, textarea, .prompt-preview";
/** Names that are the same in every language. */
const names = ["Local Financial Assistant", "English", "Deutsch", "Español", "Markdown", "Ctrl"];
/** What Intl writes: it does not know the language en-XA, and takes English. */
const dates =
  /\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b|January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b|(?:seconds?|minutes?|hours?|days?) ago|at(?= \d)|and|AM|PM)\b/g;

/** Letters that the language en-XA never leaves as they are. */
const plainWord = /^\p{L}*[aeiouncsyz]\p{L}*$/u;
/** Figures with units, keys of settings, addresses, paths, and abbreviations in capitals are no words. */
const units = ["min", "ms", "s", "kB"];
const isCode = (word: string) =>
  units.includes(word) || /[\d_/@=]|\w[.:]\w/.test(word) || word === word.toUpperCase();

const entities: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
  "#039": "'",
  "#x27": "'",
  amp: "&",
};
const unescapeHtml = (text: string) =>
  text.replaceAll(/&([a-z]+|#x?[\da-f]+);/g, (all, name) => entities[name] ?? all);

/**
 * @param html a page, or a part of one
 * @param own the texts that a user wrote or that name a thing: titles, models, files
 * @returns each text with plain words, once; "name: text" is an attribute's
 */
export function untranslated(html: string, own: readonly string[] = []): string[] {
  const found = new Set<string>();
  const longestFirst = [...names, ...own].toSorted((a, b) => b.length - a.length).map(RegExp.escape);
  const allNames = new RegExp(`(?<!\\p{L})(?:${longestFirst.join("|")})(?!\\p{L})`, "gu");
  const check = (text: string, where = "") => {
    const program = unescapeHtml(text).replaceAll(allNames, " ");
    const words = program.replaceAll(dates, " ").split(/[\s…“”„‚‘«»"()[\]⟦⟧·,;!?–—]+|[.:'’](?=\s|$)/u);
    const parts = words.filter((word) => !isCode(word)).flatMap((word) => word.split("-"));
    if (parts.some((part) => plainWord.test(part.replaceAll(/['’.:]/g, ""))))
      found.add(`${where}${text.trim().replaceAll(/\s+/g, " ")}`);
  };
  let ofMachines = 0;
  let text = "";
  const rewriter = new HTMLRewriter()
    .on(machines, {
      element: (element) => {
        ofMachines += 1;
        element.onEndTag(() => {
          ofMachines -= 1;
        });
      },
    })
    .on("*", {
      element: (element) => {
        for (const name of spoken) check(element.getAttribute(name) ?? "", `${name}: `);
      },
    })
    .onDocument({
      text: (chunk) => {
        text += chunk.text;
        if (!chunk.lastInTextNode) return;
        if (ofMachines === 0) check(text);
        text = "";
      },
    });
  // Their content is a text for a parser that runs scripts.
  rewriter.transform(html.replaceAll(/<\/?noscript>/g, ""));
  return [...found];
}
