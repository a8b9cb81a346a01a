/**
 * What our Markdown is: which syntax counts, and the HTML of each part of it. Raw HTML comes out as text, links are http(s)
 * only, and no figure in the text is changed on its way.
 */

import createMarkdownIt, {
  type MarkdownIt,
  type RendererRule,
  type StateInline,
  type Token,
} from "markdown-it";
import { tr } from "../src/texts/reader-language.ts";
import { colouredCode } from "./code-colours.ts";
import { codeFileName } from "./code-file-name.ts";
import { escapeHtml } from "./escape-html.ts";
import { hasMark } from "./figure-marks.ts";
import { addFormulas } from "./formulas.ts";
import { safeTr } from "./safe-tr.ts";
import { isInDocument, tableRules } from "./table-rules.ts";

/** Elsewhere, or a page of our own that shows how a figure is computed, or from which prices: these change nothing. */
const safeLink = /^(?:https?:\/\/|\/(?:calculators|facts)\/[a-z0-9]|\/data\/[0-9a-f-]{36}$)/i;
const isOwnPage = (url: string) => url.startsWith("/");
const linkAttributes = 'target="_blank" rel="noopener noreferrer nofollow"';
/** Stands behind the last character of an answer that is being written. */
export const cursor = '<span class="streaming-cursor" aria-hidden="true"></span>';

/** The parser, with our rules for what it writes. */
export function createMarkdown(): MarkdownIt {
  const instance = createMarkdownIt({ html: false, linkify: true, typographer: false, breaks: true });
  // Underlined headings are off too: in an answer `---` below a line is meant as a rule.
  instance.disable(["reference", "lheading"]);
  instance.validateLink = (url) => safeLink.test(url);
  // An address is shown as it was written: decoded, xn--pple-43d.example would look like another one.
  instance.normalizeLinkText = (url) => url;
  instance.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  for (const scheme of ["ftp:", "mailto:", "//"]) instance.linkify.add(scheme, null);
  instance.inline.ruler.before("emphasis", "multiplication", multiplication);
  instance.inline.ruler.before("link", "footnote", footnote);
  addFormulas(instance);
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
  const before = besides(state.src, state.pos, -1);
  const after = besides(state.src, end - 1, 1);
  const insideWord = /^[0-9a-z]{2}$/i.test(before + after);
  if (!insideWord || (end - state.pos > 1 && !/\d/.test(before + after))) return false;
  if (!silent) state.pending += state.src.slice(state.pos, end);
  state.pos = end;
  return true;
}

/** `[^1]`, and `[^1]: …` where it is explained: a number above the line. No link, because a note may come later or never. */
function footnote(state: StateInline, silent: boolean): boolean {
  const label = /^\[\^([^\s[\]^]{1,40})\]/.exec(state.src.slice(state.pos, state.pos + 50));
  if (label === null) return false;
  if (!silent) state.push("footnote", "sup", 0).content = label[1] ?? "";
  state.pos += label[0].length;
  const isNote = /^(?:.*\n)?$/s.test(state.src.slice(0, state.pos - label[0].length));
  if (isNote && state.src[state.pos] === ":") state.pos++;
  return true;
}

/** The next character on one side, as if no figure were marked. */
function besides(text: string, from: number, step: 1 | -1): string {
  let at = from + step;
  while (hasMark(text[at] ?? "")) at += step;
  return text[at] ?? "";
}

/** Characters of a line that fit on a phone: a listing of shorter ones needs no wrapping. */
const longestUnwrapped = 36;

const codeListing: RendererRule = (tokens, index, _options, env) => {
  const token = tokens[index];
  const language = /^[\w+#.-]{1,30}/.exec(token?.info.trim() ?? "")?.[0] ?? "";
  const code = token?.content ?? "";
  // While it is written it has no colours: each would be found again with every token.
  const end = String(token?.meta?.cursor ?? "");
  const isPlain = end !== "" || language === "" || hasMark(code);
  const html = isPlain ? null : colouredCode(code, language.toLowerCase());
  // A listing is copied as it is: its figures bear no marks of their own.
  const caution = /\p{N}/u.test(code) ? `<span class="unchecked">${safeTr`Figures not checked`}</span>` : "";
  const controls = isInDocument(env) ? "" : controlsOf(code, language);
  return `<figure class="code" dir="ltr"><figcaption><span>${escapeHtml(language)}</span>${caution}${controls}</figcaption><pre tabindex="0"><code>${html ?? escapeHtml(code)}${end}</code></pre></figure>\n`;
};

function controlsOf(code: string, language: string): string {
  const isWide = code.split("\n").some((line) => line.length > longestUnwrapped);
  const wrap = isWide
    ? `<button type="button" class="copy" data-code="wrap" aria-pressed="false">${safeTr`Wrap`}</button>`
    : "";
  return `${wrap}<button type="button" class="copy" data-code="${codeFileName(language)}">${safeTr`Download`}</button><button type="button" class="copy" data-copy>${safeTr`Copy`}</button>`;
}

const attribute = (token: Token | undefined, name: string) => String(token?.attrGet(name) ?? "");

/** Each outermost block is written from the side on which its first letter says that its language begins. */
const direction = (token: Token | undefined) => (token?.level === 0 ? ' dir="auto"' : "");

const block: RendererRule = (tokens, index, options, _env, renderer) => {
  const token = tokens[index];
  if (token?.level === 0) token.attrSet("dir", "auto");
  return renderer.renderToken(tokens, index, options);
};

function hasLongNumbers(tokens: readonly Token[], opening: number): boolean {
  const level = tokens[opening]?.level ?? 0;
  // By index: a copy of the rest for each of many lists would take time with the square of their number.
  for (let at = opening + 1; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined || token.level === level) return false;
    if (token.level === level + 1 && token.nesting === 1 && token.info.length > 2) return true;
  }
  return false;
}

/**
 * The answer sits below the page's title and its own hidden heading. Models begin at any level, and a block is written without
 * those before it: three levels count as one, so that none is left out, and a class keeps their looks apart.
 */
const heading: RendererRule = (tokens, index) => {
  const depth = Number(tokens[index]?.tag.slice(1));
  const tag = depth <= 3 ? "h3" : "h4";
  return tokens[index]?.nesting === 1
    ? `<${tag} class="depth-${depth}"${direction(tokens[index])}>`
    : `</${tag}>\n`;
};

/** Of a task, which it takes out of the text; of another item nothing. */
function boxOf(paragraph: Token | undefined): string {
  const first = paragraph?.type === "inline" ? paragraph.children?.[0] : undefined;
  const box = first?.type === "text" ? /^\[([ xX])\](?: |$)/.exec(first.content) : null;
  if (first === undefined || box === null) return "";
  first.content = first.content.slice(box[0].length);
  const isDone = box[1] !== " ";
  return `<input type="checkbox" disabled${isDone ? " checked" : ""} aria-label="${escapeHtml(isDone ? tr`Done` : tr`To do`)}">`;
}

const rules: Record<string, RendererRule> = {
  streaming_cursor: () => cursor,
  fence: codeListing,
  code_block: codeListing,
  code_inline: (tokens, index) => {
    const content = tokens[index]?.content ?? "";
    const code = escapeHtml(content);
    if (!/\p{N}/u.test(content)) return `<code>${code}</code>`;
    return `<code class="unchecked" title="${escapeHtml(tr`Figures in code are not checked`)}">${code}<span class="visually-hidden"> ${safeTr`(unchecked)`}</span></code>`;
  },
  paragraph_open: block,
  bullet_list_open: block,
  blockquote_open: block,
  heading_open: heading,
  heading_close: heading,
  ...tableRules,
  link_open: (tokens, index, _options, env) => {
    const href = attribute(tokens[index], "href");
    if (isOwnPage(href) && isInDocument(env)) return "<a>";
    return isOwnPage(href)
      ? `<a class="own" href="${escapeHtml(href)}">`
      : `<a href="${escapeHtml(href)}" ${linkAttributes}>`;
  },
  // Nothing is fetched from elsewhere: an image becomes a link to it.
  image: (tokens, index) => {
    const token = tokens[index];
    const href = escapeHtml(attribute(token, "src"));
    return `<a href="${href}" ${linkAttributes}>${escapeHtml(token?.content || tr`image`)}</a>`;
  },
  ordered_list_open: (tokens, index) => {
    const start = Number(attribute(tokens[index], "start") || 1);
    return `<ol${direction(tokens[index])}${start === 1 ? "" : ` start="${start}"`}${hasLongNumbers(tokens, index) ? ' class="long-numbers"' : ""}>\n`;
  },
  footnote: (tokens, index) => `<sup>${escapeHtml(tokens[index]?.content ?? "")}</sup>`,
  // Every item keeps the number that was written, not the one that counting gives.
  list_item_open: (tokens, index) => {
    const number = tokens[index]?.info;
    const box = boxOf(tokens[index + 2]);
    const start = number ? `<li value="${Number(number)}"` : "<li";
    return box === "" ? `${start}>` : `${start} class="task">${box}`;
  },
};
