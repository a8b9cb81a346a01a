/** A speech-to-text server of OpenAI's shape that misbehaves on command. It runs in Bun and in Node. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request, as it was understood. */
interface Heard {
  readonly address: string;
  readonly authorization: string | null;
  readonly fields: Readonly<Record<string, string>>;
  readonly file: { readonly name: string; readonly type: string; readonly size: number } | null;
}

type Behaviour = (response: ServerResponse) => void;

export interface FakeSpeech extends AsyncDisposable {
  readonly url: string;
  /** Oldest first. */
  readonly heard: readonly Heard[];
  /** What the next requests get. */
  behaviour: Behaviour;
  /** Resolves when the client of a request has gone before its reply was complete. */
  readonly left: Promise<void>;
}

/** A transcription. */
export const says =
  (text: string): Behaviour =>
  (response) =>
    response.setHeader("content-type", "application/json").end(JSON.stringify({ text }));

/** Another status, with a body that nobody should show. */
export const refuses =
  (status: number, headers: Readonly<Record<string, string>> = {}): Behaviour =>
  (response) =>
    response.writeHead(status, headers).end(JSON.stringify({ error: { message: "the upstream's secret" } }));

export async function startFakeSpeech(): Promise<FakeSpeech> {
  const heard: Heard[] = [];
  let leave = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const server = createServer(async (request, response) => {
    response.once("close", () => response.writableFinished || leave());
    heard.push(await heardIn(request));
    fake.behaviour(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const fake: FakeSpeech = {
    url: `http://127.0.0.1:${port}`,
    heard,
    behaviour: says("What is gold?"),
    left,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}

async function heardIn(request: IncomingMessage): Promise<Heard> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  const type = request.headers["content-type"] ?? "";
  const form = await new Response(Buffer.concat(pieces), { headers: { "content-type": type } }).formData();
  const entries = [...form.entries()] as [string, string | File][];
  const file = entries.map(([, value]) => value).find((value) => typeof value !== "string");
  return {
    address: request.url ?? "",
    authorization: request.headers.authorization ?? null,
    fields: Object.fromEntries(
      entries.flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
    ),
    file: file === undefined ? null : { name: file.name, type: file.type, size: file.size },
  };
}
