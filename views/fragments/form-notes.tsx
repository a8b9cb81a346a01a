/** What forms, and pages of answers that are being written, say beside their fields. */
import { safeTr } from "../safe-tr.ts";

/** Why a form was refused; null: it was not. */
export const FormProblem = ({ problem }: { problem: string | null }) =>
  problem === null ? (
    ""
  ) : (
    <p class="form-problem" role="alert" dir="auto" safe>
      {problem}
    </p>
  );

/** Without scripts a page with answers that are being written is loaded again. */
export const ReloadNote = ({ to }: { to: string }) => (
  <noscript>
    <p class="note">
      {safeTr`Without JavaScript the answers appear when you reload.`}{" "}
      <a class="button" href={to}>
        {safeTr`Reload`}
      </a>
    </p>
  </noscript>
);
