/** The server is killed with -9 while it reads a document: the next start reads it, and no passage is lost or there twice. */
import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRealServer } from "../real-server.ts";

const paragraphs = 2_500;
const text = Array.from({ length: paragraphs }, (_, at) =>
  `Paragraph ${at} says that ${at} is a number. `.repeat(8),
).join("\n\n");

test("a document that was half read when the server was killed is read whole by the next start", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "reading-"));
  const start = () => startRealServer({ dataDir, whileLoading: true });
  try {
    let id: string;
    {
      await using server = await start();
      const form = new FormData();
      form.append("file", new File([text], "long.txt"));
      const added = await fetch(`${server.url}/documents`, { method: "POST", body: form });
      ({ id } = await added.json());
      for (;;) {
        const { state, passages } = await (await fetch(`${server.url}/documents/${id}?n=500`)).json();
        expect(state).not.toBe("ready");
        if (passages.length > 0) break;
      }
      await server.kill();
    }
    await using server = await start();
    const look = async () => (await fetch(`${server.url}/documents/${id}?n=1`)).json();
    let read = await look();
    while (read.state === "waiting" || read.state === "reading") {
      await Bun.sleep(20);
      read = await look();
    }
    expect(read.state).toBe("ready");
    const numbers: number[] = [];
    while (numbers.length < read.passage_count) {
      const next = `${server.url}/documents/${id}?n=500&from=${numbers.length + 1}`;
      const { passages } = await (await fetch(next)).json();
      if (passages.length === 0) break;
      numbers.push(...passages.map(({ number }: { number: number }) => number));
    }
    expect(numbers).toEqual(Array.from({ length: read.passage_count }, (_, at) => at + 1));
    expect(read.passage_count).toBeGreaterThan(500);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}, 120_000);
