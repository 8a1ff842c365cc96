
"use strict";
// Lights what belongs together: an item and the sentences that prove it, in both directions.
// Everything here is a convenience; without it the plain links do the same.
(() => {
  const partners = (element) =>
    (element.dataset.links || "").split(" ").filter(Boolean).flatMap((id) => {
      const target = document.getElementById(id);
      return target ? [target] : [];
    });
  // Drawings and table cells point at items; an item lights them, too.
  const pointers = new Map();
  for (const element of document.querySelectorAll("[data-links]:not([id])")) {
    for (const id of element.dataset.links.split(" ")) {
      pointers.set(id, [...(pointers.get(id) || []), element]);
    }
  }
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const behavior = () => (calm.matches ? "instant" : "smooth");
  const pane = document.getElementById("article");
  const paneScrolls = () => pane && getComputedStyle(pane).position === "sticky";

  let lit = [];
  const light = (element) => {
    for (const one of lit) one.classList.remove("lit");
    lit = [];
    if (!element) return;
    const group = new Set([element, ...(pointers.get(element.id) || [])]);
    for (const partner of partners(element)) {
      group.add(partner);
      // From the table or a drawing on to the item's own sentences.
      if (!element.id) partners(partner).forEach((one) => group.add(one));
    }
    lit = [...group];
    for (const one of lit) one.classList.add("lit");
  };
  const owner = (node) => (node instanceof Element ? node.closest("[data-links]") : null);
  const current = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const element = id && document.getElementById(id);
    return element && element.dataset.links !== undefined ? element : null;
  };
  // Scrolling moves things under a mouse that stands still; only a mouse that moved has a say.
  let mouse = "";
  document.addEventListener("pointerover", (event) => {
    const place = `${event.clientX} ${event.clientY}`;
    if (event.pointerType === "touch" || place === mouse) return;
    mouse = place;
    light(owner(event.target) || current());
  });
  document.addEventListener("pointermove", (event) => {
    mouse = `${event.clientX} ${event.clientY}`;
  });
  document.addEventListener("focusin", (event) => light(owner(event.target) || current()));

  const intoView = (element) => {
    if (!element) return;
    if (paneScrolls() && pane.contains(element)) {
      const offset = element.getBoundingClientRect().top - pane.getBoundingClientRect().top;
      pane.scrollTo({ top: pane.scrollTop + offset - pane.clientHeight * 0.3, behavior: behavior() });
    } else {
      element.scrollIntoView({ block: "center", behavior: behavior() });
    }
  };
  const follow = () => {
    const element = current();
    light(element);
    if (element && paneScrolls()) {
      // The partner stands in the other column; the browser has already scrolled to the element.
      intoView(partners(element).find((one) => pane.contains(one) !== pane.contains(element)));
    }
  };
  document.addEventListener("click", (event) => {
    const element = owner(event.target);
    if (!element || event.target.closest("a, summary") || String(getSelection())) return;
    const partner = partners(element)[0];
    // The address names the item, whichever side was clicked.
    const item = element.id && !(pane && pane.contains(element)) ? element : partner;
    if (!item || !item.id) return;
    history.pushState(null, "", `#${item.id}`);
    light(element);
    intoView(partner);
  });
  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);
  if (location.hash) follow();
})();
