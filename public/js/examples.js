/**
 * Puts an example question into the field, where it can be changed before it is sent. Without this file its link opens the page
 * with the field filled.
 */
document.addEventListener("click", (event) => {
  const example = event.target.closest?.("[data-draft]");
  const field = document.querySelector("#question");
  if (!example || !field || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  const examples = [...document.querySelectorAll("[data-draft]")].map(({ dataset }) => dataset.draft);
  const typed = field.value.trim();
  // What the reader has typed stays; one example takes the place of another.
  const kept = typed === "" || examples.includes(typed) ? "" : `${field.value.trimEnd()}\n\n`;
  field.value = kept + example.dataset.draft;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  // The amount is selected: the next thing typed takes its place.
  const amount = /(?<=\$)[\d,]+|[\d.]+(?=\s\$)/.exec(example.dataset.draft);
  const start = amount ? kept.length + amount.index : field.value.length;
  field.setSelectionRange(start, start + (amount?.[0].length ?? 0));
});
