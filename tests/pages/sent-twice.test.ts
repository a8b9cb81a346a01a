/** A double click, or a POST that a browser sends again: each form of a page that makes an answer makes one. */
import { afterEach, describe, expect, test } from "bun:test";
import { EngineFailedError } from "../../src/errors.ts";
import { ask } from "../fakes/answering.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";

let app: AnsweringApp;
afterEach(() => app[Symbol.asyncDispose]());

const htmx = { "hx-request": "true", "turns-shown": "1", "list-shown": "" };

interface SentForm {
  readonly action: string;
  readonly fields: [name: string, value: string][];
}

/** The form with this button on the page, as a browser would send it. */
async function formOf(path: string, button: RegExp): Promise<SentForm> {
  const html = await (await fetch(app.url + path)).text();
  const withButton = (texts: RegExpMatchArray | null) => texts?.find((text) => button.test(text)) ?? "";
  const form = withButton(html.match(/<form[\s\S]*?<\/form>/g));
  expect([path, form]).not.toEqual([path, ""]);
  const attribute = (tag: string, name: string) => new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  const pressed = withButton(form.match(/<button[\s\S]*?<\/button>/g));
  const tags = [...(form.match(/<input[^>]*>/g) ?? []), ...(pressed.includes("name=") ? [pressed] : [])];
  return {
    action: attribute(form, "action"),
    fields: tags.map((tag) => [attribute(tag, "name"), attribute(tag, "value")]),
  };
}

/** Sends the form at once and once more when the answer has ended, with htmx and without. */
async function sendAgainAndAgain({ action, fields }: SentForm): Promise<void> {
  const send = async (headers: Record<string, string> = {}) => {
    const body = new URLSearchParams(fields);
    const reply = await fetch(app.url + action, { method: "POST", body, headers, redirect: "manual" });
    await reply.text();
    expect(reply.status).toBeLessThan(400);
  };
  await Promise.all([send(), send(htmx), send()]);
  await app.generations.idle();
  await send();
  await send(htmx);
  await app.generations.idle();
}

const answersOf = (conversation: string) => app.store.generations.ofConversation(conversation);

describe("A form that is sent twice makes one generation", () => {
  test.each([
    ["Ask again", (id: string) => `/c/${id}`],
    ["Run again", (_: string, generation: string) => `/generations/${generation}/receipt`],
  ])("%s", async (name, pathOf) => {
    app = openAnsweringApp();
    const { id, conversationId } = await app.generations.ask(ask("gold"));
    await app.generations.idle();
    await sendAgainAndAgain(await formOf(pathOf(conversationId, id), new RegExp(name)));
    expect(answersOf(conversationId)).toHaveLength(2);
    // From the page as it is now another one is made.
    await sendAgainAndAgain(await formOf(pathOf(conversationId, id), new RegExp(name)));
    expect(answersOf(conversationId)).toHaveLength(3);
  });

  test("Ask again, after the answer that it made was deleted, makes another one", async () => {
    app = openAnsweringApp();
    const { conversationId } = await app.generations.ask(ask("gold"));
    await app.generations.idle();
    const form = await formOf(`/c/${conversationId}`, /Ask again/);
    await sendAgainAndAgain(form);
    const made = answersOf(conversationId).at(-1)?.messageId ?? "";
    await fetch(`${app.url}/api/conversations/${conversationId}/messages/${made}`, { method: "DELETE" });
    expect(await formOf(`/c/${conversationId}`, /Ask again/)).toEqual(form);
    await sendAgainAndAgain(form);
    expect(answersOf(conversationId)).toHaveLength(3);
    expect(app.store.messages.isThere(answersOf(conversationId).at(-1)?.messageId ?? "")).toBe(true);
  });

  test("Retry", async () => {
    let asked = 0;
    const error = new EngineFailedError("It broke. Try again.");
    const script = () => ({ answer: "One two.", ...(asked++ < 2 ? { failAt: { token: 0, error } } : {}) });
    app = openAnsweringApp({ engines: [new ScriptedEngine({ script })] });
    const { conversationId } = await app.generations.ask(ask("gold"));
    await app.generations.idle();
    expect(answersOf(conversationId).map(({ state }) => state)).toEqual(["failed"]);
    await sendAgainAndAgain(await formOf(`/c/${conversationId}`, /Retry/));
    expect(answersOf(conversationId).map(({ state }) => state)).toEqual(["failed", "done"]);
  });

  test("Continue", async () => {
    const script = () => ({ answer: "word ".repeat(400) });
    app = openAnsweringApp({ engines: [new ScriptedEngine({ script })] });
    const question = ask("gold");
    const sampling = { ...question.sampling, maxTokens: 20 };
    const { id, conversationId } = await app.generations.ask({ ...question, sampling });
    await app.generations.idle();
    const continued = () =>
      app.store.tokenLog.read(id).filter((entry) => entry.continued !== undefined).length;
    await sendAgainAndAgain(await formOf(`/c/${conversationId}`, /Continue/));
    expect(continued()).toBe(1);
    await sendAgainAndAgain(await formOf(`/c/${conversationId}`, /Continue/));
    expect(continued()).toBe(2);
    expect(answersOf(conversationId)).toHaveLength(1);
  });
});
