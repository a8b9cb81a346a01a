/** `GET /` for Ollama's programs, which ask whether it is running; a browser gets the page. */
import { Elysia } from "elysia";

/** @param port of our own that Ollama's programs use; null: none */
export const createOllamaGreeting = (port: number | null) =>
  // Register it after the authentication, and before the pages.
  new Elysia({ name: "ollama-greeting" }).onRequest(({ request }) => {
    const { method, headers, url } = request;
    if ((method !== "GET" && method !== "HEAD") || new URL(url).pathname !== "/") return;
    const accept = headers.get("accept") ?? "";
    if (/\btext\/html\b/i.test(accept)) return;
    const isOnItsPort = port !== null && headers.get("host")?.endsWith(`:${port}`) === true;
    const isItsProgram =
      /^application\/json\b/i.test(accept) || /^ollama\b/i.test(headers.get("user-agent") ?? "");
    if (isOnItsPort || isItsProgram)
      return new Response("Ollama is running", { headers: { "content-type": "text/plain; charset=utf-8" } });
  });
