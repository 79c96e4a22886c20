// The findings beside the pages, errors first; each leads to its page and its line.

const list = document.getElementById("list");
const toggle = document.getElementById("findings-toggle");
const title = document.getElementById("findings-title");
const WORDS = { error: ["error", "errors"], warning: ["warning", "warnings"], note: ["note", "notes"] };

let onChoose = () => {};

/** Calls back with a finding that was chosen. */
export function listen(choose) {
  onChoose = choose;
}

/** "2 errors, 1 note" */
export function summary(findings) {
  const parts = Object.entries(WORDS).map(([severity, [one, many]]) => {
    const count = findings.filter((f) => f.severity === severity).length;
    return count && `${count} ${count === 1 ? one : many}`;
  });
  return parts.filter(Boolean).join(", ");
}

/** For each page the number of its findings and the gravest severity. */
export function marks(findings, count) {
  return Array.from({ length: count }, (_, index) => {
    const own = findings.filter((f) => f.page === index);
    if (own.length === 0) return null;
    return { count: own.length, severity: own[0].severity, words: summary(own) };
  });
}

function make(tag, className, ...children) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}

/** A sentence whose names in backticks are set as code. */
function worded(text) {
  return text.split("`").map((part, i) => (i % 2 ? make("code", "", part) : part));
}

function item(found, folio) {
  const place = [found.file && `${found.file}${found.line ? `:${found.line}` : ""}`, folio && `page\u00a0${folio}`];
  const button = make(
    "button",
    "",
    make("span", "kind", found.severity),
    " ",
    make("span", "code", found.code),
    make("span", "message", ...worded(found.message)),
    make("span", "where", place.filter(Boolean).join(" · ")),
  );
  button.type = "button";
  const element = make("li", found.severity, button);
  if (found.hints.length > 0) {
    element.append(make("ul", "", ...found.hints.map((hint) => make("li", "", ...worded(hint)))));
  }
  button.addEventListener("click", () => {
    list.querySelector(".chosen")?.classList.remove("chosen");
    element.classList.add("chosen");
    onChoose(found);
  });
  return element;
}

/** Shows findings; a list of the same length keeps the focus where it is. */
export function show(findings, pages) {
  const at = [...list.children].findIndex((li) => li.contains(document.activeElement));
  list.replaceChildren(...findings.map((f) => item(f, pages[f.page]?.folio)));
  if (findings.length === 0) list.append(make("li", "none", "Nothing was found."));
  if (at >= 0) list.children[Math.min(at, list.children.length - 1)].querySelector("button")?.focus();
  const worst = findings[0]?.severity ?? "";
  const count = document.getElementById("count");
  count.textContent = findings.length || "";
  count.className = findings.length ? `mark ${worst}` : "";
  title.textContent = findings.length ? `Findings: ${summary(findings)}` : "Findings";
  toggle.setAttribute("aria-label", `Findings: ${summary(findings) || "none"}`);
}
