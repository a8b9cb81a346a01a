/**
 * Open WebUI writes what a model thought and which tools it called into the text of its answer, as blocks of HTML:
 * `<details type="reasoning" …>\n<summary>…</summary>\n&gt; a thought\n</details>`. Here they become parts of their own.
 * @see https://github.com/open-webui/open-webui/blob/main/backend/open_webui/utils/middleware.py
 */
import type { ImportedPart } from "./imported-conversation.ts";

const opening = /^<details type="(reasoning|tool_calls|code_interpreter)"([^>\n]*)>[ \t]*$/gm;
const closing = "</details>";

/** @param content of an answer @returns its parts, none of them empty */
export function partsOfDetails(content: string): readonly ImportedPart[] {
  const parts: ImportedPart[] = [];
  const say = (text: string) => {
    if (text.trim() !== "") parts.push({ text: text.trim() });
  };
  let at = 0;
  opening.lastIndex = 0;
  for (let found = opening.exec(content); found !== null; found = opening.exec(content)) {
    const [whole, kind, attributes = ""] = found;
    say(content.slice(at, found.index));
    const start = found.index + whole.length;
    // A block that was cut off has no end.
    const end = content.indexOf(closing, start);
    const inside = content.slice(start, end < 0 ? content.length : end);
    at = end < 0 ? content.length : end + closing.length;
    opening.lastIndex = at;
    const body = inside.replace(/^\s*<summary>[^<]*<\/summary>/, "").trim();
    if (kind === "tool_calls") parts.push(...callOf(attributes));
    else if (kind === "reasoning") parts.push(...thought(body));
    else say(decoded(body));
  }
  say(content.slice(at));
  return parts;
}

const thought = (body: string): readonly ImportedPart[] => {
  const text = decoded(body).replaceAll(/^> ?/gm, "").trim();
  return text === "" ? [] : [{ text, reasoning: true }];
};

/** The call, and what came back as a part that is not said. */
function callOf(attributes: string): readonly ImportedPart[] {
  const { id = "", name = "tool", arguments: given = "", result = "" } = attributesOf(attributes);
  const call: ImportedPart = { text: "", toolCall: { id, name, arguments: unquoted(given) } };
  const answer = unquoted(result);
  return answer === "" ? [call] : [call, { text: `${name}: ${answer}`, reasoning: true }];
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = Object.create(null);
  for (const [, name = "", value = ""] of text.matchAll(/([a-z_]+)="([^"]*)"/g)) found[name] = decoded(value);
  return found;
}

/** A text that was written as JSON once more than needed. */
function unquoted(text: string): string {
  if (!/^".*"$/s.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : text;
  } catch {
    // It only looks like JSON: as it was written it says the most.
    return text;
  }
}

const entities: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#x27;": "'",
  "&#39;": "'",
  "&amp;": "&",
};

/** As Python's html.escape writes them. */
const decoded = (text: string) =>
  text.replaceAll(/&(?:lt|gt|quot|amp|#x27|#39);/g, (entity) => entities[entity] ?? entity);
