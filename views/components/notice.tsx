/** A sentence that says what was done, or why it was not; it can offer to undo it. */

import type { NoticeProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

interface Props extends NoticeProps {
  readonly tone?: "done" | "info" | "warning" | "problem";
}

export const Notice = ({ text, undo, tone = "done" }: Props) => (
  <div class={["notice", tone]} role={tone === "problem" ? "alert" : "status"}>
    <span dir="auto" safe>
      {text}
    </span>
    {undo === undefined ? "" : <UndoForm {...undo} />}
  </div>
);

export const UndoForm = ({ url, inPlace, field }: NonNullable<NoticeProps["undo"]>) => (
  <form method="post" action={url} {...(inPlace ? { "hx-post": url, "hx-swap": "none" } : {})}>
    <button type="submit" class="button small" name={field?.name ?? "do"} value={field?.value ?? "restore"}>
      {safeTr`Undo`}
    </button>
  </form>
);
