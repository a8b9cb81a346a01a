/**
 * Completes a command while one types it: the arrow keys choose from a list, Enter and Tab take, Esc closes. It also shows what
 * a command that was sent has to say. Without this file a command is written out and sent like a question.
 */
{
  const list = document.querySelector("#command-list");
  const field = () => document.querySelector("#question");
  const shown = () => [...list.querySelectorAll("[role=option]:not([hidden])")];
  const chosen = () => list.querySelector("[aria-selected=true]");
  const typed = () => /^\/([\p{L}\d-]*)$/u.exec(field().value)?.[1].toLowerCase();

  function choose(option) {
    for (const each of shown()) each.setAttribute("aria-selected", String(each === option));
    if (option) field().setAttribute("aria-activedescendant", option.id);
    else field().removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  function close() {
    if (list.hidden) return;
    list.hidden = true;
    choose(null);
  }

  function suggest() {
    const begun = typed();
    if (begun === undefined) return close();
    if (list.childElementCount === 0) {
      list.dispatchEvent(new Event("wanted"));
      return;
    }
    for (const option of list.querySelectorAll("[role=option]")) {
      const { name, words } = option.dataset;
      option.hidden = !name.includes(begun) && !words.split("\n").some((each) => each.startsWith(begun));
      if (option.hidden) option.setAttribute("aria-selected", "false");
    }
    const found = shown();
    list.hidden = found.length === 0;
    const news = list.parentElement.querySelector("[data-command-news]");
    news.textContent =
      found.length === 0 ? "" : found.length === 1 ? word("1 command") : word("{0} commands", found.length);
    choose(found.find(({ dataset }) => dataset.name.startsWith(begun)) ?? found[0] ?? null);
  }

  function take(option) {
    const question = field();
    question.value = option.dataset.fill;
    question.dispatchEvent(new Event("input", { bubbles: true }));
    close();
    question.focus();
    // The first input of an example is what is changed first.
    const [, before, value] = /^([^=]*=)("[^"]*"|\S*)/.exec(question.value) ?? [];
    const at = before === undefined ? question.value.length : before.length;
    question.setSelectionRange(at, at + (value?.length ?? 0));
  }

  if (list) {
    for (const [name, value] of [
      ["aria-autocomplete", "list"],
      ["aria-haspopup", "listbox"],
      ["aria-controls", list.id],
    ])
      field().setAttribute(name, value);
    document.addEventListener("input", ({ target }) => target === field() && suggest());
    list.addEventListener("htmx:after:swap", suggest);
    // Before the keys that send and stop.
    document.addEventListener(
      "keydown",
      (event) => {
        if (list.hidden || event.target !== field() || event.isComposing || event.shiftKey) return;
        const all = shown();
        const at = all.indexOf(chosen());
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        const { name, alone } = chosen()?.dataset ?? {};
        if (step) choose(all[(at + step + all.length) % all.length]);
        else if (event.key === "Escape") close();
        else if (event.key === "Enter" && name === typed() && alone !== undefined) return close();
        else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) take(all[at]);
        else return;
        event.preventDefault();
      },
      { capture: true },
    );
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", ({ target }) => {
      const option = target.closest("[role=option]");
      if (option) take(option);
    });
    document.addEventListener("focusout", ({ target }) => target === field() && close());
  }

  document.addEventListener("htmx:after:swap", ({ detail }) => {
    if (!detail?.ctx?.response?.headers?.get("x-keeps-files")) return;
    if (list) close();
    // The menu that has sent it would cover the card.
    const menu = document.querySelector("#conversation-head .menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    const reply = document.querySelector(".command-reply");
    reply?.scrollIntoView({ block: "nearest" });
    const file = reply?.querySelector("[data-save]:not([data-saved])");
    if (!file) return;
    file.dataset.saved = "";
    file.click();
  });
}
