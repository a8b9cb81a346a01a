/**
 * What is done with a table of an answer: sorted by a column, copied as CSV, drawn as a chart. Rows are moved, so that every
 * figure keeps its mark; the server has written each cell's number, and draws the chart. Without this file the table scrolls.
 */
// Before copy.js, which copies the text that a button has.
document.addEventListener(
  "click",
  ({ target }) => {
    const button = target.closest?.("[data-table]");
    const block = button?.closest(".table-block");
    if (!block) return;
    const table = block.querySelector("table");
    if (button.dataset.table === "sort") sortBy(button.closest("th"), table);
    else if (button.dataset.table === "chart") toggleChart(button, block);
    else button.dataset.text = [...table.rows].map((row) => [...row.cells].map(field).join()).join("\r\n");
  },
  true,
);

function sortBy(head, table) {
  const order = head.ariaSort === "ascending" ? "descending" : "ascending";
  for (const other of head.parentNode.cells) other.ariaSort = null;
  head.ariaSort = order;
  // What is sorted stays so when the answer ends or the thread is rendered anew.
  table.setAttribute("hx-morph-skip-children", "");
  const cell = (row) => row.cells[head.cellIndex];
  const direction = order === "ascending" ? 1 : -1;
  const [body] = table.tBodies;
  body.append(...[...body.rows].sort((a, b) => compareCells(cell(a), cell(b), direction)));
}

/** Cells without a number come last in a column of numbers, whatever its order. */
function compareCells(a, b, direction) {
  const [x, y] = [a.dataset.value, b.dataset.value];
  if (x && y) return (x - y) * direction;
  if (x || y) return x ? -1 : 1;
  return textOf(a).localeCompare(textOf(b), undefined, { numeric: true }) * direction;
}

/** Without what is said to screen readers alone. */
function textOf(cell) {
  const copy = cell.cloneNode(true);
  for (const hidden of copy.querySelectorAll(".visually-hidden, annotation")) hidden.remove();
  return copy.textContent.trim();
}

/** A text that a spreadsheet would compute is kept a text. */
function field(cell) {
  const text = textOf(cell);
  const safe = /^[=@+-]/.test(text) && !cell.dataset.value ? `'${text}` : text;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function toggleChart(button, block) {
  const place = block.querySelector(".chart-place");
  const isShown = place.hasChildNodes();
  button.ariaPressed = String(!isShown);
  if (isShown) return place.replaceChildren();
  const article = block.closest(".message");
  const number = [...article.querySelectorAll(".table-block")].indexOf(block);
  htmx.ajax("GET", `/generations/${article.id.slice(7)}/tables/${number}/chart`, { target: place });
}
