/** The page that a first try gives: each token renders the whole answer anew. */
import createMarkdownIt from "markdown-it";
import { readTokens } from "./read-tokens.ts";

const markdown = createMarkdownIt({ linkify: true, breaks: true });
const thread = document.querySelector("#thread") ?? document.body;

function message(): Element {
  const article = document.createElement("article");
  article.className = "message";
  thread.append(article);
  return article;
}

const turns = JSON.parse(document.querySelector("#turns")?.textContent ?? "[]") as string[];
for (const text of turns) message().innerHTML = markdown.render(text);

document.querySelector("#ask")?.addEventListener("click", async () => {
  const answer = message();
  let text = "";
  document.body.dataset.state = "streaming";
  for await (const token of readTokens()) {
    text += token;
    answer.innerHTML = markdown.render(text);
    scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
  }
  document.body.dataset.state = "done";
});
document.body.dataset.state = "ready";
