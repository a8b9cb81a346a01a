/** A conversation as one HTML file, made in pieces. It knows nothing of routes. */
import { documentHtml } from "../../views/pages/document.tsx";
import type { ShownDates } from "../../views/props.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** How the documents of this program look, and how their reader writes times. */
export interface DocumentLook {
  /** All of their CSS. */
  style(): string;
  datesOf(request: Request): ShownDates;
}

/** @param look of the document @param now milliseconds since 1970 @returns pieces of HTML, some of them empty */
export const sharedDocument = (
  { title, pieces: messages }: ReturnType<Workspace["transfer"]["document"]>,
  look: DocumentLook,
  request: Request,
  now: number,
): Generator<string, void, undefined> =>
  documentHtml({ title, messages, style: look.style(), dates: look.datesOf(request), now });
