/** A walk through the program in a Firefox, by its mouse and its keys (`./run.sh test --only firefox`). */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { calling, toolsOfSize } from "../fakes/model-tools.ts";
import { answers } from "../fakes/scripted-answers.ts";
import { type Script, ScriptedEngine } from "../fakes/scripted-engine.ts";
import { Firefox, keys } from "./firefox.ts";

const pictures = join(import.meta.dir, "../../test-results/firefox");
mkdirSync(pictures, { recursive: true });

/** Without figures, which would be marked. */
const heldWords = Array.from(
  { length: 40 },
  (_, at) => `word${String.fromCharCode(65 + (at % 26), 65 + Math.floor(at / 26))}`,
);
const lastWords = heldWords.slice(-2).join(" ");

/** "held" is written up to a word and waits there; "position size" calls a tool; other names have their answer. */
function scripted(): { readonly engine: ScriptedEngine; readonly go: () => void } {
  const gone = Promise.withResolvers<void>();
  const call = {
    id: "call_1",
    name: "position-size",
    arguments: JSON.stringify({
      balance: 10_000,
      currency: "USD",
      riskPercent: 1,
      symbol: "EURUSD",
      stopPips: 25,
    }),
  };
  const script = (request: Parameters<ReturnType<typeof calling>>[0]): Script => {
    const question = request.messages.findLast(({ role }) => role === "user")?.content ?? "";
    if (question.includes("position size")) return calling([call], "It is 0.40 lots.")(request);
    if (!question.startsWith("held")) return { answer: answers[question] ?? `You said: ${question}.` };
    const pace: Script["pace"] = async (token, signal) => {
      if (token < 20) return;
      const aborted = Promise.withResolvers<void>();
      signal.addEventListener("abort", () => aborted.resolve(), { once: true });
      await Promise.race([gone.promise, aborted.promise]);
    };
    return { answer: heldWords.join(" "), pace };
  };
  return { engine: new ScriptedEngine({ script }), go: () => gone.resolve() };
}

let firefox: Firefox;
let app: AnsweringApp;
let go: () => void;
beforeAll(async () => {
  firefox = await Firefox.open();
});
afterAll(() => firefox[Symbol.asyncDispose]());
beforeEach(async () => {
  const { engine, go: goOn } = scripted();
  go = goOn;
  app = openAnsweringApp({ engines: [engine], toolsFor: toolsOfSize() });
  await firefox.resize(1280, 900);
  await firefox.goto(app.url);
});
afterEach(async () => {
  // What is still fetched when the page is left is an error of its service worker. The icon comes later, when nobody can tell.
  await firefox.until(`document.readyState === "complete"`);
  await firefox.goto("about:blank");
  await app[Symbol.asyncDispose]();
  // What a page still waits for when it is left is an error to htmx in a Firefox alone: nobody is there to see it.
  const left =
    /Error in input stream|NetworkError when attempting to fetch|favicon\.svg\S* A ServiceWorker intercepted the request/;
  expect(firefox.errors.splice(0).filter((error) => !left.test(error))).toEqual([]);
});

const text = (selector: string) =>
  firefox.read<string>(`document.querySelector(${JSON.stringify(selector)}).innerText.trim()`);
const has = (selector: string) => `document.querySelector(${JSON.stringify(selector)}) !== null`;
const count = (selector: string, number: number) =>
  `document.querySelectorAll(${JSON.stringify(selector)}).length === ${number}`;

async function ask(question: string, answersBefore = 0): Promise<void> {
  await firefox.click("#question");
  await firefox.type(question + keys.enter);
  await firefox.until(count(".message.assistant", answersBefore + 1));
}
const ended = (state = "done") => firefox.until(has(`.message.assistant.${state}:not(.streaming)`));

describe("In a Firefox", () => {
  test("an answer streams: its beginning is shown while its end is not written", async () => {
    await ask("held");
    await firefox.until(`document.querySelector(".prose").innerText.includes("${heldWords[15]}")`);
    expect(await text(".prose")).not.toContain(heldWords[30]);
    await firefox.picture(join(pictures, "streaming.png"));
    go();
    await ended();
    expect(await text(".prose")).toEndWith(lastWords);
  });

  test("an answer is stopped with Escape, and continued", async () => {
    await ask("held");
    await firefox.until(`document.querySelector(".prose").innerText.includes("${heldWords[15]}")`);
    await firefox.type(keys.escape);
    await ended("stopped");
    go();
    await firefox.click(".message.assistant button.continue");
    await ended("done");
    expect(await text(".prose")).toEndWith(lastWords);
  });

  test("a page that is loaded again in mid-answer goes on with it", async () => {
    await ask("held");
    await firefox.until(`document.querySelector(".prose").innerText.includes("${heldWords[15]}")`);
    await firefox.goto(await firefox.read<string>("location.href"));
    await firefox.until(`document.querySelector(".prose").innerText.includes("${heldWords[15]}")`);
    go();
    await ended();
    expect(await text(".prose")).toEndWith(lastWords);
  });

  test("tables, listings and a tool's figures look right, and a menu stands beside its button", async () => {
    await ask("tables");
    await ended();
    expect(await firefox.read<number>(`document.querySelectorAll(".prose table").length`)).toBeGreaterThan(0);
    await ask("About my position size: I have $10,000, I risk 1%, my stop is 25 pips in EURUSD.", 1);
    await firefox.until(`document.querySelector(".tool-call summary")?.innerText.includes("0.40")`);
    await firefox.until(has(".prose .figure.computed"));
    await firefox.click(".tool-call summary");
    await firefox.picture(join(pictures, "tool.png"));
    expect(await firefox.read<boolean>("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  });

  test("a question is edited, and the arrows lead from one to the other", async () => {
    await ask("first words");
    await ended();
    await firefox.click(".message.user a[href$='/edit']");
    await firefox.until(has(".edit-form textarea"));
    await firefox.read(`(document.querySelector(".edit-form textarea").select(), true)`);
    await firefox.type("other words");
    await firefox.click(".edit-form button[type=submit]");
    await firefox.until(`document.querySelector(".message.user").innerText.includes("2 of 2")`);
    await firefox.until(`document.querySelector(".prose").innerText.includes("You said: other words.")`);
  });

  test("the palette opens by its keys, and leads to a page", async () => {
    await firefox.chord(keys.control, "k");
    // Its window has no focus, so that no element of it is :focus.
    await firefox.until(`document.activeElement.id === "palette-words"`);
    await firefox.type("settings");
    await firefox.until(`document.querySelector("#palette [role=option]")?.pathname.startsWith("/settings")`);
    await firefox.type(keys.enter);
    await firefox.until(`location.pathname.startsWith("/settings")`);
    await firefox.picture(join(pictures, "settings.png"));
  });

  test("no page scrolls sideways on a phone", async () => {
    await firefox.resize(390, 844);
    const paths = ["/", "/desk", "/data", "/memory", "/settings", "/calculators/position-size", "/docs"];
    for (const path of paths) {
      await firefox.goto(`${app.url}${path}`);
      const isWide = await firefox.read<boolean>("document.documentElement.scrollWidth > innerWidth");
      expect({ path, isWide }).toEqual({ path, isWide: false });
      await firefox.picture(join(pictures, `phone${path.replaceAll("/", "-")}.png`));
    }
  });
});
