/** In place of what needs logins, while there are none. */
import { AccountFrame } from "../fragments/account-frame.tsx";
import type { AssetUrl } from "../props.ts";

export const NoLoginsPage = ({ asset }: { asset: AssetUrl }) => (
  <AccountFrame asset={asset} title="Logins" narrow>
    <p>
      There are none: whoever uses this machine can use the assistant, and other machines cannot reach it.
    </p>
    <p>
      With logins several people can use it, each with conversations of their own, also from other machines,
      and programs get keys of their own.
    </p>
    <p class="form-actions">
      <a class="button primary" href="/setup">
        Set up logins
      </a>
      <a class="button" href="/">
        To the chat
      </a>
    </p>
  </AccountFrame>
);
