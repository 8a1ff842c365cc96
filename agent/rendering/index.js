
"use strict";
// Search over the entries: all words must occur, case and accents do not matter.
(() => {
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const entries = [...document.querySelectorAll(".entry")].map((element) => ({
    element,
    text: plain(element.textContent),
    lines: [...element.querySelectorAll(".statements li")].map((line) => ({
      line,
      text: plain(line.textContent),
    })),
  }));
  const form = document.getElementById("search-form");
  const box = document.getElementById("search");
  const count = document.getElementById("count");
  const none = document.getElementById("none");
  const search = () => {
    const words = plain(box.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    document.body.classList.toggle("searching", words.length > 0);
    for (const { element, text, lines } of entries) {
      element.hidden = !words.every((word) => text.includes(word));
      shown += element.hidden ? 0 : 1;
      for (const { line, text: words_in_line } of lines) {
        const found = words.length > 0 && words.some((word) => words_in_line.includes(word));
        line.classList.toggle("found", found);
        // Without a search the warnings are shown; with one, the lines that have a word of it.
        line.hidden = words.length > 0 && !found;
      }
    }
    count.textContent = words.length ? `${shown} / ${count.dataset.of}` : count.dataset.of;
    none.hidden = shown > 0;
    const address = box.value ? `#q=${encodeURIComponent(box.value)}` : location.pathname + location.search;
    history.replaceState(null, "", address);
  };
  form.hidden = false;
  box.addEventListener("input", search);
  if (location.hash.startsWith("#q=")) {
    box.value = decodeURIComponent(location.hash.slice(3));
    search();
  }
})();
