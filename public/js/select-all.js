/** Selects all conversations of the page at once, and tells how many are selected. Without this file each is selected alone. */
const all = document.querySelector("[data-select-all]");
const boxes = () => [...document.querySelectorAll(".choosable input")];

function count() {
  const chosen = boxes().filter(({ checked }) => checked).length;
  all.form.querySelector("output").value = word("{0} selected", chosen);
  all.checked = chosen > 0 && chosen === boxes().length;
  all.indeterminate = chosen > 0 && !all.checked;
}

if (all) {
  all.closest(".select-all").hidden = false;
  all.form.addEventListener("change", ({ target }) => {
    if (target === all) for (const box of boxes()) box.checked = all.checked;
    count();
  });
  // A page that was shown before keeps what was selected.
  count();
}
