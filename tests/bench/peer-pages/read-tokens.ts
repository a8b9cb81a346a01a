/** The tokens of an answer as server-sent events, for the pages that ours is compared with. */
export async function* readTokens(): AsyncGenerator<string, void, undefined> {
  const reply = await fetch(`/tokens${location.search}`);
  if (reply.body === null) throw new Error("The answer has no body.");
  const decoder = new TextDecoder();
  let rest = "";
  const reader = reply.body.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const frames = (rest + decoder.decode(chunk.value, { stream: true })).split("\n\n");
    rest = frames.pop() ?? "";
    for (const frame of frames) yield String(JSON.parse(frame.slice("data: ".length)));
  }
}
