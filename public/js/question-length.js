/**
 * Says how much room a question has left, and how much it must be shortened: the field takes whatever is pasted. Without this
 * file the server says so when the question is sent.
 */
const nearLimit = 2000;
const count = new Intl.NumberFormat(document.documentElement.lang);

function tell(field) {
  const note = document.getElementById(`${field.id}-length`);
  if (note === null) return;
  const limit = Number(field.dataset.limit);
  const length = field.value.trim().length;
  const isOver = length > limit;
  note.classList.toggle("over", isOver);
  const sentence = isOver
    ? word(
        "{0} characters: {1} too many. Shorten the question or split it.",
        count.format(length),
        count.format(length - limit),
      )
    : word("{0} characters left", count.format(limit - length));
  const said = limit - length > nearLimit ? "" : sentence;
  if (note.textContent !== said) note.textContent = said;
}

const tellAll = () => document.querySelectorAll("[data-limit]").forEach(tell);
document.addEventListener("input", ({ target }) => {
  if (target.matches?.("[data-limit]")) tell(target);
});
document.addEventListener("htmx:after:swap", tellAll);
tellAll();
