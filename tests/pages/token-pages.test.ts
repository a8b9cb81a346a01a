import { afterEach, describe, expect, test } from "bun:test";
import type { GenerateRequest } from "../../src/chat/engine.ts";
import { ask } from "../fakes/answering.ts";
import { type AnsweringApp, openAnsweringApp } from "../fakes/answering-app.ts";
import { ScriptedEngine } from "../fakes/scripted-engine.ts";

/** Of each token it says that it was a guess, and what else it might have been. */
class UnsureEngine extends ScriptedEngine {
  override async *generate(request: GenerateRequest, signal: AbortSignal) {
    for await (const event of super.generate(request, signal))
      yield event.type === "token" && request.sampling.topLogprobs !== null
        ? {
            ...event,
            logprob: Math.log(0.2),
            alternatives: [{ text: "Silver\n<b>", logprob: Math.log(0.7) }],
          }
        : event;
  }
}

let app: AnsweringApp;
afterEach(() => app[Symbol.asyncDispose]());

const page = async (id: string) => (await fetch(`${app.url}/generations/${id}/tokens`)).text();
const post = async (messageId: string, fields: Record<string, string>) => {
  const reply = await fetch(`${app.url}/messages/${messageId}`, {
    method: "POST",
    body: new URLSearchParams(fields),
    redirect: "manual",
  });
  await app.generations.idle();
  return reply.status;
};

describe("How sure an answer was", () => {
  test("is seen when it is run again with probabilities, and an alternative goes on as another version", async () => {
    app = openAnsweringApp({
      engines: [new UnsureEngine({ script: () => ({ answer: "Gold is a metal." }) })],
    });
    const { id, messageId, conversationId } = await app.generations.ask(ask("gold"));
    await app.generations.idle();
    const answers = () => app.store.generations.ofConversation(conversationId);
    expect(await page(id)).toContain("Run again with probabilities");

    // Sent twice it is one.
    for (const _ of [1, 2]) expect(await post(messageId, { do: "measure", after: messageId })).toBe(303);
    expect(answers()).toHaveLength(2);
    const measured = answers().at(-1);
    expect(app.store.messages.get(measured?.messageId ?? "")?.content).toBe("Gold is a metal.");
    const html = await page(measured?.id ?? "");
    expect(html).toContain('class="token sure-3"');
    expect(html).toContain("20 %");
    expect(html).toContain("Silver↵\n&lt;b&gt;</span>");
    const inThread = async (path: string) =>
      (await fetch(`${app.url}/generations/${path}`, { headers: { "HX-Request": "true" } })).text();
    expect(await inThread(`${id}/receipt`)).not.toContain("Underline unsure words");
    expect(await inThread(`${measured?.id}/receipt`)).toContain("Underline unsure words");
    const underlined = await inThread(`${measured?.id}/tokens`);
    expect(underlined).toContain("Underline 4 unsure words");
    expect(underlined).toContain('<span class="figure unsure" title="Probability 20 %">Gold</span> <span');
    const choices = [...html.matchAll(/name="take" value="([^"]+)"/g)].map(([, value = ""]) => value);
    expect(choices.length).toBeGreaterThan(2);

    for (const _ of [1, 2])
      expect(await post(measured?.messageId ?? "", { take: choices[1] ?? "" })).toBe(303);
    expect(answers()).toHaveLength(3);
    const kept = app.generations.tokens(measured?.id ?? "", 0)[0]?.text ?? "";
    const forked = app.store.messages.get(answers().at(-1)?.messageId ?? "")?.content ?? "";
    expect(forked).toStartWith(`${kept}Silver\n<b>`);
    expect(forked.length).toBeGreaterThan(`${kept}Silver\n<b>`.length);
    // The answer itself is as it was.
    expect(app.store.messages.get(measured?.messageId ?? "")?.content).toBe("Gold is a metal.");

    expect(await post(measured?.messageId ?? "", { take: "0.9" })).toBe(404);
    expect(await post(measured?.messageId ?? "", { take: "x" })).toBe(422);
  });
});
