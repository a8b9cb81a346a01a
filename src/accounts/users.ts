/**
 * The users. Logins are on exactly while there is a user: the first one takes over everything without an owner, and the
 * last one gives everything back to the local owner. There is always an admin or no user at all.
 */
import { InvalidRequestError, NotFoundError } from "../errors.ts";
import type { Store } from "../store/database.ts";
import type { OwnerId, User, UserRole } from "../store/schema.ts";
import { say } from "../texts/say.ts";
import { ConflictError, LoginFailedError } from "./account-errors.ts";
import type { Actor, Note } from "./audit.ts";
import type { Passwords } from "./passwords.ts";

interface UsersDeps {
  readonly store: Pick<Store, "users" | "sessions" | "transaction">;
  readonly passwords: Passwords;
  readonly note: Note;
  readonly now: () => number;
}

interface NewUser {
  readonly name: string;
  readonly password: string;
  readonly role: UserRole;
}

const namePattern = /^[\p{L}\p{N}][\p{L}\p{N}._@+-]{0,49}$/u;

/** The form in which names are stored and compared. */
export const userNameOf = (name: string) => name.normalize("NFKC").trim().toLowerCase();

export class Users {
  constructor(private readonly deps: UsersDeps) {}

  /** Whether logins are on. */
  any(): boolean {
    return this.deps.store.users.any();
  }

  /** Whether they may use the program: without logins the local owner may. */
  isKnown(ownerId: OwnerId): boolean {
    if (ownerId === null) return !this.any();
    return this.deps.store.users.get(ownerId)?.disabledAt === null;
  }

  list(): readonly User[] {
    return this.deps.store.users.list();
  }

  /** @throws NotFoundError */
  get(id: string): User {
    return found(this.deps.store.users.get(id));
  }

  /** @throws NotFoundError */
  byName(name: string): User {
    return found(this.deps.store.users.byName(userNameOf(name)));
  }

  /**
   * The first user is an admin, and gets all conversations and memories without an owner, in the same transaction.
   * @throws InvalidRequestError for an invalid name or password, ConflictError for a name that is taken
   */
  add(actor: Actor, user: NewUser): Promise<User> {
    return this.#add(actor, user, false);
  }

  async #add(actor: Actor, { name: typed, password, role }: NewUser, mustBeFirst: boolean): Promise<User> {
    const { store, passwords, note, now } = this.deps;
    const name = userNameOf(typed);
    if (!namePattern.test(name))
      throw new InvalidRequestError(
        say`A name must have 1 to 50 letters, digits or any of . _ @ + -, and begin with a letter or a digit.`,
        { param: "name" },
      );
    const passwordHash = await passwords.hash(password);
    return store.transaction(() => {
      if (store.users.byName(name) !== undefined)
        throw new ConflictError(say`There is already a user with this name.`, { param: "name" });
      const isFirst = !store.users.any();
      // Another request may have added the user while the password was hashed.
      if (mustBeFirst && !isFirst) throw usersExist();
      const user: User = {
        id: Bun.randomUUIDv7(),
        name,
        passwordHash,
        role: isFirst ? "admin" : role,
        createdAt: now(),
        disabledAt: null,
      };
      store.users.insert(user);
      if (isFirst) store.users.adopt(user.id);
      note(actor, "user-created", `${name} (${user.role})`);
      return user;
    });
  }

  /**
   * As `add`, for the page that turns logins on.
   * @throws ConflictError when there is a user already
   */
  async addFirst(actor: Actor, first: Omit<NewUser, "role">): Promise<User> {
    if (this.any()) throw usersExist();
    return this.#add(actor, { ...first, role: "admin" }, true);
  }

  /** @throws NotFoundError, or ConflictError for the last admin */
  setRole(actor: Actor, id: string, role: UserRole): void {
    const { store, note } = this.deps;
    store.transaction(() => {
      const user = this.get(id);
      if (user.role === role) return;
      if (role === "member") this.#refuseLastAdmin(user);
      store.users.update(id, { role });
      note(actor, "role-changed", `${user.name} (${role})`);
    });
  }

  /** Ends all their sessions; their keys do not work while they are disabled. @throws as `setRole` */
  disable(actor: Actor, id: string): void {
    const { store, note, now } = this.deps;
    store.transaction(() => {
      const user = this.get(id);
      if (user.disabledAt !== null) return;
      this.#refuseLastAdmin(user);
      store.users.update(id, { disabledAt: now() });
      store.sessions.removeOf(id);
      note(actor, "user-disabled", user.name);
    });
  }

  /** @throws NotFoundError */
  enable(actor: Actor, id: string): void {
    const { store, note } = this.deps;
    store.transaction(() => {
      const user = this.get(id);
      if (user.disabledAt === null) return;
      store.users.update(id, { disabledAt: null });
      note(actor, "user-enabled", user.name);
    });
  }

  /**
   * Ends all their sessions; their keys keep working.
   * @param present the hash that was checked: hashing takes a moment, in which an admin may set another password
   * @throws NotFoundError or InvalidRequestError; LoginFailedError when `present` is no longer the hash
   */
  async setPassword(actor: Actor, id: string, password: string, present?: string): Promise<void> {
    const { store, passwords, note } = this.deps;
    const passwordHash = await passwords.hash(password);
    store.transaction(() => {
      const user = this.get(id);
      if (present !== undefined && present !== user.passwordHash) throw new LoginFailedError();
      store.users.update(id, { passwordHash });
      store.sessions.removeOf(id);
      note(actor, "password-changed", user.name);
    });
  }

  /**
   * Deletes them with their conversations, memories, sessions and keys, for good. The conversations and memories of the last
   * user are kept: logins are then off, and the local owner has them.
   * @throws NotFoundError, or ConflictError for the last admin or while an answer of theirs runs
   */
  remove(actor: Actor, id: string): void {
    const { store, note } = this.deps;
    store.transaction(() => {
      const user = this.get(id);
      const isOnly = store.users.list().length === 1;
      if (!isOnly) this.#refuseLastAdmin(user);
      // The log of the answer could no longer be written; it shares transactions with those of other answers.
      if (!isOnly && store.users.unfinishedAnswers(id).length > 0)
        throw new ConflictError(
          say`An answer of this user is still running. Disable the user, wait a moment, then delete them.`,
        );
      if (isOnly) store.users.release(id);
      store.users.remove(id);
      note(actor, "user-deleted", user.name);
      if (isOnly) note(actor, "logins-ended", user.name);
    });
  }

  /** Checks whether a user may be changed or deleted by a page. @throws as `remove`, but for the answers */
  refuseToRemove(id: string): void {
    const user = this.get(id);
    if (this.list().length > 1) this.#refuseLastAdmin(user);
    else
      throw new ConflictError(
        say`Deleting the only user turns logins off. Do that on the machine itself: "bun run users delete NAME".`,
      );
  }

  #refuseLastAdmin(user: User): void {
    const isActiveAdmin = user.role === "admin" && user.disabledAt === null;
    if (isActiveAdmin && this.deps.store.users.activeAdmins() === 1)
      throw new ConflictError(say`This is the only admin. Make another user an admin first.`);
  }
}

const usersExist = () => new ConflictError(say`There is already a user. Please log in.`);

function found(user: User | undefined): User {
  if (user === undefined) throw new NotFoundError(say`There is no such user.`);
  return user;
}
