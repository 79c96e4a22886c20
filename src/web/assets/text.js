// An article's text: size, light or dark, and the same place on the printed page.

const root = document.documentElement;
const store = {
  get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
  set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* not kept */ } },
};

const sizes = [0.85, 1, 1.15, 1.3, 1.5, 1.75];
let size = Number(store.get("masthead-size") ?? 1);
function resize(step) {
  if (!Number.isInteger(size)) size = 1;
  size = Math.min(sizes.length - 1, Math.max(0, size + step));
  root.style.setProperty("--text-size", sizes[size]);
  store.set("masthead-size", String(size));
}
resize(0);
for (const button of document.querySelectorAll("[data-size]")) {
  button.hidden = false;
  button.addEventListener("click", () => resize(Number(button.dataset.size)));
}

const chosen = store.get("masthead-colours");
if (chosen) root.dataset.colours = chosen;
for (const button of document.querySelectorAll("[data-colours]")) {
  if (button === root) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = root.dataset.colours ? root.dataset.colours === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.colours = dark ? "light" : "dark";
    store.set("masthead-colours", root.dataset.colours);
  });
}

// The block that is being read: the first that is not above the bar.
const article = document.querySelector("[data-article]");
const bar = document.querySelector(".toolbar");
const link = document.querySelector("[data-pages]");
let came = null;
function reading() {
  if (came && scrollY === came.y) return came.block;
  const top = (bar?.getBoundingClientRect().bottom ?? 0) + 4;
  for (const block of article.querySelectorAll("[data-block]")) {
    if (block.getBoundingClientRect().bottom > top) return block.dataset.block;
  }
  return null;
}
link?.addEventListener("click", (event) => {
  const block = scrollY > 0 || came ? reading() : null;
  if (block === null) return;
  event.preventDefault();
  const target = new URL(link.href);
  target.hash = `#at=${encodeURIComponent(article.dataset.article)}:${block}`;
  location.assign(target);
});

// `#block=7` comes from the pages.
function arrive() {
  const found = /^#block=(\d+)$/.exec(location.hash);
  if (!found) return;
  // Items of short lists bear no number: the list, or what comes before.
  let block = null;
  for (const other of article.querySelectorAll("[data-block]")) {
    const near = Number(other.dataset.block);
    if (near <= Number(found[1]) && near >= Number(block?.dataset.block ?? 0)) block = other;
  }
  if (!block) return;
  block.scrollIntoView({ block: "center", behavior: "instant" });
  block.classList.add("here");
  setTimeout(() => block.classList.remove("here"), 2500);
  came = { block: found[1], y: scrollY };
  block.tabIndex = -1;
  block.focus({ preventScroll: true });
}
addEventListener("hashchange", arrive);
// When the faces are there: lines move until then.
document.fonts.ready.then(arrive);

if ("serviceWorker" in navigator && location.protocol !== "file:") {
  addEventListener("load", () => navigator.serviceWorker.register("../../sw.js").catch(() => {}));
}
