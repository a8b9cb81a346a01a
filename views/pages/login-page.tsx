/** Who are you? */
import { tr } from "../../src/texts/reader-language.ts";
import { AccountFrame } from "../fragments/account-frame.tsx";
import { FormField } from "../fragments/form-field.tsx";
import type { FrameProps } from "../props.ts";
import { element, safeTr } from "../safe-tr.ts";

interface LoginPageProps extends FrameProps {
  /** Where to go then. */
  readonly next: string;
  readonly name?: string;
  readonly problem?: string | undefined;
  readonly done?: string | undefined;
}

export const LoginPage = ({ next, name = "", problem, done, ...frame }: LoginPageProps) => (
  <AccountFrame {...frame} title={tr`Log in`} problem={problem} done={done} narrow>
    <form method="post" action="/login" class="account-form">
      <input type="hidden" name="next" value={next} />
      <FormField
        id="name"
        label={tr`Name`}
        name="name"
        value={name}
        autocomplete="username"
        maxlength={100}
        autofocus={name === ""}
      />
      <FormField
        id="password"
        label={tr`Password`}
        name="password"
        type="password"
        autocomplete="current-password"
        maxlength={200}
        autofocus={name !== ""}
      />
      <p class="form-actions">
        <button type="submit" class="button primary">
          {safeTr`Log in`}
        </button>
      </p>
    </form>
    <p class="note">
      {safeTr`Forgotten? An admin gives you a new password, or on the machine itself: ${element(<code>bun run users password NAME</code>)}`}
    </p>
  </AccountFrame>
);
