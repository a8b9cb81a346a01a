/** What an attacker with a password that was found out, many addresses or a login of their own might try. */
import { expect, test } from "bun:test";
import { LoginFailedError, TooManyRequestsError } from "../../src/accounts/account-errors.ts";
import { Accounts } from "../../src/accounts/accounts.ts";
import type { Actor } from "../../src/accounts/audit.ts";
import { silent, temporaryStore } from "../store/temporary-store.ts";

const nobody: Actor = { name: "", address: "" };
const password = "correct horse battery";
const other = "another long password";

async function open() {
  const store = temporaryStore();
  const clock = { now: Date.UTC(2026, 1, 3) };
  const accounts = new Accounts({ store, log: silent, now: () => clock.now });
  const anna = await accounts.users.add(nobody, { name: "anna", password, role: "admin" });
  const logIn = (typed: string, address = "10.0.0.1", name = "anna") =>
    accounts.logIn({ name, password: typed, address, userAgent: "a browser" });
  return { store, clock, accounts, anna, logIn, [Symbol.dispose]: () => store[Symbol.dispose]() };
}

const failure = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

test("A login by a password that is changed meanwhile fails: its session outlived the change that was to end it", async () => {
  using opened = await open();
  const { accounts, anna, logIn, store } = opened;
  const passwordHash = await Bun.password.hash(other, { algorithm: "bcrypt", cost: 4 });
  const login = logIn(password);
  // While the old one is being checked, another one is put in its place.
  store.users.update(anna.id, { passwordHash });
  expect(await failure(login)).toBeInstanceOf(LoginFailedError);
  expect(accounts.sessions.ofUser(anna.id)).toEqual([]);
});

test("A password that an admin sets while its user changes it stays: whoever had the old one took it back", async () => {
  using opened = await open();
  const { accounts, anna, store } = opened;
  const before = store.users.get(anna.id)?.passwordHash ?? "";
  const change = accounts.users.setPassword(nobody, anna.id, "chosen by a thief", before);
  store.users.update(anna.id, { passwordHash: "set by an admin" });
  expect(await failure(change)).toBeInstanceOf(LoginFailedError);
  expect(store.users.get(anna.id)?.passwordHash).toBe("set by an admin");
});

test("All addresses of one IPv6 connection wait together: each was counted for itself", async () => {
  using opened = await open();
  const from = (address: string, index: number) =>
    failure(opened.logIn("wrong wrong wrong", address, `name${index}`));
  for (let index = 0; index < 21; index++) await from(`2001:db8::${(index + 1).toString(16)}`, index);
  expect(await from("2001:db8::ffff", 98)).toBeInstanceOf(TooManyRequestsError);
  expect(await from("2001:db8:0:1::1", 99)).toBeInstanceOf(LoginFailedError);
});

test("Strangers who fail on purpose do not keep a user out from where they have logged in: anybody could", async () => {
  using opened = await open();
  const { clock, logIn } = opened;
  await logIn(password, "10.0.0.1");
  for (let tries = 0; tries < 8; tries++) {
    clock.now += 400_000;
    await failure(logIn("wrong wrong wrong", "192.0.2.9"));
  }
  expect(await failure(logIn(password, "10.0.0.2"))).toBeInstanceOf(TooManyRequestsError);
  expect(await logIn(password, "10.0.0.1")).toMatchObject({ user: { name: "anna" } });
  // There, too, guesses are few.
  for (let tries = 0; tries < 6; tries++) await failure(logIn("wrong wrong wrong", "10.0.0.1"));
  expect(await failure(logIn(password, "10.0.0.1"))).toBeInstanceOf(TooManyRequestsError);
});

test("A user has a hundred sessions at most, those that were used last", async () => {
  using opened = await open();
  const { accounts, anna } = opened;
  const tokens = Array.from({ length: 103 }, () => accounts.sessions.begin(anna, "a browser").token);
  expect(accounts.sessions.ofUser(anna.id)).toHaveLength(100);
  expect(tokens.map((token) => accounts.sessions.identify(token) !== null).indexOf(true)).toBe(3);
});

test("Keys that are made and revoked again and again do not fill the database", async () => {
  using opened = await open();
  const { accounts, anna, store } = opened;
  const kept = accounts.keys.create(nobody, anna, "kept", ["chat"]);
  for (let index = 0; index < 110; index++) {
    const { key } = accounts.keys.create(nobody, anna, `key ${index}`, ["chat"]);
    accounts.keys.revoke(nobody, anna.id, key.id);
  }
  expect(store.apiKeys.ofUser(anna.id).length).toBeLessThanOrEqual(102);
  expect(accounts.keys.identify(kept.secret)).not.toBeNull();
});

test("A key's name steers no terminal that shows it: its signs went into the audit log as they were", async () => {
  using opened = await open();
  const { accounts, anna, store } = opened;
  const { key } = accounts.keys.create(nobody, anna, "\u001b[2Jmine\u009b31m\u202e 👩\u200d💻\u0000", [
    "chat",
  ]);
  expect(key.name).toBe("[2Jmine31m 👩\u200d💻");
  expect(store.audit.list(1)[0]?.target).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  expect(() => accounts.keys.create(nobody, anna, "\u202e\u0007", ["chat"])).toThrow("a name");
});

test("Of several who set logins up at once one becomes a user, and the audit log tells of no other", async () => {
  using store = temporaryStore();
  const { users } = new Accounts({ store, log: silent });
  const all = await Promise.allSettled(
    ["anna", "ben", "carl"].map((name) => users.addFirst(nobody, { name, password })),
  );
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(users.list()).toMatchObject([{ role: "admin" }]);
  expect(store.audit.list(9).map(({ action }) => action)).toEqual(["user-created"]);
});

test("Wrong logins of other names keep nobody out who has logged in from that place: one address was one budget", async () => {
  using opened = await open();
  const { logIn, clock } = opened;
  await logIn(password);
  for (let index = 0; index < 24; index++)
    await failure(logIn("wrong wrong wrong", "10.0.0.1", `name${index}`));
  expect(await failure(logIn("wrong wrong wrong", "10.0.0.1", "another"))).toBeInstanceOf(
    TooManyRequestsError,
  );
  expect(await logIn(password)).toMatchObject({ user: { name: "anna" } });
  // The budget of her own is no other than everybody's: it is used up by wrong passwords of hers.
  for (let index = 0; index < 6; index++) await failure(logIn("wrong wrong wrong"));
  expect(await failure(logIn(password))).toBeInstanceOf(TooManyRequestsError);
  clock.now += 60 * 60 * 1000;
  expect(await logIn(password)).toMatchObject({ user: { name: "anna" } });
});
