// The reader: turns all pages in order into spreads that turn, with words to select, search, contents and the way to the text.
// Everything that is shown comes from the page itself or from its two data files; data become text, never markup.

const root = document.documentElement;
const facts = JSON.parse(document.getElementById("facts").textContent);
const list = document.querySelector(".sheets");
const sheets = [...list.querySelectorAll(".sheet")];
const folios = sheets.map((sheet) => sheet.dataset.folio);
const acts = (name) => document.querySelectorAll(`[data-act="${name}"]`);
const dialog = (name) => document.querySelector(`dialog[data-of="${name}"]`);
const place = document.querySelector(".place");
const upright = matchMedia("(max-aspect-ratio: 1/1)");
const small = sheets[0].querySelector("img");
const shape = small.width / small.height;
const ZOOMS = [1, 1.5, 2, 3, 4];

let current = 0; // index of the page that was asked for
let zoom = 0;
let at = null; // [article, block]: the place in the text that was asked for
let data = null; // pages.json when it is there

// Asked for when the first spread's small pictures are there: these come first.
let asked = null;
function pages() {
  asked ??= fetch(facts.pages).then((answer) => answer.json()).then((json) => { data = json; return json; });
  asked.catch(() => { asked = null; });
  return asked;
}

// Spreads: the cover alone, then pairs; one page at a time on upright screens.
function spread(index) {
  if (upright.matches || index === 0) return [index];
  const left = index % 2 === 1 ? index : index - 1;
  return left + 1 < sheets.length ? [left, left + 1] : [left];
}

function show(index, keep = false) {
  current = Math.min(sheets.length - 1, Math.max(0, index));
  const shown = spread(current);
  sheets.forEach((sheet, n) => sheet.classList.toggle("shown", shown.includes(n)));
  const order = facts.rtl ? [...shown].reverse() : shown;
  order.forEach((n, turn) => { sheets[n].style.order = turn; });
  fit();
  shown.forEach(sharpen);
  const names = shown.map((n) => folios[n]).join("–");
  place.textContent = `${facts.words.page} ${names}`;
  const ends = { previous: shown[0] === 0, next: shown.at(-1) === sheets.length - 1 };
  for (const [name, end] of Object.entries(ends)) {
    for (const button of acts(name)) {
      // What is disabled loses the focus: the pages take it.
      if (end && button === document.activeElement) list.focus({ preventScroll: true });
      button.disabled = end;
    }
  }
  if (!keep) at = null;
  for (const link of acts("text")) link.href = textOf();
  for (const thumb of document.querySelectorAll(".thumbs a")) {
    thumb.toggleAttribute("aria-current", shown.includes(Number(thumb.dataset.index)));
  }
  const hash = `#page=${folios[current]}`;
  if (!keep && location.hash !== hash) history.replaceState(null, "", hash);
  list.scrollTo(facts.rtl ? list.scrollWidth : 0, 0);
}

function fit() {
  const count = document.querySelectorAll(".sheet.shown").length || 1;
  const room = list.getBoundingClientRect();
  const gap = 16;
  const width = Math.min((room.width - gap) / count, (room.height - gap) * shape);
  list.style.setProperty("--page-width", `${Math.max(80, width * ZOOMS[zoom])}px`);
  list.style.setProperty("--page-shape", String(shape));
  list.classList.toggle("enlarged", zoom > 0 || (window.visualViewport?.scale ?? 1) > 1.05);
}

// What is in the middle, or at a point, stays there.
function enlarge(to, x = 0.5, y = 0.5) {
  const room = list.getBoundingClientRect();
  const across = (list.scrollLeft + room.width * x) / list.scrollWidth;
  const down = (list.scrollTop + room.height * y) / list.scrollHeight;
  zoom = Math.min(ZOOMS.length - 1, Math.max(0, to));
  fit();
  list.scrollTo(across * list.scrollWidth - room.width * x, down * list.scrollHeight - room.height * y);
}

// The drawing takes the small picture's place when it is there, and the words are laid over it.
async function sharpen(index) {
  const sheet = sheets[index];
  if (sheet.dataset.sharp) { mark(index); return; }
  sheet.dataset.sharp = "asked";
  try {
    const image = sheet.querySelector("img");
    image.loading = "eager";
    await image.decode().catch(() => {});
    const sharp = new Image();
    sharp.src = sheet.querySelector(".under a").href;
    const [{ pages: all }] = await Promise.all([pages(), sharp.decode()]);
    image.src = sharp.src;
    words(index, all[index]);
    sheet.dataset.sharp = "done";
    mark(index);
    for (const link of acts("text")) link.href = textOf();
    // The next spread is fetched while this one is read.
    const after = spread(current).at(-1) + 1;
    if (after < sheets.length) spread(after).forEach((n) => { sheets[n].querySelector("img").loading = "eager"; });
  } catch {
    delete sheet.dataset.sharp;
  }
}

// What comes between two runs of a page: nothing within a line or where a hyphen was set, else a space.
const HYPHEN = "\u00ad";
function between([x, y, width, size, text, article, block], next) {
  if (!next || next[5] !== article || next[6] !== block) return next?.[4] === HYPHEN ? "" : " ";
  const initial = size > 1.5 * next[3] && text.trim().length <= 2;
  const inLine = Math.abs(y - next[1]) < 0.5 && next[0] - x - width < 0.15 * size;
  return initial || inLine || /[\s/-]$/.test(text) ? "" : " ";
}

const canvas = document.createElement("canvas").getContext("2d");
function words(index, page) {
  const paper = sheets[index].querySelector(".paper");
  const layer = document.createElement("div");
  layer.className = "words";
  layer.style.containerType = "inline-size";
  page.runs.forEach((run, n) => {
    const [x, y, width, size, text, article, block] = run;
    if (text === HYPHEN) return;
    const span = document.createElement("span");
    span.textContent = text + between(run, page.runs[n + 1]);
    span.dir = "auto";
    span.style.left = `${(x / data.width) * 100}%`;
    span.style.top = `${((y - size * 0.8) / data.height) * 100}%`;
    span.style.fontSize = `${(size / data.width) * 100}cqw`;
    canvas.font = "100px serif";
    const natural = (canvas.measureText(text).width / 100) * size;
    if (natural > 0) span.style.transform = `scaleX(${width / natural})`;
    if (article !== null) span.dataset.at = `${article}:${block ?? ""}`;
    layer.append(span);
  });
  // One link may lie over several lines: it is one stop for keys, and is read once.
  const named = new Map();
  let first = null;
  page.links.forEach(([x, y, width, height, to], n) => {
    const link = document.createElement("a");
    link.href = to;
    link.style.left = `${(x / data.width) * 100}%`;
    link.style.top = `${(y / data.height) * 100}%`;
    link.style.width = `${(width / data.width) * 100}%`;
    link.style.height = `${(height / data.height) * 100}%`;
    layer.append(link);
    const under = page.runs.filter(([rx, ry, rw, , text]) => text !== HYPHEN && rx + rw / 2 > x && rx + rw / 2 < x + width && ry > y && ry < y + height + 2);
    const name = under.map((run) => run[4].trim()).join(" ");
    if (n > 0 && page.links[n - 1][4] === to) {
      link.tabIndex = -1;
      link.ariaHidden = "true";
      named.set(first, `${named.get(first)} ${name}`);
    } else {
      first = link;
      named.set(link, name);
    }
  });
  for (const [link, name] of named) link.setAttribute("aria-label", name.trim() || link.getAttribute("href").replace("#page=", `${facts.words.page} `));
  paper.append(layer);
}

// Where a block stands: its pages in order.
function pagesOf([article, block]) {
  const here = (run) => run[5] === article && (block === null || run[6] === block);
  return data.pages.flatMap((page, index) => (page.runs.some(here) ? [index] : []));
}

// The place that was asked for, and what was searched: also where a line's end cuts it.
let query = "";
function mark(index) {
  const spans = [...sheets[index].querySelectorAll(".words span")];
  const texts = spans.map((span) => span.textContent);
  const hits = query === "" ? [] : places(texts.join(""), query);
  let start = 0;
  spans.forEach((span, n) => {
    span.classList.toggle("here", at !== null && at[1] !== null && span.dataset.at === `${at[0]}:${at[1]}`);
    const end = start + texts[n].length;
    const parts = [];
    let done = start;
    for (const [from, to] of hits) {
      if (to <= start || from >= end) continue;
      const hit = document.createElement("mark");
      hit.className = "hit";
      hit.textContent = texts[n].slice(Math.max(from, start) - start, Math.min(to, end) - start);
      parts.push(texts[n].slice(done - start, Math.max(from, start) - start), hit);
      done = Math.min(to, end);
    }
    if (parts.length || span.firstElementChild) span.replaceChildren(...parts, texts[n].slice(done - start));
    start = end;
  });
}

function textOf() {
  const sheet = sheets[current];
  const usual = sheet.querySelector(".to-text").getAttribute("href");
  if (!data) return usual;
  if (at && at[1] !== null) return `${data.articles[at[0]][1]}#block=${at[1]}`;
  for (const index of spread(current)) {
    const run = data.pages[index].runs.find((r) => r[5] !== null && r[6] !== null);
    if (run) return `${data.articles[run[5]][1]}#block=${run[6]}`;
  }
  return usual;
}

// Search: words as they are typed, accents and capitals aside.
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[\u00ad\u200b]/g, "").replace(/[’‘]/g, "'").replace(/[“”]/g, '"').replace(/\s/g, " ").toLowerCase();

// Where a plain word stands in a text: from and to, in the text's own letters.
function places(text, word) {
  let low = "";
  const origin = [];
  let where = 0;
  for (const letter of text) {
    const added = plain(letter);
    low += added;
    for (let n = 0; n < added.length; n++) origin.push(where);
    where += letter.length;
  }
  origin.push(where);
  const found = [];
  for (let hit = low.indexOf(word); hit >= 0; hit = low.indexOf(word, hit + word.length)) {
    found.push([origin[hit], Math.max(origin[hit + word.length], origin[hit] + 1)]);
  }
  return found;
}
let index = null;
async function search(typed) {
  const found = document.querySelector(".found");
  const tally = document.querySelector(".tally");
  query = plain(typed.trim());
  found.replaceChildren();
  tally.textContent = "";
  if (query.length < 2) { query = ""; spread(current).forEach(mark); return; }
  tally.textContent = facts.words.searching;
  const wanted = query;
  index ??= await fetch(facts.search).then((answer) => answer.json());
  await pages();
  if (wanted !== query) return;
  let count = 0;
  index.forEach((blocks, article) => {
    for (const [block, text] of blocks) {
      const [first] = places(text, query);
      if (!first) continue;
      count += 1;
      if (count > 200) continue;
      const item = document.createElement("li");
      const link = document.createElement("a");
      const [from, to] = first;
      // Not in the midst of a word.
      const start = from > 45 ? text.indexOf(" ", from - 45) + 1 : 0;
      const page = landing(article, block);
      link.href = `#page=${folios[page]}`;
      const end = text.length > to + 60 ? Math.max(to, text.lastIndexOf(" ", to + 60)) : text.length;
      const strong = document.createElement("mark");
      strong.textContent = text.slice(from, to);
      const title = document.createElement("small");
      title.textContent = `${data.articles[article][2]} · ${facts.words.page} ${folios[page]}`;
      link.append(title, start > 0 ? "… " : "", text.slice(start, from), strong, text.slice(to, end), end < text.length ? " …" : "");
      link.addEventListener("click", (event) => {
        event.preventDefault();
        dialog("search").close();
        at = [article, block];
        show(page, true);
        history.replaceState(null, "", link.href);
      });
      item.append(link);
      found.append(item);
    }
  });
  tally.textContent = count ? facts.words.found.replace("{}", count) : facts.words.nothing;
}

// The page of a block on which the words stand; tables and boxes have no number there: the article's page that holds the words.
function landing(article, block) {
  const said = (r, n, all) => (r[4] === HYPHEN ? "" : r[4] + between(r, all[n + 1]));
  const holds = (page) => places(data.pages[page].runs.map(said).join(""), query).length > 0;
  const own = block === null ? [] : pagesOf([article, block]);
  const all = pagesOf([article, null]);
  const whole = all.length ? folios.map((_, n) => n).slice(all[0], all.at(-1) + 1) : [];
  const first = sheets.findIndex((s) => s.querySelector(".to-text").getAttribute("href").startsWith(data.articles[article][1]));
  return own.find(holds) ?? whole.find(holds) ?? own[0] ?? nearest(article, block) ?? Math.max(0, first);
}

// The page of a block, or of the one next to it that is numbered on the pages.
function nearest(article, block) {
  const there = new Map();
  data.pages.forEach((page, index) => page.runs.forEach((r) => {
    if (r[5] === article && r[6] !== null && !there.has(r[6])) there.set(r[6], index);
  }));
  const far = (other) => Math.abs(other - (block ?? 0) - 0.1);
  const [closest] = [...there.keys()].sort((a, b) => far(a) - far(b));
  return there.get(closest);
}

// `#page=12`, or `#at=slug:7` from an article's text.
async function arrive() {
  const hash = decodeURIComponent(location.hash);
  const page = /^#page=(.+)$/.exec(hash);
  if (page) {
    const found = folios.indexOf(page[1]);
    if (found >= 0) show(found);
    return;
  }
  const text = /^#at=(.+):(\d+)$/.exec(hash);
  if (!text) { show(current); return; }
  await pages().catch(() => {});
  if (!data) { show(0); return; }
  const article = data.articles.findIndex(([slug]) => slug === text[1]);
  at = [article, Number(text[2])];
  const first = pagesOf(at)[0] ?? nearest(...at) ?? 0;
  show(first, true);
  history.replaceState(null, "", `#page=${folios[first]}`);
}

const turn = {
  next: () => show(spread(current).at(-1) + 1),
  previous: () => { const first = spread(current)[0]; if (first > 0) show(upright.matches ? first - 1 : spread(first - 1)[0]); },
  in: () => enlarge(zoom + 1),
  out: () => enlarge(zoom - 1),
  full: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.())?.catch?.(() => {}),
  contents: () => dialog("contents").showModal(),
  all: () => { thumbs(); dialog("all").showModal(); },
  search: () => { dialog("search").showModal(); input.focus(); input.select(); },
  close: () => document.querySelector("dialog[open]")?.close(),
  colours: () => {
    const dark = root.dataset.colours ? root.dataset.colours === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.colours = dark ? "light" : "dark";
    try { localStorage.setItem("masthead-colours", root.dataset.colours); } catch { /* not kept */ }
  },
};

function thumbs() {
  const row = document.querySelector(".thumbs");
  if (row.childElementCount) return;
  sheets.forEach((sheet, n) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#page=${folios[n]}`;
    link.dataset.index = n;
    const image = new Image(small.width, small.height);
    image.loading = "lazy";
    image.alt = "";
    image.src = sheet.dataset.small;
    link.append(image, `${facts.words.page} ${folios[n]}`);
    link.toggleAttribute("aria-current", spread(current).includes(n));
    item.append(link);
    row.append(item);
  });
}

for (const sheet of sheets) sheet.dataset.small = sheet.querySelector("img").getAttribute("src");
for (const [name, act] of Object.entries(turn)) {
  for (const button of acts(name)) {
    button.hidden = false;
    button.addEventListener("click", act);
  }
}
for (const link of acts("text")) link.hidden = false;
for (const one of document.querySelectorAll("dialog")) {
  one.addEventListener("click", (event) => {
    const box = one.getBoundingClientRect();
    const outside = event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
    if (event.target === one && outside) one.close();
  });
}
// Links to pages: the browser's own way would take the focus away.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#page=']");
  if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  document.querySelector("dialog[open]")?.close();
  if (list.contains(link)) list.focus({ preventScroll: true });
  if (location.hash !== link.hash) history.pushState(null, "", link.hash);
  arrive();
});
const form = dialog("search").querySelector("form");
const input = form.querySelector("input");
let waiting = 0;
input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => search(input.value), 120); });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  search(input.value).then(() => document.querySelector(".found a")?.focus());
});

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") || event.target.closest("input, textarea")) return;
  const ahead = facts.rtl ? "ArrowLeft" : "ArrowRight";
  const back = facts.rtl ? "ArrowRight" : "ArrowLeft";
  const wide = list.scrollWidth > list.clientWidth + 2;
  const keys = {
    [ahead]: wide ? null : turn.next, [back]: wide ? null : turn.previous, PageDown: turn.next, PageUp: turn.previous,
    Home: () => show(0), End: () => show(sheets.length - 1),
  };
  // Single characters only while the pages have the focus (WCAG 2.2, 2.1.4).
  const signs = { "+": turn.in, "=": turn.in, "-": turn.out, f: turn.full, c: turn.contents, a: turn.all, "/": turn.search, t: () => location.assign(textOf()) };
  const act = keys[event.key] ?? (list.contains(document.activeElement) ? signs[event.key] : undefined);
  if (!act) return;
  event.preventDefault();
  act();
});

// Lines that are copied are one text: each stands in a box of its own.
document.addEventListener("copy", (event) => {
  const chosen = getSelection();
  const spans = [...document.querySelectorAll(".sheet.shown .words span")].filter((span) => chosen.containsNode(span, true));
  if (!spans.length || !chosen.rangeCount) return;
  const part = chosen.getRangeAt(0);
  const text = spans.map((span, n) => {
    const own = document.createRange();
    own.selectNodeContents(span);
    if (n === 0 && span.contains(part.startContainer)) own.setStart(part.startContainer, part.startOffset);
    if (n === spans.length - 1 && span.contains(part.endContainer)) own.setEnd(part.endContainer, part.endOffset);
    const other = n > 0 && span.dataset.at !== spans[n - 1].dataset.at;
    return (other ? "\n" : "") + own.toString();
  });
  event.clipboardData.setData("text/plain", text.join("").trim());
  event.preventDefault();
});

// A swipe turns; where the page is enlarged, by button or by fingers, it moves the page.
let start = null;
list.addEventListener("pointerdown", (event) => { start = event.pointerType === "touch" && event.isPrimary && !list.classList.contains("enlarged") ? event : null; });
list.addEventListener("pointerup", (event) => {
  if (!start || list.classList.contains("enlarged")) return;
  const [x, y] = [event.clientX - start.clientX, event.clientY - start.clientY];
  start = null;
  if (Math.abs(x) < 40 || Math.abs(x) < 2 * Math.abs(y)) return;
  (x < 0) === !facts.rtl ? turn.next() : turn.previous();
});
list.addEventListener("pointercancel", () => { start = null; });
window.visualViewport?.addEventListener("resize", fit);
list.addEventListener("dblclick", (event) => {
  if (getSelection()?.toString().trim()) getSelection().removeAllRanges();
  const room = list.getBoundingClientRect();
  enlarge(zoom ? 0 : 2, (event.clientX - room.left) / room.width, (event.clientY - room.top) / room.height);
});

try { const chosen = localStorage.getItem("masthead-colours"); if (chosen) root.dataset.colours = chosen; } catch { /* not kept */ }
document.body.classList.add("turning");
document.body.classList.toggle("bound-right", facts.rtl);
list.tabIndex = 0;
new ResizeObserver(fit).observe(list);
upright.addEventListener("change", () => show(current, true));
addEventListener("hashchange", arrive);
arrive();

if ("serviceWorker" in navigator && location.protocol !== "file:") {
  addEventListener("load", () => setTimeout(() => navigator.serviceWorker.register(facts.offline).catch(() => {}), 1500));
}
