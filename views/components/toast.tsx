/** A notice that floats over the page: what was done just now, with the way back. */
import type { NoticeProps } from "../props.ts";
import { UndoForm } from "./notice.tsx";

/** @param inPlace it stands in the text, as on the page of components */
export const Toast = ({ text, undo, inPlace = false }: NoticeProps & { inPlace?: boolean }) => (
  <div class={["notice", "toast", inPlace && "in-place"]} role="status">
    <span dir="auto" safe>
      {text}
    </span>
    {undo === undefined ? "" : <UndoForm {...undo} />}
  </div>
);
