/** What a document is, from its first bytes and its name. It reads no text. */
import { FileRefusedError } from "../files/file-errors.ts";
import { formOf, textFormOf } from "../files/file-kind.ts";
import type { StoredDocument } from "../store/document-tables.ts";
import { say } from "../texts/say.ts";
import { DocumentRefusedError } from "./document-errors.ts";

type Form = Pick<StoredDocument, "kind" | "mediaType">;

/** What protected workbooks and those of old programs begin with. */
const compoundFile = "\xd0\xcf\x11\xe0";

/** @throws DocumentRefusedError when it is something that nobody can read here, or not what its name says */
export function documentFormOf(name: string, bytes: Uint8Array): Form {
  if (Buffer.from(bytes.subarray(0, 4)).toString("latin1") === compoundFile)
    throw new DocumentRefusedError(
      say`${{ verbatim: name }} is protected by a password, or a file of an old Office. Save it as XLSX or PDF without one.`,
    );
  const form = known(name, bytes);
  if (form?.kind === "image")
    throw new DocumentRefusedError(
      say`${{ verbatim: name }} is a picture: it needs text recognition (OCR) first. Add its text, or a PDF with recognised text.`,
    );
  if (form?.kind === "pdf" || form?.kind === "xlsx") return { kind: form.kind, mediaType: form.mediaType };
  if (/\.(?:html?|xhtml)$/i.test(name)) return { kind: "html", mediaType: "text/html" };
  const { kind, mediaType } = textFormOf(name);
  return { kind: kind === "csv" ? "csv" : "text", mediaType };
}

function known(name: string, bytes: Uint8Array) {
  try {
    return formOf(name, bytes);
  } catch (error) {
    throw error instanceof FileRefusedError ? new DocumentRefusedError(error.words) : error;
  }
}
