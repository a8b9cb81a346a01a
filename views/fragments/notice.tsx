/** A sentence above the form to ask with that tells what was done, and can undo it. */
import type { NoticeProps } from "../props.ts";

export const Notice = ({ notice }: { notice: NoticeProps | null }) =>
  notice === null ? (
    ""
  ) : (
    <div class="notice" role="status">
      <span dir="auto" safe>
        {notice.text}
      </span>
      {notice.undo === undefined ? (
        ""
      ) : (
        <form
          method="post"
          action={notice.undo.url}
          {...(notice.undo.inPlace ? { "hx-post": notice.undo.url, "hx-swap": "none" } : {})}
        >
          <button
            type="submit"
            class="button"
            name={notice.undo.field?.name ?? "do"}
            value={notice.undo.field?.value ?? "restore"}
          >
            Undo
          </button>
        </form>
      )}
    </div>
  );
