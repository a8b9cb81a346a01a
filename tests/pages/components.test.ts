/** /components is for those who build pages: the program that is installed does not have it. */
import { afterAll, expect, test } from "bun:test";
import { Elysia } from "elysia";
import { createComponentsPage } from "../../src/pages/components.tsx";
import { openAnsweringApp } from "../fakes/answering-app.ts";

const app = openAnsweringApp();
afterAll(() => app[Symbol.asyncDispose]());

test("the program does not have the page of components; a missing page has the frame", async () => {
  const reply = await fetch(`${app.url}/components`, { headers: { accept: "text/html" } });
  expect(reply.status).toBe(404);
  expect(await reply.text()).toContain('id="conversations"');
});

test("it shows each component", async () => {
  const frameOf = () => ({ asset: (name: string) => `/assets/${name}`, sidebar: null });
  const page = new Elysia().use(createComponentsPage(frameOf));
  const html = await (await page.handle(new Request("http://localhost/components"))).text();
  for (const name of "button icon-button input switch slider chip badge tabs menu dialog notice measured sparkline trend card rows table-box code nothing-here skeleton".split(
    " ",
  ))
    expect(html).toContain(`class="${name}`);
  expect(html).toContain("toast in-place");
  for (const tag of ["progress", "meter", "select", "datalist"]) expect(html).toContain(`<${tag}`);
});
