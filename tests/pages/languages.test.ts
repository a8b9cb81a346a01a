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
});
