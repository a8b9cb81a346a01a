/** The button below the form to ask with names the model that answers, and opens the card by which another one is chosen. */
import { askToEnd, expect, test } from "./chat.ts";
import { expectLooks } from "./violations.ts";

test.use({ bypassCSP: true, reducedMotion: "reduce" });

test("the button opens the card by keyboard; a model is chosen, and what is typed stays", async ({
  page,
}) => {
  // Other tests of this server have left it as they like.
  await page.request.post("/test/status", { data: {} });
  await page.request.post("/test/engine", {
    data: { state: "ready", modelName: "Demo", progress: null, problem: null },
  });
  await page.goto("/");
  const button = page.getByRole("button", { name: /^Model:/ });
  await expect(button).toHaveText(/Demo/);
  await page.locator("#question").fill("What is a pip?");
  await button.focus();
  await button.press("Enter");
  const card = page.locator(".command-reply");
  await expect(card).toContainText("These models can answer:");
  await expect(button).toBeFocused();
  const row = (name: string) => card.locator("li", { hasText: name });
  await expect(row("Qwen/Qwen3-4B-Instruct")).toContainText("Answers");
  await expect(row("smollm2-135m")).toContainText("Ready in llama");
  await expect(row("SmolLM2 135M instruct")).toContainText("98 MB: fits, this machine has 4.1 GB");
  await expect(row("Phi-3")).toContainText("2.4 GB: tight, this machine has 4.1 GB");
  await expect(row("Qwen2.5 7B")).toContainText("4.7 GB: too big, this machine has 4.1 GB");
  await expect(row("Qwen2.5 7B").getByRole("button")).toHaveCount(0);
  await expectLooks(page, "model-choice");
  const load = row("Phi-3").getByRole("button");
  await load.focus();
  await load.press("Enter");
  await expect(card.getByRole("status").first()).toHaveText("phi3 is being loaded.");
  await expect(page.locator("#question")).toHaveValue("What is a pip?");
  await page.request.post("/test/status", { data: {} });
});

test("the name follows the engine, and the button knows the conversation that was begun", async ({
  page,
}) => {
  const tell = (data: object) => page.request.post("/test/engine", { data });
  try {
    await page.goto("/");
    await askToEnd(page, "hello model");
    await tell({ state: "starting", modelName: "Other", progress: 0.4 });
    const button = page.getByRole("button", { name: /^Model:/ });
    await expect(button).toHaveText(/Loading Other, 40 %/);
    await tell({ state: "failed", modelName: null, progress: null, problem: "It is damaged." });
    await expect(button).toHaveText(/No model/);
    const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    await expect(page.locator("#model-form [name=conversation_id]")).toHaveValue(id);
  } finally {
    await tell({ state: "ready", modelName: "Demo", progress: null, problem: null });
  }
});
