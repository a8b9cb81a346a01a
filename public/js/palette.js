/** Opens the palette with Ctrl or ⌘ and K; the arrow keys choose, Enter goes there. Without this file the search page does. */
const palette = document.querySelector("#palette");
const words = document.querySelector("#palette-words");
const options = () => [...palette.querySelectorAll("[role=option]")];

function choose(option) {
  for (const each of options()) each.setAttribute("aria-selected", String(each === option));
  if (option) words.setAttribute("aria-activedescendant", option.id);
  else words.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

const chosen = () => palette.querySelector("[aria-selected=true]");

function move(step) {
  const all = options();
  const at = all.indexOf(chosen());
  choose(all[(at + step + all.length) % all.length]);
}

function go(option) {
  palette.hidePopover();
  const { opens, does } = option.dataset;
  if (does === "notify") window.Notification?.requestPermission();
  else if (opens) document.getElementById(opens)?.showPopover();
  else location.assign(option.href);
}

if (palette && words) {
  document.addEventListener("keydown", (event) => {
    const isOurs = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!isOurs || event.key.toLowerCase() !== "k" || event.isComposing) return;
    event.preventDefault();
    palette.togglePopover();
    // Before the next key: what is typed at once is a part of the words.
    if (palette.matches(":popover-open")) words.focus();
  });
  palette.addEventListener("beforetoggle", ({ newState }) => {
    if (newState === "open") words.value = "";
  });
  palette.addEventListener("toggle", ({ newState }) => {
    if (newState !== "open") return;
    words.focus();
    if (words.value === "") words.dispatchEvent(new Event("opened"));
  });
  document.addEventListener("htmx:after:swap", () => {
    if (palette.matches(":popover-open")) choose(chosen());
  });
  words.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter" && chosen()) go(chosen());
    else return;
    event.preventDefault();
  });
  palette.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(option);
  });
}
