/** Who may log in, for admins. Of others' conversations nothing is shown. */
import { tr } from "../../src/texts/reader-language.ts";
import { AccountFrame } from "../fragments/account-frame.tsx";
import { FormField, passwordLengths } from "../fragments/form-field.tsx";
import type { FrameProps, ShownDates, UserProps } from "../props.ts";
import { safeTr } from "../safe-tr.ts";

interface UsersPageProps extends FrameProps {
  readonly users: readonly UserProps[];
  readonly dates: ShownDates;
  readonly problem?: string | undefined;
  readonly done?: string | undefined;
}

export const UsersPage = ({ users, dates, problem, done, ...frame }: UsersPageProps) => (
  <AccountFrame {...frame} title={tr`Users`} problem={problem} done={done}>
    <ul class="rows">
      {users.map((user) => (
        <User user={user} dates={dates} />
      ))}
    </ul>
    {users.length === 1 ? <p>{safeTr`No other users yet.`}</p> : ""}
    <details class="disclosure">
      <summary>{safeTr`Add a user`}</summary>
      <form method="post" action="/users" class="account-form">
        <FormField
          id="name"
          label={tr`Name`}
          name="name"
          autocomplete="off"
          maxlength={50}
          hint={tr`Letters, digits and . _ @ + -`}
        />
        <FormField
          id="password"
          label={tr`First password`}
          name="password"
          type="password"
          autocomplete="new-password"
          hint={tr`At least 12 characters. They can change it on their page.`}
          {...passwordLengths}
        />
        <fieldset>
          <legend>{safeTr`What they may do`}</legend>
          <label class="choice">
            <input type="radio" name="role" value="member" checked />
            <span>{safeTr`Member: chat, with what is theirs`}</span>
          </label>
          <label class="choice">
            <input type="radio" name="role" value="admin" />
            <span>{safeTr`Admin: also engines, users and the audit log`}</span>
          </label>
        </fieldset>
        <p class="form-actions">
          <button type="submit" class="button primary">
            {safeTr`Add the user`}
          </button>
        </p>
      </form>
    </details>
  </AccountFrame>
);

function standing({ isAdmin, isDisabled }: UserProps, since: string): string {
  if (isDisabled)
    return isAdmin ? tr`Admin, disabled, since ${since}.` : tr`Member, disabled, since ${since}.`;
  return isAdmin ? tr`Admin, since ${since}.` : tr`Member, since ${since}.`;
}

const User = ({ user, dates }: { user: UserProps; dates: ShownDates }) => (
  <li class="user">
    <div>
      <strong safe>{user.name}</strong>
      <small safe>
        {`${user.isYou ? `${tr`You.`} ` : ""}${standing(user, dates.dateOf(user.createdAt))}`}
      </small>
    </div>
    <details class="disclosure">
      <summary aria-label={tr`Change ${user.name}`}>{safeTr`to alter¦Change`}</summary>
      <div class="user-forms">
        <form method="post" action={`/users/${user.id}`} class="form-actions">
          <button type="submit" class="button" name="do" value={user.isAdmin ? "member" : "admin"}>
            {user.isAdmin ? safeTr`Make a member` : safeTr`Make an admin`}
          </button>
          <button type="submit" class="button" name="do" value={user.isDisabled ? "enable" : "disable"}>
            {user.isDisabled ? safeTr`Enable` : safeTr`Disable`}
          </button>
        </form>
        <p class="note">
          {safeTr`Who is disabled is logged out everywhere, and their keys do not work; what is theirs stays.`}
        </p>
        <form method="post" action={`/users/${user.id}`} class="account-form">
          <FormField
            id={`password-${user.id}`}
            label={tr`New password`}
            name="password"
            type="password"
            autocomplete="new-password"
            hint={tr`Logs them out everywhere.`}
            {...passwordLengths}
          />
          <p class="form-actions">
            <button type="submit" class="button" name="do" value="password">
              {safeTr`Set the password`}
            </button>
          </p>
        </form>
        <form method="post" action={`/users/${user.id}`} class="account-form danger">
          <p>{safeTr`Deleting a user deletes their conversations, memories and keys with them, for good.`}</p>
          <FormField
            id={`confirm-${user.id}`}
            label={tr`Type ${user.name} to confirm`}
            name="confirm"
            autocomplete="off"
            maxlength={50}
          />
          <p class="form-actions">
            <button type="submit" class="button" name="do" value="delete">
              {safeTr`Delete the user and what is theirs`}
            </button>
          </p>
        </form>
      </div>
    </details>
  </li>
);
