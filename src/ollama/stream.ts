/** An answer as lines of JSON. It knows nothing of what a line says. */
import { answerFailed } from "../dialects/answer.ts";
import type { GenerationUpdate } from "../generations/generation-update.ts";
import type { Generation } from "../store/schema.ts";
import { type LineForm, lastLine, lineOf } from "./reply.ts";

/** Blank between values of JSON: a line that begins with it is read as without. */
const blank = " ";

/** @param updates of one answer, from its beginning */
export async function* answerLines(
  generation: Generation,
  updates: AsyncIterable<GenerationUpdate>,
  form: LineForm,
): AsyncGenerator<string, void, undefined> {
  let calls = 0;
  for await (const update of updates) {
    if (update.type === "tokens") {
      const model = update.writer?.model ?? generation.model;
      let lines = "";
      for (const token of update.tokens) {
        const line = lineOf(generation, model, token, form, calls);
        if (token.toolCall !== undefined) calls += 1;
        if (line !== null) lines += lineWith(line);
      }
      if (lines !== "") yield lines;
    } else if (update.type === "end") {
      const { outcome } = update;
      yield lineWith(
        outcome.state === "failed"
          ? { error: answerFailed(generation, outcome).message }
          : lastLine(generation, outcome, form),
      );
      return;
    } else yield blank;
  }
}

const lineWith = (value: object) => `${JSON.stringify(value)}\n`;
