import { describe, expect, test } from "bun:test";
import { calendarFor, calendarOf } from "../../src/pages/calendar.ts";
import { groupOf } from "../../src/pages/list-props.ts";
import { addConversation } from "../fakes/added-conversation.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";

const now = new Date(2026, 2, 31, 10, 30).getTime();
const at = (day: number, hour: number, month = 2) => new Date(2026, month, day, hour).getTime();

test.each([
  [at(31, 0), "Today"],
  [at(31, 10), "Today"],
  [at(30, 23), "Yesterday"],
  [at(30, 0), "Yesterday"],
  [at(29, 23), "Previous 7 days"],
  [at(24, 0), "Previous 7 days"],
  [at(23, 23), "March 2026"],
  [at(5, 5, 0), "January 2026"],
])("a conversation is grouped by the day on which something was last said", (time, group) => {
  expect(groupOf(time, now, calendarOf())).toBe(group);
});

describe("The reader's time zone (A18)", () => {
  const noon = Date.parse("2026-03-31T12:00:00Z");
  const hoursAgo = (hours: number) => noon - hours * 3_600_000;
  test.each([
    // There it is two in the morning of the first of April.
    ["Pacific/Kiritimati", hoursAgo(1), "Today"],
    ["Pacific/Kiritimati", hoursAgo(3), "Yesterday"],
    ["Pacific/Kiritimati", hoursAgo(24 * 32), "February 2026"],
    // There it is one in the night of the thirty-first.
    ["Pacific/Pago_Pago", hoursAgo(0.5), "Today"],
    ["Pacific/Pago_Pago", hoursAgo(2), "Yesterday"],
    ["Pacific/Pago_Pago", hoursAgo(24 * 8 + 2), "March 2026"],
    // The day before had 23 hours.
    ["Europe/Berlin", Date.parse("2026-03-28T22:59:00Z"), "Previous 7 days"],
    ["Etc/GMT+12", hoursAgo(1), "Yesterday"],
  ])("in %s decides what today is", (zone, time, group) => {
    const request = new Request("http://localhost/", { headers: { cookie: `a=b; time-zone=${zone}; c=d` } });
    expect(groupOf(time, noon, calendarFor(request))).toBe(group);
  });

  test.each(["", "Mars/Base", "../../etc", "Europe/Berlin\u0000", "x".repeat(70), "-1", "1"])(
    "that is none (%j) is passed over",
    (zone) => {
      const headers = new Headers();
      try {
        headers.set("cookie", `time-zone=${zone}`);
      } catch {
        // Not even a header can hold it.
        return;
      }
      expect(calendarFor(new Request("http://localhost/", { headers }))).toBe(calendarOf());
    },
  );

  test("decides the dates of the memory, the trash and the search: they were the server's", async () => {
    await using app = openAnsweringApp();
    const time = Date.now() - 24 * 3_600_000;
    const id = addConversation(app.store, { title: "Gold" });
    app.store.conversations.update(id, { updatedAt: time });
    const trashed = addConversation(app.store, { title: "Silver" });
    app.store.conversations.update(trashed, { deletedAt: time });
    const memory = await app.memory.memorize({
      ownerId: null,
      key: "pip",
      value: "A pip is small.",
      category: "facts",
    });
    for (const zone of ["Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
      const on = (at: number) =>
        new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: zone }).format(at);
      const page = async (path: string, headers = {}) =>
        (await fetch(app.url + path, { headers: { ...headers, cookie: `time-zone=${zone}` } })).text();
      expect(await page("/search?q=Gold")).toContain(`>${on(time)}<`);
      for (const path of ["/search?q=Gold", "/list?q=Gold"])
        expect(await page(path, { "hx-request": "true" })).toContain(`>${on(time)}<`);
      expect(await page("/trash")).toContain(`Deleted ${on(time)}, `);
      expect(await page("/memory")).toContain(`>${on(memory.createdAt)}<`);
    }
  });

  test("decides the groups of every page and of every reply to htmx", async () => {
    await using app = openAnsweringApp();
    const time = Date.now() - 13 * 3_600_000;
    const id = addConversation(app.store);
    app.store.conversations.update(id, { updatedAt: time });
    const groups = async (path: string, zone: string, headers: Record<string, string> = {}) => {
      const reply = await fetch(app.url + path, { headers: { ...headers, cookie: `time-zone=${zone}` } });
      return [
        ...new Set([...(await reply.text()).matchAll(/<li class="group">([^<]*)/g)].map(([, name]) => name)),
      ];
    };
    for (const zone of ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Etc/GMT+12", "Asia/Kolkata"]) {
      const wanted = groupOf(time, Date.now(), calendarOf(zone));
      for (const path of ["/", `/c/${id}`, "/conversations", "/memory", "/trash", "/search?q=x"])
        expect([path, zone, await groups(path, zone)]).toEqual([path, zone, [wanted]]);
      for (const path of ["/list", "/conversations", "/search?q="])
        expect(await groups(path, zone, { "hx-request": "true" })).toEqual([wanted]);
    }
  });
});
