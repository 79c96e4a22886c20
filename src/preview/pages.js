// The pages as spreads with their thumbnails: zoom, place, and what stands under the pointer.
// The place is kept whatever changes: the same point of the same page stays where it is.

import { Plates } from "./plates.js";

const $ = (id) => document.getElementById(id);
const PX_PER_PT = 96 / 72;
const STEPS = [0.1, 0.15, 0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4];
const scroller = $("pages");
const strip = $("thumbs");
const frames = new Plates(scroller, "75% 75%");
const small = new Plates(strip, "50%");

let pages = [];
const parts = []; // for each page: { figure, sheet, folio, label, mark, button, thumb }
let rtl = false;
let zoom = "page";
let scale = 1;
let current = 0;
let held = 0; // where this file left the view, until somebody scrolls: then NaN
let fitted = ""; // the view's size that the scale was calculated for
let chosen = null; // { file, line }
let onSpot = () => {};
let onPlace = () => {};

/** Calls back with (file, line, page) when somebody points at a block, and when another page comes into view. */
export function listen(spot, place) {
  onSpot = spot;
  onPlace = place;
}

/** The spread of a page, as an index: the cover stands alone. */
const spreadOf = (page) => Math.floor((page + 1) / 2);
const firstOf = (spread) => Math.max(0, spread * 2 - 1);

/** Shows pages: all of them, and which of them differ from before. */
export function show(all, changed, rightToLeft) {
  const rebuild = all.length !== parts.length || rtl !== rightToLeft;
  pages = all;
  rtl = rightToLeft;
  keepPlace(() => {
    if (rebuild) build();
    for (const index of rebuild ? pages.keys() : changed) fill(index);
    if (rebuild || changed.some((i) => sized(i))) fit();
  });
  paintChosen();
  track();
}

function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

function build() {
  // What is there stays, with its picture.
  for (const { sheet, thumb } of parts.splice(pages.length)) {
    frames.drop(sheet);
    small.drop(thumb.firstElementChild);
  }
  while (parts.length < pages.length) parts.push(part(parts.length));
  const spreads = [];
  const pairs = [];
  for (let first = 0; first < pages.length; first = firstOf(spreadOf(first) + 1)) {
    const both = parts.slice(first, first === 0 ? 1 : first + 2);
    const spread = make("div", "spread", ...both.map((p) => p.figure));
    const pair = make("div", "pair", ...both.map((p) => p.thumb));
    spread.dir = pair.dir = rtl ? "rtl" : "ltr";
    spreads.push(spread);
    pairs.push(pair);
  }
  scroller.replaceChildren(...spreads);
  strip.replaceChildren(...pairs);
  if (pages.length === 0) scroller.append(make("p", "empty", "No page could be laid out yet. The findings say why."));
}

function part(index) {
  const sheet = make("div", "sheet");
  const [folio, label, mark] = [make("span", "folio"), make("span", "label"), make("span", "mark")];
  label.dir = "auto";
  const button = make("button", "", "Manuscript");
  button.type = "button";
  const figure = make("figure", "", sheet, make("figcaption", "", folio, label, mark, button));
  const thumb = make("button", "", make("span", "sheet"), make("span", "folio"));
  thumb.type = "button";
  thumb.tabIndex = -1;
  mark.hidden = true;
  sheet.addEventListener("pointermove", (event) => hover(index, sheet, event));
  sheet.addEventListener("pointerleave", () => sheet.querySelector(".hover")?.remove());
  sheet.addEventListener("click", (event) => {
    const spot = spotAt(index, sheet, event);
    if (spot) onSpot(spot.file, spot.line, index);
  });
  button.addEventListener("click", () => {
    const spots = pages[index].spots;
    // The block that is read first: highest, then furthest to the start.
    const first = spots.toSorted((a, b) => a.y - b.y || (rtl ? b.x - a.x : a.x - b.x))[0];
    if (first) onSpot(first.file, first.line, index, true);
  });
  thumb.addEventListener("click", () => go(index));
  return { figure, sheet, folio, label, mark, button, thumb };
}

function sized(index) {
  const { sheet } = parts[index];
  const { width, height } = pages[index];
  return sheet.dataset.size !== `${width} ${height}`;
}

function fill(index) {
  const page = pages[index];
  const { figure, sheet, folio, label, button, thumb } = parts[index];
  const name = page.label ? `Page ${page.folio}: ${page.label}` : `Page ${page.folio}`;
  folio.textContent = page.folio;
  label.textContent = page.label;
  label.title = page.label;
  button.hidden = page.spots.length === 0;
  button.setAttribute("aria-label", `Manuscript of page ${page.folio}`);
  sheet.setAttribute("role", "img");
  sheet.setAttribute("aria-label", name);
  figure.dataset.page = index;
  thumb.lastElementChild.textContent = page.folio;
  thumb.setAttribute("aria-label", name);
  const card = thumb.firstElementChild;
  card.style.aspectRatio = `${page.width} / ${page.height}`;
  sheet.style.setProperty("--w", page.width);
  sheet.style.setProperty("--h", page.height);
  frames.want(sheet, page.hash);
  small.want(card, page.hash);
}

/** Writes how many findings stand on which page: a list of { count, severity }. */
export function mark(marks) {
  parts.forEach((part, index) => {
    const found = marks[index];
    part.mark.hidden = !found;
    const name = parts[index].sheet.getAttribute("aria-label");
    part.thumb.setAttribute("aria-label", found ? `${name}; ${found.words}` : name);
    if (found) [part.thumb.dataset.count, part.thumb.dataset.severity] = [found.count, found.severity];
    else delete part.thumb.dataset.count;
    if (!found) return;
    part.mark.className = `mark ${found.severity}`;
    part.mark.textContent = found.count;
    part.mark.title = found.words;
    part.mark.setAttribute("role", "img");
    part.mark.setAttribute("aria-label", found.words);
  });
}

// Zoom

/** Chooses "width", "page" or a number. */
export function setZoom(value) {
  zoom = value;
  keepPlace(fit, true);
}

/** Chooses the next step, larger (1) or smaller (-1). */
export function step(direction) {
  const at = scale / PX_PER_PT;
  const list = direction > 0 ? STEPS.filter((s) => s > at * 1.01) : STEPS.filter((s) => s < at * 0.99).reverse();
  if (list[0]) setZoom(list[0]);
}

const viewSize = () => `${scroller.clientWidth} ${scroller.clientHeight}`;
const isHeld = () => Math.abs(scroller.scrollTop - held) < 1;

/** Recalculates the scale, after anything changed its size. */
export function fit() {
  const style = getComputedStyle(scroller);
  const width = scroller.clientWidth - parseFloat(style.paddingLeft) * 2;
  const height = scroller.clientHeight - parseFloat(style.paddingTop) * 2 - 33;
  const widest = Math.max(1, ...pages.map((p) => p.width)) * (pages.length > 1 ? 2 : 1);
  const highest = Math.max(1, ...pages.map((p) => p.height));
  const across = width / widest;
  if (zoom === "width") scale = across;
  else if (zoom === "page") scale = Math.min(across, height / highest);
  else scale = Number(zoom) * PX_PER_PT;
  scale = Math.max(scale, 0.05);
  fitted = viewSize();
  scroller.style.setProperty("--scale", scale);
  pages.forEach((page, i) => (parts[i].sheet.dataset.size = `${page.width} ${page.height}`));
  $("scale").value = `${Math.round((scale / PX_PER_PT) * 100)} %`;
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.setAttribute("aria-pressed", String(button.dataset.zoom === String(zoom)));
  }
}

/** Does something, and leaves the point in the middle of the view where it was on its page. */
export function keepPlace(act, across = false) {
  const view = scroller.getBoundingClientRect();
  const still = isHeld();
  const anchor = parts[current]?.sheet;
  const before = anchor?.isConnected ? anchor.getBoundingClientRect() : null;
  const middle = { x: view.left + view.width / 2, y: view.top + view.height / 2 };
  const at = before && before.height > 0
    ? { x: (middle.x - before.left) / before.width, y: (middle.y - before.top) / before.height }
    : null;
  act();
  const after = parts[Math.min(current, parts.length - 1)]?.sheet.getBoundingClientRect();
  if (!after || !at) return;
  if (zoom === "page" && across) return go(current);
  scroller.scrollTop += after.top + at.y * after.height - middle.y;
  if (across) scroller.scrollLeft += after.left + at.x * after.width - middle.x;
  if (still) held = scroller.scrollTop;
}

// Place

/** Goes to a page: its spread stands in the middle, or at the top where it is higher than the view. */
export function go(index) {
  const page = Math.max(0, Math.min(index, pages.length - 1));
  const spread = parts[page]?.figure.parentElement;
  if (!spread) return;
  const room = scroller.clientHeight - spread.offsetHeight;
  scroller.scrollTop = spread.offsetTop - Math.max(12, room / 2);
  // At the ends of the issue, and where many spreads are in view, the middle of the view is not on the page that was asked for.
  held = scroller.scrollTop;
  current = page;
  if (scroller.scrollWidth > scroller.clientWidth) {
    const figure = parts[page].figure;
    scroller.scrollLeft = figure.offsetLeft - Math.max(12, (scroller.clientWidth - figure.offsetWidth) / 2);
  }
  note();
}

/** Turns so many spreads on. */
export function turn(by) {
  go(firstOf(Math.max(0, spreadOf(current) + by)));
}

/** Whether spreads run from right to left. */
export const isRtl = () => rtl;
/** The page in view. */
export const place = () => ({ page: current, zoom });
/** How many pages there are. */
export const count = () => pages.length;
/** Scrolls by lines. */
export const scroll = (by) => scroller.scrollBy({ top: by * 60 });

/** Notes which spread is in the middle of the view, where somebody scrolled. */
function track() {
  if (parts.length === 0) return;
  // A view that has another size than its pages were made for will be fitted in a moment, and says nothing until then.
  if (isHeld() || viewSize() !== fitted) return note();
  held = NaN;
  const view = scroller.getBoundingClientRect();
  const middle = view.top + view.height / 2;
  const distance = (rect) => (rect.top > middle ? rect.top - middle : rect.bottom < middle ? middle - rect.bottom : 0);
  let best = [Infinity, 0];
  for (const spread of scroller.children) {
    const far = distance(spread.getBoundingClientRect());
    const page = Number(spread.firstElementChild?.dataset.page ?? 0);
    if (far < best[0]) best = [far, page];
  }
  if (spreadOf(best[1]) !== spreadOf(current)) current = best[1];
  note();
}

function note() {
  current = Math.max(0, Math.min(current, pages.length - 1));
  const spread = spreadOf(current);
  parts.forEach((part, index) => {
    const here = spreadOf(index) === spread;
    part.button.tabIndex = here ? 0 : -1;
    part.thumb.tabIndex = index === current ? 0 : -1;
    if (index === current) part.thumb.setAttribute("aria-current", "page");
    else part.thumb.removeAttribute("aria-current");
  });
  const shown = pages.filter((_, index) => spreadOf(index) === spread).map((p) => p.folio);
  $("place").value = shown.join("–");
  $("previous").disabled = spread === 0;
  $("next").disabled = spread >= spreadOf(pages.length - 1);
  const thumb = parts[current].thumb;
  const [top, bottom] = [thumb.offsetTop, thumb.offsetTop + thumb.offsetHeight];
  if (top < strip.scrollTop || bottom > strip.scrollTop + strip.clientHeight) {
    strip.scrollTop = top - (strip.clientHeight - thumb.offsetHeight) / 2;
  }
  onPlace();
}

let waiting = false;
scroller.addEventListener("scroll", () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    track();
  });
});
strip.addEventListener("keydown", (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  event.stopPropagation();
  go(current + by);
  parts[current]?.thumb.focus({ preventScroll: true });
});

// What stands where

function spotAt(index, sheet, event) {
  const box = sheet.getBoundingClientRect();
  const x = ((event.clientX - box.left) / box.width) * pages[index].width;
  const y = ((event.clientY - box.top) / box.height) * pages[index].height;
  const under = pages[index].spots.filter(
    (s) => x >= s.x && x <= s.x + s.width && y >= s.y && y <= s.y + s.height,
  );
  return under.toSorted((a, b) => a.width * a.height - b.width * b.height)[0];
}

function outline(index, spot, className) {
  const box = make("div", className);
  const { width, height } = pages[index];
  box.style.left = `${(spot.x / width) * 100}%`;
  box.style.top = `${(spot.y / height) * 100}%`;
  box.style.width = `${(spot.width / width) * 100}%`;
  box.style.height = `${(spot.height / height) * 100}%`;
  return box;
}

function hover(index, sheet, event) {
  const spot = spotAt(index, sheet, event);
  sheet.querySelector(".hover")?.remove();
  if (spot) sheet.append(outline(index, spot, "spot hover"));
}

/** Outlines the block of a manuscript's line, on every page where it stands; none to outline nothing. */
export function choose(place) {
  chosen = place;
  return paintChosen();
}

function paintChosen() {
  for (const old of scroller.querySelectorAll(".spot.chosen")) old.remove();
  if (!chosen) return null;
  const all = pages.flatMap((page, index) => page.spots.map((spot) => ({ index, spot })));
  const before = all.filter(({ spot }) => spot.file === chosen.file && spot.line <= chosen.line);
  const line = Math.max(...before.map(({ spot }) => spot.line));
  const found = before.filter(({ spot }) => spot.line === line);
  for (const { index, spot } of found) parts[index].sheet.append(outline(index, spot, "spot chosen"));
  return found[0]?.index ?? null;
}
