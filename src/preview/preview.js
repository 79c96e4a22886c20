// The preview's page: hears of each new state and hands its parts out.
// The place survives a new state, a lost connection, and a new start of the program.

import * as findings from "./findings.js";
import * as manuscript from "./manuscript.js";
import * as pages from "./pages.js";
import * as reader from "./reader.js";

const $ = (id) => document.getElementById(id);
const RUN = document.querySelector("meta[name=preview-run]").content;
const STALE = "These pages show the last state that could be laid out.";

const state = { title: "", rtl: false, stale: false, pages: [], findings: [], articles: [] };
let first = true;

// What comes from the server

/** Takes a change; what it does not name stayed as it was. */
function take(change) {
  const before = state.findings;
  state.pages.length = change.count;
  for (const [index, page] of change.pages) state.pages[index] = page;
  for (const key of ["title", "rtl", "stale", "findings", "articles"]) {
    if (change[key] !== undefined) state[key] = change[key];
  }
  if (first || change.pages.length > 0 || change.rtl !== undefined || pages.count() !== change.count) {
    pages.show(state.pages, change.pages.map(([index]) => index), state.rtl);
  }
  if (first || change.findings || change.pages.length > 0) {
    findings.show(state.findings, state.pages);
    pages.mark(findings.marks(state.findings, state.pages.length));
  }
  if (change.articles) reader.show(state.articles);
  tell(change, before);
  if (first) restore();
  first = false;
  manuscript.refresh();
}

function tell(change, before) {
  const banner = $("banner");
  const words = state.pages.length > 0 ? STALE : "The issue could not be laid out yet.";
  if (banner.hidden === state.stale || banner.textContent !== words) {
    pages.keepPlace(() => {
      banner.textContent = words;
      banner.hidden = !state.stale;
    });
    refit();
  }
  $("title").textContent = state.title || "Masthead preview";
  const wrong = state.findings.some((f) => f.severity === "error");
  document.title = `${wrong ? "● " : ""}${state.title || "Masthead"} – preview`;
  document.body.dataset.number = change.number;
  say("ready", `Laid out in ${change.took_ms} ms`);
  const summary = findings.summary(state.findings) || "no findings";
  if (!first && summary !== (findings.summary(before) || "no findings")) $("announce").textContent = summary;
}

function say(status, words) {
  document.body.dataset.status = status;
  $("said").textContent = words;
}

let told = "Connecting …";
let slow;
function busy(on) {
  clearTimeout(slow);
  if (on) {
    told = $("said").textContent;
    // Most looks are over before anybody could read that they are going on.
    slow = setTimeout(() => say("busy", "Laying out …"), 250);
  } else if (document.body.dataset.status === "busy") say("ready", told);
}

function connect() {
  const events = new EventSource("/events");
  events.addEventListener("hello", (event) => {
    // Another run has another secret, and perhaps another page.
    if (event.data !== RUN) location.reload();
    else say("ready", "Connected");
  });
  events.addEventListener("state", (event) => take(JSON.parse(event.data)));
  events.addEventListener("busy", (event) => busy(event.data === "true"));
  events.addEventListener("error", () => {
    clearTimeout(slow);
    say("lost", "The preview is not running. Waiting for it …");
    // The browser tries again by itself, except after an answer that it did not like.
    if (events.readyState === EventSource.CLOSED) setTimeout(connect, 1000);
  });
}

// The place

function remember() {
  if (first) return;
  const place = { ...pages.place(), reader: !$("view-of-reader").hidden, side: $("side").hidden };
  try {
    sessionStorage.setItem("place", JSON.stringify(place));
  } catch {
    // A browser that keeps nothing begins at the cover.
  }
}

function restore() {
  let place = {};
  try {
    place = JSON.parse(sessionStorage.getItem("place") ?? "{}");
  } catch {
    return;
  }
  if (place.side) showSide(false);
  if (place.zoom) pages.setZoom(place.zoom);
  if (place.page) pages.go(place.page);
  if (place.reader) view(true);
}

// What people do

function view(asReader) {
  $("view-of-reader").hidden = !asReader;
  $("view-of-pages").hidden = asReader;
  $("view-reader").setAttribute("aria-pressed", String(asReader));
  $("view-pages").setAttribute("aria-pressed", String(!asReader));
  if (asReader) {
    reader.load();
    reader.fit();
  } else refit();
  remember();
}

function showSide(on) {
  pages.keepPlace(() => {
    $("side").hidden = !on;
    $("findings-toggle").setAttribute("aria-expanded", String(on));
    pages.fit();
  }, true);
  reader.fit();
  remember();
}

function refit() {
  if (!$("view-of-pages").hidden) pages.keepPlace(pages.fit, true);
  reader.fit();
}

pages.listen(
  (file, line, _page, byKey) => {
    showSide(true);
    manuscript.open(file, line, byKey);
  },
  remember,
);
manuscript.listen(
  (file, line) => pages.choose({ file, line }),
  () => pages.choose(null),
);
findings.listen((found) => {
  if (found.page !== null) {
    view(false);
    pages.go(found.page);
  }
  if (found.file) manuscript.open(found.file, found.line);
});

$("view-pages").addEventListener("click", () => view(false));
$("view-reader").addEventListener("click", () => view(true));
$("findings-toggle").addEventListener("click", () => showSide($("side").hidden));
$("smaller").addEventListener("click", () => pages.step(-1));
$("larger").addEventListener("click", () => pages.step(1));
$("previous").addEventListener("click", () => pages.turn(-1));
$("next").addEventListener("click", () => pages.turn(1));
for (const button of document.querySelectorAll("[data-zoom]")) {
  const value = button.dataset.zoom;
  button.addEventListener("click", () => pages.setZoom(Number(value) || value));
}
for (const skip of document.querySelectorAll(".skip")) {
  skip.addEventListener("click", () => {
    if (skip.hash === "#findings") showSide(true);
    else view(false);
  });
}
new ResizeObserver(refit).observe($("desk"));

// Keys. Those of one character can be switched off (WCAG 2.1.4).

const single = $("single-keys");
try {
  single.checked = localStorage.getItem("single-keys") !== "off";
} catch {
  // They stay on.
}
function noteKeys() {
  for (const row of document.querySelectorAll(".single")) row.classList.toggle("off", !single.checked);
  try {
    localStorage.setItem("single-keys", single.checked ? "on" : "off");
  } catch {
    // For this visit only.
  }
}
single.addEventListener("change", noteKeys);
noteKeys();
$("help-open").addEventListener("click", () => $("help").showModal());

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
  if (event.key === "Escape") return void manuscript.close();
  if (event.target.closest?.("select, input, #lines")) return;
  const onPages = !$("view-of-pages").hidden;
  const side = pages.isRtl() ? -1 : 1;
  const moves = {
    ArrowRight: () => pages.turn(side),
    ArrowLeft: () => pages.turn(-side),
    PageDown: () => pages.turn(1),
    PageUp: () => pages.turn(-1),
    ArrowDown: () => pages.scroll(1),
    ArrowUp: () => pages.scroll(-1),
    Home: () => pages.go(0),
    End: () => pages.go(pages.count() - 1),
  };
  const characters = {
    "+": () => onPages && pages.step(1),
    "=": () => onPages && pages.step(1),
    "-": () => onPages && pages.step(-1),
    f: () => showSide($("side").hidden),
  };
  // In the findings, arrows scroll the list as everywhere else.
  const inSide = event.target.closest?.("#side");
  const act = (onPages && !inSide && moves[event.key]) || (single.checked && characters[event.key]);
  if (!act) return;
  event.preventDefault();
  act();
});
$("pages").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target !== $("pages")) return;
  document.querySelector(`figure[data-page="${pages.place().page}"] figcaption button`)?.click();
});

connect();
