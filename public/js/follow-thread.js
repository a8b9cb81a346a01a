/**
 * Keeps the end of a growing answer in view as long as the reader is there, and leaves the page alone as soon as
 * they scroll up; a button then leads back. Without this file the reader scrolls.
 */
const nearEnd = 120;
// An address that names a message leads there.
let following = location.hash === "" || location.hash === "#end";
let lastY = scrollY;

const distance = () => document.documentElement.scrollHeight - innerHeight - scrollY;
const streaming = () => document.querySelector(".message.streaming") !== null;
const toEnd = () => scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });

function update() {
  if (following) toEnd();
  showButton(!following && distance() > nearEnd && streaming());
}

addEventListener(
  "scroll",
  () => {
    if (distance() <= nearEnd) following = true;
    else if (scrollY < lastY) following = false;
    lastY = scrollY;
    showButton(!following && streaming());
  },
  { passive: true },
);

function showButton(shown) {
  const composer = document.querySelector("#composer");
  let button = composer?.querySelector(".jump");
  if (!shown || composer === null) {
    button?.remove();
    return;
  }
  if (button) return;
  button = document.createElement("button");
  button.type = "button";
  button.className = "button jump";
  button.textContent = "To the end";
  button.addEventListener("click", () => {
    following = true;
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
observe();
