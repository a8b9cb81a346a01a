/** Who are you? */
import { AccountFrame } from "../fragments/account-frame.tsx";
import { FormField } from "../fragments/form-field.tsx";
import type { FrameProps } from "../props.ts";

interface LoginPageProps extends FrameProps {
  /** Where to go then. */
  readonly next: string;
  readonly name?: string;
  readonly problem?: string | undefined;
  readonly done?: string | undefined;
}

export const LoginPage = ({ next, name = "", problem, done, ...frame }: LoginPageProps) => (
  <AccountFrame {...frame} title="Log in" problem={problem} done={done} narrow>
    <form method="post" action="/login" class="account-form">
      <input type="hidden" name="next" value={next} />
      <FormField
        id="name"
        label="Name"
        name="name"
        value={name}
        autocomplete="username"
        maxlength={100}
        autofocus={name === ""}
      />
      <FormField
        id="password"
        label="Password"
        name="password"
        type="password"
        autocomplete="current-password"
        maxlength={200}
        autofocus={name !== ""}
      />
      <p class="form-actions">
        <button type="submit" class="button primary">
          Log in
        </button>
      </p>
    </form>
    <p class="note">
      Forgotten? An admin gives you a new password, or on the machine itself:{" "}
      <code>bun run users password NAME</code>
    </p>
  </AccountFrame>
);
