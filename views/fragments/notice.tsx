/** A sentence above the form to ask with that tells what was done, and can undo it. */
import { Notice as Said } from "../components/notice.tsx";
import type { NoticeProps } from "../props.ts";

export const Notice = ({ notice }: { notice: NoticeProps | null }) =>
  notice === null ? "" : <Said {...notice} />;
