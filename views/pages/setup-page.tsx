/** The first user: with it logins are on. */
import { AccountFrame } from "../fragments/account-frame.tsx";
import { FormField, passwordLengths } from "../fragments/form-field.tsx";
import type { AssetUrl } from "../props.ts";

export interface SetupPageProps {
  readonly asset: AssetUrl;
  readonly name?: string;
  readonly problem?: string | undefined;
}

export const SetupPage = ({ asset, name = "", problem }: SetupPageProps) => (
  <AccountFrame asset={asset} title="Set up logins" problem={problem} narrow>
    <p>
      So far whoever uses this machine can use the assistant, and see all conversations. With a first user
      nobody gets in without a login any more, and other machines can be let in.
    </p>
    <p>
      The first user is an admin: adds others, and looks after the models. All conversations and memories that
      are here become theirs.
    </p>
    <form method="post" action="/setup" class="account-form">
      <FormField
        id="name"
        label="Name"
        name="name"
        value={name}
        autocomplete="username"
        maxlength={50}
        autofocus
      />
      <FormField
        id="password"
        label="Password"
        name="password"
        type="password"
        autocomplete="new-password"
        hint="At least 12 characters: four words that do not belong together are a good one."
        {...passwordLengths}
      />
      <FormField
        id="again"
        label="Password again"
        name="again"
        type="password"
        autocomplete="new-password"
        {...passwordLengths}
      />
      <p class="form-actions">
        <button type="submit" class="button primary">
          Make the first user
        </button>
        <a class="button" href="/">
          Not now
        </a>
      </p>
    </form>
  </AccountFrame>
);
