/**
 * Keeps the end of a growing answer in view as long as the reader is there, and leaves the page alone as soon as
 * they scroll up; a button then leads back. A reload, and a way back from another conversation, shows what was read.
 * Without this file the reader scrolls.
 */
const nearEnd = 120;
/** What stays at the top of the window. */
const headHeight = 64;
const place = `place:${location.pathname}${location.search}`;
// An address that names a message leads there.
let following = location.hash === "" || location.hash === "#end";
/** An answer is being written, or was, below what the reader looks at. */
let unread = false;
let lastY = scrollY;

const distance = () => document.documentElement.scrollHeight - innerHeight - scrollY;
const streaming = () => document.querySelector(".message.streaming") !== null;

/** The answer whose card the reader was led to. */
let led = null;

/** A card that fills the window is shown from its question on: its result stands first. */
function leadToCard() {
  const answer = document.querySelector("#thread > .message:last-of-type");
  const card = answer?.querySelector(".desk-card");
  if (!card || answer.id === led) return false;
  const question = answer.previousElementSibling ?? answer;
  const top = question.getBoundingClientRect().top - headHeight;
  if (card.getBoundingClientRect().bottom - top < innerHeight - headHeight) return false;
  led = answer.id;
  following = false;
  scrollBy({ top, behavior: "instant" });
  return true;
}

function toEnd() {
  // Two answers beside each other have no one end.
  if (document.querySelector("#thread") === null || leadToCard()) return;
  scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
}

function update() {
  if (following) toEnd();
  else if (distance() > nearEnd && streaming()) unread = true;
  showButton();
}

addEventListener(
  "scroll",
  () => {
    if (distance() <= nearEnd) following = true;
    else if (scrollY < lastY) following = false;
    unread = !following && (unread || streaming());
    lastY = scrollY;
    showButton();
  },
  { passive: true },
);

function showButton() {
  const composer = document.querySelector("#composer");
  let button = composer?.querySelector(".jump");
  if (!unread || composer === null) {
    button?.remove();
    return;
  }
  if (button) return;
  button = document.createElement("button");
  button.type = "button";
  button.className = "button jump";
  button.textContent = word("New text below");
  button.addEventListener("click", () => {
    following = true;
    unread = false;
    update();
    document.querySelector("#question")?.focus({ preventScroll: true });
  });
  composer.append(button);
}

// Something was asked: its answer is what the reader wants to see. Another branch is looked at where the reader is.
document.addEventListener("htmx:before:request", (event) => {
  const { sourceElement: form, request } = event.detail?.ctx ?? {};
  if (form?.matches?.("[data-composer], .edit-form")) following = true;
  else if (form?.matches?.(".tools, .receipt form"))
    following = ["again", "replay"].includes(request?.submitter?.value);
});

// What the reader opens or closes stays where it is.
document.addEventListener("click", (event) => {
  if (event.target.closest(".thread summary")) following = false;
});

/** The first message in view and where it stands; none while the reader follows the end. */
function keepPlace() {
  const first = [...document.querySelectorAll("#thread > .message")].find(
    (message) => message.getBoundingClientRect().bottom > 0,
  );
  try {
    if (following || first === undefined) sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, `${first.id} ${first.getBoundingClientRect().top}`);
  } catch {
    // The browser keeps nothing for this page.
  }
}

function findPlace() {
  const [id, top] = sessionStorage.getItem(place)?.split(" ") ?? [];
  const message = document.getElementById(id);
  if (message === null || !following) return;
  following = false;
  history.scrollRestoration = "manual";
  message.scrollIntoView({ behavior: "instant" });
  scrollBy({ top: message.getBoundingClientRect().top - Number(top), behavior: "instant" });
}

const observer = new ResizeObserver(update);
let observed = null;
function observe() {
  // A new chat begins at its top, also after the list was swapped.
  const thread = document.querySelector(".empty") === null ? document.querySelector("#thread") : null;
  if (thread === observed) return;
  observer.disconnect();
  observed = thread;
  if (thread) observer.observe(thread);
}
document.addEventListener("htmx:after:swap", observe);
// Before the frame is drawn, so that it is laid out once.
document.addEventListener("answer:grown", update);
addEventListener("pagehide", keepPlace);
findPlace();
observe();
