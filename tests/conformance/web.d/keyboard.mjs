// The same way without a mouse; and without a network.

import { Reader } from "./browser.mjs";
import { verdict, until } from "../preview.d/verdict.mjs";
import { pathOf, readerOf } from "./site.mjs";

/** What has the focus: its name, and whether one sees that. */
function focus(reader) {
  return reader.ask(() => {
    const here = document.activeElement;
    const style = getComputedStyle(here);
    const box = here.getBoundingClientRect();
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const on = box.width > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return { name: (here.dataset.act ?? here.getAttribute("aria-label") ?? here.textContent.trim()).slice(0, 60), act: here.dataset.act, to: here.getAttribute("href"), visible: ring && on, body: here === document.body };
  });
}

/** Presses Tab until something has the focus that a test accepts. */
async function tabTo(reader, accept, unseen) {
  for (let n = 0; n < 80; n++) {
    await reader.press("Tab");
    const here = await focus(reader);
    if (!here.visible && !here.body) unseen.push(here.name);
    if (accept(here)) return true;
  }
  return false;
}

/** From "latest" to the pages, through every dialog and on to the text, with keys alone. */
export async function keyboard(browser, address, record) {
  const reader = await Reader.come(browser, address);
  await reader.colours("light");
  const unseen = [];
  await reader.go("latest/");
  await reader.press("Tab");
  const skip = await focus(reader);
  verdict("keys: the first Tab offers to skip to the text", skip.visible, JSON.stringify(skip));
  const pages = await reader.ask(() => document.querySelector(".button.first").textContent);
  const found = await tabTo(reader, (here) => here.name === pages, unseen);
  await Promise.all([reader.page.waitForNavigation({ waitUntil: "load" }), reader.press("Enter")]);
  await reader.drawn();
  verdict("keys: Tab and Enter lead from latest/ to the pages", found && reader.where().startsWith(readerOf(record)), reader.where());
  await turnWithKeys(reader, record);
  for (const name of ["contents", "all", "search"]) await dialogWithKeys(reader, record, name, unseen);
  await reader.press("ArrowRight");
  await reader.drawn();
  const text = await tabTo(reader, (here) => here.act === "text", unseen);
  await Promise.all([reader.page.waitForNavigation({ waitUntil: "load" }), reader.press("Enter")]);
  verdict("keys: Tab and Enter lead from the pages to the text", text && reader.where().includes("/articles/"), reader.where());
  await tabTo(reader, (here) => here.body || here.name.startsWith("Atom"), unseen);
  verdict("keys: whatever has the focus is in sight, with a ring", unseen.length === 0, [...new Set(unseen)].join("; "));
  await reader.leave();
  return [reader];
}

async function turnWithKeys(reader, record) {
  const seen = [];
  for (const key of ["ArrowRight", "ArrowRight", "ArrowLeft", "End", "Home", "PageDown"]) {
    await reader.press(key);
    await reader.drawn();
    seen.push((await reader.shown())[0]);
  }
  const { folios } = record;
  const last = folios[folios.length % 2 === 0 ? folios.length - 1 : folios.length - 2];
  verdict("keys: arrows, End, Home and Page Down turn", seen.join() === [folios[1], folios[3], folios[1], last, folios[0], folios[1]].join(), seen.join());
}

async function dialogWithKeys(reader, record, name, unseen) {
  const open = () => reader.ask(() => document.querySelector("dialog[open]")?.dataset.of ?? null);
  const inside = () => reader.ask(() => document.querySelector("dialog[open]")?.contains(document.activeElement) ?? false);
  const reached = await tabTo(reader, (here) => here.act === name, unseen);
  await reader.press("Enter");
  const opened = (await open()) === name && (await inside());
  await reader.press("Escape");
  const back = await focus(reader);
  verdict(`keys: ${name} opens, Escape closes it, and the focus is where it was`, reached && opened && (await open()) === null && back.act === name, `reached ${reached}, opened ${opened}, then ${JSON.stringify(back)}`);
  await reader.press("Enter");
  const folio = record.articles[Math.floor(record.articles.length / 2)].folio;
  if (name === "search") {
    await reader.page.keyboard.type(record.articles[0].headline.split(" ").at(-1));
    await reader.press("Enter");
    await reader.until(() => document.activeElement.closest(".found"));
  } else {
    await tabTo(reader, (here) => here.to === `#page=${folio}`, unseen);
  }
  await reader.press("Enter");
  await reader.drawn(name === "search" ? null : folio);
  const shown = await reader.shown();
  const where = name === "search" ? await reader.ask(() => document.querySelector(".sheet.shown .hit") !== null) : shown.includes(folio);
  const after = await focus(reader);
  verdict(`keys: ${name} leads to a page, and the focus is not lost`, where && (await open()) === null && !after.body, `${shown}, ${JSON.stringify(after)}`);
}

/** After one visit, without a server and without a network. */
export async function offline(browser, serve, root, record) {
  const server = await serve(root);
  const reader = await Reader.come(browser, server.address);
  await reader.go(`${readerOf(record)}#page=${record.folios[1]}`);
  await reader.drawn();
  const kept = await until(() => reader.ask(async () => {
    const here = await navigator.serviceWorker.getRegistration();
    return here?.active?.state === "activated";
  }), 60000);
  verdict("offline: the service worker has kept the issue after one visit", kept);
  await server.stop();
  await reader.page.setOfflineMode(true);
  const bad = [];
  const article = record.articles[Math.floor(record.articles.length / 2)];
  await reader.page.reload({ waitUntil: "load" }).catch((error) => bad.push(`reader: ${error.message}`));
  for (let n = 0; n < 40 && bad.length === 0; n++) {
    if (!(await reader.drawn())) bad.push(`pages ${await reader.shown()} are not drawn`);
    const blank = await reader.ask(() => [...document.querySelectorAll(".sheet.shown img")].filter((i) => i.naturalWidth === 0 || !i.src.endsWith(".svg")).length);
    if (blank) bad.push(`pages ${await reader.shown()} are blank`);
    if (await reader.ask(() => document.querySelector('[data-act="next"]').disabled)) break;
    await reader.press("ArrowRight");
  }
  for (const path of [article.path, pathOf(record), `${pathOf(record)}credits/`]) {
    await reader.go(path).catch((error) => bad.push(`${path}: ${error.message}`));
    await reader.ask(() => { for (const image of document.images) image.loading = "eager"; });
    const whole = await reader.until(() => [...document.images].every((i) => i.complete && i.naturalWidth > 0) && document.fonts.status === "loaded");
    const styled = await reader.ask(() => getComputedStyle(document.body).margin === "0px" && [...document.fonts].some((f) => f.status === "loaded"));
    if (!whole || !styled) bad.push(`${path}: ${whole ? "" : "pictures are missing; "}${styled ? "" : "style or faces are missing"}`);
  }
  verdict("offline: the reader with every page, an article, the issue's own page and credits are all there", bad.length === 0, bad.join("; "));
  await reader.leave();
  return [reader];
}
