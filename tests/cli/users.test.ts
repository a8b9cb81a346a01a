/** The command as people run it, beside a store that is open as the server's is. */
import { expect, test } from "bun:test";
import { join } from "node:path";
import { Accounts } from "../../src/accounts/accounts.ts";
import { addConversation } from "../fakes/added-conversation.ts";
import { silent, temporaryStore } from "../store/temporary-store.ts";

const file = join(import.meta.dir, "../../src/cli/users.ts");

async function run(dataDir: string, words: string, input = "") {
  const child = Bun.spawn([process.execPath, file, ...words.split(" ")], {
    env: { ...process.env, DATA_DIR: dataDir },
    stdin: new Blob([input]),
    stdout: "pipe",
    stderr: "pipe",
  });
  const [out, problem, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { out, problem, code };
}

test("users are added, listed, given keys and passwords, disabled and deleted while the program has the database open", async () => {
  using store = temporaryStore();
  const accounts = new Accounts({ store, log: silent });
  const conversation = addConversation(store);
  const logIn = (name: string, password: string) =>
    accounts.logIn({ name, password, address: "", userAgent: "" }).then(
      () => true,
      () => false,
    );

  expect((await run(store.dataDir, "list")).out).toContain("There are no users");
  const first = await run(store.dataDir, "add Anna", "correct horse battery\n");
  expect(first).toMatchObject({ code: 0, problem: "" });
  expect(first.out).toContain("Added anna, an admin.");
  const anna = accounts.users.byName("anna");
  expect(store.conversations.get(conversation)?.ownerId).toBe(anna.id);
  expect(await logIn("anna", "correct horse battery")).toBe(true);

  expect((await run(store.dataDir, "add ben", "short")).code).toBe(1);
  expect((await run(store.dataDir, "add ben", "correct horse battery")).code).toBe(0);
  expect((await run(store.dataDir, "add ben", "correct horse battery")).problem).toContain("already");
  expect((await run(store.dataDir, "list")).out).toMatch(/^anna {2}admin.*\nben {2}member/);

  const { out } = await run(store.dataDir, "key ben script --scope read");
  expect(accounts.keys.identify(out.trim())).toMatchObject({ name: "ben", scopes: ["read"] });
  expect((await run(store.dataDir, "key ben script --scope admin")).problem).toContain("Only admins");

  await run(store.dataDir, "password ben", "another long password");
  expect(await logIn("ben", "another long password")).toBe(true);
  await run(store.dataDir, "disable ben");
  expect(await logIn("ben", "another long password")).toBe(false);
  expect(accounts.keys.identify(out.trim())).toBeNull();
  await run(store.dataDir, "enable ben");
  expect(accounts.keys.identify(out.trim())).not.toBeNull();

  expect((await run(store.dataDir, "delete anna --yes")).problem).toContain("the only admin");
  expect(await run(store.dataDir, "delete ben")).toMatchObject({ code: 2 });
  expect((await run(store.dataDir, "delete ben --yes")).out).toBe("Deleted ben.\n");
  expect((await run(store.dataDir, "delete anna --yes")).out).toContain("Logins are off");
  expect(store.conversations.get(conversation)?.ownerId).toBeNull();
}, 60_000);

test("wrong use is told with what there is, and a user who is not there with a sentence", async () => {
  using store = temporaryStore();
  for (const words of ["", "add", "frobnicate anna", "list extra", "add a b", "add a --nonsense"]) {
    const { code, problem } = await run(store.dataDir, words);
    expect([words, code]).toEqual([words, 2]);
    expect(problem).toContain("Usage: users list");
  }
  expect(await run(store.dataDir, "disable nobody")).toMatchObject({
    code: 1,
    problem: "There is no such user.\n",
  });
}, 60_000);
