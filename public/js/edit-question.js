/**
 * Puts an edit form away, brings it only once, and keeps what was typed when the thread around it is put anew. Without
 * this file the form is a page of its own.
 */
const formsIn = (root) => [...root.querySelectorAll(".edit-form")];

document.addEventListener("click", (event) => {
  const cancel = event.target.closest?.("[data-put-away]");
  const message = cancel?.closest(".message");
  if (!message) return;
  event.preventDefault();
  cancel.closest(".edit-form").remove();
  message.focus({ preventScroll: true });
});

// A form that stands already is not brought a second time.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.("a[href$='/again']");
    const form = link?.closest(".message")?.querySelector(".edit-form");
    if (!form) return;
    event.preventDefault();
    event.stopPropagation();
    form.querySelector("select").focus();
  },
  { capture: true },
);

// Ctrl+Enter or Cmd+Enter asks, Esc puts away.
document.addEventListener(
  "keydown",
  (event) => {
    const form = event.target.closest?.(".edit-form");
    if (!form || event.isComposing) return;
    const folded = form.closest("details");
    if (event.key === "Escape" && folded) folded.open = false;
    else if (event.key === "Escape") form.querySelector("[data-put-away]")?.click();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  },
  { capture: true },
);

let open = new Map();
document.addEventListener("htmx:before:swap", (event) => {
  const sent = event.detail?.ctx?.sourceElement;
  const others = formsIn(document).filter((form) => form !== sent && form.closest("#thread"));
  open = new Map(others.map((form) => [form.closest(".message").id, form]));
});

document.addEventListener("htmx:after:swap", () => {
  for (const [id, form] of open) {
    const message = document.getElementById(id);
    if (form.isConnected || message === null || formsIn(message).length > 0) continue;
    message.append(form);
    window.htmx.process(form);
  }
  open.clear();
});
