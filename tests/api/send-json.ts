/** Asks a server with JSON, and reads its JSON. */
export async function sendJson(url: string, method: string, path: string, body?: object) {
  const reply = await fetch(url + path, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: reply.status, json: await reply.json() };
}
