/**
 * What a file is, from its first bytes and its name. Both must say the same: a name that promises another kind of file is
 * refused, and so is a kind that nobody here can read. It reads no text.
 */

import { say, type Words } from "../texts/say.ts";
import { FileRefusedError } from "./file-errors.ts";

export type FileKind = "text" | "csv" | "xlsx" | "pdf" | "image";

export interface FileForm {
  readonly kind: FileKind;
  readonly mediaType: string;
}

interface Signature extends FileForm {
  /** For people. */
  readonly noun: Words;
  /** The first one is the usual one. */
  readonly endings: readonly string[];
  readonly matches: (bytes: Uint8Array) => boolean;
}

const startsWith = (bytes: Uint8Array, text: string, at = 0) =>
  Buffer.from(bytes.subarray(at, at + text.length)).toString("latin1") === text;

/** The parts of a workbook stand in a directory at the end of a ZIP file, by their names. */
const hasEntry = (bytes: Uint8Array, name: string) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(name);

/** https://www.w3.org/TR/png-3/#5PNG-file-signature, https://www.rfc-editor.org/rfc/rfc9649#section-2.4 and the like. */
const signatures: readonly Signature[] = [
  {
    kind: "image",
    mediaType: "image/png",
    noun: say`a PNG picture`,
    endings: ["png"],
    matches: (bytes) => startsWith(bytes, "\x89PNG\r\n\x1a\n"),
  },
  {
    kind: "image",
    mediaType: "image/jpeg",
    noun: say`a JPEG picture`,
    endings: ["jpg", "jpeg", "jpe", "jfif"],
    matches: (bytes) => startsWith(bytes, "\xff\xd8\xff"),
  },
  {
    kind: "image",
    mediaType: "image/webp",
    noun: say`a WebP picture`,
    endings: ["webp"],
    matches: (bytes) => startsWith(bytes, "RIFF") && startsWith(bytes, "WEBP", 8),
  },
  {
    kind: "image",
    mediaType: "image/gif",
    noun: say`a GIF picture`,
    endings: ["gif"],
    matches: (bytes) => startsWith(bytes, "GIF87a") || startsWith(bytes, "GIF89a"),
  },
  {
    kind: "pdf",
    mediaType: "application/pdf",
    noun: say`a PDF`,
    endings: ["pdf"],
    // Readers allow some bytes before it. (PDF 1.7, appendix H, note 13)
    matches: (bytes) => Buffer.from(bytes.subarray(0, 1024)).includes("%PDF-"),
  },
  {
    kind: "xlsx",
    mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    noun: say`an Excel workbook (XLSX)`,
    endings: ["xlsx", "xlsm"],
    matches: (bytes) => startsWith(bytes, "PK\x03\x04") && hasEntry(bytes, "xl/workbook.xml"),
  },
];

const csvEndings = new Set(["csv", "tsv"]);
const markdownEndings = new Set(["md", "markdown"]);

/** What can be attached, for people. */
export const readableKinds = "text, Markdown, CSV, XLSX, PDF, and pictures (PNG, JPEG, WebP, GIF)";

/**
 * @returns what the file is; null: it can only be text, and whether it is must still be seen
 * @throws FileRefusedError when its name says that it is something else
 */
export function formOf(name: string, bytes: Uint8Array): FileForm | null {
  const ending = endingOf(name);
  const found = signatures.find(({ matches }) => matches(bytes));
  const promised = signatures.filter(({ endings }) => endings.includes(ending));
  if (found === undefined) {
    const [wrong] = promised;
    if (wrong !== undefined)
      throw new FileRefusedError(
        say`${{ verbatim: name }} is not ${wrong.noun}, as its name says, or it is damaged.`,
      );
    return null;
  }
  if (!found.endings.includes(ending))
    throw new FileRefusedError(
      say`${{ verbatim: name }} is ${found.noun}. Rename it so that it ends in .${{ verbatim: found.endings[0] ?? "" }}, and attach it again.`,
    );
  return found;
}

/** The form of a file that is text. */
export function textFormOf(name: string): FileForm {
  const ending = endingOf(name);
  if (csvEndings.has(ending)) return { kind: "csv", mediaType: "text/csv" };
  return { kind: "text", mediaType: markdownEndings.has(ending) ? "text/markdown" : "text/plain" };
}

const endingOf = (name: string) => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";

/** A name as it can be shown and stored: without a folder, and without characters that are not seen. */
export function plainName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const seen = last.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "").trim();
  return seen.length <= longestName
    ? seen || "file"
    : `${seen.slice(0, longestName - 21)}…${seen.slice(-20)}`;
}
const longestName = 150;
