/**
 * Shows a changed look at once: a row that comes back says how the document is to look. Without this file the next page that
 * is opened shows it.
 */
document.addEventListener("htmx:after:swap", () => {
  for (const { dataset } of document.querySelectorAll("[data-look]"))
    if (dataset.look && dataset.value) document.documentElement.setAttribute(dataset.look, dataset.value);
});
