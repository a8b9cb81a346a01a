/**
 * The only place that makes trusted HTML. Markdown in, HTML out: raw HTML in the text comes out as text, links
 * are http(s) only, and no figure in the text is changed on its way (no typographic replacements, list numbers
 * as written, `2*3*4` is no emphasis).
 *
 * It also tells which blocks of a growing text are finished, so that a stream can append each of them once and
 * swap only the open rest. Nothing that comes later can change a finished block: reference links, which could,
 * are off. It knows nothing of generations or of streams.
 */
import createMarkdownIt, {
  type MarkdownIt,
  type RendererRule,
  type StateInline,
  type Token,
} from "markdown-it";

const { escapeHtml } = createMarkdownIt().utils;
const safeLink = /^https?:\/\//i;
const linkAttributes = 'target="_blank" rel="noopener noreferrer nofollow"';
const cursor = '<span class="streaming-cursor" aria-hidden="true"></span>';

/** Renders whole Markdown to HTML that may be put into a page as it is. */
export function renderMarkdown(text: string): string {
  return markdown.render(text);
}

/** Renders the still open end of a growing text, with the streaming cursor behind its last character. */
export function renderOpenBlock(text: string): string {
  let tokens = markdown.parse(text, {});
  if (tokens.findLast((token) => token.nesting >= 0)?.type === "inline")
    tokens = markdown.parse(closeLastLine(text), {});
  placeCursor(tokens);
  return markdown.renderer.render(tokens, markdown.options, {});
}

/**
 * How many characters of `text` belong to finished blocks: those that no continuation of the text can change.
 * A pure function of the text. Only whole lines count, because the rest of a line can turn `***` from a rule
 * into bold type; and the last block is always open, because a next line may belong to it.
 * @param from what this function returned for an earlier, shorter text: saves parsing those blocks again
 */
export function finishedLength(text: string, from = 0): number {
  const wholeLines = text.slice(from, text.lastIndexOf("\n") + 1);
  const tokens: Token[] = [];
  markdown.block.parse(wholeLines.replace(/\r\n?/g, "\n"), markdown, {}, tokens);
  const last = tokens.findLast((token) => token.level === 0 && token.nesting >= 0);
  return from + offsetOfLine(wholeLines, last?.map?.[0] ?? 0);
}

function offsetOfLine(text: string, line: number): number {
  const newline = /\r\n?|\n/g;
  for (let passed = 0; passed < line; passed++) newline.exec(text);
  return newline.lastIndex;
}

/**
 * The rest of a line may be missing. Marks that open something are closed, and marks after which nothing has
 * come yet are left out, so that no asterisks flash up before bold type. Whole lines are left as they are.
 */
function closeLastLine(text: string): string {
  const start = text.lastIndexOf("\n") + 1;
  const line = text
    .slice(start)
    .replace(/^[\s>]*[-=*+_#>]+\s*$/, "")
    .replace(/(^|\s)[*_~`]+$/, "$1");
  const outsideCode = line.replace(/(`+).+?\1/g, "");
  const openCode = /`+/.exec(outsideCode)?.[0];
  if (openCode !== undefined) return text.slice(0, start) + line + openCode;
  let closing = "";
  for (const mark of ["~~", "**", "*"]) {
    const pieces = outsideCode.replace(mark === "*" ? /\*\*/g : "", "").split(mark);
    const opens = /^\S/.test(pieces.at(-1) ?? "") && /(^|[^\w*])$/.test(pieces.at(-2) ?? "");
    if (pieces.length % 2 === 0 && opens) closing = mark + closing;
  }
  return text.slice(0, start) + (closing === "" ? line : line.trimEnd() + closing);
}

/** Behind the last text, inside its block: at the end of a line, of a table cell or of a code listing. */
function placeCursor(tokens: Token[]): void {
  let at = tokens.findLastIndex((token) => token.nesting >= 0);
  // The parser fills a table's row up with cells that are still to come.
  while (
    tokens[at]?.content === "" &&
    tokens[at - 1]?.type === "td_open" &&
    tokens[at - 2]?.type === "td_close"
  )
    at -= 3;
  const last = tokens[at];
  if (last?.type === "fence" || last?.type === "code_block") last.meta = { cursor };
  else if (last?.type === "inline") last.children?.push(cursorToken());
  else tokens.splice(at + 1, 0, cursorToken());
}

function cursorToken(): Token {
  return new createMarkdownIt.Token("streaming_cursor", "", 0);
}

function createMarkdown(): MarkdownIt {
  const instance = createMarkdownIt({ html: false, linkify: true, typographer: false, breaks: true });
  // Underlined headings are off too: in an answer `---` below a line is meant as a rule.
  instance.disable(["reference", "lheading"]);
  instance.validateLink = (url) => safeLink.test(url);
  // An address is shown as it was written: decoded, xn--pple-43d.example would look like another one.
  instance.normalizeLinkText = (url) => url;
  instance.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  for (const scheme of ["ftp:", "mailto:", "//"]) instance.linkify.add(scheme, null);
  instance.inline.ruler.before("emphasis", "multiplication", multiplication);
  Object.assign(instance.renderer.rules, rules);
  return instance;
}

/**
 * `1000*1.05*1.05` and `2**10` are arithmetic: as emphasis the asterisks would vanish and leave other figures.
 * An asterisk between ASCII letters or digits is text, unless it is bold type between letters alone.
 */
function multiplication(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== "*") return false;
  let end = state.pos;
  while (state.src[end] === "*") end++;
  const before = state.src[state.pos - 1] ?? "";
  const after = state.src[end] ?? "";
  const insideWord = /^[0-9a-z]{2}$/i.test(before + after);
  if (!insideWord || (end - state.pos > 1 && !/\d/.test(before + after))) return false;
  if (!silent) state.pending += state.src.slice(state.pos, end);
  state.pos = end;
  return true;
}

const codeListing: RendererRule = (tokens, index) => {
  const token = tokens[index];
  const language = /^[\w+#.-]{1,30}/.exec(token?.info.trim() ?? "")?.[0] ?? "";
  const end = token?.meta?.cursor ?? "";
  return `<figure class="code"><figcaption><span>${escapeHtml(language)}</span><button type="button" class="copy" data-copy>Copy</button></figcaption><pre tabindex="0"><code>${escapeHtml(token?.content ?? "")}${end}</code></pre></figure>\n`;
};

const attribute = (token: Token | undefined, name: string) => String(token?.attrGet(name) ?? "");

/** Alignment as a class: the content security policy refuses style attributes. */
const tableCell: RendererRule = (tokens, index) => {
  const token = tokens[index];
  const alignment = /text-align:(\w+)/.exec(attribute(token, "style"))?.[1];
  return `<${token?.tag}${alignment === undefined ? "" : ` class="align-${alignment}"`}>`;
};

function hasLongNumbers(tokens: readonly Token[], opening: number): boolean {
  const level = tokens[opening]?.level ?? 0;
  for (const token of tokens.slice(opening + 1)) {
    if (token.level === level) return false;
    if (token.level === level + 1 && token.nesting === 1 && token.info.length > 2) return true;
  }
  return false;
}

/** The answer sits below the page's own two levels of headings. */
const heading =
  (opening: "<" | "</"): RendererRule =>
  (tokens, index) =>
    `${opening}h${Math.min(6, Number(tokens[index]?.tag.slice(1)) + 2)}>${opening === "</" ? "\n" : ""}`;

const rules: Record<string, RendererRule> = {
  streaming_cursor: () => cursor,
  fence: codeListing,
  code_block: codeListing,
  heading_open: heading("<"),
  heading_close: heading("</"),
  th_open: tableCell,
  td_open: tableCell,
  table_open: () => '<div class="table" role="region" aria-label="Table" tabindex="0"><table>\n',
  table_close: () => "</table></div>\n",
  link_open: (tokens, index) =>
    `<a href="${escapeHtml(attribute(tokens[index], "href"))}" ${linkAttributes}>`,
  // Nothing is fetched from elsewhere: an image becomes a link to it.
  image: (tokens, index) => {
    const token = tokens[index];
    const href = escapeHtml(attribute(token, "src"));
    return `<a href="${href}" ${linkAttributes}>${escapeHtml(token?.content || "image")}</a>`;
  },
  ordered_list_open: (tokens, index) => {
    const start = Number(attribute(tokens[index], "start") || 1);
    return `<ol${start === 1 ? "" : ` start="${start}"`}${hasLongNumbers(tokens, index) ? ' class="long-numbers"' : ""}>\n`;
  },
  // Every item keeps the number that was written, not the one that counting gives.
  list_item_open: (tokens, index) => {
    const number = tokens[index]?.info;
    return number ? `<li value="${Number(number)}">` : "<li>";
  },
};

const markdown = createMarkdown();
