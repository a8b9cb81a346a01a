/**
 * Keeps what is typed and not yet sent, with the files that are attached to it, for each conversation, until this tab is closed,
 * and puts it back when the conversation is opened again. It is forgotten when it is sent, at a logout (forget-drafts.js), when somebody else logs in, and on the event
 * "drafts:forget" at the document. Without this file the field is empty after a detour.
 */
const place = "drafts";
/** Of so many conversations, those that were typed in last, and of so many characters together. */
const mostDrafts = 20;
const mostCharacters = 200_000;

const field = () => document.querySelector("#question");
const conversation = () => document.querySelector("#composer-fields [name=conversation_id]")?.value ?? "";
const viewer = () => document.querySelector(".sidebar .viewer-name")?.textContent ?? "";

/** Of the question that is being written: [id, name, size]. */
const attached = () =>
  [...document.querySelectorAll("#composer-files .file-chip:not([data-file=''])")].map((chip) => [
    chip.dataset.file,
    ...[".file-name", ".file-state"].map((part) => chip.querySelector(part).textContent.trim()),
  ]);

/** Oldest first: [conversation, text, files]. What another version of the program left is not taken for ours. */
function read() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place) ?? "null");
    if (kept?.viewer !== viewer() || !Array.isArray(kept.drafts)) return [];
    return kept.drafts.filter(
      ([id, text, files]) => typeof id === "string" && typeof text === "string" && Array.isArray(files ?? []),
    );
  } catch {
    return [];
  }
}

function keep(id, text, files) {
  const others = read().filter(([other]) => other !== id);
  const isNone = text.trim() === "" && files.length === 0;
  let drafts = isNone ? others : [...others, files.length === 0 ? [id, text] : [id, text, files]];
  drafts = drafts.slice(-mostDrafts);
  while (drafts.reduce((sum, [, { length }]) => sum + length, 0) > mostCharacters) drafts.shift();
  try {
    if (drafts.length === 0) sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, JSON.stringify({ viewer: viewer(), drafts }));
  } catch {
    // The browser keeps nothing for this page, or has no room: the field itself still holds what is typed.
  }
}

function keepShown() {
  keep(conversation(), field().value, attached());
}

const forget = () => sessionStorage.removeItem(place);

document.addEventListener("drafts:forget", forget);

document.addEventListener("input", ({ target }) => {
  if (target === field()) keepShown();
});
document.addEventListener("files:changed", keepShown);
document.addEventListener("files:wanted", ({ detail }) => detail.push(...attached()));

// A question in a new chat gives the form its conversation: what is typed after it was sent belongs there.
const isComposer = (event) => event.detail?.ctx?.sourceElement?.matches?.("[data-composer]") === true;
let askedIn = "";
document.addEventListener("htmx:before:request", (event) => {
  if (isComposer(event)) askedIn = conversation();
});
document.addEventListener("htmx:after:swap", (event) => {
  if (!isComposer(event) || event.detail.ctx.response?.status !== 200) return;
  keep(askedIn, "", []);
  keepShown();
});

const [, draft = "", files = []] = read().find(([id]) => id === conversation()) ?? [];
if (files.length > 0) document.dispatchEvent(new CustomEvent("draft:files", { detail: files }));
if (draft !== "" && field()?.value === "") {
  field().value = draft;
  // As if it had been typed: the field grows with it.
  field().dispatchEvent(new Event("input", { bubbles: true }));
}
