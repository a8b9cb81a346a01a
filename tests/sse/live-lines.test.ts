import { expect, test } from "bun:test";
import { liveLinesResponse } from "../../src/sse/live-lines.ts";

test("in silence a blank comes, and every line is JSON all the same", async () => {
  const blanks = Promise.withResolvers<void>();
  async function* lines() {
    yield '{"a":1}\n';
    await blanks.promise;
    yield '{"a":2}\n';
  }
  const reply = liveLinesResponse(lines(), new Request("http://a.example"), { heartbeatMs: 5 });
  let text = "";
  const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
    text += read.value;
    if (text.endsWith("  ")) blanks.resolve();
  }
  expect(text).toMatch(/\n {2,}\{/);
  expect(
    text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([{ a: 1 }, { a: 2 }]);
});
