/** A part of a page that is fetched anew when price series have changed. Without scripts a reload shows it. */
import type { PropsWithChildren } from "@kitajs/html";
import { Live } from "./live.tsx";

const id = "data-now";

interface Props {
  readonly address: string;
  /** The id of an element elsewhere on the page that is of the new page, too. */
  readonly also?: string;
}

export const LiveData = ({ address, also, children }: PropsWithChildren<Props>) => (
  <>
    <div
      id={id}
      class="live-part"
      hx-get={address}
      hx-trigger="data from:#live"
      hx-select={`#${id}`}
      hx-select-oob={also === undefined ? undefined : `#${also}`}
      hx-swap="outerMorph"
      hx-sync="this:queue last"
    >
      {children as "safe"}
    </div>
    <div id="live" hidden>
      <Live conversationId={null} />
    </div>
  </>
);
