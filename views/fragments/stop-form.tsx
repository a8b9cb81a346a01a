/** Stops an answer, from any tab, with or without JavaScript. Esc presses it (public/js/composer.js). */

import { Icon } from "../icons.tsx";
import { safeTr } from "../safe-tr.ts";

export const StopForm = ({ id }: { id: string }) => (
  <form
    class="stop-form"
    method="post"
    action={`/generations/${id}/answer/stop`}
    hx-post={`/generations/${id}/answer/stop`}
    hx-swap="none"
    hx-sync="this:drop"
  >
    <button type="submit" class="button stop" data-stop="">
      <Icon name="square" filled />
      <span>{safeTr`Stop`}</span>
    </button>
  </form>
);
