import { describe, expect, test } from "bun:test";
import { LoginFailedError, TooManyRequestsError } from "../../src/accounts/account-errors.ts";
import { Accounts } from "../../src/accounts/accounts.ts";
import type { Actor } from "../../src/accounts/audit.ts";
import { createMemory } from "../../src/memory/memory.ts";
import { addConversation } from "../fakes/added-conversation.ts";
import { createFakeEmbedder } from "../fakes/fake-embedder.ts";
import { memory } from "../store/rows.ts";
import { silent, temporaryStore } from "../store/temporary-store.ts";

const nobody: Actor = { name: "", address: "" };
const password = "correct horse battery";
const dayMs = 24 * 60 * 60 * 1000;

function open() {
  const store = temporaryStore();
  const clock = { now: Date.UTC(2026, 1, 3) };
  const accounts = new Accounts({ store, log: silent, now: () => clock.now });
  const add = (name: string, role: "admin" | "member" = "member") =>
    accounts.users.add(nobody, { name, password, role });
  const logIn = (name: string, typed = password, address = "10.0.0.1") =>
    accounts.logIn({ name, password: typed, address, userAgent: "a browser" });
  const actions = () => store.audit.list(100).map(({ action }) => action);
  return { store, clock, accounts, add, logIn, actions, [Symbol.dispose]: () => store[Symbol.dispose]() };
}

describe("Users", () => {
  test("the first one is an admin and takes over what was nobody's; a second one gets nothing of it", async () => {
    using opened = open();
    const { store, accounts, add } = opened;
    const id = addConversation(store, { title: "Mine" });
    store.memories.insert(memory({ id: "m" }));
    expect(accounts.users.any()).toBe(false);
    const anna = await add("Anna");
    expect(anna).toMatchObject({ name: "anna", role: "admin" });
    expect(store.conversations.get(id)?.ownerId).toBe(anna.id);
    expect(store.memories.newest(anna.id, 9).map((one) => one.id)).toEqual(["m"]);
    const ben = await add("ben");
    expect(ben.role).toBe("member");
    for (const ownerId of [null, ben.id]) {
      expect(store.conversations.list(ownerId, 9)).toEqual([]);
      expect(store.conversations.titled(ownerId, ["Mine"], 9)).toEqual([]);
      expect(store.messages.search(ownerId, ["question"], 9)).toEqual([]);
      expect(store.memories.newest(ownerId, 9)).toEqual([]);
      expect(store.memories.searchText(ownerId, ["risk"], "any", 9)).toEqual([]);
      expect(store.wholeConversations.ids(ownerId)).toEqual([]);
      expect([...store.memories.inOrder(ownerId)]).toEqual([]);
    }
    expect(store.messages.search(anna.id, ["question"], 9)).toHaveLength(1);
  });

  test("memories of one user are recalled for nobody else, by their words or by their meaning", async () => {
    using opened = open();
    const { store, add } = opened;
    const embedder = {
      ...createFakeEmbedder("m"),
      dimensions: 2,
      embed: async (texts: readonly string[]) => texts.map(() => new Float32Array([1, 0])),
      [Symbol.asyncDispose]: async () => {},
    };
    await using remembered = createMemory({
      store,
      embedder,
      log: silent,
    });
    const signal = new AbortController().signal;
    const recall = (ownerId: string | null) =>
      remembered
        .recall("risk tolerance", 5, { ownerId, signal })
        .then((found) => found.map((one) => one.memory.value));
    await remembered.memorize({ ownerId: null, key: "risk tolerance", value: "low", category: "profile" });
    await remembered.pending();
    expect(await recall(null)).toEqual(["low"]);
    const [anna, ben] = [await add("anna"), await add("ben")];
    await remembered.memorize({ ownerId: ben.id, key: "risk tolerance", value: "high", category: "profile" });
    await remembered.pending();
    // One subject, two owners: the newer memory of one does not hide the other's.
    expect(await recall(anna.id)).toEqual(["low"]);
    expect(await recall(ben.id)).toEqual(["high"]);
    expect(await recall(null)).toEqual([]);
  });

  test("a name that is taken, whatever its case, a weak password and a strange name are refused", async () => {
    using opened = open();
    await opened.add("anna");
    expect(opened.add("ANNA")).rejects.toThrow("already");
    expect(
      opened.accounts.users.add(nobody, { name: "ben", password: "short", role: "member" }),
    ).rejects.toThrow("12 to 200");
    for (const name of ["", " ", "-ben", "a b", "a/b", "<b>", "x".repeat(51)])
      expect(opened.add(name)).rejects.toThrow("letter");
  });

  test("the last admin can be neither disabled, demoted nor deleted while there are others", async () => {
    using opened = open();
    const { accounts, add } = opened;
    const [anna, ben] = [await add("anna"), await add("ben")];
    expect(() => accounts.users.disable(nobody, anna.id)).toThrow("the only admin");
    expect(() => accounts.users.setRole(nobody, anna.id, "member")).toThrow("the only admin");
    expect(() => accounts.users.remove(nobody, anna.id)).toThrow("the only admin");
    accounts.users.setRole(nobody, ben.id, "admin");
    accounts.users.setRole(nobody, anna.id, "member");
    expect(accounts.users.get(anna.id).role).toBe("member");
  });

  test("a deleted user's conversations go with them; those of the only user become nobody's", async () => {
    using opened = open();
    const { store, accounts, add } = opened;
    const kept = addConversation(store);
    const [anna, ben] = [await add("anna"), await add("ben")];
    const lost = addConversation(store);
    store.conversations.update(lost, { ownerId: ben.id });
    store.memories.insert(memory({ id: "bens", ownerId: ben.id }));
    accounts.users.remove(nobody, ben.id);
    expect(store.conversations.getAny(lost)).toBeUndefined();
    expect(store.memories.get("bens")).toBeUndefined();
    expect(store.messages.search(anna.id, ["question"], 9)).toHaveLength(1);
    accounts.users.remove(nobody, anna.id);
    expect(accounts.users.any()).toBe(false);
    expect(store.conversations.get(kept)?.ownerId).toBeNull();
  });

  test("a user whose answer is being made is not deleted", async () => {
    using opened = open();
    const { store, accounts, add } = opened;
    await add("anna");
    const ben = await add("ben");
    const id = addConversation(store);
    store.conversations.update(id, { ownerId: ben.id });
    const [generation] = store.generations.ofConversation(id);
    store.generations.update(generation?.id ?? "", { state: "running" });
    expect(() => accounts.users.remove(nobody, ben.id)).toThrow("still running");
    store.generations.update(generation?.id ?? "", { state: "done" });
    accounts.users.remove(nobody, ben.id);
    expect(accounts.users.list()).toHaveLength(1);
  });
});

describe("Logins", () => {
  test("give a session of their own each time, which is of no use once it has ended", async () => {
    using opened = open();
    const { accounts, logIn, clock } = opened;
    const anna = await opened.add("anna");
    const first = await logIn("Anna ");
    const second = await logIn("anna");
    expect(first.token).not.toBe(second.token);
    expect(accounts.sessions.identify(first.token)).toMatchObject({
      userId: anna.id,
      role: "admin",
      via: "session",
    });
    accounts.sessions.end(accounts.sessions.identify(first.token)?.credential ?? "");
    expect(accounts.sessions.identify(first.token)).toBeNull();
    expect(accounts.sessions.identify(second.token)).not.toBeNull();
    clock.now += 30 * dayMs;
    expect(accounts.sessions.identify(second.token)).toBeNull();
  });

  test("one that is used goes on for 30 days from then, and for 90 days in all", async () => {
    using opened = open();
    const { accounts, clock } = opened;
    await opened.add("anna");
    const { token } = await opened.logIn("anna");
    for (const days of [29, 29, 29]) {
      clock.now += days * dayMs;
      expect(accounts.sessions.identify(token)).not.toBeNull();
      await opened.store.commit(() => undefined);
    }
    clock.now += 4 * dayMs;
    expect(accounts.sessions.identify(token)).toBeNull();
  });

  test("a wrong password, a name that nobody has and a disabled user are refused with the same words", async () => {
    using opened = open();
    await opened.add("anna");
    const ben = await opened.add("ben");
    opened.accounts.users.disable(nobody, ben.id);
    const refusal = (name: string, typed: string) =>
      opened.logIn(name, typed).then(String, (error: unknown) => String(error));
    const refusals = [
      await refusal("anna", "wrong wrong wrong"),
      await refusal("carl", password),
      await refusal("ben", password),
    ];
    expect(new Set(refusals)).toEqual(new Set([String(new LoginFailedError())]));
  });

  test("after five failures a name has to wait, twice as long each time, the right password too; another name has not", async () => {
    using opened = open();
    const { clock, logIn } = opened;
    await opened.add("anna");
    await opened.add("ben");
    const wait = async () => {
      const error: unknown = await logIn("anna", "wrong wrong wrong").catch((thrown: unknown) => thrown);
      return error instanceof TooManyRequestsError ? error.retryAfterSeconds : 0;
    };
    const waits: number[] = [];
    for (let tries = 0; tries < 12; tries++) {
      const seconds = await wait();
      if (seconds > 0) waits.push(seconds);
      clock.now += seconds * 1000;
    }
    expect(waits).toEqual([1, 2, 4]);
    expect(logIn("anna")).rejects.toThrow(TooManyRequestsError);
    expect((await logIn("ben")).user.name).toBe("ben");
    clock.now += 60 * 60 * 1000;
    expect((await logIn("anna")).user.name).toBe("anna");
  });

  test("many names from one address have to wait, from another address they have not", async () => {
    using opened = open();
    await opened.add("anna");
    const from = (address: string, name: string) =>
      opened.logIn(name, "wrong wrong wrong", address).catch((error: unknown) => error);
    for (let tries = 0; tries < 21; tries++) await from("10.0.0.1", `name${tries}`);
    expect(await from("10.0.0.1", "name99")).toBeInstanceOf(TooManyRequestsError);
    expect(await from("10.0.0.2", "name99")).toBeInstanceOf(LoginFailedError);
  });

  test("guesses that are sent all at once do not pass together", async () => {
    using opened = open();
    await opened.add("anna");
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        opened.logIn("anna", `wrong wrong ${index}`).catch((error: unknown) => error),
      ),
    );
    expect(all.filter((error) => error instanceof LoginFailedError).length).toBeLessThanOrEqual(6);
  });

  test("a changed password ends all sessions and begins one; a wrong present one changes nothing", async () => {
    using opened = open();
    const { accounts, logIn } = opened;
    await opened.add("anna");
    const { token } = await logIn("anna");
    const actor = { name: "anna", address: "" };
    expect(accounts.changePassword(actor, "wrong wrong wrong", "another long password", "")).rejects.toThrow(
      LoginFailedError,
    );
    const next = await accounts.changePassword(actor, password, "another long password", "");
    expect(accounts.sessions.identify(token)).toBeNull();
    expect(accounts.sessions.identify(next.token)).not.toBeNull();
    expect(logIn("anna")).rejects.toThrow(LoginFailedError);
    expect((await logIn("anna", "another long password")).user.name).toBe("anna");
  });
});

describe("Keys", () => {
  test("work until they are revoked or their user is disabled, and are revoked by their own user alone", async () => {
    using opened = open();
    const { accounts } = opened;
    const [anna, ben] = [await opened.add("anna"), await opened.add("ben")];
    const { secret, key } = accounts.keys.create(nobody, ben, "  a  script ", ["chat"]);
    expect(secret).toMatch(/^lfa_[\w-]{43}$/);
    expect(key.name).toBe("a script");
    expect(accounts.keys.identify(secret)).toMatchObject({ userId: ben.id, via: "key", scopes: ["chat"] });
    expect(() => accounts.keys.revoke(nobody, anna.id, key.id)).toThrow("no such key");
    accounts.users.disable(nobody, ben.id);
    expect(accounts.keys.identify(secret)).toBeNull();
    accounts.users.enable(nobody, ben.id);
    expect(accounts.keys.identify(secret)).not.toBeNull();
    accounts.keys.revoke(nobody, ben.id, key.id);
    expect(accounts.keys.identify(secret)).toBeNull();
    expect(accounts.keys.identify(`${secret}x`)).toBeNull();
  });

  test("only admins make keys that steer the program, and an admin who is none any more has a key that does not", async () => {
    using opened = open();
    const { accounts } = opened;
    const [anna, ben] = [await opened.add("anna"), await opened.add("ben", "admin")];
    const member = await opened.add("carl");
    expect(() => accounts.keys.create(nobody, member, "mine", ["admin"])).toThrow("Only admins");
    const { secret } = accounts.keys.create(nobody, ben, "ops", ["admin"]);
    accounts.users.setRole(nobody, ben.id, "member");
    expect(accounts.keys.identify(secret)?.role).toBe("member");
    expect(anna.role).toBe("admin");
  });
});

test("The database holds no secret, and the audit log tells who did what without one", async () => {
  using opened = open();
  const { store, accounts } = opened;
  const anna = await opened.add("anna");
  const { token } = await opened.logIn("anna");
  const { secret } = accounts.keys.create({ name: "anna", address: "" }, anna, "script", ["chat"]);
  await opened.logIn("anna", "my secret typed twice").catch(() => null);
  await opened.logIn("my password typed as a name", "x").catch(() => null);
  await store.commit(() => undefined);
  const { Database } = await import("bun:sqlite");
  using file = new Database(`${store.dataDir}/assistant.db`, { readonly: true });
  const tables = ["users", "sessions", "api_keys", "audit_log"];
  const all = JSON.stringify(tables.map((table) => file.query(`SELECT * FROM ${table}`).all()));
  for (const hidden of [password, token, secret, "my secret typed twice", "my password typed"])
    expect(all).not.toContain(hidden);
  expect(all).toContain("$argon2id$");
  expect(opened.actions().toReversed()).toEqual([
    "user-created",
    "login-succeeded",
    "key-created",
    "login-failed",
    "login-failed",
  ]);
});
