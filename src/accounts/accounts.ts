/** Users, their sessions and keys, logins and the audit log, together. It knows nothing of HTTP. */
import type { Log } from "../log.ts";
import type { Store } from "../store/database.ts";
import type { User } from "../store/schema.ts";
import { LoginFailedError } from "./account-errors.ts";
import { ApiKeys } from "./api-keys.ts";
import { type Actor, createNote, type Note } from "./audit.ts";
import { networkOf } from "./network-of.ts";
import { Passwords } from "./passwords.ts";
import { type BegunSession, Sessions } from "./sessions.ts";
import { Throttle } from "./throttle.ts";
import { Users, userNameOf } from "./users.ts";

interface AccountsDeps {
  readonly store: Pick<Store, "users" | "sessions" | "apiKeys" | "audit" | "transaction" | "commit">;
  readonly log: Log;
  /** Milliseconds since 1970, for tests. */
  readonly now?: () => number;
}

interface Login {
  readonly name: string;
  readonly password: string;
  readonly address: string;
  readonly userAgent: string;
}

/** People mistype a few times; many people may share one address. */
const perName = { free: 5, longestWaitMs: 5 * 60 * 1000 };
const perAddress = { free: 20, longestWaitMs: 15 * 60 * 1000 };
const longestShownName = 50;
/** The number of names whose login addresses are remembered. */
const mostPlaces = 10_000;

export class Accounts {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly keys: ApiKeys;
  readonly note: Note;
  readonly audit: Store["audit"];
  readonly #store: AccountsDeps["store"];
  readonly #passwords = new Passwords();
  readonly #byName: Throttle;
  readonly #byAddress: Throttle;
  /** The networks from which each name has logged in: failures from elsewhere must not lock its owner out. */
  readonly #places = new Set<string>();

  constructor({ store, log, now = Date.now }: AccountsDeps) {
    this.#store = store;
    this.audit = store.audit;
    this.note = createNote(store.audit, now);
    const common = { store, note: this.note, now, log };
    this.users = new Users({ ...common, passwords: this.#passwords });
    this.sessions = new Sessions(common);
    this.keys = new ApiKeys(common);
    this.#byName = new Throttle(perName, now);
    this.#byAddress = new Throttle(perAddress, now);
  }

  /**
   * Begins a session.
   * @throws LoginFailedError, the same for every reason and after the same time; TooManyRequestsError after many failures
   */
  async logIn({
    name: typed,
    password,
    address,
    userAgent,
  }: Login): Promise<BegunSession & { readonly user: User }> {
    const name = userNameOf(typed).slice(0, longestShownName);
    const user = await this.#checked({ name, address }, password);
    const session = this.sessions.begin(user, userAgent);
    this.note({ name: user.name, address }, "login-succeeded", user.name);
    return { ...session, user };
  }

  /**
   * Changes a password; the present one is required. All other sessions end.
   * @throws LoginFailedError or TooManyRequestsError as `logIn`, InvalidRequestError for an invalid new password
   */
  async changePassword(
    actor: Actor,
    present: string,
    next: string,
    userAgent: string,
  ): Promise<BegunSession> {
    const user = await this.#checked(actor, present);
    await this.users.setPassword(actor, user.id, next, user.passwordHash);
    return this.sessions.begin(user, userAgent);
  }

  /** Ends all sessions of a user. */
  logOutEverywhere(actor: Actor, userId: string): void {
    this.sessions.endAll(userId);
    this.note(actor, "logged-out-everywhere", actor.name);
  }

  async #checked({ name, address }: Actor, password: string): Promise<User> {
    // The log has the name only if a user has it: people type passwords into that field.
    const user = this.#store.users.byName(name);
    const actor = { name: user?.name ?? "", address };
    const succeeded = this.#begin(actor, name, address);
    const isActive = user !== undefined && user.disabledAt === null;
    const fits = await this.#passwords.verify(password, isActive ? user.passwordHash : null);
    // Read again: an admin may have disabled the user or changed the password meanwhile.
    const now = isActive && fits ? this.#store.users.get(user.id) : undefined;
    if (now === undefined || now.disabledAt !== null || now.passwordHash !== user?.passwordHash) {
      this.note(actor, "login-failed", user?.name ?? "an unknown name");
      throw new LoginFailedError();
    }
    succeeded();
    return now;
  }

  #begin(actor: Actor, name: string, address: string): () => void {
    const onWait = () =>
      this.note(actor, "login-throttled", actor.name === "" ? "an unknown name" : actor.name);
    const network = networkOf(address);
    const place = `${name} ${network}`;
    // Others may fail behind the same address: who has logged in from there has a budget of their own in both.
    const isKnown = this.#places.has(place);
    const ofAddress = this.#byAddress.begin(isKnown ? place : network, onWait);
    const key = isKnown ? place : name;
    const ofName = this.#byName.begin(key, onWait);
    return () => {
      ofAddress();
      ofName();
      this.#byName.forget(key);
      this.#remember(place);
    };
  }

  #remember(place: string): void {
    this.#places.delete(place);
    this.#places.add(place);
    for (const oldest of this.#places) {
      if (this.#places.size <= mostPlaces) break;
      this.#places.delete(oldest);
    }
  }
}
