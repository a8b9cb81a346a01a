/**
 * Questions that were asked while the assistant could not be reached: they wait in the browser's database, are shown as waiting, and
 * are sent when it is back. Each is sent as the form would have sent it, with the form's key, so that the server answers it once,
 * whatever had arrived before; of several tabs one sends at a time. They belong to one user, and are forgotten at a logout, when
 * somebody else logs in, and after everything was deleted. Without a service worker, which needs a secure address, there is
 * none of this: a question that is not taken stays in its field.
 */
if (isSecureContext && "serviceWorker" in navigator) {
  const longestRest = 5000;
  const patience = 30_000;
  /** What the server says of them will not change by waiting. */
  const refusals = [404, 413, 422];

  const box = () => document.querySelector("#outbox");
  const field = () => document.querySelector("#question");
  const isOffline = document.querySelector("[data-offline]") !== null;
  /** null: a page of nobody who is known. */
  const viewer =
    document.querySelector(".sidebar") && (document.querySelector(".viewer-name")?.textContent.trim() ?? "");
  const conversation = () =>
    isOffline
      ? (/^\/c\/([\w-]{1,100})$/.exec(location.pathname)?.[1] ?? "")
      : (document.querySelector("#composer-fields [name=conversation_id]")?.value ?? "");
  /** Questions of one new chat follow each other. */
  const chat = crypto.randomUUID();
  const others = new BroadcastChannel("outbox");

  let opening = null;
  function database() {
    opening ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("outbox", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("questions", { keyPath: "key" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return opening;
  }
  /** The questions, and whose they are. It is done when the browser has written it, not when it has understood it. */
  async function kept(act, ...values) {
    const transaction = (await database()).transaction("questions", "readwrite");
    const request = transaction.objectStore("questions")[act](...values);
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    return request.result;
  }
  const owner = async () => (await kept("get", "owner"))?.name;
  const questions = async () =>
    (await kept("getAll")).filter(({ text }) => text).toSorted((one, other) => one.at - other.at);
  async function forget() {
    await kept("clear");
    await changed();
  }

  /** @param begun what became of a new chat */
  async function changed(begun = null) {
    others.postMessage(begun);
    await show();
    follow(begun);
  }
  others.onmessage = ({ data }) => {
    show();
    follow(data);
  };
  const follow = (begun) => {
    if (begun?.chat === chat && conversation() === "" && field()?.value === "")
      location.assign(begun.address);
  };

  /** One that was refused is everywhere: its conversation may be gone. */
  const isHere = (question) =>
    isOffline ||
    (viewer !== null && (question.problem !== undefined || question.conversation === conversation()));

  async function show() {
    if (box() === null) return;
    const shown = (await questions()).filter(isHere);
    box().hidden = shown.length === 0;
    const list = box().querySelector("ol");
    list.replaceChildren(
      ...shown.map(({ key, text, files = [], problem }) => {
        const item = box().querySelector("template").content.firstElementChild.cloneNode(true);
        item.dataset.key = key;
        item.querySelector(".text").textContent = [text, ...files.map(([, name]) => name)].join(" · ");
        item.querySelector(".field-problem").textContent = problem ?? "";
        return item;
      }),
    );
  }

  /**
   * Until it is kept, it stays in its field.
   * @param body as the form sends it
   * @param files of those that may be in it: [id, name, size]
   */
  async function keep(text, body, files, then) {
    const key = body.get("key");
    const ids = body.get("files")?.split(",") ?? [];
    const question = {
      ...{ key, text, body: `${body}`, conversation: conversation(), chat, at: Date.now() },
      files: files.filter(([id]) => ids.includes(id)),
    };
    // A command answers at once, or not at all.
    if (text.startsWith("/") || !(await kept("put", question).catch(() => null))) {
      document.dispatchEvent(new Event("question:untaken"));
      return;
    }
    if (field().value.trim() === text) field().value = "";
    document.querySelector("#composer-note").replaceChildren();
    then?.();
    await changed();
    attempt();
  }

  /** The form as it was sent: what is typed since then is the next question. */
  let body = new URLSearchParams();
  document.addEventListener("htmx:before:request", ({ detail }) => {
    const form = detail?.ctx?.sourceElement;
    if (form?.matches?.("[data-composer]")) body = new URLSearchParams(new FormData(form));
  });

  document.addEventListener("question:unreached", (event) => {
    if (navigator.serviceWorker.controller === null || viewer === null) return;
    event.preventDefault();
    const attached = [];
    document.dispatchEvent(new CustomEvent("files:wanted", { detail: attached }));
    keep(body.get("text")?.trim() ?? "", body, attached, () => {
      event.target.querySelector("[name=key]").value = crypto.randomUUID();
      document.dispatchEvent(new Event("files:sent"));
      field().dispatchEvent(new Event("input", { bubbles: true }));
    });
  });

  let rest = 1000;
  let timer = null;
  /** Sends what waits, and comes again as long as something does. */
  async function attempt() {
    clearTimeout(timer);
    if (viewer === null) return;
    await navigator.locks.request("outbox", { ifAvailable: true }, (lock) => lock && sendAll());
    if (!(await questions()).some(({ problem }) => problem === undefined)) return;
    timer = setTimeout(attempt, rest);
    rest = Math.min(rest * 1.5, longestRest);
  }

  async function sendAll() {
    if ((await owner()) !== viewer) return;
    for (const { key } of await questions()) {
      // As it is now: the one before it may have given it its conversation.
      const question = await kept("get", key);
      if (question === undefined || question.problem !== undefined) continue;
      const { state, address, problem } = await send(question);
      if (state === "unreached") return;
      rest = 1000;
      // Of somebody who has logged out meanwhile nothing comes back.
      if (state === "taken") await taken(question, address);
      else if (await kept("get", key)) await kept("put", { ...question, problem });
      await changed(question.conversation === "" && address ? { chat: question.chat, address } : null);
    }
  }

  async function send({ body }) {
    try {
      const reply = await fetch("/ask", {
        method: "POST",
        headers: { "hx-request": "true", "content-type": "application/x-www-form-urlencoded" },
        body,
        signal: AbortSignal.timeout(patience),
      });
      const html = await reply.text();
      if (reply.status === 204) {
        const address = reply.headers.get("hx-redirect");
        // A command leads elsewhere.
        return address?.startsWith("/c/") ? { state: "taken", address } : { state: "refused", problem: "" };
      }
      if (!html.includes("<hx-partial")) return { state: "unreached" };
      if (reply.ok) return { state: "taken", address: reply.headers.get("hx-push-url") };
      if (!refusals.includes(reply.status)) return { state: "unreached" };
      const told = new DOMParser().parseFromString(html, "text/html").querySelector(".composer-problem");
      return { state: "refused", problem: told?.textContent ?? "" };
    } catch {
      return { state: "unreached" };
    }
  }

  async function taken(question, address) {
    await kept("delete", question.key);
    const begun = question.conversation === "" ? /^\/c\/([\w-]+)/.exec(address ?? "")?.[1] : undefined;
    if (begun === undefined) return;
    for (const next of await questions())
      if (next.chat === question.chat && next.conversation === "") {
        const body = new URLSearchParams(next.body);
        body.set("conversation_id", begun);
        await kept("put", { ...next, body: `${body}`, conversation: begun });
      }
  }

  /** The files of a question that is edited where no form shows them. */
  let carried = [];
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.("#outbox [data-outbox]");
    if (!button) return;
    const { key } = button.closest("li").dataset;
    button.disabled = true;
    // While it is sent, nobody knows whether it is taken.
    await navigator.locks.request("outbox", async () => {
      const question = await kept("get", key);
      await kept("delete", key);
      if (question === undefined || button.dataset.outbox !== "edit") return;
      field().value = [field().value, question.text].filter(Boolean).join("\n\n");
      if (isOffline) carried.push(...(question.files ?? []));
      else document.dispatchEvent(new CustomEvent("draft:files", { detail: question.files ?? [] }));
      field().dispatchEvent(new Event("input", { bubbles: true }));
    });
    await changed();
    field().focus();
  });

  document.addEventListener("submit", (event) => {
    if (event.target.matches?.("form[action$='/logout'], form[action$='/logout-everywhere']")) forget();
    if (!event.target.matches?.("[data-offline]")) return;
    event.preventDefault();
    const text = field().value.trim();
    if (text === "") return;
    const key = crypto.randomUUID();
    const id = conversation();
    const place = id === "" ? {} : { conversation_id: id };
    const files = carried.map(([file]) => file).join();
    keep(text, new URLSearchParams({ key, text, files, ...place }), carried, () => {
      carried = [];
    });
  });

  async function begin() {
    if (document.querySelector("[data-wiped]") || location.search === "?done=logged-out") await forget();
    if (viewer !== null && (await owner()) !== viewer) {
      await forget();
      await kept("put", { key: "owner", name: viewer });
    }
    const form = document.querySelector("[data-offline]");
    if (form !== null) {
      waitForServer();
      // Of nobody nothing is kept.
      form.hidden = (await owner()) === undefined;
    }
    await show();
    addEventListener("online", attempt);
    await attempt();
  }

  async function waitForServer() {
    const reply = await fetch("/health", { cache: "no-store" }).catch(() => null);
    // What is typed is sent first.
    if (reply === null || field().value !== "") setTimeout(waitForServer, 2000);
    else location.reload();
  }

  begin().catch(() => {
    // The browser keeps nothing for this page.
  });
  const register = () =>
    navigator.serviceWorker
      .register(`/service-worker.js?language=${document.documentElement.lang}`, { updateViaCache: "none" })
      .catch(() => {});
  if (document.readyState === "complete") register();
  else addEventListener("load", register);
}
