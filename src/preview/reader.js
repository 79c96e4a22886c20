// An article as an e-reader shows it, in a frame of a device's size.
// The frame runs no scripts. A newer text is loaded behind the older one, and takes its place where that was read.

const $ = (id) => document.getElementById(id);
const NAMES = {
  phone: "390 × 844 px",
  eink: "758 × 1024 px in grey, halved",
  tablet: "820 × 1180 px",
};
const screen = $("screen");
const device = $("device");
const select = $("article");

let articles = [];
let shown = null; // what the frame in sight shows
let fresh = null; // the frame that is loading

const source = () => {
  const article = articles.find((a) => a.slug === select.value);
  if (!article) return null;
  const query = [`v=${article.hash}`];
  if ($("dark").checked) query.push("dark=1");
  if ($("large").checked) query.push("large=1");
  return { slug: article.slug, headline: article.headline, address: `/read/${encodeURIComponent(article.slug)}?${query.join("&")}` };
};

/** Takes the articles of a new state. */
export function show(list) {
  const value = select.value;
  articles = list;
  select.replaceChildren(...list.map((a) => new Option(a.headline || a.slug, a.slug)));
  if (list.some((a) => a.slug === value)) select.value = value;
  select.disabled = list.length === 0;
  load();
}

/** Loads what is chosen, unless it is there or the view is hidden. */
export function load() {
  const wanted = source();
  if ($("view-of-reader").hidden || !wanted || fresh?.dataset.address === wanted.address) return;
  fresh?.remove();
  fresh = null;
  if (shown?.dataset.address === wanted.address) return;
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-same-origin");
  frame.title = `“${wanted.headline}” as an e-reader shows it`;
  frame.className = "coming";
  frame.dataset.address = wanted.address;
  frame.dataset.slug = wanted.slug;
  frame.src = wanted.address;
  frame.addEventListener("load", () => arrive(frame), { once: true });
  fresh = frame;
  screen.append(frame);
}

function arrive(frame) {
  if (frame !== fresh) return;
  fresh = null;
  const root = (of) => of?.contentDocument?.scrollingElement;
  if (shown && shown.dataset.slug === frame.dataset.slug && root(frame)) {
    const old = root(shown);
    // With another size of text the place is a share of the whole.
    const same = old.scrollHeight === root(frame).scrollHeight || !/large/.test(shown.dataset.address + frame.dataset.address);
    const share = old.scrollHeight ? root(frame).scrollHeight / old.scrollHeight : 1;
    root(frame).scrollTop = same ? old.scrollTop : old.scrollTop * share;
  }
  // A link of an article leads out of the preview; a reader's device would follow it, this one does not.
  frame.contentDocument?.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link && !link.getAttribute("href").startsWith("#")) event.preventDefault();
  });
  frame.className = "";
  shown?.remove();
  shown = frame;
}

/** Makes the device as large as it fits, never larger than it is. */
export function fit() {
  if ($("view-of-reader").hidden) return;
  device.style.zoom = 1;
  const room = $("stage");
  const scale = Math.min(1, (room.clientWidth - 32) / device.offsetWidth, (room.clientHeight - 32) / device.offsetHeight);
  device.style.zoom = scale;
  const name = device.dataset.device;
  const percent = scale < 0.995 ? `, at ${Math.round(scale * 100)} %` : "";
  $("device-size").textContent = NAMES[name] + percent;
}

for (const button of document.querySelectorAll("button[data-device]")) {
  button.addEventListener("click", () => {
    device.dataset.device = button.dataset.device;
    for (const each of document.querySelectorAll("button[data-device]")) {
      each.setAttribute("aria-pressed", String(each === button));
    }
    fit();
  });
}
select.addEventListener("change", load);
$("large").addEventListener("change", load);
$("dark").addEventListener("change", () => {
  screen.classList.toggle("dark", $("dark").checked);
  load();
});
