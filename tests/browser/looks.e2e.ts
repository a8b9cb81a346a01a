/** What can be measured of the looks; the pictures go to test-results/looks for people to look at. */
import { answer, ask, askToEnd, expect, finished, goOn, reaches, test } from "./chat.ts";

const pictures = "test-results/looks";

for (const colorScheme of ["light", "dark"] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("wide", async ({ page }) => {
      await page.goto("/");
      await page.screenshot({ path: `${pictures}/${colorScheme}-new.png`, animations: "disabled" });
      await ask(page, "markdown");
      await reaches(page, "Largest drawdown");
      await page.screenshot({ path: `${pictures}/${colorScheme}-streaming.png`, animations: "disabled" });
      await finished(page);
      await askToEnd(page, "fail in looks", "failed");
      await page.screenshot({ path: `${pictures}/${colorScheme}-failed.png`, animations: "disabled" });
    });

    test("phone of 360 pixels", async ({ page }) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto("/");
      await expect(page.getByRole("heading", { level: 1 })).toBeInViewport();
      await page.screenshot({ path: `${pictures}/${colorScheme}-phone-new.png`, animations: "disabled" });
      await askToEnd(page, "markdown");
      await page.screenshot({ path: `${pictures}/${colorScheme}-phone.png`, animations: "disabled" });
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      const drawer = page.getByRole("navigation", { name: "Conversations" });
      await expect(drawer).toBeHidden();
      await page.getByRole("button", { name: "Conversations" }).click();
      await expect(drawer).toBeInViewport({ ratio: 1 });
      await page.screenshot({ path: `${pictures}/${colorScheme}-drawer.png`, animations: "disabled" });
      await drawer.getByText("This machine only").click();
      for (const name of ["Status", "Deleted", "Logins"]) {
        const box = await drawer.getByRole("link", { name }).boundingBox();
        expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
      }
      // The menu first, then the drawer.
      await page.keyboard.press("Escape");
      await expect(drawer.getByRole("link", { name: "Deleted" })).toBeHidden();
      await expect(drawer).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(drawer).toBeHidden();
    });

    test("the model's state", async ({ page }) => {
      const engine = (state: object) => page.request.post("/test/engine", { data: state });
      await page.clock.install();
      try {
        await engine({ tiny: true, modelName: "SmolLM2 135M" });
        await page.goto("/");
        await page.getByText("Demo model: answers are often wrong").click();
        await expect(page.getByRole("link", { name: "Get a better model" })).toBeVisible();
        await page.screenshot({ path: `${pictures}/${colorScheme}-tiny.png`, animations: "disabled" });
        await engine({ state: "starting", progress: 0.4 });
        await page.goto("/");
        await expect(page.locator("#engine-banner").getByText("Loading SmolLM2 135M")).toBeVisible();
        await page.screenshot({ path: `${pictures}/${colorScheme}-loading.png`, animations: "disabled" });
        await engine({
          state: "failed",
          problem: "The model file is damaged. Run: bun run models pull NAME.",
        });
        await page.clock.fastForward(2500);
        await expect(page.getByText("The model file is damaged.")).toBeVisible();
        await page.screenshot({
          path: `${pictures}/${colorScheme}-engine-failed.png`,
          animations: "disabled",
        });
        await engine({ state: "ready", tiny: false });
        await page.clock.fastForward(6000);
        await expect(page.locator("#engine-banner")).toBeHidden();
      } finally {
        await engine({ state: "ready", tiny: false, problem: null, progress: null });
      }
    });

    test("the storage's state", async ({ page }) => {
      const storage = (state: object) => page.request.post("/test/storage", { data: state });
      try {
        for (const [name, problem, isUrgent] of [
          ["full", "The disk is full, so nothing more can be saved. Free some space and try again.", true],
          [
            "nearly-full",
            "The disk of /home/somebody/local-financial-assistant/data is nearly full: free some space, or answers can no longer be saved.",
            false,
          ],
        ] as const) {
          await storage({ problem, isUrgent });
          await page.setViewportSize({ width: 1280, height: 740 });
          await page.goto("/");
          await expect(page.getByText(problem)).toBeVisible();
          await page.screenshot({ path: `${pictures}/${colorScheme}-${name}.png`, animations: "disabled" });
          await page.setViewportSize({ width: 360, height: 740 });
          await page.screenshot({
            path: `${pictures}/${colorScheme}-${name}-phone.png`,
            animations: "disabled",
          });
          await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
        }
      } finally {
        await storage({ problem: null, isUrgent: false });
      }
    });

    test("text has enough contrast", async ({ page }) => {
      await page.goto("/");
      await askToEnd(page, "fail for contrast", "failed");
      const low = await page.evaluate(() => {
        const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
        if (canvas === null) throw new Error("no canvas");
        const parse = (color: string) => {
          canvas.clearRect(0, 0, 1, 1);
          canvas.fillStyle = color;
          canvas.fillRect(0, 0, 1, 1);
          return [...canvas.getImageData(0, 0, 1, 1).data];
        };
        const luminance = (color: number[]) => {
          const [red = 0, green = 0, blue = 0] = color.map((channel) => {
            const part = channel / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        };
        const background = (element: Element | null): number[] => {
          for (let at = element; at !== null; at = at.parentElement) {
            const color = parse(getComputedStyle(at).backgroundColor);
            if (color[3] === 255) return color;
          }
          return parse(getComputedStyle(document.documentElement).backgroundColor);
        };
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const found: string[] = [];
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const element = node.parentElement;
          if (!element?.checkVisibility() || node.textContent?.trim() === "") continue;
          const [a, b] = [luminance(parse(getComputedStyle(element).color)), luminance(background(element))];
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${node.textContent}`);
        }
        return found;
      });
      expect(low).toEqual([]);
    });
  });

test("the streaming colours and speed come from three variables", async ({ page }) => {
  await page.goto("/");
  await page.addStyleTag({ url: "/assets/css/tokens.css" });
  await page.evaluate(() => {
    const { style } = document.documentElement;
    style.setProperty("--stream-accent", "rgb(1, 2, 3)");
    style.setProperty("--stream-cursor-color", "rgb(4, 5, 6)");
    style.setProperty("--stream-animation-duration", "7s");
  });
  await ask(page, "long held at word10");
  await reaches(page, "word10");
  await expect(answer(page)).toHaveCSS("border-inline-start-color", "rgb(1, 2, 3)");
  const cursor = answer(page).locator(".streaming-cursor");
  await expect(cursor).toHaveCSS("background-color", "rgb(4, 5, 6)");
  await expect(cursor).toHaveCSS("animation-duration", "7s");
  await goOn(page);
});

test("motion is left out for those who ask for that", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/");
  await ask(page, "long held at word10");
  await reaches(page, "word10");
  await expect(answer(page).locator(".streaming-cursor")).toHaveCSS("animation-name", "none");
  await goOn(page);
});

test("the end of the answer stays in view until the reader scrolls up", async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 420 });
  await page.goto("/");
  await ask(page, "paragraphs held at Paragraph 7, Paragraph 9");
  await reaches(page, "Paragraph 7");
  await expect(answer(page).locator(".streaming-cursor")).toBeInViewport();
  await page.mouse.move(300, 150);
  await page.mouse.wheel(0, -600);
  const jump = page.getByRole("button", { name: "New text below" });
  await expect(jump).toBeVisible();
  const top = await page.evaluate(() => scrollY);
  await goOn(page);
  await reaches(page, "Paragraph 9");
  expect(await page.evaluate(() => scrollY)).toBe(top);
  await jump.click();
  await goOn(page);
  await finished(page);
  await expect(answer(page).locator(".message-footer")).toBeInViewport();
});
