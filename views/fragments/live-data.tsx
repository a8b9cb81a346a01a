/** A part of a page that is fetched anew when price series have changed. Without scripts a reload shows it. */
import type { PropsWithChildren } from "@kitajs/html";
import { Live } from "./live.tsx";

const id = "data-now";

export const LiveData = ({ address, children }: PropsWithChildren<{ readonly address: string }>) => (
  <>
    <div
      id={id}
      class="live-part"
      hx-get={address}
      hx-trigger="data from:#live"
      hx-select={`#${id}`}
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
