/** Several conversations chosen on one page: what is done with them, and how it is undone. */
import { afterEach, expect, test } from "bun:test";
import { addConversation } from "../fakes/added-conversation.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";

let app: AnsweringApp;
afterEach(() => app[Symbol.asyncDispose]());

const page = async (path: string) => (await fetch(app.url + path)).text();
const send = (fields: readonly (readonly [name: string, value: string])[], query = "") =>
  fetch(`${app.url}/conversations${query}`, {
    method: "POST",
    body: new URLSearchParams(fields.map(([name, value]) => [name, value])),
    headers: { origin: app.url },
    redirect: "manual",
  });
const chosen = (ids: readonly string[]) => ids.map((id) => ["id[]", id] as const);
/** Presses the button of the notice. */
async function undo(html: string) {
  const form =
    /<form method="post" action="\/conversations[^"]*">((?:(?!<\/form>).)*Undo(?:(?!<\/form>).)*)<\/form>/s.exec(
      html,
    )?.[1] ?? "";
  const fields = [...form.matchAll(/name="(id\[\]|was\[\]|do)" value="([^"]*)"/g)].map(
    ([, name = "", value = ""]) => [name, value] as const,
  );
  return (await send(fields)).text();
}
const open = () => {
  app = openAnsweringApp();
  return ["Gold", "Silver", "Copper"].map((title) => addConversation(app.store, { title }));
};
const get = (id: string) => app.store.conversations.getAny(id);

test("those that are selected are archived, and one Undo takes all of them out again", async () => {
  const [gold = "", silver = "", copper = ""] = open();
  expect(await page("/conversations")).toContain(`value="${gold}" aria-label="Select: Gold"`);
  const html = await (await send([["do", "archive"], ...chosen([gold, silver])])).text();
  expect(html).toContain("2 conversations archived.");
  expect([gold, silver, copper].map((id) => get(id)?.archivedAt !== null)).toEqual([true, true, false]);
  expect(html).toContain("<small>2</small>");
  expect(await undo(html)).toContain("2 conversations unarchived.");
  expect([gold, silver].map((id) => get(id)?.archivedAt)).toEqual([null, null]);
});

test("they are moved to a folder, and back to where each was", async () => {
  const [gold = "", silver = ""] = open();
  app.store.conversations.update(silver, { folder: "Metals & more" });
  const html = await (await send([["do", "move"], ["folder", " Safe "], ...chosen([gold, silver])])).text();
  expect(html).toContain("2 conversations moved to Safe.");
  expect([gold, silver].map((id) => get(id)?.folder)).toEqual(["Safe", "Safe"]);
  expect(await undo(html.replaceAll("&amp;", "&"))).toContain("Moved back.");
  expect([gold, silver].map((id) => get(id)?.folder)).toEqual(["", "Metals & more"]);
  const long = await send([["do", "move"], ["folder", "x".repeat(101)], ...chosen([gold])]);
  expect([long.status, (await long.text()).includes("1 to 100 characters")]).toEqual([422, true]);
});

test("they are deleted, and one Undo restores all that were not erased meanwhile", async () => {
  const [gold = "", silver = "", copper = ""] = open();
  const html = await (await send([["do", "delete"], ...chosen([gold, silver, copper])])).text();
  expect(html).toContain("3 conversations deleted.");
  app.store.conversations.erase(silver);
  expect(await undo(html)).toContain("Restored.");
  expect([gold, silver, copper].map((id) => get(id)?.deletedAt)).toEqual([null, undefined, null]);
});

test("they are saved as one file that can be imported, the others are not in it", async () => {
  const [gold = "", silver = ""] = open();
  const reply = await send([["do", "export"], ...chosen([gold, silver, "of-nobody"])]);
  expect(reply.headers.get("content-disposition")).toMatch(
    /^attachment; filename="conversations-[\d-]+\.json"$/,
  );
  const { conversations } = await reply.json();
  expect(conversations.map(({ title }: { title: string }) => title)).toEqual(["Gold", "Silver"]);
});

test("without a selection nothing is done, and the page says so; what is gone is passed over", async () => {
  const [gold = ""] = open();
  const none = await send([["do", "delete"]]);
  expect([none.status, (await none.text()).includes("Select at least one conversation.")]).toEqual([
    422,
    true,
  ]);
  const html = await (await send([["do", "delete"], ...chosen(["of-nobody", gold])])).text();
  expect(html).toContain("1 conversation deleted.");
});
