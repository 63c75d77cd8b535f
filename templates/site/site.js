// Comfort for readers who have scripts on: keys, marks of what is unread, details that open when they are needed.
"use strict";
(() => {
  const site = new URL("..", document.currentScript.src);
  const main = document.getElementById("main");
  const help = document.getElementById("keys");

  // --- details -----------------------------------------------------------------------------------

  const unfold = (element) => {
    for (let at = element; at; at = at.parentElement) if (at.localName === "details") at.open = true;
  };
  const target = () => {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      // Not an escape: it is taken as it stands.
    }
    return id && document.getElementById(id);
  };
  const toTarget = () => {
    const element = target();
    if (!element || !element.closest("details:not([open])")) return;
    unfold(element);
    element.scrollIntoView();
  };
  window.addEventListener("hashchange", toTarget);
  toTarget();

  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("main details:not([open])")];
    for (const details of closed) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
    closed = [];
  });

  // --- what is unread ----------------------------------------------------------------------------

  const LIMIT = 3000; // pages remembered one by one
  const storage = "read:" + site.pathname;
  const place = (url) => url.pathname.slice(site.pathname.length).replace(/index\.html$/, "");
  const load = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(storage));
      if (kept && Array.isArray(kept.pages)) return kept;
    } catch {
      // Nothing is kept, or it is not ours.
    }
    return { until: null, pages: [] };
  };
  const save = (read) => {
    try {
      localStorage.setItem(storage, JSON.stringify(read));
    } catch {
      // Storage is full or switched off: no marks.
    }
  };
  const links = () => [...main.querySelectorAll("a[data-day]")];
  // A round-up is dated after its last issue, a note as its author likes: neither says how far the issues go.
  const days = () => links().filter((link) => !link.closest(".roundup, .note")).map((link) => link.dataset.day);
  const newest = (some) => some.reduce((a, b) => (a > b ? a : b), "");

  // Days up to `until` count as read, later ones until their page was seen. The first visit of the home page sets it,
  // so that a new reader has the newest day to read and not all of them.
  const start = () => {
    const last = newest(days());
    return last && main.classList.contains("home") ? newest(days().filter((day) => day < last)) : null;
  };
  const mark = () => {
    const read = load();
    if (read.until === null) return;
    const seen = new Set(read.pages);
    let unread = 0;
    for (const link of links()) {
      const is = link.dataset.day > read.until && !seen.has(place(link));
      const dot = link.querySelector(".dot");
      unread += is;
      if (is && !dot) {
        const made = document.createElement("span");
        made.className = "dot";
        made.setAttribute("role", "img");
        made.setAttribute("aria-label", document.body.dataset.unread);
        link.prepend(made);
      } else if (!is && dot) dot.remove();
    }
    for (const button of document.querySelectorAll("[data-action=read]")) button.hidden = !unread;
  };
  const visit = () => {
    const read = load();
    // Who reads a digest has met its papers.
    const cards = [...main.querySelectorAll("[data-item] a")].filter((link) => link.href.startsWith(`${site}papers/`));
    const seen = new Set([place(location), ...cards.map(place)].filter(Boolean));
    save({ until: read.until ?? start(), pages: [...read.pages.filter((page) => !seen.has(page)), ...seen].slice(-LIMIT) });
    mark();
  };
  document.addEventListener("rows", mark); // from the search page: there are new rows
  window.addEventListener("pageshow", (event) => event.persisted && mark());
  window.addEventListener("storage", (event) => event.key === storage && mark());
  visit();

  // --- keys --------------------------------------------------------------------------------------

  const ITEMS = "a.row, .day .what a, .terms a, [data-item], .post-roundup .body > * > li:has(a)";
  const items = () => [...main.querySelectorAll(ITEMS)].filter((item) => item.checkVisibility?.() ?? true);
  const current = () => document.activeElement?.closest(ITEMS);
  const walk = (step) => {
    const all = items();
    const from = current();
    // From anywhere else the walk goes on at what is next on the screen.
    const next = from ? all.indexOf(from) + step : all.findIndex((item) => item.getBoundingClientRect().top >= 0);
    const item = all[Math.min(Math.max(next, 0), all.length - 1)];
    if (!item) return;
    if (item.localName !== "a" && !item.hasAttribute("tabindex")) item.tabIndex = -1;
    item.focus({ preventScroll: true });
    const tall = item.offsetHeight > innerHeight * 0.8;
    item.scrollIntoView({ block: tall || item.localName !== "a" ? "start" : "nearest" });
  };
  const open = () => {
    const item = current();
    const link = item?.localName === "a" ? item : item?.querySelector("a[data-open], h2 a, h3 a, a");
    link?.click();
    return Boolean(link);
  };
  const find = () => {
    const field = document.querySelector("input[type=search]");
    if (field) {
      field.focus();
      field.select();
    } else document.querySelector("a.find")?.click();
  };
  const keys = {
    "/": find,
    "?": () => help?.showModal(),
    j: () => walk(1),
    k: () => walk(-1),
    o: open,
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help?.open) return;
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    if (typing) {
      // The first Escape empties a field for searching.
      if (event.key === "Escape" && !(typing.type === "search" && typing.value)) typing.blur();
      return;
    }
    // Enter opens a link of itself; what holds one has to be told.
    const act = event.key === "Enter" && event.target.matches(`:is(${ITEMS}):not(a)`) ? open : Object.hasOwn(keys, event.key) && keys[event.key];
    if (act && act() !== false) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const action = event.target.closest("[data-action]")?.dataset.action;
    if (action === "keys") help?.showModal();
    else if (action === "read") {
      const until = newest([load().until ?? "", ...days()]);
      save({ until, pages: links().filter((link) => link.dataset.day > until).map(place) });
      mark();
    } else if (help && event.target === help) help.close(); // its backdrop
  });
  for (const note of document.querySelectorAll(".keys")) note.hidden = false;
})();
