// The colours that the reader chose, before anything is painted; the switch appears with the page.
"use strict";
(() => {
  const root = document.documentElement;
  const choices = ["system", "light", "dark"];
  // Sites of one host share its storage: the folder that this one stands in tells them apart.
  const key = "theme:" + new URL("..", document.currentScript.src).pathname;

  const apply = (choice) => {
    if (choice === "system") delete root.dataset.theme;
    else root.dataset.theme = choice;
  };
  const read = () => {
    try {
      const kept = localStorage.getItem(key);
      return choices.includes(kept) ? kept : "system";
    } catch {
      return "system"; // storage is switched off
    }
  };

  let chosen = read();
  apply(chosen);

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("button.theme");
    if (!button) return;
    const name = () => {
      button.title = button.dataset[chosen];
      button.setAttribute("aria-label", button.title);
    };
    button.addEventListener("click", () => {
      chosen = choices[(choices.indexOf(chosen) + 1) % choices.length];
      apply(chosen);
      name();
      try {
        localStorage.setItem(key, chosen);
      } catch {
        // It holds for this page, then.
      }
    });
    name();
    button.hidden = false;
  });
  window.addEventListener("storage", (event) => {
    if (event.key === key) apply((chosen = read()));
  });
})();
