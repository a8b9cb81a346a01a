/** Long answers give way to another user's on the real model, and nobody sees a seam. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import {
  askAs,
  endlessAnswer,
  openSharedApp,
  type SharedApp,
  textOf,
} from "../bench/first-token-of-others.ts";

let app: SharedApp;
beforeAll(async () => {
  app = await openSharedApp(1, { sliceMs: 0, patienceMs: 0 });
});
afterAll(() => app[Symbol.asyncDispose]());

const length = 60;

describe("An answer that holds the only slot", () => {
  test("is paused for another user's and written to its end, the same to the letter (the other got no token)", async () => {
    const unbroken = await endlessAnswer(app, "Tell me all about gold.", length).text;
    expect(unbroken.length).toBeGreaterThan(length);
    const paused = endlessAnswer(app, "Tell me all about gold.", length);
    let hasEnded = false;
    const ended = paused.text.then((text) => {
      hasEnded = true;
      return text;
    });
    await paused.began;
    for (const question of ["What is a bond?", "What is a share?"]) {
      let text = "";
      for await (const piece of textOf(await askAs(app, app.alice, question, { max_tokens: 4 })))
        text += piece;
      expect(text).not.toBe("");
      expect(hasEnded).toBe(false);
    }
    expect(await ended).toBe(unbroken);
    expect(app.ended.map(({ writers }) => writers.length)).toEqual([1, 1, 1, 1]);
    expect(app.ended.at(-1)?.usage?.completionTokens).toBe(length);
  });

  test("keeps its form: what is held to a schema is one whole object afterwards", async () => {
    // Whatever the model says, it is as long as this.
    const metal = { enum: ["gold", "silver", "copper", "platinum"] };
    const schema = {
      type: "object",
      properties: { metals: { type: "array", items: metal, minItems: 40, maxItems: 40 } },
      required: ["metals"],
      additionalProperties: false,
    };
    const response_format = { type: "json_schema", json_schema: { name: "metals", schema, strict: true } };
    const began = Promise.withResolvers<void>();
    const whole = (async () => {
      const reply = await askAs(app, app.bob, "Name forty metals.", { response_format, max_tokens: 800 });
      let text = "";
      for await (const piece of textOf(reply)) {
        began.resolve();
        text += piece;
      }
      return text;
    })();
    await began.promise;
    await Array.fromAsync(textOf(await askAs(app, app.alice, "What is a bond?", { max_tokens: 4 })));
    expect(JSON.parse(await whole).metals).toHaveLength(40);
  });
});
