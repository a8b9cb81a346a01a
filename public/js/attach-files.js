/**
 * Uploads what is picked, dropped or pasted into the form, and shows a chip for each file. A text that is too long for a question
 * becomes a file. Chips survive a reload with the draft (drafts.js). Without this file the browser's own form attaches.
 */
{
  const box = () => document.querySelector("#composer-files");
  const chips = () => [...(box()?.querySelectorAll(".file-chip[data-file]") ?? [])];
  const uploads = new Map();
  let sendsWhenReady = false;

  const megabytes = new Intl.NumberFormat(document.documentElement.lang, {
    ...{ minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: false },
  });
  const shownSize = (bytes) =>
    bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${megabytes.format(bytes / 1e6)} MB`;

  const name = () => {
    const ids = chips().map((chip) => chip.dataset.file);
    box().querySelector("[name=files]").value = ids.filter((id) => id !== "").join(",");
    document.dispatchEvent(new Event("files:changed"));
  };

  function settle(chip, text, { isFailed = false } = {}) {
    uploads.delete(chip);
    chip.querySelector("progress")?.remove();
    chip.querySelector(".file-state").textContent = text;
    chip.classList.toggle("failed", isFailed);
    const called = chip.querySelector(".file-name").textContent;
    box().querySelector("[data-file-news]").textContent = isFailed ? text : word("{0} is attached.", called);
    name();
    if (isFailed) sendsWhenReady = false;
    if (uploads.size > 0 || !sendsWhenReady) return;
    sendsWhenReady = false;
    box().closest("form").requestSubmit();
  }

  function chipOf(called, state) {
    const chip = box().querySelector("template").content.firstElementChild.cloneNode(true);
    chip.querySelector(".file-name").textContent = called;
    chip.querySelector(".file-remove").setAttribute("aria-label", word("Remove {0}", called));
    chip.querySelector(".file-state").textContent = state;
    box().querySelector(".file-chips").append(chip);
    return chip;
  }

  document.addEventListener("draft:files", ({ detail }) => {
    if (box() === null) return;
    for (const [id, called, state] of detail) {
      if (chips().some(({ dataset }) => dataset.file === id)) continue;
      const chip = chipOf(called, state);
      chip.querySelector("progress").remove();
      chip.dataset.file = id;
    }
    name();
  });

  function attach(file) {
    const chip = chipOf(file.name, shownSize(file.size));
    const upload = new XMLHttpRequest();
    uploads.set(chip, upload);
    upload.open("POST", `/files?name=${encodeURIComponent(file.name.slice(-500))}`);
    upload.setRequestHeader("content-type", "application/octet-stream");
    // What is refused is told in the reader's language.
    upload.setRequestHeader("hx-request", "true");
    upload.responseType = "json";
    upload.upload.onprogress = ({ loaded, total }) => {
      chip.querySelector("progress").value = loaded / total;
    };
    // All of it has arrived, and is being read.
    upload.upload.onload = () => chip.querySelector("progress")?.removeAttribute("value");
    upload.onerror = () =>
      settle(chip, word("The connection was lost. Attach it again."), { isFailed: true });
    upload.onload = () => {
      const { response } = upload;
      if (upload.status !== 200)
        return settle(chip, response?.error?.message ?? word("It cannot be attached."), { isFailed: true });
      chip.dataset.file = response.id;
      settle(chip, shownSize(response.size));
    };
    upload.send(file);
  }

  const attachAll = (files) => [...files].forEach(attach);

  document.addEventListener("click", ({ target }) => {
    if (target.closest?.("[data-attach]")) {
      const picker = Object.assign(document.createElement("input"), { type: "file", multiple: true });
      picker.addEventListener("change", () => {
        attachAll(picker.files);
        document.querySelector("#question").focus();
      });
      picker.click();
    }
    const chip = target.closest?.(".file-remove")?.closest(".file-chip");
    if (!chip) return;
    uploads.get(chip)?.abort();
    uploads.delete(chip);
    if (chip.dataset.file !== "") fetch(`/files/${chip.dataset.file}`, { method: "DELETE" }).catch(() => {});
    chip.remove();
    name();
    document.querySelector("#question").focus();
  });

  const isComposer = ({ target }) => target.closest?.("[data-composer]") != null;
  const dropping = (event, isOn) =>
    event.target.closest("[data-composer]").classList.toggle("dropping", isOn);
  document.addEventListener("dragover", (event) => {
    if (!isComposer(event) || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    dropping(event, true);
  });
  document.addEventListener("dragleave", (event) => isComposer(event) && dropping(event, false));
  document.addEventListener("drop", (event) => {
    if (!isComposer(event) || event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    dropping(event, false);
    attachAll(event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => {
    if (event.target.id !== "question") return;
    const { files } = event.clipboardData;
    const text = event.clipboardData.getData("text/plain");
    const isLong = text.length + event.target.value.length > Number(event.target.dataset.limit);
    if (files.length === 0 && !isLong) return;
    event.preventDefault();
    attachAll(files.length > 0 ? files : [new File([text], `${word("Pasted text")}.txt`)]);
  });

  document.addEventListener(
    "submit",
    (event) => {
      if (!isComposer(event) || uploads.size === 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      sendsWhenReady = true;
    },
    { capture: true },
  );
  function sent() {
    // What is uploaded since then belongs to the next question.
    for (const chip of chips()) if (!uploads.has(chip)) chip.remove();
    name();
  }
  document.addEventListener("files:sent", sent);
  document.addEventListener("htmx:after:swap", ({ detail }) => {
    if (!detail?.ctx?.sourceElement?.matches?.("[data-composer]") || detail.ctx.response?.status !== 200)
      return;
    // A command leaves them to the question.
    if (!detail.ctx.response.headers.get("x-keeps-files")) sent();
  });
}
