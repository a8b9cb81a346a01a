/**
 * `bun run users …`: the users from a terminal, whether or not the program runs. Write access to the data folder is enough,
 * as it allows reading everything in it.
 *
 * Exit codes: those of run.ts.
 */
import { join } from "node:path";
import { Accounts } from "../accounts/accounts.ts";
import { keyScopes } from "../accounts/api-keys.ts";
import { createLog } from "../log.ts";
import { claimIfFree } from "../process/folder-users.ts";
import { readSettings } from "../settings/read-settings.ts";
import { openStore } from "../store/database.ts";
import { readPassword } from "./read-password.ts";
import { MisuseError, parseWords, run } from "./run.ts";

const usage = `Usage: users list                       who there is
       users add NAME [--admin]         the first one is an admin, and gets all conversations that are here
       users password NAME              a new password; logs them out everywhere
       users disable NAME | enable NAME
       users delete NAME --yes          with all their conversations, memories and keys, for good; when it is the only
                                        user, those stay and logins end
       users key NAME KEYNAME [--scope chat|read|admin]   a key for a program, shown once

A password is asked for, or read from standard input.`;

/** The actor, as the audit log names it. */
const actor = { name: "terminal", address: "" };

async function main(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(words, {
    admin: { type: "boolean" },
    yes: { type: "boolean" },
    scope: { type: "string" },
  });
  const [command, name, keyName, ...extra] = positionals;
  const { dataDir } = readSettings(process.env, join(import.meta.dir, "../.."));
  using _lock = claimIfFree(dataDir);
  using store = openStore({ dataDir, log: createLog("error") });
  const accounts = new Accounts({ store, log: createLog("error") });
  const { users, keys } = accounts;

  if (command === "list" && name === undefined) {
    for (const user of users.list())
      console.log(
        `${user.name}  ${user.role}${user.disabledAt === null ? "" : "  disabled"}  since ${new Date(user.createdAt).toISOString().slice(0, 10)}`,
      );
    if (!users.any()) console.log("There are no users: anyone on this computer can use the assistant.");
    return 0;
  }
  if (name === undefined || extra.length > 0 || (keyName !== undefined && command !== "key"))
    throw new MisuseError();
  switch (command) {
    case "add": {
      const isFirst = !users.any();
      const user = await users.add(actor, {
        name,
        password: await readPassword(),
        role: values.admin ? "admin" : "member",
      });
      console.log(`Added ${user.name}, ${user.role === "admin" ? "an admin" : "a member"}.`);
      if (isFirst) console.log("Logins are on. Everything saved so far is theirs.");
      return 0;
    }
    case "password":
      await users.setPassword(actor, users.byName(name).id, await readPassword());
      console.log("The password is changed. All their browsers are logged out.");
      return 0;
    case "disable":
      users.disable(actor, users.byName(name).id);
      console.log("Disabled: logged out everywhere, and their keys do not work. Their data is kept.");
      return 0;
    case "enable":
      users.enable(actor, users.byName(name).id);
      console.log("Enabled.");
      return 0;
    case "delete": {
      const user = users.byName(name);
      if (!values.yes) {
        console.error(
          users.list().length === 1
            ? `${user.name} is the only user: this turns logins off, and anyone on this computer could read all conversations. Add --yes to do it.`
            : `This deletes all conversations, memories and keys of ${user.name} for good. Add --yes to do it.`,
        );
        return 2;
      }
      users.remove(actor, user.id);
      console.log(`Deleted ${user.name}.`);
      if (!users.any()) console.log("Logins are off: anyone on this computer can use the assistant.");
      return 0;
    }
    case "key": {
      const scope = keyScopes.find((known) => known === (values.scope ?? "chat"));
      if (keyName === undefined || scope === undefined) throw new MisuseError();
      const { secret } = keys.create(
        actor,
        users.byName(name),
        keyName,
        scope === "admin" ? ["chat", "admin"] : [scope],
      );
      console.log(secret);
      console.error("Copy it now: it is not shown again.");
      return 0;
    }
    default:
      throw new MisuseError();
  }
}

await run(main, { usage });
