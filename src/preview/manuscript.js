// The manuscript beside the pages: its text with numbered lines, one of them chosen.
// The text is shown as it is now on the disk, and only ever as text.

const $ = (id) => document.getElementById(id);
const panel = $("manuscript");
const lines = $("lines");
const meta = (name) => document.querySelector(`meta[name=preview-${name}]`).content;

let file = null;
let line = 1;
let asked = 0;
let onLine = () => {};
let onClose = () => {};
let back = null;

/** Calls back with (file, line) when a line is chosen, and when the panel is closed. */
export function listen(chosen, closed) {
  onLine = chosen;
  onClose = closed;
}

/** Opens a manuscript at a line; `focus` when it was asked for by key. */
export async function open(name, at, focus = false) {
  const same = file === name && !panel.hidden;
  if (!back && focus) back = document.activeElement;
  [file, line] = [name, Math.max(1, at ?? 1)];
  if (!same) await load();
  else choose(line, true);
  if (focus) lines.focus();
}

/** Reads the open manuscript again, and stays at its place. */
export async function refresh() {
  if (file === null || panel.hidden) return;
  const top = lines.scrollTop;
  if (await load(false)) lines.scrollTop = top;
}

async function load(reveal = true) {
  const mine = ++asked;
  let text = null;
  try {
    const response = await fetch(`/source?file=${encodeURIComponent(file)}`);
    if (response.ok) text = await response.text();
  } catch {
    // The server is gone; the events say so.
  }
  if (mine !== asked) return false;
  const [first, was] = [panel.hidden, lines.childElementCount];
  // A file that vanishes while it is saved comes back at once.
  if (text === null && !reveal && was > 0) return false;
  panel.hidden = false;
  // A long path breaks at its folders first.
  $("file").replaceChildren(...file.split("/").flatMap((part, i) => (i ? ["/", document.createElement("wbr"), part] : [part])));
  $("open").hidden = meta("editor") !== "yes" || text === null;
  if (first || reveal) $("opened").textContent = text === null ? "This file cannot be shown." : "";
  lines.replaceChildren(...(text ?? "").replace(/\r?\n$/, "").split(/\r\n|\r|\n/).map(row));
  choose(line, reveal);
  return true;
}

function row(text, index) {
  const element = document.createElement("div");
  element.role = "option";
  element.id = `line-${index + 1}`;
  const number = document.createElement("span");
  number.className = "number";
  number.textContent = index + 1;
  const words = document.createElement("span");
  words.className = "text";
  words.dir = "auto";
  words.textContent = text;
  element.append(number, words);
  return element;
}

function choose(at, reveal) {
  line = Math.min(at, Math.max(1, lines.childElementCount));
  for (const old of lines.querySelectorAll("[aria-selected=true]")) old.setAttribute("aria-selected", "false");
  const element = lines.children[line - 1];
  if (!element) return;
  element.setAttribute("aria-selected", "true");
  lines.setAttribute("aria-activedescendant", element.id);
  // Twice: heights beyond the view are only estimated until they come near.
  if (reveal) for (let i = 0; i < 2; i++) element.scrollIntoView({ block: "center" });
  onLine(file, line);
}

/** Closes the panel. */
export function close() {
  if (panel.hidden) return false;
  panel.hidden = true;
  file = null;
  asked++;
  lines.replaceChildren();
  onClose();
  (back?.isConnected ? back : $("pages")).focus({ preventScroll: true });
  back = null;
  return true;
}

async function edit() {
  if ($("open").hidden) return;
  $("opened").textContent = "";
  try {
    const response = await fetch("/open", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Preview-Token": meta("token") },
      body: JSON.stringify({ file, line }),
    });
    $("opened").textContent = response.ok ? `Opened at line ${line}.` : await response.text();
  } catch {
    $("opened").textContent = "The preview does not answer.";
  }
}

$("open").addEventListener("click", edit);
$("close").addEventListener("click", close);
lines.addEventListener("click", (event) => {
  const element = event.target.closest("[role=option]");
  if (element) choose([...lines.children].indexOf(element) + 1, false);
});
lines.addEventListener("keydown", (event) => {
  const last = lines.childElementCount;
  const to = { ArrowDown: line + 1, ArrowUp: line - 1, PageDown: line + 20, PageUp: line - 20, Home: 1, End: last }[event.key];
  if (event.key === "Enter") edit();
  if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  choose(Math.min(Math.max(1, to), last), true);
});
