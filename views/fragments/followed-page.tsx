/** What a page that follows by itself has before what it follows: why a form was refused, and a way to reload it without scripts. */
import { safeTr } from "../safe-tr.ts";
import { ComposerNote } from "./composer.tsx";

interface Props {
  readonly address: string;
  readonly problem: string | null;
}

export const FollowedPageNotes = ({ address, problem }: Props) => (
  <>
    {/* The name is the one under which public/js/lost-request.js says that a form got no reply. */}
    <div id="composer-note" role="alert">
      <ComposerNote problem={problem} />
    </div>
    <noscript>
      <p class="note">
        {safeTr`This page does not update by itself.`} <a href={address}>{safeTr`Reload`}</a>
      </p>
    </noscript>
  </>
);
