/**
 * Reads an answer aloud with the browser's own voices, a sentence at a time, in the language in which it is written; the same
 * button stops it. Listings, controls and marks are left out. Without this file, or without voices, there is no button.
 */
if ("speechSynthesis" in window) {
  document.documentElement.classList.add("speaks");
  const left =
    "figure.code, button, annotation, .visually-hidden, .maths-figures, .chart-place, .table-tools";
  /** Words that are frequent in one language alone. */
  const signs = {
    de: /\b(?:der|die|und|ist|nicht|ein|eine|von|mit)\b/gi,
    es: /\b(?:el|los|que|una|por|del|para|es|con)\b/gi,
    en: /\b(?:the|is|of|and|to|for|with|that|are)\b/gi,
  };
  let reading = null;

  const tipOf = (button) => button.querySelector(".tip") ?? button;
  function stop() {
    speechSynthesis.cancel();
    if (reading === null) return;
    tipOf(reading).textContent = word("Read aloud");
    reading.removeAttribute("aria-pressed");
    reading = null;
  }

  function languageOf(text) {
    const counts = Object.entries(signs).map(([code, sign]) => [text.match(sign)?.length ?? 0, code]);
    const [[most, code]] = counts.toSorted(([one], [other]) => other - one);
    return most === 0 ? document.documentElement.lang : code;
  }

  function textOf(prose) {
    const copy = prose.cloneNode(true);
    for (const part of copy.querySelectorAll(left)) part.remove();
    const blocks = [...copy.querySelectorAll("p, li, h3, h4, td, th")];
    const lines = blocks.filter((block) => block.querySelector("p, li") === null);
    return lines.map((block) => block.textContent.trim()).join("\n");
  }

  function sentencesOf(text, language) {
    if (!("Segmenter" in Intl)) return text.split("\n");
    const segments = new Intl.Segmenter(language, { granularity: "sentence" }).segment(text);
    return [...segments].map(({ segment }) => segment.trim()).filter(Boolean);
  }

  function read(button, sentences, language) {
    const next = sentences.shift();
    if (reading !== button || next === undefined) return reading === button && stop();
    const spoken = new SpeechSynthesisUtterance(next);
    spoken.lang = language;
    spoken.onend = () => read(button, sentences, language);
    spoken.onerror = () => reading === button && stop();
    speechSynthesis.speak(spoken);
  }

  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-read]");
    if (!button) return;
    const wasReading = reading === button;
    stop();
    if (wasReading) return;
    const text = textOf(button.closest(".message").querySelector(".prose"));
    const language = languageOf(text);
    reading = button;
    button.setAttribute("aria-pressed", "true");
    tipOf(button).textContent = word("Stop reading");
    read(button, sentencesOf(text, language), language);
  });
  addEventListener("pagehide", stop);
}
