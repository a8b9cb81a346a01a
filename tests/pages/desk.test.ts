/** The pages of the desk, as a browser without scripts uses them. Each calculator is tried by its own examples. */
import { afterAll, describe, expect, test } from "bun:test";
import { calculators } from "../../src/finance/calculators/calculators.ts";
import { openAnsweringApp } from "../fakes/answering-app.ts";

const app = openAnsweringApp();
afterAll(() => app[Symbol.asyncDispose]());

const open = async (path: string, headers: Record<string, string> = {}) => {
  const reply = await fetch(app.url + path, { headers });
  return { status: reply.status, html: await reply.text(), url: reply.url };
};
const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(app.url + path, {
    method: "POST",
    body: new URLSearchParams(form),
    headers: { origin: app.url, ...headers },
    redirect: "manual",
  });
const query = (inputs: Readonly<Record<string, unknown>>) =>
  new URLSearchParams(Object.entries(inputs).map(([name, value]) => [name, String(value)]));
const growth = "start=10000&end=16000&years=5";

test("the desk leads to every calculator, the sidebar leads to the desk", async () => {
  const { status, html } = await open("/desk");
  expect(status).toBe(200);
  for (const { name } of calculators) expect(html).toContain(`href="/calculators/${name}"`);
  expect((await open("/")).html).toContain('href="/desk"');
  expect(html).toContain('href="/instruments"');
});

test("calculators are found by their words in English and German", async () => {
  const found = (await open("/calculators?q=J%C3%84HRLICHE+wachstumsrate")).html;
  expect(found).toContain('href="/calculators/cagr"');
  const links = [...found.matchAll(/href="\/calculators\/([\w-]+)"/g)].map(([, name]) => name);
  expect(links.length).toBeLessThan(calculators.length);
  expect((await open("/calculators?q=<b>nothing")).html).toContain("“&lt;b&gt;nothing”");
});

describe.each(calculators.map((each) => [each.name, each] as const))(
  "%s",
  (name, { title, inputs, asked }) => {
    test("has a form with a labelled field for each input", async () => {
      const { status, html } = await open(`/calculators/${name}`);
      expect(status).toBe(200);
      expect(html).toContain(`<h1>${title.replaceAll("&", "&amp;")}</h1>`);
      for (const input of Object.keys(inputs.properties)) {
        expect(html).toContain(`<label for="field-${input}">`);
        expect(html).toMatch(new RegExp(`<(?:input|select|textarea) id="field-${input}" name="${input}"`));
      }
      expect(html).not.toContain('id="result"');
    });

    test("shows the result of each of its examples by its address, with links to facts that are there", async () => {
      for (const example of asked.examples) {
        const { status, html } = await open(`/calculators/${name}?${query(example.inputs)}`);
        expect([example.question, status]).toEqual([example.question, 200]);
        expect(html).toContain('id="result"');
        const facts = [...html.matchAll(/href="\/facts\/(f[0-9a-f]{24})"/g)].map(([, id]) => id);
        expect(facts.length).toBeGreaterThan(0);
        for (const id of facts) {
          const fact = await open(`/facts/${id}`);
          expect([id, fact.status]).toEqual([id, 200]);
          // The way back to the inputs gives the same fact.
          const back = /href="(\/calculators\/[^"]+)#result"/.exec(fact.html)?.[1]?.replaceAll("&amp;", "&");
          expect((await open(back ?? "")).html).toContain(`/facts/${id}`);
        }
      }
    });

    test("keeps what was filled in when an input is refused, and says why beside it", async () => {
      const [example] = asked.examples;
      // A choice is made among those that there are.
      const written = Object.keys(example?.inputs ?? {}).filter((input) => !inputs.properties[input]?.anyOf);
      for (const input of written) {
        const filled = { ...example?.inputs, [input]: "<i>wrong" };
        const { status, html } = await open(`/calculators/${name}?${query(filled)}`);
        const isKept = /="<i>wrong"|>&lt;i&gt;wrong</.test(html);
        const isTold = html.includes('role="alert"') && !html.includes('id="result"');
        expect([input, status, isKept, isTold]).toEqual([input, 422, true, true]);
      }
    });
  },
);

test("the result is first, with its inputs, formula, source, and a question for the chat", async () => {
  const { html } = await open(`/calculators/cagr?${growth}`);
  const order = ['id="result"', "9.86", "Inputs as read", "10,000", "(16000 ÷ 10000)^(1 ÷ 5) − 1", "CFA"];
  const card = html.slice(html.indexOf('id="result"') - 10);
  for (const [index, part] of order.entries())
    expect([part, card.indexOf(part) > card.indexOf(order[index - 1] ?? "<")]).toEqual([part, true]);
  const draft = /href="(\/\?draft=[^"]+)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";
  expect((await open(draft)).html).toContain("Result: Growth a year: 9.86%");
});

test("fields that are left empty are left out of the address", async () => {
  const { url, status } = await open(
    "/calculators/savings-plan?deposit=500&every=month&rate=6&years=20&months=&currency=",
  );
  expect(status).toBe(200);
  expect(new URL(url).search).toBe("?deposit=500&every=month&rate=6&years=20");
});

test("an address that another site makes a browser load stores nothing", async () => {
  await using own = openAnsweringApp();
  const load = (site: string) =>
    fetch(`${own.url}/calculators/cagr?${growth}`, {
      headers: { "sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
    });
  const html = await (await load("cross-site")).text();
  expect(html).toContain("9.86");
  expect(html).not.toContain('href="/facts/');
  expect(own.store.facts.newest(null, 10)).toEqual([]);
  expect(await (await load("same-origin")).text()).toContain('href="/facts/');
});

test("every input that is missing is told, beside the one that was refused; one of them gets the focus", async () => {
  const { status, html } = await open("/calculators/cagr?start=abc");
  expect(status).toBe(422);
  for (const message of ["must be a plain number", "Value at the end is missing.", "Years is missing."])
    expect(html).toContain(message);
  expect(html.match(/ autofocus/g)).toHaveLength(1);
  expect(html.match(/aria-invalid="true"/g)).toHaveLength(3);
});

test("an input that is not known, a calculator that is not there", async () => {
  const unknown = await open(`/calculators/cagr?${growth}&rate=1`);
  expect([unknown.status, unknown.html.includes("has no input")]).toEqual([422, true]);
  expect((await open("/calculators/no-such-thing")).status).toBe(404);
  expect((await open("/facts/f000000000000000000000000")).status).toBe(404);
});

test("a fact is computed again by a plain form, is a fragment for htmx, and stands on the desk once", async () => {
  const { html } = await open(`/calculators/cagr?${growth}`);
  const id = /\/facts\/(f[0-9a-f]{24})/.exec(html)?.[1] ?? "";
  const again = await post(`/facts/${id}`, {});
  expect(again.status).toBe(200);
  expect(await again.text()).toContain("<strong>Equal.</strong>");
  const fragment = await open(`/facts/${id}`, { "hx-request": "true" });
  expect(fragment.html).toStartWith(`<article id="fact-${id}"`);
  const part = await (await post(`/facts/${id}`, {}, { "hx-request": "true" })).text();
  expect(part).toStartWith(`<hx-partial hx-target="#fact-${id}" hx-swap="outerHTML">`);
  expect(part).toContain("Equal.");
  expect((await open("/desk")).html.split(`/facts/${id}`)).toHaveLength(2);
});

describe("an instrument", () => {
  const specification = {
    symbol: "zz test",
    name: "Test <b>share",
    kind: "share",
    quote: "usd",
    pip: "0.01",
    contract_size: "1",
    lot_step: "1",
    min_lot: "1",
    synonyms: "testing, try",
  };

  test("is added, changed, refused with what was filled in, and removed, by plain forms", async () => {
    const added = await post("/instruments/add", specification);
    expect(added.headers.get("location")).toBe("/instruments/ZZTEST?done=saved");
    for (const known of ["zz-test", "gold", "EUR/USD"]) {
      const again = await post("/instruments/add", { ...specification, symbol: known });
      expect([known, again.status, (await again.text()).includes("by this name")]).toEqual([
        known,
        422,
        true,
      ]);
    }
    const page = await open("/instruments/ZZTEST?done=saved");
    expect(page.html).toContain("Saved.");
    expect(page.html).toContain('value="testing, try"');
    const { symbol: _, ...rest } = specification;
    const refused = await post("/instruments/ZZTEST", { ...rest, pip: "1,000", name: "Another" });
    const html = await refused.text();
    expect([refused.status, html.includes('value="Another"'), html.includes("two ways")]).toEqual([
      422,
      true,
      true,
    ]);
    expect((await post("/instruments/ZZTEST", { ...rest, pip: "0.05" })).status).toBe(303);
    const list = (await open("/instruments?q=testing")).html;
    expect(list).toContain("<td>0.05</td>");
    expect(list).toContain("Test &lt;b&gt;share");
    const removed = await post("/instruments/ZZTEST", { do: "reset" });
    expect(removed.headers.get("location")).toBe("/instruments?done=removed");
    expect((await open("/instruments/ZZTEST")).status).toBe(404);
  });
});
