import { expect, test } from "bun:test";
import { AgainForm } from "../../views/fragments/again-form.tsx";
import { toHtml } from "../../views/to-html.ts";

const again = { messageId: "m", conversationId: "c", after: "m", models: [] };

test("an answer that may recall can be asked for again without memory", () => {
  expect(toHtml(<AgainForm again={{ ...again, recalls: true }} />)).toContain("Without memory");
  expect(toHtml(<AgainForm again={{ ...again, recalls: false }} />)).not.toContain("Without memory");
});
