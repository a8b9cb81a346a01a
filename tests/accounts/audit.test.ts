import { expect, test } from "bun:test";
import { trimAudit } from "../../src/accounts/audit.ts";
import { temporaryStore } from "../store/temporary-store.ts";

const now = Date.UTC(2026, 1, 3);
const dayMs = 24 * 60 * 60 * 1000;
const entry = (action: string, at = now) => ({ at, actor: "anna", action, target: "", address: "" });

test("The audit log forgets what is older than a year: it was never trimmed", () => {
  using store = temporaryStore();
  for (const days of [400, 367, 365, 0]) store.audit.add(entry("key-created", now - days * dayMs));
  expect(trimAudit(store.audit, now)).toBe(2);
  expect(store.audit.list(9).map(({ at }) => (now - at) / dayMs)).toEqual([0, 365]);
});

test("Failed logins, which anybody can cause, push nothing out of it but other failed logins", () => {
  using store = temporaryStore();
  store.audit.add(entry("user-created"));
  for (let index = 0; index < 6; index++)
    store.audit.add(entry(index % 2 === 0 ? "login-failed" : "login-throttled"));
  store.audit.add(entry("key-created"));
  const kept = { since: 0, mostFailures: 3, most: 100 };
  expect(store.audit.trim(kept)).toBe(3);
  expect(store.audit.trim(kept)).toBe(0);
  expect(
    store.audit
      .list(9)
      .map(({ action }) => action)
      .toReversed(),
  ).toEqual(["user-created", "login-throttled", "login-failed", "login-throttled", "key-created"]);
  expect(store.audit.trim({ ...kept, most: 2 })).toBe(3);
  expect(store.audit.list(9)).toHaveLength(2);
});
