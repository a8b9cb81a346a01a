/** What a tool gave, as text within bounds. It knows nothing of connections or of prompts. */
import type { CallToolResult } from "@modelcontextprotocol/client";
import { plainText } from "./listed-tools.ts";

/** In UTF-16 units. */
export const longestResult = 100_000;

export interface CalledResult {
  readonly text: string;
  /** The server says that it failed. */
  readonly failed?: true;
}

export function resultText({ content, structuredContent, isError }: CallToolResult): CalledResult {
  const parts = content.map(partText).filter((part) => part !== "");
  const said = parts.length === 0 && structuredContent !== undefined ? JSON.stringify(structuredContent) : "";
  const text = cutText(plainText(parts.length === 0 ? said : parts.join("\n")));
  return { text, ...(isError ? { failed: true } : {}) };
}

/** That it was cut stands at its end. */
const cutText = (text: string, most = longestResult): string =>
  text.length <= most
    ? text
    : `${text.slice(0, most)}\n[Cut here: ${most} of ${text.length} characters are kept.]`;

function partText(part: CallToolResult["content"][number]): string {
  switch (part.type) {
    case "text":
      return part.text;
    case "resource":
      return "text" in part.resource
        ? part.resource.text
        : `[A file that is not shown: ${part.resource.uri}]`;
    case "resource_link":
      return `[${part.name}: ${part.uri}]`;
    case "image":
    case "audio":
      return `[${part.type}, ${part.mimeType}: not shown]`;
    default:
      return "";
  }
}
