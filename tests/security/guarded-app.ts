/** The app with logins on, three users, and one of every credential that somebody may bring. */
import type { Actor } from "../../src/accounts/audit.ts";
import { cagr } from "../../src/finance/calculators/cagr.ts";
import { passportOf } from "../../src/finance/data/passport.ts";
import { noBars } from "../../src/finance/data/stored-bars.ts";
import { compute } from "../../src/finance/facts/compute.ts";
import type { StatusPort } from "../../src/status/status-report.ts";
import type { Store } from "../../src/store/database.ts";
import type { User } from "../../src/store/schema.ts";
import { defaultFileLimits } from "../../src/workspace/files.ts";
import { requestBatchesOf } from "../../src/workspace/request-batches.ts";
import { addConversation } from "../fakes/added-conversation.ts";
import { type AnsweringApp, type AnsweringAppOptions, openAnsweringApp } from "../fakes/answering-app.ts";
import { filledShelf } from "../fakes/filled-shelf.ts";
import { wordRanker } from "../fakes/word-ranker.ts";
import { document, memory, passage } from "../store/rows.ts";

export const password = "correct horse battery";
const nobody: Actor = { name: "", address: "" };
const dayMs = 24 * 60 * 60 * 1000;

/** Those whom nobody knows, and those who are known. */
export const strangers = [
  "none",
  "wrong key",
  "key of another kind",
  "wrong session",
  "revoked key",
  "expired session",
  "ended session",
  "disabled user's session",
  "disabled user's key",
] as const;
export const known = [
  "owner's session",
  "owner's key",
  "owner's read key",
  "other's session",
  "other's key",
  "admin's session",
  "admin's key",
  "admin's key for steering",
] as const;
export type Credential = (typeof strangers)[number] | (typeof known)[number];

/** What one user has, with a word in it that nobody else may read. */
export interface Belongings {
  readonly conversationId: string;
  readonly questionId: string;
  readonly messageId: string;
  readonly generationId: string;
  readonly memoryId: string;
  readonly factId: string;
  /** That no question has. */
  readonly fileId: string;
  readonly documentId: string;
  readonly requestFileId: string;
  readonly batchId: string;
  readonly datasetId: string;
  readonly importId: string;
  /** A question that waits in the conversation. */
  readonly queuedId: string;
  readonly presetId: string;
  readonly proposalId: string;
  readonly projectId: string;
}

export const secretWord = "zanzibar";

const [secretFact] = compute(
  cagr,
  { start: 10_000, end: 16_000, years: 7 },
  { find: () => null, all: () => [] },
).facts;

export interface GuardedApp extends AnsweringApp {
  readonly users: { readonly admin: User; readonly owner: User; readonly other: User };
  /** What a request brings along: of those who are logged in a session of its own each time. */
  headers(credential: Credential): Record<string, string>;
  /** Every secret that was given out. */
  readonly secrets: readonly string[];
  readonly clock: { now: number };
  /** A conversation of this user's, with one turn that has ended. */
  give(user: User): Belongings;
}

/** Its one passage has the secret word. */
function addDocument(store: Store, { id: ownerId, name }: User): string {
  const id = Bun.randomUUIDv7();
  const bytes = new TextEncoder().encode(`The ${secretWord} of ${name} ${id}`);
  const steps = store.contents.write(bytes, 1);
  let step = steps.next();
  while (!step.done) step = steps.next();
  const row = { id, ownerId, contentId: step.value.id, name: `${secretWord}.txt` };
  store.documents.insert(document({ ...row, state: "ready", passages: 1 }));
  store.documents.addPassages([passage({ documentId: id, text: `The ${secretWord} of ${name}` })]);
  return id;
}

/** With the document and a memory. */
function addProject(store: Store, { id: ownerId, name }: User, documentId: string): string {
  const id = Bun.randomUUIDv7();
  // There is a most of them, and things are given more often.
  const [earliest, ...later] = store.projects.list(ownerId);
  if (earliest !== undefined && later.length > 20) store.projects.erase(earliest.id);
  const said = { name: `${secretWord} ${id}`, instructions: `Say ${secretWord}.` };
  store.projects.insert({ id, ownerId, ...said, createdAt: 1 });
  store.documents.addToProject(id, documentId);
  store.memories.insert(memory({ ownerId, projectId: id, value: `The ${secretWord} of ${name}` }));
  return id;
}

function addBatch(store: Store, { id: ownerId }: Pick<User, "id">) {
  const batches = requestBatchesOf({ stored: store.requestBatches, limits: defaultFileLimits }, ownerId);
  const requestFileId = `file-${crypto.randomUUID()}`;
  const row = {
    id: requestFileId,
    ownerId,
    name: `${secretWord}.jsonl`,
    purpose: "batch",
    createdAt: 1,
  } as const;
  const steps = store.requestBatches.write(row, Buffer.from(`The ${secretWord} of a batch`));
  while (steps.next().done !== true);
  const asked = {
    inputFileId: requestFileId,
    endpoint: "/v1/chat/completions",
    metadata: { of: secretWord },
  };
  const { id: batchId } = batches.create(asked);
  batches.update(batchId, { status: "cancelled", endedAt: 2 });
  return { requestFileId, batchId };
}

function addFile(store: Store, { id: ownerId }: Pick<User, "id">): string {
  const text = `The ${secretWord} of a file`;
  const steps = store.contents.write(Buffer.from(text), 1);
  let step = steps.next();
  while (!step.done) step = steps.next();
  const id = crypto.randomUUID();
  const file = { id, ownerId, contentId: step.value.id, text, name: "notes.txt", kind: "text" as const };
  store.files.insert({ ...file, mediaType: "text/plain", size: text.length, isCut: false, createdAt: 1 });
  return id;
}

function addDataset(store: Store, { id: ownerId }: User): Pick<Belongings, "datasetId" | "importId"> {
  const [datasetId, importId] = [crypto.randomUUID(), crypto.randomUUID()];
  const symbol = secretWord.toUpperCase();
  const passport = passportOf(noBars, {
    ...{ zone: null, volume: "none", adjustment: null, decimals: 0, timeframe: "D1" },
  });
  const row = { id: datasetId, ownerId, symbol, timeframe: "D1" as const, zone: null, rows: 0, chunks: [] };
  store.datasets.insert({ ...row, passport, createdAt: 1, updatedAt: 1 });
  const { contentId } = store.files.get(addFile(store, { id: ownerId })) ?? { contentId: 0 };
  store.datasets.addImport({
    ...{ id: importId, ownerId, name: "x.csv", contentId, status: "committed", format: "csv", answers: {} },
    ...{ questions: [], rows: 0, quarantined: [], passport, symbol, datasetId, createdAt: 1 },
  });
  return { datasetId, importId };
}

export const workingStatus: StatusPort = {
  report: () => ({
    version: "test",
    startedAt: 1,
    engines: [],
    waiting: 0,
    unfinished: 0,
    answers: { done: 0, stopped: 0, failed: 0 },
    tokens: 0,
    memory: { residentBytes: 1, totalBytes: 2 },
    gpus: [],
    storage: "ok",
    lately: [],
    changes: [],
  }),
  act: async () => {},
  load: async () => {},
  changed: (signal) =>
    new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true })),
};

export async function openGuardedApp(options: AnsweringAppOptions = {}): Promise<GuardedApp> {
  const clock = { now: Date.now() };
  const app = openAnsweringApp({
    ...{ status: workingStatus, shelf: filledShelf, ranker: wordRanker, now: () => clock.now },
    ...options,
  });
  const { accounts, store } = app;
  const add = (name: string) => accounts.users.add(nobody, { name, password, role: "member" });
  const admin = await add("anna");
  const owner = await add("ben");
  const other = await add("carl");
  const gone = await add("dora");

  const secrets: string[] = [];
  const session = (user: User) => {
    const { token } = accounts.sessions.begin(user, "a browser");
    secrets.push(token);
    return { cookie: `session-8080=${token}`, "sec-fetch-site": "same-origin" };
  };
  const key = (user: User, ...scopes: readonly ("chat" | "read" | "admin")[]) => {
    const made = accounts.keys.create(nobody, user, "a script", scopes);
    secrets.push(made.secret);
    return { id: made.key.id, headers: { authorization: `Bearer ${made.secret}` } };
  };

  clock.now -= 31 * dayMs;
  const expired = session(owner);
  clock.now += 31 * dayMs;
  const ended = session(owner);
  accounts.sessions.end(
    accounts.sessions.identify(ended.cookie.slice("session-8080=".length))?.credential ?? "",
  );
  const revoked = key(owner, "chat");
  accounts.keys.revoke(nobody, owner.id, revoked.id);
  const [goneSession, goneKey] = [session(gone), key(gone, "chat")];
  accounts.users.disable(nobody, gone.id);
  const wrong = `lfa_${"x".repeat(43)}`;

  const give = (user: User): Belongings => {
    const conversationId = addConversation(store, { title: `The ${secretWord} of ${user.name}` });
    store.conversations.update(conversationId, { ownerId: user.id });
    const [question, answer] = store.messages.path(conversationId);
    const [generation] = store.generations.ofConversation(conversationId);
    if (!question || !answer || !generation) throw new Error("The conversation is not there.");
    // A batch of one question.
    const idempotencyKey = `user:${user.id}:batch:${conversationId}:00:a`;
    store.generations.update(generation.id, { idempotencyKey });
    store.messages.setContent(question.id, `What about ${secretWord}?`);
    store.messages.setContent(answer.id, `That ${secretWord} is far away.`);
    store.tokenLog.append([
      {
        generationId: generation.id,
        firstIndex: 0,
        tokens: [{ text: `That ${secretWord} is far away.`, ids: [] }],
      },
    ]);
    const { id: queuedId } = store.queuedQuestions.add({
      ...{ id: Bun.randomUUIDv7(), conversationId, content: `And ${secretWord}?`, model: "phi3" },
      ...{ sampling: generation.sampling, memoryContext: 0, idempotencyKey: null, createdAt: clock.now },
      ...{ files: [], isHeld: true, isSent: false, mayWait: false },
    });
    const remembered = memory({ ownerId: user.id, value: `The ${secretWord} of ${user.name}` });
    store.memories.insert(remembered);
    const presetId = Bun.randomUUIDv7();
    // There is a most of them, and things are given more often.
    const [earliest, ...later] = store.presets.list(user.id).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    if (earliest !== undefined && later.length > 20) store.presets.remove(user.id, earliest.id);
    const preset = {
      id: presetId,
      ownerId: user.id,
      name: `${secretWord} ${presetId}`,
      createdAt: clock.now,
    };
    store.presets.put({ ...preset, choices: { instructions: `Say ${secretWord}.` } });
    const facts = [{ ...secretFact, label: `Growth of ${secretWord}` }];
    store.facts.insert({ ownerId: user.id, generationId: null, facts, createdAt: clock.now });
    const proposalId = Bun.randomUUIDv7();
    const sentence = `I always think of ${secretWord}.`;
    store.proposals.insert({
      ...{ id: proposalId, ownerId: user.id, conversationId, messageId: question.id, sentence },
      ...{ key: secretWord, hash: proposalId, createdAt: clock.now },
    });
    const documentId = addDocument(store, user);
    return {
      proposalId,
      conversationId,
      questionId: question.id,
      messageId: answer.id,
      generationId: generation.id,
      memoryId: remembered.id,
      factId: secretFact.id,
      fileId: addFile(store, user),
      documentId,
      projectId: addProject(store, user, documentId),
      ...addBatch(store, user),
      ...addDataset(store, user),
      queuedId,
      presetId,
    };
  };
  for (const user of [owner, admin])
    store.memories.insert(memory({ ownerId: user.id, value: `The ${secretWord} of ${user.name}` }));

  const keys: Readonly<Record<string, Record<string, string>>> = {
    none: {},
    "wrong key": { authorization: `Bearer ${wrong}` },
    "key of another kind": { authorization: "Basic YW5uYTp4" },
    "wrong session": { cookie: `session-8080=${"x".repeat(43)}` },
    "revoked key": revoked.headers,
    "expired session": expired,
    "ended session": ended,
    "disabled user's session": goneSession,
    "disabled user's key": goneKey.headers,
    "owner's key": key(owner, "chat").headers,
    "owner's read key": key(owner, "read").headers,
    "other's key": key(other, "chat").headers,
    "admin's key": key(admin, "chat", "admin").headers,
    "admin's key for steering": key(admin, "admin").headers,
  };
  const sessionsOf: Readonly<Record<string, User>> = {
    "owner's session": owner,
    "other's session": other,
    "admin's session": admin,
  };

  return {
    ...app,
    users: { admin, owner, other },
    secrets,
    clock,
    give,
    headers: (credential) => {
      const user = sessionsOf[credential];
      return user === undefined ? (keys[credential] ?? {}) : session(user);
    },
  };
}
