// Search over a small index of the site's own, month by month from the newest; over the full text where there is Pagefind.
// A row of the index: [id, name, title, blurb, directions, tags, organisation, stars, flags, day of the month, code's stars].
"use strict";
(() => {
  const form = document.querySelector("form.search");
  const results = document.querySelector(".results");
  const more = document.querySelector("[data-action=more]");
  const output = form.querySelector("output");
  const words = JSON.parse(document.getElementById("words").textContent);
  const PAGE = 30; // results shown at first
  const CODE = 1;
  const FULL = 2;

  // --- words -------------------------------------------------------------------------------------

  const CJK = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]/;
  const BESIDE = new RegExp(`(${CJK.source}+)`);
  // Without case and accents; everything but letters, digits and Chinese is a space.
  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase().normalize("NFC").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  // Chinese and Latin beside each other are words of their own.
  const terms = (query) =>
    [...query.matchAll(/["“”]([^"“”]+)["“”]|[^\s"“”]+/g)].flatMap(([all, quoted]) => {
      const text = fold(quoted ?? all);
      if (!text) return [];
      if (quoted) return [{ text, exact: true }];
      const parts = text.split(BESIDE).map((part) => part.trim()).filter(Boolean);
      return parts.map((part) => ({ text: part, begins: new RegExp(`(^|[^a-z0-9])${part}`), joined: part.replaceAll(" ", "") }));
    });
  // Whether a text holds all of some Chinese in pieces of two characters and more, the longest first.
  const pieced = (chinese, text) => {
    for (let at = 0; at < chinese.length; ) {
      let n = chinese.length - at;
      while (n > 1 && !text.includes(chinese.slice(at, at + n))) n -= 1;
      if (n < 2) return false;
      at += n;
    }
    return true;
  };

  // How well a field holds a term: 1 as it stands, less where a word begins so, 0 not at all.
  const held = (field, term) => {
    if (!field) return 0;
    const { text } = term;
    if (CJK.test(text)) return Number(field.includes(text));
    if (` ${field} `.includes(` ${text} `)) return 1;
    if (term.exact) return 0;
    if (term.begins.test(field)) return 0.8;
    // flash-attention, FlashAttention, flash attention
    return term.joined.length > 4 && field.replaceAll(" ", "").includes(term.joined) ? 0.4 : 0;
  };
  const WEIGHTS = [8, 4, 1]; // title, tags, blurb
  const score = (paper, wanted) => {
    let sum = 0;
    for (const term of wanted) {
      let best = 0;
      paper.fields.forEach((field, place) => (best = Math.max(best, WEIGHTS[place] * held(field, term))));
      if (!best && !term.exact && CJK.test(term.text) && pieced(term.text, paper.fields.join(" "))) best = 0.5;
      if (!best) return 0;
      sum += best;
    }
    return sum;
  };

  // --- the index ---------------------------------------------------------------------------------

  const root = new URL(form.dataset.root, location.href);
  const index = new URL(form.dataset.index, location.href);
  const papers = [];
  let asked = {};
  let months = null; // newest first
  let failed = false;

  const paper = ([id, name, title, blurb, directions, tags, organisation, stars, flags, day, codeStars], month) => ({
    id, name, blurb: blurb.replace(/\$(\S(?:[^$]*\S)?)\$(?!\d)/g, "$1"), directions, organisation, stars, codeStars,
    code: Boolean(flags & CODE), full: Boolean(flags & FULL), day: `${month}-${String(day).padStart(2, "0")}`,
    fields: [fold(`${name} ${title} ${id}`), fold([...directions, ...tags, organisation].join(" · ")), fold(blurb)],
  });
  const get = async (url) => {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
    return answer.json();
  };
  const begin = async () => {
    const told = await get(index);
    months = told.months;
    const select = form.elements.direction;
    for (const name of told.directions) select.append(new Option(name, name));
  };
  // A month that the dates asked for leave out is not loaded.
  const pending = () =>
    months?.find((month) => (!asked.from || month >= asked.from.slice(0, 7)) && (!asked.to || month <= asked.to.slice(0, 7)));
  const readNext = async () => {
    const month = pending();
    const shard = await get(new URL(`${month}.json`, index));
    months.splice(months.indexOf(month), 1);
    const read = shard.papers.map((one) => paper(one, month));
    papers.push(...read);
    return read;
  };

  // --- the full text, where there is an index of it ------------------------------------------------

  let pagefind = null;
  const hits = new Map(); // of the query asked last: folder of the paper -> place and passage
  let issues = []; // the digests that have it: { url, day, title, text }
  const inFull = async (query, filters, most) => {
    const { results: told } = await pagefind.search(query, { filters });
    const pages = await Promise.all(told.slice(0, most).map((one) => one.data()));
    const text = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent; // runs and loads nothing
    return pages.map((page) => ({ url: new URL(page.url, location.href), title: page.meta.title, text: text(page.excerpt) }));
  };
  const papersInFull = async (query) => {
    const pages = await inFull(query, { kind: "paper" }, 100);
    return pages.map(({ url, text }, place) => [/papers\/([^/]+)\//.exec(url.pathname)?.[1], { place, text }]);
  };
  const issuesInFull = async (query) => {
    const pages = await inFull(query, { not: { kind: "paper" } }, 10);
    return pages.map((page) => ({ ...page, day: /(\d{4}-\d\d-\d\d)[^/]*\/(index\.html)?$/.exec(page.url.pathname)?.[1] ?? "" }));
  };
  // A digest is told where no paper of its day is found: it has the word in what is about none of them.
  const alone = () => {
    if (asked.direction || asked.stars || asked.code || asked.full) return [];
    const days = new Set(found.map(({ one }) => one.day));
    return issues.filter(({ day }) => !days.has(day) && (!asked.from || day >= asked.from) && (!asked.to || day <= asked.to));
  };

  // --- the question --------------------------------------------------------------------------------

  const FIELDS = ["q", "direction", "stars", "from", "to", "code", "full"];
  let wanted = [];
  let shown = PAGE;

  const ask = () => Object.fromEntries(FIELDS.map((name) => [name, new FormData(form).get(name)?.trim() ?? ""]));
  const address = () => {
    const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value));
    if (location.protocol !== "file:") history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
  };
  const fill = () => {
    for (const [name, value] of new URLSearchParams(location.search)) {
      const field = FIELDS.includes(name) && form.elements[name];
      if (!field) continue;
      if (field.type === "checkbox") field.checked = value === field.value;
      else field.value = value;
    }
  };
  const fits = (one) =>
    (!asked.direction || one.directions.includes(asked.direction)) && one.stars >= Number(asked.stars) &&
    (!asked.from || one.day >= asked.from) && (!asked.to || one.day <= asked.to) &&
    (!asked.code || one.code) && (!asked.full || one.full);
  const isEmpty = () => Object.values(asked).every((value) => !value);
  const found = []; // of what was asked, best first: { one, score, passage }
  const match = (one) => {
    const own = wanted.length ? score(one, wanted) : Number(!asked.q);
    const hit = hits.get(one.id.replace("/", "_"));
    // What only the full text has stands below what title, tags or blurb have, in Pagefind's order.
    return { one, score: own || (hit ? 0.5 / (1 + hit.place) : 0), passage: own ? "" : hit?.text };
  };
  const take = (some) => {
    found.push(...some.filter(fits).map(match).filter(({ score }) => score));
    const later = (a, b) => (a.one.day < b.one.day) - (a.one.day > b.one.day);
    found.sort((a, b) => b.score - a.score || b.one.stars - a.one.stars || later(a, b));
  };

  // --- what it finds ---------------------------------------------------------------------------------

  const make = (name, className, ...inside) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    element.append(...inside);
    return element;
  };
  const spoken = (element, text) => {
    element.lang = CJK.test(text) ? "zh-CN" : "en";
    return element;
  };
  const starred = (n) => {
    const stars = make("span", "stars", "★".repeat(n), make("span", "blank", "★".repeat(3 - n)));
    stars.setAttribute("role", "img");
    stars.setAttribute("aria-label", words.stars.replace("{n}", n));
    return stars;
  };
  const row = ({ one, passage }) => {
    const link = make("a", "row");
    link.href = new URL(`papers/${encodeURIComponent(one.id.replace("/", "_"))}/index.html`, root).href;
    link.dataset.day = one.day;
    const text = passage || one.blurb;
    const what = make("span", "what", starred(one.stars), " ", spoken(make("span", "name", one.name), one.name));
    if (text) what.append(" ", spoken(make("span", "blurb", text), text));
    const facts = make("span", "facts", ...one.directions.map((name) => make("span", "", name)));
    if (one.organisation) facts.append(make("span", "", one.organisation));
    if (one.code) facts.append(make("span", "", words.code + (one.codeStars === null ? "" : ` ★${one.codeStars.toLocaleString("en")}`)));
    facts.append(make("span", "", one.full ? words.full : words.abstract));
    const time = make("time", "", one.day);
    time.dateTime = one.day;
    facts.append(time);
    link.append(what, facts);
    return make("li", "", link);
  };
  const issueRow = ({ url, title, text, day }) => {
    const link = make("a", "row");
    link.href = url.href;
    const time = make("time", "", day);
    time.dateTime = day;
    const name = spoken(make("span", "name", title), title);
    link.append(make("span", "what", name, " ", spoken(make("span", "blurb", text), text)), make("span", "facts", time));
    return make("li", "", link);
  };
  const say = (text) => {
    if (output.textContent !== text) output.textContent = text;
  };
  const count = (n) => (typeof words.found === "string" ? words.found : n === 1 ? words.found.one : words.found.other).replace("{n}", n.toLocaleString("en"));
  const show = () => {
    const focused = results.contains(document.activeElement) && document.activeElement.href;
    const others = found.length > shown || pending() ? [] : alone();
    results.replaceChildren(...found.slice(0, shown).map(row), ...others.map(issueRow));
    if (focused) [...results.querySelectorAll("a")].find((link) => link.href === focused)?.focus({ preventScroll: true });
    more.hidden = found.length <= shown;
    if (isEmpty()) say(words.hint);
    else if (failed) say(words.failed);
    else if (pending()) say(words.running.replace("{n}", found.length.toLocaleString("en")));
    else say(found.length + others.length ? count(found.length + others.length) : words.none);
    document.dispatchEvent(new Event("rows"));
  };

  // --- what is there at once, the rest of the index while there is nothing else to do ------------------

  const idle = () => new Promise((resolve) => (window.requestIdleCallback ? requestIdleCallback(resolve, { timeout: 60 }) : setTimeout(resolve, 20)));
  let reading = false;
  const readOn = async () => {
    if (reading) return;
    reading = true;
    failed = false;
    try {
      if (!months) await begin();
      while (!isEmpty() && pending()) {
        take(await readNext());
        show();
        if (found.length >= shown) await idle();
      }
    } catch (error) {
      failed = true;
      console.warn(error.message);
    }
    reading = false;
    show();
  };

  const again = () => {
    found.length = 0;
    if (!isEmpty()) take(papers);
    show();
  };
  let turn = 0;
  const search = async () => {
    const mine = ++turn;
    asked = ask();
    wanted = terms(asked.q);
    shown = PAGE;
    hits.clear();
    issues = [];
    address();
    again();
    readOn();
    if (pagefind && asked.q) {
      const [told, others] = await Promise.all([papersInFull(asked.q), issuesInFull(asked.q)]);
      if (mine !== turn) return;
      for (const [id, hit] of told) hits.set(id, hit);
      issues = others;
      again();
    }
  };

  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 120);
  });
  form.elements.q.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    results.querySelector("a")?.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  form.addEventListener("reset", () => setTimeout(search));
  more.addEventListener("click", () => {
    const first = results.children.length;
    shown += PAGE;
    show();
    results.children[first]?.querySelector("a").focus();
  });

  form.hidden = false;
  document.querySelector(".without")?.remove();
  const start = async () => {
    fill();
    form.elements.q.focus();
    try {
      await begin();
    } catch {
      failed = true; // told when something is asked
    }
    fill(); // the directions are there now
    search();
    if (!form.dataset.pagefind) return;
    try {
      pagefind = await import(new URL(form.dataset.pagefind, location.href).href);
      await pagefind.init();
      search();
    } catch {
      pagefind = null; // the small index does
    }
  };
  start();
})();
