/**
 * What is looked at of each program in JavaScript: the seven things of checks.py, where the reasons stand. A program is a class
 * with `ask`, `stream`, `useTool`, `order` and `refuses`; one that lacks a method has no such check, and table.ts says why.
 * It is copied into the folder that holds the libraries.
 *
 * usage: bun PROGRAMS.mjs REAL_URL SCRIPTED_URL [NAME]   writes a line of JSON for each check
 */
import assert from "node:assert/strict";

/** Short enough that an answer may come to its own end. */
const question = "What is 2 + 2?";
const longestMs = 120_000;
const counted = 150;
const endless = 20_000;
const count = (from, to) => Array.from({ length: to - from }, (_, at) => from + at + 1).join(" ");

/** How one library is used; `url` has no /v1. */
export class Program {
  /** As its documents have it. */
  static model = "gpt-4o-mini";

  constructor(url, mostTokens = 8, model = new.target.model) {
    Object.assign(this, { url, mostTokens, model });
  }
}

/** The id of the answer that came last, from the fetch below the libraries. */
let heard = null;
const fetchBelow = globalThis.fetch;
globalThis.fetch = Object.assign(async (...given) => {
  const response = await fetchBelow(...given);
  heard = response.headers.get("x-generation-id") ?? heard;
  return response;
}, fetchBelow);

/** A stream that is not read to its end is left as its library leaves it. */
async function piecesOf(program, asked, most = Number.POSITIVE_INFINITY) {
  const pieces = [];
  for await (const piece of program.stream(asked)) {
    pieces.push(piece);
    if (pieces.length === most) break;
  }
  return pieces;
}

const got = async (address) => await (await fetchBelow(address)).text();

async function textBehind(url, generation, after) {
  const told = await got(
    `${url}/generations/${generation}/events${after === undefined ? "" : `?after=${after}`}`,
  );
  assert.ok(told.endsWith("data: [DONE]\n\n"), told.slice(-200));
  return [...told.matchAll(/^data: (\{.*)$/gm)]
    .map(([, data]) => JSON.parse(data).choices[0].delta.content ?? "")
    .join("");
}

const checks = {
  plain: {
    needs: "ask",
    async run(Kind, { real }) {
      assert.match(await new Kind(real).ask(question), /\S/);
    },
  },
  streamed: {
    needs: "stream",
    async run(Kind, { real }) {
      const pieces = await piecesOf(new Kind(real), question);
      assert.ok(pieces.length > 2 && /\S/.test(pieces.join("")), JSON.stringify(pieces));
    },
  },
  tools: {
    needs: "useTool",
    async run(Kind, { scripted }) {
      const asked = [];
      const said = await new Kind(scripted, 400).useTool("What does EURUSD cost?", ({ pair }) => {
        asked.push(pair);
        return "1.0842";
      });
      assert.deepEqual(asked, ["EURUSD"]);
      assert.match(said, /It costs .*1\.0842/);
    },
  },
  schema: {
    needs: "order",
    async run(Kind, { real }) {
      const order = await new Kind(real, 200).order("Order two lots of EURUSD.");
      assert.match(order.pair, /^(?:EURUSD|XAUUSD)$/);
      assert.ok(Number.isInteger(order.lots), JSON.stringify(order));
    },
  },
  error: {
    needs: "ask",
    async run(Kind, { real }) {
      const program = new Kind(real, 8, "nothing");
      const error = await program.ask(question).then(
        () => assert.fail("It was not refused."),
        (cause) => cause,
      );
      assert.ok(await program.refuses(error), `${error.constructor.name}: ${error.message}`);
      assert.match(`${error.message} ${error.responseBody ?? ""}`, /Known models:/);
    },
  },
  abort: {
    needs: "stream",
    async run(Kind, { scripted }, left) {
      heard = null;
      await piecesOf(new Kind(scripted, 30_000), `Count to ${endless}.`, 3);
      assert.notEqual(heard, null);
      left.set(Kind, heard);
    },
  },
  resume: {
    needs: "stream",
    async run(Kind, { scripted }) {
      heard = null;
      const begun = (await piecesOf(new Kind(scripted, 4000), `Count to ${counted}.`, 3)).join("");
      const whole = await textBehind(scripted, heard);
      assert.equal(whole, count(0, counted));
      assert.ok(begun !== "" && whole.startsWith(begun), begun);
      assert.equal(`${count(0, 40)}${await textBehind(scripted, heard, 40)}`, whole);
    },
  },
  others: { needs: "others", run: async (Kind, { real }) => await new Kind(real).others() },
};

async function untilIdle({ scripted }) {
  for (let tries = 0; tries < 150; tries++) {
    if (JSON.parse(await got(`${scripted}/health`)).answers.unfinished === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail("Nobody reads it, and it is still written.");
}

async function attempt(run) {
  const { promise: late, reject } = Promise.withResolvers();
  const timer = setTimeout(() => reject(new Error(`more than ${longestMs / 1000} s`)), longestMs);
  try {
    await Promise.race([run(), late]);
    return null;
  } catch (error) {
    console.error(error);
    return `${error.constructor.name}: ${error.message}`;
  } finally {
    clearTimeout(timer);
  }
}

const tell = (program, check, problem, seconds) =>
  console.log(JSON.stringify({ program, check, problem, seconds }));

/** @param programs by their names in table.ts */
export async function run(programs) {
  const [real, scripted, only] = process.argv.slice(2);
  const servers = { real, scripted };
  const left = new Map();
  const aborts = new Map();
  for (const [name, Kind] of Object.entries(programs)) {
    if (only !== undefined && only !== name) continue;
    for (const [check, { needs, run: runCheck }] of Object.entries(checks)) {
      if (Kind.prototype[needs] === undefined || Kind.without?.includes(check)) continue;
      const begun = performance.now();
      const problem = await attempt(() => runCheck(Kind, servers, left));
      // Whether it was stopped is seen at the end, and waited for once.
      if (check === "abort") aborts.set(name, { Kind, problem });
      else tell(name, check, problem, Math.round((performance.now() - begun) / 100) / 10);
    }
  }
  const idle = await attempt(() => untilIdle(servers));
  for (const [name, { Kind, problem }] of aborts) {
    const isStopped = async () => {
      const text = await textBehind(scripted, left.get(Kind));
      assert.ok(!text.endsWith(String(endless)), "It was written to its end.");
    };
    tell(name, "abort", problem ?? idle ?? (await attempt(isStopped)), 0);
  }
  process.exit(0);
}
