/** The first user: with it logins are on. */
import { tr } from "../../src/texts/reader-language.ts";
import { AccountFrame } from "../fragments/account-frame.tsx";
import { FormField, passwordLengths } from "../fragments/form-field.tsx";
import type { FrameProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

interface SetupPageProps extends FrameProps {
  readonly name?: string;
  readonly problem?: string | undefined;
}

export const SetupPage = ({ name = "", problem, ...frame }: SetupPageProps) => (
  <AccountFrame {...frame} title={tr`Set up logins`} problem={problem} narrow>
    <p>
      {safeTr`Right now anyone on this computer can read everything. Create a user to require a login and allow other computers.`}
    </p>
    <p>{safeTr`The first user is the admin and owns everything saved so far.`}</p>
    <form method="post" action="/setup" class="account-form">
      <FormField
        id="name"
        label={tr`Name`}
        name="name"
        value={name}
        autocomplete="username"
        maxlength={50}
        autofocus
      />
      <FormField
        id="password"
        label={tr`Password`}
        name="password"
        type="password"
        autocomplete="new-password"
        hint={tr`At least 12 characters. Four random words work well.`}
        {...passwordLengths}
      />
      <FormField
        id="again"
        label={tr`Password again`}
        name="again"
        type="password"
        autocomplete="new-password"
        {...passwordLengths}
      />
      <p class="form-actions">
        <button type="submit" class="button primary">
          {safeTr`Create user`}
        </button>
        <a class="button" href="/">
          {safeTr`Not now`}
        </a>
      </p>
    </form>
  </AccountFrame>
);
