/** One's own login: password, keys for programs, and the browsers that are logged in. */
import { CodeBlock } from "../components/code-block.tsx";
import { AccountFrame } from "../fragments/account-frame.tsx";
import { FormField, passwordLengths } from "../fragments/form-field.tsx";
import type { AccountProps, FrameProps, NewKeyProps, ShownDates } from "../props.ts";

interface AccountPageProps extends FrameProps {
  readonly account: AccountProps;
  readonly dates: ShownDates;
  /** The key that was made just now: it is never shown again. */
  readonly newKey?: NewKeyProps | undefined;
  readonly problem?: string | undefined;
  readonly done?: string | undefined;
}

export const AccountPage = ({ account, dates, newKey, problem, done, ...frame }: AccountPageProps) => (
  <AccountFrame {...frame} title="Your login" problem={problem} done={done}>
    <p class="account-who">
      You are logged in as <strong safe>{account.name}</strong>
      {account.isAdmin ? ", an admin." : "."}
    </p>
    {newKey === undefined ? "" : <NewKey {...newKey} />}
    <Keys account={account} dates={dates} />
    <Password />
    <Sessions account={account} dates={dates} />
  </AccountFrame>
);

const NewKey = ({ name, secret }: NewKeyProps) => (
  <section class="new-key" aria-labelledby="new-key">
    <h2 id="new-key">
      The key <q safe>{name}</q>
    </h2>
    <p>Copy it now. You won't see it again.</p>
    <CodeBlock caption="API key" text={secret} />
    <p class="note">
      Programs send it as <code>Authorization: Bearer …</code>, as OpenAI's libraries do with their{" "}
      <code>api_key</code>.
    </p>
  </section>
);

type Dated = Pick<AccountPageProps, "account" | "dates">;

const Keys = ({ account, dates }: Dated) => (
  <section aria-labelledby="keys">
    <h2 id="keys">Keys for programs</h2>
    {account.keys.length === 0 ? <p>No keys yet. Programs need one to connect.</p> : ""}
    <ul class="rows">
      {account.keys.map((key) => (
        <li>
          <div>
            <strong safe>{key.name}</strong>
            <small safe>
              {`${key.prefix}…, may ${key.scopes.map((scope) => scopeWords[scope]).join(" and ")}. Created ${dates.dateOf(key.createdAt)}, ${key.lastUsedAt === null ? "never used" : `last used ${dates.dateOf(key.lastUsedAt)}`}.`}
            </small>
          </div>
          <form method="post" action={`/account/keys/${key.id}/revoke`}>
            <button type="submit" class="button" aria-label={`Revoke the key ${key.name}`}>
              Revoke
            </button>
          </form>
        </li>
      ))}
    </ul>
    <details class="disclosure">
      <summary>Create key</summary>
      <form method="post" action="/account/keys" class="account-form">
        <FormField
          id="key-name"
          label="What it is for"
          name="name"
          autocomplete="off"
          maxlength={80}
          hint="A name to recognise it by."
        />
        <fieldset>
          <legend>What it may do</legend>
          <Choice value="chat" label="Ask, and read and change what is yours" checked />
          <Choice value="read" label="Read only" />
          {account.isAdmin ? <Choice value="admin" label="Admin: chat, engines, users" /> : ""}
        </fieldset>
        <p class="form-actions">
          <button type="submit" class="button primary">
            Create key
          </button>
        </p>
      </form>
    </details>
  </section>
);

const scopeWords = { chat: "ask", read: "read", admin: "look after engines and users" } as const;

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
    <h2 id="password">Password</h2>
    <details class="disclosure">
      <summary>Change the password</summary>
      <form method="post" action="/account/password" class="account-form">
        <FormField
          id="present"
          label="Current password"
          name="present"
          type="password"
          autocomplete="current-password"
          maxlength={200}
        />
        <FormField
          id="next"
          label="New password"
          name="next"
          type="password"
          autocomplete="new-password"
          hint="At least 12 characters. Logs out other browsers. API keys keep working."
          {...passwordLengths}
        />
        <FormField
          id="again"
          label="New password again"
          name="again"
          type="password"
          autocomplete="new-password"
          {...passwordLengths}
        />
        <p class="form-actions">
          <button type="submit" class="button primary">
            Change it
          </button>
        </p>
      </form>
    </details>
  </section>
);

const Sessions = ({ account, dates }: Dated) => (
  <section aria-labelledby="sessions">
    <h2 id="sessions">Where you are logged in</h2>
    <ul class="rows">
      {account.sessions.map((session) => (
        <li>
          <div>
            <strong safe>{session.browser}</strong>
            <small safe>
              {`${session.isThis ? "This browser. " : ""}Since ${dates.dateOf(session.createdAt)}, last seen ${dates.dateOf(session.lastSeenAt)}.`}
            </small>
          </div>
          {session.isThis ? (
            ""
          ) : (
            <form method="post" action={`/account/sessions/${session.id}/end`}>
              <button type="submit" class="button" aria-label={`Log out ${session.browser}`}>
                Log out
              </button>
            </form>
          )}
        </li>
      ))}
    </ul>
    <div class="form-actions">
      <form method="post" action="/logout">
        <button type="submit" class="button">
          Log out
        </button>
      </form>
      <form method="post" action="/account/logout-everywhere">
        <button type="submit" class="button">
          Log out everywhere
        </button>
      </form>
    </div>
  </section>
);
