/** Pages in the language of whoever reads them. */
import { describe, expect, test } from "bun:test";
import { openAnsweringApp } from "../fakes/answering-app.ts";

const pageIn = async (path: string, language: string, accepted = "en") => {
  await using app = openAnsweringApp();
  await fetch(`${app.url}/api/settings`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ language }),
  });
  const reply = await fetch(`${app.url}${path}`, { headers: { "accept-language": accepted } });
  return await reply.text();
};

describe("A page", () => {
  test.each([
    ["en", '<html lang="en"', "New chat"],
    ["de", '<html lang="de"', "Neuer Chat"],
    ["es", '<html lang="es"', "Nuevo chat"],
    ["fr", '<html lang="en"', "New chat"],
    ["ar-XB", '<html lang="ar-XB" dir="rtl"', "⟦Ñéw çhát···⟧"],
  ])("speaks %p", async (language, html, label) => {
    const page = await pageIn("/", language, "de-CH, de;q=0.9");
    expect(page).toContain(html);
    expect(page).toContain(`aria-label="${label}"`);
  });

  test.each([
    ["de-CH, de;q=0.9", "de"],
    ["es", "es"],
    ["fr", "en"],
  ])(
    "speaks as the browser of %p where nobody has chosen a language, and the model hears nothing of it",
    async (accepted, language) => {
      await using app = openAnsweringApp();
      const reply = await fetch(`${app.url}/settings/answers`, { headers: { "accept-language": accepted } });
      const page = await reply.text();
      expect(page).toContain(`<html lang="${language}"`);
      expect(app.preferences.promptOf(null)).not.toContain("language");
      const error = await fetch(`${app.url}/api/conversations/none`, {
        headers: { "accept-language": accepted },
      });
      expect((await error.json()).error.message).toStartWith("There is no such conversation.");
    },
  );

  test("of a user follows their browser, too, until they choose a language", async () => {
    await using app = openAnsweringApp();
    const nobody = { name: "", address: "" };
    const ada = await app.accounts.users.add(nobody, {
      ...{ name: "ada", password: "correct horse battery", role: "member" },
    });
    const { secret } = app.accounts.keys.create(nobody, ada, "mine", ["chat"]);
    const page = async () =>
      (
        await fetch(`${app.url}/settings/you`, {
          headers: { authorization: `Bearer ${secret}`, "accept-language": "de-AT" },
        })
      ).text();
    expect(await page()).toContain("Standard: Browser");
    await app.preferences.ofOwner(ada.id).change({ language: "en" });
    expect(await page()).toContain('<html lang="en"');
  });

  test("has dates as the browser's country writes them", async () => {
    await using app = openAnsweringApp();
    const asked = await fetch(`${app.url}/chat`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ message: "What is gold?" }),
    });
    const { conversation_id: id } = await asked.json();
    await app.generations.idle();
    app.store.conversations.update(id, { updatedAt: Date.UTC(2026, 0, 15) });
    const list = async (accepted: string) =>
      (await fetch(`${app.url}/conversations`, { headers: { "accept-language": accepted } })).text();
    expect(await list("de-AT")).toContain("Jänner 2026");
    expect(await list("de-DE")).toContain("Januar 2026");
    expect(await list("fr")).toContain("January 2026");
  });
});
