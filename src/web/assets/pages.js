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

const pages = fetch(facts.pages).then((answer) => answer.json()).then((json) => { data = json; return json; });
pages.catch(() => {});

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
  for (const button of acts("previous")) button.disabled = shown[0] === 0;
  for (const button of acts("next")) button.disabled = shown.at(-1) === sheets.length - 1;
  if (!keep) at = null;
  for (const link of acts("text")) link.href = textOf();
  for (const thumb of document.querySelectorAll(".thumbs a")) {
    thumb.toggleAttribute("aria-current", shown.includes(Number(thumb.dataset.index)));
  }
  const hash = `#page=${folios[current]}`;
  if (!keep && location.hash !== hash) history.replaceState(null, "", hash);
  list.scrollTo(0, 0);
  // The next spread is fetched while this one is read.
  const after = shown.at(-1) + 1;
  if (after < sheets.length) idle(() => spread(after).forEach((n) => { sheets[n].querySelector("img").loading = "eager"; }));
}

const idle = window.requestIdleCallback ?? ((act) => setTimeout(act, 200));

function fit() {
  const count = document.querySelectorAll(".sheet.shown").length || 1;
  const room = list.getBoundingClientRect();
  const gap = 16;
  const width = Math.min((room.width - gap) / count, (room.height - gap) * shape);
  list.style.setProperty("--page-width", `${Math.max(80, width * ZOOMS[zoom])}px`);
  list.style.setProperty("--page-shape", String(shape));
}

// The drawing takes the small picture's place when it is there, and the words are laid over it.
async function sharpen(index) {
  const sheet = sheets[index];
  if (sheet.dataset.sharp) { mark(index); return; }
  sheet.dataset.sharp = "asked";
  try {
    await small.decode().catch(() => {});
    const { pages: all } = await pages;
    const image = sheet.querySelector("img");
    const sharp = new Image();
    sharp.src = new URL(all[index].svg, location.href).href;
    await sharp.decode();
    image.src = sharp.src;
    words(index, all[index]);
    sheet.dataset.sharp = "done";
    mark(index);
    for (const link of acts("text")) link.href = textOf();
  } catch {
    delete sheet.dataset.sharp;
  }
}

const canvas = document.createElement("canvas").getContext("2d");
function words(index, page) {
  const paper = sheets[index].querySelector(".paper");
  const layer = document.createElement("div");
  layer.className = "words";
  layer.style.containerType = "inline-size";
  const unit = (length) => `${(length / data.width) * 100}cqw`;
  for (const [x, y, width, size, text, article, block] of page.runs) {
    const span = document.createElement("span");
    span.textContent = `${text} `;
    span.style.left = `${(x / data.width) * 100}%`;
    span.style.top = `${((y - size * 0.8) / data.height) * 100}%`;
    span.style.fontSize = unit(size);
    canvas.font = "100px serif";
    const natural = (canvas.measureText(text).width / 100) * size;
    if (natural > 0) span.style.transform = `scaleX(${width / natural})`;
    if (article !== null) span.dataset.at = `${article}:${block ?? ""}`;
    layer.append(span);
  }
  for (const [x, y, width, height, to] of page.links) {
    const link = document.createElement("a");
    link.href = to;
    link.style.left = `${(x / data.width) * 100}%`;
    link.style.top = `${(y / data.height) * 100}%`;
    link.style.width = `${(width / data.width) * 100}%`;
    link.style.height = `${(height / data.height) * 100}%`;
    // The words that it lies over are read with the page; the link says where it leads.
    const under = page.runs.filter(([rx, ry, rw]) => rx + rw / 2 > x && rx + rw / 2 < x + width && ry > y && ry < y + height + 2);
    const name = under.map((run) => run[4]).join(" ").trim() || to.replace("#page=", `${facts.words.page} `);
    link.setAttribute("aria-label", name);
    layer.append(link);
  }
  paper.append(layer);
}

// Where a block stands: its pages in order.
function pagesOf([article, block]) {
  const here = (run) => run[5] === article && (block === null || run[6] === block);
  return data.pages.flatMap((page, index) => (page.runs.some(here) ? [index] : []));
}

let query = "";
function mark(index) {
  for (const span of sheets[index].querySelectorAll(".words span")) {
    span.classList.toggle("here", at !== null && span.dataset.at === `${at[0]}:${at[1] ?? ""}`);
    span.classList.toggle("hit", query !== "" && plain(span.textContent).includes(query));
  }
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
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[\u00ad\u200b]/g, "").replace(/[’‘]/g, "'").toLowerCase();
let index = null;
async function search(typed) {
  const found = document.querySelector(".found");
  const tally = document.querySelector(".tally");
  query = plain(typed.trim());
  found.replaceChildren();
  tally.textContent = "";
  if (query.length < 2) { query = ""; spread(current).forEach(mark); return; }
  tally.textContent = facts.words.searching;
  const asked = query;
  index ??= await fetch(facts.search).then((answer) => answer.json());
  await pages;
  if (asked !== query) return;
  let count = 0;
  index.forEach((blocks, article) => {
    for (const [block, text] of blocks) {
      const low = plain(text);
      const where = low.indexOf(query);
      if (where < 0) continue;
      count += 1;
      if (count > 200) continue;
      const item = document.createElement("li");
      const link = document.createElement("a");
      const start = Math.max(0, where - 40);
      // Letters may count otherwise without accents; near enough for a few words around.
      const shown = text.slice(start, where + query.length + 60);
      const page = landing(article, block);
      link.href = `#page=${folios[page]}`;
      const [before, hit, after] = cut(shown, query);
      const strong = document.createElement("mark");
      strong.textContent = hit;
      const title = document.createElement("small");
      title.textContent = `${data.articles[article][2]} · ${facts.words.page} ${folios[page]}`;
      link.append(title, start > 0 ? "… " : "", before, strong, `${after} …`);
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

// The page of a block on which the words stand; its first where they are cut by a line's end.
function landing(article, block) {
  const list = pagesOf([article, block]);
  const holds = (page) => data.pages[page].runs.some((r) => r[5] === article && r[6] === block && plain(r[4]).includes(query));
  if (list.length) return list.find(holds) ?? list[0];
  const first = folios.indexOf(sheets.find((s) => s.querySelector(".to-text").getAttribute("href").startsWith(data.articles[article][1]))?.dataset.folio);
  return Math.max(0, pagesOf([article, null])[0] ?? first);
}

function cut(text, word) {
  const where = plain(text).indexOf(word);
  return where < 0 ? [text, "", ""] : [text.slice(0, where), text.slice(where, where + word.length), text.slice(where + word.length)];
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
  await pages.catch(() => {});
  if (!data) { show(0); return; }
  const article = data.articles.findIndex(([slug]) => slug === text[1]);
  const blocks = pagesOf([article, Number(text[2])]);
  at = [article, Number(text[2])];
  const first = blocks[0] ?? pagesOf([article, null])[0] ?? 0;
  show(first, true);
  history.replaceState(null, "", `#page=${folios[first]}`);
}

const turn = {
  next: () => show(spread(current).at(-1) + 1),
  previous: () => { const first = spread(current)[0]; if (first > 0) show(upright.matches ? first - 1 : spread(first - 1)[0]); },
  in: () => { zoom = Math.min(ZOOMS.length - 1, zoom + 1); fit(); },
  out: () => { zoom = Math.max(0, zoom - 1); fit(); },
  full: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen?.())?.catch?.(() => {}),
  contents: () => dialog("contents").showModal(),
  all: () => { thumbs(); dialog("all").showModal(); },
  search: () => { dialog("search").showModal(); dialog("search").querySelector("input").select(); },
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
    if (event.target === one || event.target.closest("a[href^='#']")) one.close();
  });
}
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
    Home: () => show(0), End: () => show(sheets.length - 1), "+": turn.in, "=": turn.in, "-": turn.out,
    f: turn.full, c: turn.contents, a: turn.all, "/": turn.search, t: () => location.assign(textOf()),
  };
  const act = keys[event.key];
  if (!act || ((event.key.length === 1 || event.key.startsWith("Arrow")) && event.target.closest("a, button") && event.key === "Enter")) return;
  event.preventDefault();
  act();
});

// A swipe turns; where the page is enlarged it moves the page.
let start = null;
list.addEventListener("pointerdown", (event) => { start = event.pointerType === "touch" && event.isPrimary && zoom === 0 ? event : null; });
list.addEventListener("pointerup", (event) => {
  if (!start || (window.visualViewport?.scale ?? 1) > 1.05) return;
  const [x, y] = [event.clientX - start.clientX, event.clientY - start.clientY];
  start = null;
  if (Math.abs(x) < 50 || Math.abs(x) < 2 * Math.abs(y)) return;
  (x < 0) === !facts.rtl ? turn.next() : turn.previous();
});
list.addEventListener("pointercancel", (event) => {
  // The browser takes a pan over: its last place still says where it went.
  if (start && Math.abs(event.clientX - start.clientX) > 50 && list.scrollWidth <= list.clientWidth + 2) {
    (event.clientX < start.clientX) === !facts.rtl ? turn.next() : turn.previous();
  }
  start = null;
});
list.addEventListener("dblclick", (event) => {
  if (getSelection()?.toString()) return;
  zoom = zoom ? 0 : 2;
  fit();
  if (zoom) {
    const box = event.target.closest(".paper")?.getBoundingClientRect();
    if (box) list.scrollTo({ left: list.scrollWidth / 2 - list.clientWidth / 2, top: list.scrollHeight / 2 - list.clientHeight / 2 });
  }
});

try { const chosen = localStorage.getItem("masthead-colours"); if (chosen) root.dataset.colours = chosen; } catch { /* not kept */ }
document.body.classList.add("turning");
new ResizeObserver(fit).observe(list);
upright.addEventListener("change", () => show(current, true));
addEventListener("hashchange", arrive);
arrive();

if ("serviceWorker" in navigator && location.protocol !== "file:") {
  addEventListener("load", () => setTimeout(() => navigator.serviceWorker.register(facts.offline).catch(() => {}), 1500));
}
