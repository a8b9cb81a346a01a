/** A chat that is not kept: begun beside a new chat, named at its head, and kept after all with one click. */
import { tr } from "../../src/texts/reader-language.ts";
import { Icon } from "../icons.tsx";

/** In the corner of a new chat: begins a temporary one, or goes back to one that is kept. */
export const TemporaryLink = ({ isOn }: { readonly isOn: boolean }) => (
  <p class="temporary-link">
    <a class="button small" href={isOn ? "/" : "/?temporary=1"} aria-current={isOn ? "true" : undefined}>
      <Icon name={isOn ? "close" : "waiting"} />
      <span safe>{isOn ? tr`Leave the temporary chat` : tr`Temporary chat`}</span>
    </a>
  </p>
);

/** In place of the examples. */
export const TemporaryWelcome = () => (
  <>
    <h1 safe>{tr`Temporary chat`}</h1>
    <p class="lead" safe>
      {tr`It is in no list and no search, nothing that is remembered is used and nothing of it is remembered. It is erased a day after its last answer, or ten minutes after you delete it.`}
    </p>
  </>
);

/** Beside the name of a temporary one. */
export const KeepForm = ({ id }: { readonly id: string }) => (
  <form
    class="keep-form"
    method="post"
    action={`/c/${id}/change`}
    hx-post={`/c/${id}/change`}
    hx-swap="none"
    hx-sync="this:drop"
  >
    <span class="badge info">
      <Icon name="waiting" />
      <span safe>{tr`Temporary`}</span>
    </span>
    <button type="submit" class="button small" name="temporary" value="" title={tr`It goes to your list`}>
      <span safe>{tr`Keep it`}</span>
    </button>
  </form>
);
