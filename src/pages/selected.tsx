/** The page on which several conversations are chosen, and what is done with them. A reply says what was done and can undo it. */

import { t } from "elysia";
import { ListPage, mostSelected, type SelectionNotice } from "../../views/pages/list-page.tsx";
import { InvalidRequestError } from "../errors.ts";
import { downloadResponse } from "../http/download.ts";
import { fileNameOf } from "../http/file-name.ts";
import { describeError, htmlReply } from "../http/html-reply.tsx";
import { tr } from "../texts/reader-language.ts";
import { say } from "../texts/say.ts";
import { archiveSelected, moveSelected, removeSelected, restoreSelected } from "../workspace/selected.ts";
import { frameProps, type ListPlace, listProps } from "./list-props.ts";
import type { PagesDeps } from "./render-chat.tsx";

const id = t.String({ maxLength: 100 });
const oneOrMore = t.Optional(t.Union([id, t.Array(id, { maxItems: mostSelected })]));
export const SelectForm = t.Object({
  do: t.Union(
    ["archive", "unarchive", "move", "export", "delete", "restore", "move-back"].map((action) =>
      t.Literal(action),
    ),
  ),
  "id[]": oneOrMore,
  folder: t.Optional(t.String({ maxLength: 1000 })),
  /** To undo a move: the folder of each. */
  "was[]": oneOrMore,
});
type SelectForm = typeof SelectForm.static;

export function selectPage(
  deps: PagesDeps,
  place: ListPlace,
  { notice = null, status = 200 }: { notice?: SelectionNotice | null; status?: number } = {},
): Response {
  const list = listProps(deps, { ...place, current: null, atLeast: mostSelected });
  return htmlReply(
    <ListPage {...frameProps(deps)} list={list} counts={deps.library.counts()} notice={notice} />,
    status,
  );
}

/** @throws AppError but for what is wrong with the form: the page says that */
export async function selectedReply(deps: PagesDeps, place: ListPlace, form: SelectForm): Promise<Response> {
  const ids = listOf(form["id[]"]);
  try {
    if (ids.length === 0) throw new InvalidRequestError(say`Select at least one conversation.`);
    if (form.do === "export") return exported(deps, ids);
    return selectPage(deps, place, { notice: await done(deps, form, ids) });
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    const { message, status } = describeError(error);
    return selectPage(deps, place, { notice: { text: message, tone: "problem" }, status });
  }
}

async function done(
  { library }: PagesDeps,
  form: SelectForm,
  ids: readonly string[],
): Promise<SelectionNotice> {
  switch (form.do) {
    case "archive":
    case "unarchive": {
      const changed = await archiveSelected(library, ids, form.do === "archive");
      const undo = form.do === "archive" ? "unarchive" : "archive";
      const text =
        form.do === "archive" ? archivedSentence(changed.length) : unarchivedSentence(changed.length);
      return { text, undo: { do: undo, conversations: changed } };
    }
    case "move": {
      const folder = form.folder?.trim() ?? "";
      const moved = await moveSelected(library, ids, () => folder);
      return { text: movedSentence(moved.length, folder), undo: { do: "move-back", conversations: moved } };
    }
    case "delete": {
      const removed = await removeSelected(library, ids);
      return { text: deletedSentence(removed.length), undo: { do: "restore", conversations: removed } };
    }
    case "restore":
      await restoreSelected(library, ids);
      return { text: tr`Restored.` };
    default: {
      const folders = listOf(form["was[]"]);
      await moveSelected(library, ids, (id) => folders[ids.indexOf(id)] ?? "");
      return { text: tr`Moved back.` };
    }
  }
}

function exported({ transfer }: PagesDeps, ids: readonly string[]): Response {
  if (transfer === undefined) throw new Error("These pages export nothing.");
  const now = Date.now();
  const archive = transfer.exportSome(ids, now);
  return downloadResponse(archive.pieces, {
    type: "application/json",
    fileName: fileNameOf("conversations", now, "json"),
    onEnd: () => archive[Symbol.dispose](),
  });
}

const listOf = (field: string | readonly string[] | undefined): readonly string[] =>
  field === undefined ? [] : [field].flat();

const archivedSentence = (count: number) =>
  count === 1 ? tr`1 conversation archived.` : tr`${count} conversations archived.`;

const unarchivedSentence = (count: number) =>
  count === 1 ? tr`1 conversation unarchived.` : tr`${count} conversations unarchived.`;

const deletedSentence = (count: number) =>
  count === 1 ? tr`1 conversation deleted.` : tr`${count} conversations deleted.`;

function movedSentence(count: number, folder: string): string {
  if (folder === "")
    return count === 1
      ? tr`1 conversation moved out of their folder.`
      : tr`${count} conversations moved out of their folder.`;
  return count === 1
    ? tr`1 conversation moved to ${folder}.`
    : tr`${count} conversations moved to ${folder}.`;
}
