/** What owners have chosen: kept for each, checked when it is written and when it is read. */
import { expect, test } from "bun:test";
import { Preferences } from "../../src/preferences/preferences.ts";
import { readSettings } from "../../src/settings/read-settings.ts";
import { preferencesFor } from "../fakes/preferences-for.ts";
import { temporaryStore } from "../store/temporary-store.ts";

const refused = (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    (error: Error) => error.message,
  );

test("an owner's choice wins over the default, is theirs alone, and goes with null", async () => {
  using store = temporaryStore();
  const user = { passwordHash: "", role: "member", createdAt: 1 } as const;
  for (const id of ["anna", "ben"]) store.users.insert({ ...user, id, name: id });
  const preferences = preferencesFor(store);
  await preferences.ofOwner("anna").change({ theme: "dark", seed: 7 });
  await preferences.ofOwner("anna").change({ theme: "light" });
  await preferences.ofOwner(null).change({ theme: "dark" });
  const themes = () => ["anna", "ben", null].map((owner) => preferences.of(owner).theme);
  expect(themes()).toEqual(["light", "system", "dark"]);
  const chosen = preferences
    .ofOwner("anna")
    .states()
    .filter(({ isChosen }) => isChosen);
  expect(chosen.map(({ key, value, fallback }) => [key, value, fallback])).toEqual([
    ["seed", 7, null],
    ["theme", "light", "system"],
  ]);
  await preferences.ofOwner("anna").change({ theme: null });
  expect(themes()).toEqual(["system", "system", "dark"]);
});

test("a wrong value is refused with the setting's name and form, and nothing of the change is kept", async () => {
  using store = temporaryStore();
  const mine = preferencesFor(store).ofOwner(null);
  expect(await refused(mine.change({ theme: "dark", temperature: 9 }))).toBe(
    "Temperature must be a number from 0 to 2.",
  );
  expect(await refused(mine.change({ time_zone: "Mars/Base" }))).toContain("Time zone is not a time zone");
  expect(await refused(mine.change({ colour: "red" }))).toBe('There is no setting "colour".');
  expect(mine.values().theme).toBe("system");
});

test("a stored value that the setting no longer allows counts as none, and so does an unknown key", () => {
  using store = temporaryStore();
  store.transaction(() => {
    store.preferences.set(null, "theme", "sepia");
    store.preferences.set(null, "wallpaper", true);
    store.preferences.set(null, "density", "compact");
  });
  const mine = preferencesFor(store).ofOwner(null);
  expect(mine.values()).toMatchObject({ theme: "system", density: "compact" });
  expect(mine.values()).not.toHaveProperty("wallpaper");
});

test("what config.json or a variable fixes cannot be chosen, and an earlier choice does not count", async () => {
  using store = temporaryStore();
  await preferencesFor(store).ofOwner(null).change({ prose: "free" });
  const fixed = preferencesFor(store, { ANSWERS_PROSE: "none" }).ofOwner(null);
  expect(fixed.values().prose).toBe("none");
  expect(await refused(fixed.change({ prose: "free" }))).toBe(
    "Text after a card is set by ANSWERS_PROSE. Change it there.",
  );
});

test("the prompt has the instructions, the profile, and the language by its name", async () => {
  using store = temporaryStore();
  const { personal } = readSettings({}, "/nonexistent");
  const mine = new Preferences({ store, defaults: personal }).ofOwner(null);
  // Nobody has chosen one: that the pages follow the browser is nothing to the model.
  expect(mine.prompt()).toEndWith("- default currency pair: EURUSD");
  await mine.change({ language: "en" });
  expect(mine.prompt()).toEndWith("- default currency pair: EURUSD\n- preferred language: English");
  await mine.change({
    instructions: "Be brief.",
    language: "de",
    currency: "EUR",
    risk_profile: "aggressive",
  });
  expect(mine.prompt()).toBe(
    "Be brief.\n\nAbout the user:\n- risk profile: aggressive\n- default currency pair: EURUSD\n" +
      "- account currency: EUR\n- preferred language: German\n\n" +
      "Answer in German, unless the user asks for another language.",
  );
  for (const [code, name] of [
    ["es", "Spanish"],
    ["ES", "Spanish"],
    ["pt-BR", "Brazilian Portuguese"],
    ["Schwiizertüütsch", "Schwiizertüütsch"],
    ["de-12", "de-12"],
  ] as const) {
    await mine.change({ language: code });
    expect(mine.prompt()).toContain(`Answer in ${name},`);
  }
});
