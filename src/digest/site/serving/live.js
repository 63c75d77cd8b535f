// Loads a page of the preview again when there is a new one, and keeps the place where its reader was.
"use strict";
(() => {
  const { mark, error } = document.currentScript.dataset;
  const address = new URL("_live", document.currentScript.src);
  address.search = new URLSearchParams({ page: location.pathname, mark });
  const kept = `place on ${location.pathname}`;
  const folds = () => [...document.querySelectorAll("details")];

  if (!error && sessionStorage.getItem(kept)) {
    const { x, y, open } = JSON.parse(sessionStorage.getItem(kept));
    sessionStorage.removeItem(kept);
    const all = folds();
    if (all.length === open.length) all.forEach((fold, place) => (fold.open = open[place]));
    addEventListener("load", () => {
      scrollTo({ left: x, top: y, behavior: "instant" });
      setTimeout(() => (history.scrollRestoration = "auto"), 500); // at once, it would still undo ours
    });
  }
  const reload = () => {
    // From a page that tells of an error nothing is kept: the one after it shows what the one before it did.
    if (!error) sessionStorage.setItem(kept, JSON.stringify({ x: scrollX, y: scrollY, open: folds().map((fold) => fold.open) }));
    history.scrollRestoration = "manual";
    location.reload();
  };

  // A hidden page listens no more: a browser opens only six connections to a server.
  let source = null;
  const close = () => {
    source?.close();
    source = null;
  };
  const listen = () => {
    if (source || document.hidden) return;
    source = new EventSource(address);
    source.addEventListener("changed", reload);
    source.addEventListener("error", () => {
      if (source?.readyState !== EventSource.CLOSED) return; // it tries again by itself
      close();
      setTimeout(listen, 2000);
    });
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : listen()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", listen);
  listen();
})();
