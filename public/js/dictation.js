/**
 * Records what is said, has the server write it down, and puts the text in where the caret stands. A recording that could not be
 * written down is kept until it is or is thrown away. Without this file, or where the browser cannot record, there is no button.
 */
const button = document.querySelector("#dictate");
const panel = document.querySelector("#dictation");
/** In the reader's language: views/fragments/dictation.tsx. */
const says = panel?.dataset;
const news = document.querySelector("[data-dictation-news]");
const again = panel?.querySelector("[data-dictation=again]");
const field = () => document.querySelector("#question");
/** Speech needs no more, and an hour of it is 14 MB. */
const quality = { audioBitsPerSecond: 32_000 };
let recorder = null;
/** What is not yet in the question. */
let recording = null;
let sending = null;
let isAsking = false;

/** @param state "" when there is nothing to show */
function show(state, sentence) {
  const focused = panel.contains(document.activeElement) ? document.activeElement : null;
  panel.hidden = state === "";
  panel.dataset.state = state;
  panel.querySelector("p").textContent = news.textContent = sentence;
  panel.querySelector(".dictation-time").textContent = state === "recording" ? "0:00" : "";
  button.setAttribute("aria-pressed", String(state === "recording"));
  again.hidden = state !== "failed" || recording === null;
  // It has gone.
  if (focused?.offsetParent === null) button.focus();
}

async function record() {
  if (isAsking) return;
  isAsking = true;
  let stream;
  const release = () => {
    for (const track of stream?.getTracks() ?? []) track.stop();
  };
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const pieces = [];
    const begunAt = performance.now();
    const current = new MediaRecorder(stream, quality);
    current.ondataavailable = ({ data }) => {
      pieces.push(data);
      const seconds = Math.round((performance.now() - begunAt) / 1000);
      if (recorder !== current) return;
      panel.querySelector(".dictation-time").textContent =
        `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    };
    // Also when the microphone is taken away.
    current.onstop = () => {
      release();
      if (recorder !== current) return;
      recorder = null;
      recording = new Blob(pieces, { type: current.mimeType });
      send();
    };
    current.start(1000);
    recorder = current;
    show("recording", says.recording);
  } catch (error) {
    release();
    const known = { NotAllowedError: says.denied, NotFoundError: says.missing };
    show("failed", known[error.name] ?? says.unusable);
  }
  isAsking = false;
}

async function send() {
  show("sending", says.sending);
  const request = new AbortController();
  sending = request;
  const form = new FormData();
  form.set("file", recording, "speech");
  try {
    const reply = await fetch("/api/transcriptions", {
      method: "POST",
      headers: { "hx-request": "true" },
      body: form,
      signal: request.signal,
    });
    const { text, error } = await reply.json();
    if (reply.ok) {
      recording = null;
      show("", says.done);
      putIn(text);
    } else show("failed", error.message);
  } catch {
    if (!request.signal.aborted) show("failed", says.unreached);
  }
  if (sending === request) sending = null;
}

/** As if it had been typed. */
function putIn(text) {
  const question = field();
  const { value, selectionEnd: at } = question;
  const before = /\S$/.test(value.slice(0, at)) ? " " : "";
  const after = /^\S/.test(value.slice(at)) ? " " : "";
  question.setRangeText(before + text + after, at, at, "end");
  question.dispatchEvent(new Event("input", { bubbles: true }));
  if (matchMedia("(pointer: fine)").matches) question.focus({ preventScroll: true });
}

function cancel() {
  const current = recorder;
  recorder = recording = null;
  current?.stop();
  sending?.abort();
  show("", "");
}

if (button && globalThis.MediaRecorder && navigator.mediaDevices) {
  button.hidden = false;
  button.addEventListener("click", () => {
    if (recorder) recorder.stop();
    else if (recording && !sending) send();
    else if (!recording) record();
  });
  again.addEventListener("click", send);
  panel.querySelector("[data-dictation=cancel]").addEventListener("click", cancel);
  // Before the key that stops an answer.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || !recorder) return;
      event.preventDefault();
      recorder.stop();
    },
    { capture: true },
  );
  addEventListener("beforeunload", (event) => {
    if (recorder || recording) event.preventDefault();
  });
}
