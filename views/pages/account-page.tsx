/** One's own login: password, keys for programs, and the browsers that are logged in. */
import { languageOfReader, tr } from "../../src/texts/reader-language.ts";
import { CodeBlock } from "../components/code-block.tsx";
import { AccountFrame } from "../fragments/account-frame.tsx";
import { FormField, passwordLengths } from "../fragments/form-field.tsx";
import type { AccountProps, FrameProps, NewKeyProps, ShownDates } from "../props.ts";
import { element, safeTr } from "../safe-tr.ts";

interface AccountPageProps extends FrameProps {
  readonly account: AccountProps;
  readonly dates: ShownDates;
  /** The key that was made just now: it is never shown again. */
  readonly newKey?: NewKeyProps | undefined;
  readonly problem?: string | undefined;
  readonly done?: string | undefined;
}

export const AccountPage = ({ account, dates, newKey, problem, done, ...frame }: AccountPageProps) => (
  <AccountFrame {...frame} title={tr`Your login`} problem={problem} done={done}>
    <p class="account-who">
      {account.isAdmin
        ? safeTr`You are logged in as ${element(<strong safe>{account.name}</strong>)}, an admin.`
        : safeTr`You are logged in as ${element(<strong safe>{account.name}</strong>)}.`}
    </p>
    {newKey === undefined ? "" : <NewKey {...newKey} />}
    <Keys account={account} dates={dates} />
    <Password />
    <Sessions account={account} dates={dates} />
  </AccountFrame>
);

const NewKey = ({ name, secret }: NewKeyProps) => (
  <section class="new-key" aria-labelledby="new-key">
    <h2 id="new-key">{safeTr`The key ${element(<q safe>{name}</q>)}`}</h2>
    <p>{safeTr`Copy it now. You won't see it again.`}</p>
    <CodeBlock caption={tr`API key`} text={secret} />
    <p class="note">
      {safeTr`Programs send it as ${element(<code>Authorization: Bearer …</code>)}, as OpenAI's libraries do with their ${element(<code>api_key</code>)}.`}
    </p>
  </section>
);

type Dated = Pick<AccountPageProps, "account" | "dates">;

const Keys = ({ account, dates }: Dated) => (
  <section aria-labelledby="keys">
    <h2 id="keys">{safeTr`Keys for programs`}</h2>
    {account.keys.length === 0 ? <p>{safeTr`No keys yet. Programs need one to connect.`}</p> : ""}
    <ul class="rows">
      {account.keys.map((key) => (
        <li>
          <div>
            <strong safe>{key.name}</strong>
            <small safe>{`${key.prefix}…, ${mayWhat(key.scopes)}. ${usedWhen(key, dates)}`}</small>
          </div>
          <form method="post" action={`/account/keys/${key.id}/revoke`}>
            <button type="submit" class="button" aria-label={tr`Revoke the key ${key.name}`}>
              {safeTr`Revoke`}
            </button>
          </form>
        </li>
      ))}
    </ul>
    <details class="disclosure">
      <summary>{safeTr`Create key`}</summary>
      <form method="post" action="/account/keys" class="account-form">
        <FormField
          id="key-name"
          label={tr`What it is for`}
          name="name"
          autocomplete="off"
          maxlength={80}
          hint={tr`A name to recognise it by.`}
        />
        <fieldset>
          <legend>{safeTr`What it may do`}</legend>
          <Choice value="chat" label={tr`Ask, and read and change what is yours`} checked />
          <Choice value="read" label={tr`Read only`} />
          {account.isAdmin ? <Choice value="admin" label={tr`Admin: chat, engines, users`} /> : ""}
        </fieldset>
        <p class="form-actions">
          <button type="submit" class="button primary">
            {safeTr`Create key`}
          </button>
        </p>
      </form>
    </details>
  </section>
);

type Key = AccountProps["keys"][number];

function mayWhat(scopes: Key["scopes"]): string {
  const words = { chat: tr`ask`, read: tr`read`, admin: tr`look after engines and users` };
  const list = new Intl.ListFormat(languageOfReader(), { type: "conjunction" });
  return tr`may ${list.format(scopes.map((scope) => words[scope]))}`;
}

const usedWhen = ({ createdAt, lastUsedAt }: Key, dates: ShownDates) =>
  lastUsedAt === null
    ? tr`Created ${dates.dateOf(createdAt)}, never used.`
    : tr`Created ${dates.dateOf(createdAt)}, last used ${dates.dateOf(lastUsedAt)}.`;

const Choice = ({
  value,
  label,
  checked = false,
}: {
  value: "chat" | "read" | "admin";
  label: string;
  checked?: boolean;
}) => (
  <label class="choice">
    <input type="radio" name="scope" value={value} checked={checked} />
    <span safe>{label}</span>
  </label>
);

const Password = () => (
  <section aria-labelledby="password">
    <h2 id="password">{safeTr`Password`}</h2>
    <details class="disclosure">
      <summary>{safeTr`Change the password`}</summary>
      <form method="post" action="/account/password" class="account-form">
        <FormField
          id="present"
          label={tr`Current password`}
          name="present"
          type="password"
          autocomplete="current-password"
          maxlength={200}
        />
        <FormField
          id="next"
          label={tr`New password`}
          name="next"
          type="password"
          autocomplete="new-password"
          hint={tr`At least 12 characters. Logs out other browsers. API keys keep working.`}
          {...passwordLengths}
        />
        <FormField
          id="again"
          label={tr`New password again`}
          name="again"
          type="password"
          autocomplete="new-password"
          {...passwordLengths}
        />
        <p class="form-actions">
          <button type="submit" class="button primary">
            {safeTr`Change it`}
          </button>
        </p>
      </form>
    </details>
  </section>
);

const Sessions = ({ account, dates }: Dated) => (
  <section aria-labelledby="sessions">
    <h2 id="sessions">{safeTr`Where you are logged in`}</h2>
    <ul class="rows">
      {account.sessions.map((session) => (
        <li>
          <div>
            <strong safe>{session.browser}</strong>
            <small safe>
              {`${session.isThis ? `${tr`This browser.`} ` : ""}${tr`Since ${dates.dateOf(session.createdAt)}, last seen ${dates.dateOf(session.lastSeenAt)}.`}`}
            </small>
          </div>
          {session.isThis ? (
            ""
          ) : (
            <form method="post" action={`/account/sessions/${session.id}/end`}>
              <button type="submit" class="button" aria-label={tr`Log out ${session.browser}`}>
                {safeTr`Log out`}
              </button>
            </form>
          )}
        </li>
      ))}
    </ul>
    <div class="form-actions">
      <form method="post" action="/logout">
        <button type="submit" class="button">
          {safeTr`Log out`}
        </button>
      </form>
      <form method="post" action="/account/logout-everywhere">
        <button type="submit" class="button">
          {safeTr`Log out everywhere`}
        </button>
      </form>
    </div>
  </section>
);
