// What is asked of a page from within: one expression, an object of functions that give plain values.
(() => {
  const path = (element) => {
    const parts = [];
    for (let e = element; e && e !== document.documentElement && parts.length < 4; e = e.parentElement)
      parts.unshift(e.localName + (e.id ? `#${e.id}` : e.classList.length ? `.${[...e.classList].join(".")}` : ""));
    return parts.join(" > ");
  };
  const words = (element) => (element.textContent || element.getAttribute("aria-label") || "").trim().replace(/\s+/g, " ").slice(0, 50);
  const named = (element) => `${path(element)} ${JSON.stringify(words(element))}`;
  const style = (element) => getComputedStyle(element);
  const isSeen = (element) => element.checkVisibility({ contentVisibilityAuto: false, visibilityProperty: true });
  const scrolls = (element) => ["auto", "scroll", "hidden", "clip"].includes(style(element).overflowX);

  // An element that is cut or scrolled by one around it cannot widen the page.
  const isHeld = (element) => {
    for (let e = element.parentElement; e && e !== document.body; e = e.parentElement) if (scrolls(e)) return true;
    return false;
  };

  // The innermost elements that reach over the page's right edge.
  const sticking = () => {
    const edge = document.documentElement.clientWidth + 0.5;
    const out = [...document.body.querySelectorAll("*")].filter(
      (e) => isSeen(e) && e.getBoundingClientRect().right > edge && e.getBoundingClientRect().width > 0 && !isHeld(e));
    return out.filter((e) => !out.some((other) => other !== e && e.contains(other))).slice(0, 3)
      .map((e) => `${named(e)} ends at ${Math.round(e.getBoundingClientRect().right)}`);
  };

  const overflow = () => {
    const page = document.scrollingElement;
    return page.scrollWidth <= page.clientWidth ? null : { width: page.scrollWidth, room: page.clientWidth, elements: sticking() };
  };

  // Text that a reader can get at in no way: cut off without a sign and without scrolling.
  const cut = () => [...document.body.querySelectorAll("*")].filter((e) => {
    if (!["hidden", "clip"].includes(style(e).overflowX) || e.clientWidth <= 1 || !isSeen(e) || e.closest("svg, math")) return false;
    return e.scrollWidth > e.clientWidth + 1 && style(e).textOverflow !== "ellipsis" && style(e).webkitLineClamp === "none";
  }).slice(0, 3).map(named);

  // Words that stand on other words. Formulas and drawings lay theirs out themselves.
  const overlapping = () => {
    const boxes = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const e = node.parentElement;
      if (!node.data.trim() || e.closest("svg, math, select, script, noscript") || !isSeen(e)) continue;
      range.selectNodeContents(node);
      for (const b of range.getClientRects()) if (b.width > 1 && b.height > 1) boxes.push({ e, b });
    }
    boxes.sort((a, b) => a.b.top - b.b.top);
    const found = [];
    for (let i = 0; i < boxes.length && found.length < 3; i++)
      for (let j = i + 1; j < boxes.length && boxes[j].b.top < boxes[i].b.bottom; j++)
        if (isOn(boxes[i], boxes[j])) found.push(`${named(boxes[i].e)} and ${named(boxes[j].e)}`);
    return found;
  };
  const isOn = ({ e, b }, { e: other, b: c }) => {
    if (e === other || clipped(e, b) || clipped(other, c)) return false;
    const width = Math.min(b.right, c.right) - Math.max(b.left, c.left);
    const height = Math.min(b.bottom, c.bottom) - Math.max(b.top, c.top);
    return width > 2 && height > Math.min(b.height, c.height) / 2; // lines of one paragraph touch
  };
  // Whether an element around it cuts a box off or scrolls it away.
  const clipped = (element, box) => {
    for (let e = element; e && e !== document.body; e = e.parentElement) {
      if (style(e).clipPath !== "none") return true;
      if (style(e).overflow === "visible") continue;
      const { left, right, top, bottom } = e.getBoundingClientRect();
      if (box.right > right + 1 || box.left < left - 1 || box.bottom > bottom + 1 || box.top < top - 1) return true;
    }
    return false;
  };

  // Punctuation that begins a line because the break came between an element and what follows it.
  const orphans = () => {
    const found = [];
    const range = document.createRange();
    for (const e of document.body.querySelectorAll("a, span, code, strong, em, b, i, time")) {
      const next = e.nextSibling;
      if (next?.nodeType !== Node.TEXT_NODE || !isSeen(e) || e.closest("svg, math")) continue;
      const at = next.data.search(/\S/);
      if (at < 0 || !/[,.;:!?)、，。；：！？）」』》】]/.test(next.data[at])) continue;
      range.setStart(next, at);
      range.setEnd(next, at + 1);
      const mark = range.getBoundingClientRect();
      const before = [...e.getClientRects()].at(-1);
      const isFull = before && before.right > e.parentElement.getBoundingClientRect().right - 24; // a word as long as the line
      if (before && !isFull && mark.width && mark.top >= before.bottom - 2) found.push(`${JSON.stringify(next.data.trim().slice(0, 10))} after ${named(e)}`);
    }
    return found.slice(0, 3);
  };

  let closed = [];
  const openAll = () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const e of closed) {
      e.removeAttribute("name"); // those of one name would close each other
      e.open = true;
    }
  };
  const closeAll = () => {
    for (const e of closed) e.open = false;
  };

  const faults = () => ({ overflow: overflow(), cut: cut(), overlap: overlapping(), orphans: orphans() });
  // As the page stands, and with everything unfolded.
  const survey = () => {
    const folded = faults();
    openAll();
    const unfolded = faults();
    closeAll();
    return { folded, unfolded, ground: ground(), jumping: jumping(), controls: controls() };
  };

  const lightness = (colour) => {
    const [r, g, b] = colour.match(/[\d.]+/g).map(Number);
    return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
  };
  const isClear = (colour) => colour === "transparent" || /^rgba\(.*,\s*0\)$|\/\s*0\)$/.test(colour);
  const ground = () => {
    const found = [document.body, document.documentElement].map((e) => style(e).backgroundColor).find((c) => !isClear(c));
    return found ? lightness(asRgb(found)) : null;
  };
  // Chromium gives back oklch() and the like as they were written; a canvas knows what they look like.
  const asRgb = (colour) => {
    const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return `rgb(${[...context.getImageData(0, 0, 1, 1).data].slice(0, 3).join(",")})`;
  };

  // --- keyboard ------------------------------------------------------------------------------------
  const TABBABLE = "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), " +
    "summary, audio[controls], video[controls], [tabindex]:not([tabindex^='-'])";
  const tabbable = () => [...document.querySelectorAll(TABBABLE)]
    .filter((e) => e.tabIndex >= 0 && isSeen(e) && (e.localName !== "summary" || e === e.parentElement.querySelector(":scope > summary")));

  const look = (element) => {
    const s = style(element);
    return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.borderColor, s.textDecorationLine, s.color].join("|");
  };
  const hasRing = (element) => style(element).outlineStyle !== "none" && parseFloat(style(element).outlineWidth) >= 1;

  let all = [];
  let plain = [];
  // Remembers what can be reached, and how it looks without focus; how many there are.
  const beginWalk = () => {
    const start = Object.assign(document.createElement("span"), { tabIndex: -1 });
    document.body.prepend(start);
    start.focus(); // from here the next Tab goes on, also on a page that gave the focus to a field of its own
    start.remove();
    all = tabbable();
    plain = all.map(look);
    return all.length;
  };
  // Where the focus is now: its place in the list, and what is wrong with what one sees of it.
  const step = () => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return { place: -1, name: "", faults: [] };
    const place = all.indexOf(element);
    const faults = [];
    if (!isSeen(element)) faults.push("is not visible");
    if (place >= 0 && look(element) === plain[place] && !hasRing(element)) faults.push("looks as without focus");
    const boxes = [...element.getClientRects()].filter((b) => b.width && b.height);
    const inView = boxes.filter((b) => b.bottom > 0 && b.top < innerHeight && b.right > 0 && b.left < innerWidth);
    if (!inView.length) faults.push("is outside the window");
    else if (!inView.some((b) => uncovered(element, b))) faults.push("is covered");
    return { place, name: named(element), faults };
  };
  const uncovered = (element, box) => {
    const x = Math.min(Math.max((box.left + box.right) / 2, 1), innerWidth - 1);
    const y = Math.min(Math.max((box.top + box.bottom) / 2, 1), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    return element.contains(top);
  };
  const missed = (seen) => all.filter((_, place) => !seen.includes(place)).map(named);

  // Headings that stand above one that comes before them in the text, and not in a column to its right.
  const jumping = () => {
    const all = [...document.querySelectorAll("main :is(h1, h2, h3, h4, h5)")].filter(isSeen);
    const boxes = all.map((e) => e.getBoundingClientRect());
    return all.filter((e, n) => n && boxes[n].top < boxes[n - 1].top && boxes[n].left < boxes[n - 1].left + 10).map(named);
  };
  const controls = () => [...document.querySelectorAll("button, input, select, textarea")].filter(isSeen).map(named);

  return { survey, openAll, closeAll, ground, beginWalk, step, missed };
})()
