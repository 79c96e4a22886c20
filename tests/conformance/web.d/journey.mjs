// A reader's way through a site, by mouse: from "latest" into the text, over to the pages and back, searching, turning.

import { Reader, SCREENS } from "./browser.mjs";
import { verdict, rest } from "../preview.d/verdict.mjs";
import { pathOf, readerData, readerOf } from "./site.mjs";

const letters = (text) => text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** All of the way; complaints and foreign requests are the caller's to judge. */
export async function journey(browser, address, root, record) {
  const reader = await Reader.come(browser, address);
  await reader.colours("light");
  const known = readerData(root, record);
  await fromLatest(reader, record);
  await betweenTextAndPages(reader, record, known);
  await everyBlock(reader, record, known);
  await turning(reader, record, known);
  await searching(reader, record, known);
  await dialogs(reader, record);
  await linksAndZoom(reader, record, known);
  await selecting(reader, record, known);
  await reader.leave();
  const finger = await Reader.come(browser, address, SCREENS.phone);
  await swiping(finger, record);
  await finger.leave();
  const other = await Reader.come(browser, address);
  await rightToLeft(other, record, known);
  await other.leave();
  return [reader, finger, other];
}

async function fromLatest(reader, record) {
  await reader.go("latest/");
  const first = record.articles[record.sections[0].articles[0]];
  await reader.follow("#contents .card a");
  const headline = await reader.ask(() => document.querySelector("h1").textContent);
  verdict("latest/: the contents lead to the first article", reader.where() === first.path && letters(headline) === letters(first.headline), reader.where());
  await reader.follow("nav.next-article .onward a, nav.next-article a");
  verdict("an article leads on to the next", reader.where() === record.articles[1].path, reader.where());
}

/** Blocks to try: of every article one that is broken across pages if there is one, one in the middle, and its last. */
function places({ pages }, record) {
  const at = new Map();
  pages.pages.forEach((page, index) => page.runs.forEach(([, , , , , article, block]) => {
    if (article === null || block === null) return;
    const key = `${article}:${block}`;
    at.set(key, (at.get(key) ?? new Set()).add(index));
  }));
  const list = [];
  record.articles.forEach((_, article) => {
    const own = [...at.keys()].filter((key) => key.startsWith(`${article}:`));
    if (own.length < 4) return;
    const chosen = new Set([own.find((key) => at.get(key).size > 1), own[Math.floor(own.length / 2)], own.at(-1)].filter(Boolean));
    for (const key of chosen) list.push({ article, block: Number(key.split(":")[1]), pages: [...at.get(key)], broken: at.get(key).size > 1 });
  });
  return list;
}

async function betweenTextAndPages(reader, record, known) {
  const all = places(known, record);
  const bad = [];
  for (const place of all) {
    const why = await thereAndBack(reader, record, known, place);
    if (why) bad.push(`${record.articles[place.article].slug}, block ${place.block}: ${why}`);
  }
  const articles = new Set(all.map((p) => p.article)).size;
  const broken = all.filter((p) => p.broken).length;
  const what = `text to pages to text keeps the place: ${all.length} paragraphs of ${articles} articles, ${broken} of them broken across pages`;
  verdict(what, bad.length === 0 && all.length >= 8 && articles >= 4, bad.join("; "));
}

async function thereAndBack(reader, record, known, { article, block, pages }) {
  const { path } = record.articles[article];
  await reader.go(path);
  await reader.ask(() => document.fonts.ready.then(() => true));
  // As a reader leaves it: the paragraph is the first that is seen under the bar. What is too near the end cannot come so far up.
  const first = await reader.ask((number) => {
    const top = () => document.querySelector(".toolbar").getBoundingClientRect().bottom + 4;
    // Items of lists bear no number of their own.
    const numbers = [...document.querySelectorAll("[data-block]")].map((b) => Number(b.dataset.block));
    const target = document.querySelector(`[data-block="${Math.max(...numbers.filter((n) => n <= number))}"]`);
    scrollBy({ top: target.getBoundingClientRect().top - top(), behavior: "instant" });
    return [...document.querySelectorAll("[data-block]")].find((b) => b.getBoundingClientRect().bottom > top()).dataset.block;
  }, block);
  const sought = Number(first);
  await reader.follow("[data-pages]");
  if (!(await reader.drawn())) return "the pages are not drawn";
  const shown = await reader.shown();
  const folios = (sought === block ? pages : pagesOf(known, article, sought)).map((index) => record.folios[index]);
  if (folios.length && !folios.some((folio) => shown.includes(folio))) return `pages ${shown} are shown, not ${folios}`;
  const marked = await reader.ask((key) => [...document.querySelectorAll(".sheet.shown .words .here")].filter((s) => s.dataset.at === key).length, `${article}:${sought}`);
  if (folios.length && marked === 0) return "no words of it are marked on the page";
  await reader.follow('.toolbar [data-act="text"]');
  const arrived = await reader.until((number) => document.activeElement?.dataset.block === number, String(sought));
  const seen = await reader.ask((number) => {
    const box = document.querySelector(`[data-block="${number}"]`)?.getBoundingClientRect();
    return box && box.top < innerHeight && box.bottom > 0;
  }, String(sought));
  if (reader.where() !== `${path}#block=${sought}` || !arrived || !seen) return `back at ${reader.where()}, ${arrived ? "" : "not "}focused, ${seen ? "" : "not "}in sight`;
  return "";
}

/** Whatever stands on a page: its place in the text holds its words. */
async function everyBlock(reader, record, { pages }) {
  const bad = [];
  let count = 0;
  for (const [article, { path, slug }] of record.articles.entries()) {
    const said = new Map();
    for (const run of pages.pages.flatMap((page) => page.runs)) if (run[5] === article && run[6] !== null) said.set(run[6], [...(said.get(run[6]) ?? []), run[4]]);
    await reader.go(path);
    for (const [block, runs] of said) {
      count += 1;
      await reader.ask((hash) => { document.activeElement.blur(); location.hash = hash; }, `#block=${block}`);
      await reader.page.waitForFunction(() => document.activeElement !== document.body, { timeout: 1000, polling: 10 }).catch(() => {});
      const there = letters(await reader.ask(() => (document.activeElement === document.body ? "" : document.activeElement.textContent)));
      if (!runs.every((text) => there.includes(letters(text)))) bad.push(`${slug}, block ${block}: “${runs[0]}”`);
    }
  }
  verdict(`every paragraph of the pages has its place in the text: ${count}`, bad.length === 0 && count > 0, bad.slice(0, 6).join("; "));
}

const pagesOf = ({ pages }, article, block) => pages.pages.flatMap((page, index) => (page.runs.some((r) => r[5] === article && r[6] === block) ? [index] : []));

async function turning(reader, record, known) {
  await reader.go(readerOf(record));
  await reader.drawn();
  const bad = [];
  const seen = [];
  for (;;) {
    const shown = await reader.shown();
    seen.push(...shown);
    const [path, block] = await reader.ask(() => {
      const to = new URL(document.querySelector('.toolbar [data-act="text"]').href);
      return [to.pathname, /^#block=(\d+)$/.exec(to.hash)?.[1]];
    });
    const article = record.articles.findIndex((a) => path.endsWith(`/${a.path}`));
    const there = shown.map((folio) => known.pages.pages[record.folios.indexOf(folio)]);
    const holds = (test) => there.some((page) => page.runs.some(test));
    const any = holds((r) => r[5] !== null && r[6] !== null);
    if (any && !(article >= 0 && block !== undefined && holds((r) => r[5] === article && r[6] === Number(block)))) bad.push(`${shown}: ${path}#block=${block}`);
    if (await reader.ask(() => document.querySelector('[data-act="next"]').disabled)) break;
    await reader.page.click('[data-act="next"]');
    await reader.drawn();
  }
  verdict(`pages turn to the last, in order and each once: ${seen.length}`, seen.join() === record.folios.join(), seen.join(" "));
  verdict("from every spread, the text opens at a paragraph that stands on it", bad.length === 0, bad.join("; "));
  await reader.page.click('[data-act="previous"]');
  await reader.drawn();
  const folio = (await reader.shown())[0];
  await reader.follow('.toolbar [data-act="text"]');
  verdict(`from page ${folio} the text is one click away`, !reader.where().startsWith(readerOf(record)), reader.where());
}

/** Words to search: a rare one, one with an accent (typed without), and one that a line's end cuts in two. */
function words({ search, pages }) {
  const found = { "a word": null, "a word with an accent, typed without": null, "a word that a line's end cuts": null };
  const texts = search.flatMap((blocks) => blocks.filter(([block]) => block !== null).map(([, text]) => text));
  const all = texts.flatMap((text) => text.match(/[\p{L}\p{M}]{4,}/gu) ?? []);
  const count = (word) => all.filter((other) => letters(other).includes(letters(word))).length;
  found["a word"] = all.filter((word) => /^[a-z]{9,}$/.test(word)).find((word) => count(word) === 1) ?? all[0];
  const accented = all.find((word) => /\p{M}/u.test(word.normalize("NFD")) && count(word) === 1);
  if (accented) found["a word with an accent, typed without"] = accented.normalize("NFD").replace(/\p{M}/gu, "");
  for (const { runs } of pages.pages) {
    for (let n = 0; n + 1 < runs.length; n++) {
      if (runs[n + 1][4] !== "\u00ad") continue;
      const [a, b] = [runs[n], runs[n + 2] ?? runs[n]];
      if (a[6] === null || a[5] !== b[5] || a[6] !== b[6] || b[1] <= a[1]) continue;
      const [head, tail] = [/\p{L}+$/u.exec(a[4])?.[0], /^\p{L}+/u.exec(b[4])?.[0]];
      if (head && tail && all.includes(head + tail) && count(head + tail) === 1) found["a word that a line's end cuts"] ??= head + tail;
    }
  }
  return found;
}

async function searching(reader, record, known) {
  for (const [what, word] of Object.entries(words(known))) {
    if (!word) {
      console.log(`none  search: this issue has no ${what.slice(2)}`);
      continue;
    }
    await reader.go(readerOf(record));
    await reader.drawn();
    await reader.page.click('[data-act="search"]');
    await reader.page.type("dialog[open] input", word);
    // What is listed follows the typing: a busy machine shows the finds of the word's beginning for a while.
    const listed = await reader.until(
      (length) => document.querySelector(".found a mark")?.textContent.normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "").length >= length,
      letters(word).length,
    );
    if (!listed) {
      verdict(`search finds ${what}: ${word}`, false, "nothing of it is listed");
      continue;
    }
    const marked = await reader.ask(() => document.querySelector(".found a mark").textContent);
    await reader.page.click(".found a");
    await reader.drawn();
    await rest(100);
    const [hit, open] = await reader.ask(() => [
      [...document.querySelectorAll(".sheet.shown .words .hit")].map((h) => h.textContent).join(""),
      document.querySelector("dialog[open]") !== null,
    ]);
    const holds = letters(hit).includes(letters(word));
    verdict(`search finds ${what}, lands on its page and marks it: ${word}`, holds && !open && letters(marked) === letters(word), `marked on the page: “${hit}”, in the list: “${marked}”`);
  }
}

async function dialogs(reader, record) {
  await reader.go(readerOf(record));
  await reader.drawn();
  const article = record.articles.at(-1);
  await reader.page.click('[data-act="contents"]');
  const listed = await reader.ask(() => [...document.querySelectorAll("dialog[open] .no")].map((n) => n.textContent).join());
  await reader.page.click(`dialog[open] a[href="#page=${article.folio}"]`);
  await reader.drawn(article.folio);
  const all = record.sections.flatMap((s) => s.articles.map((n) => record.articles[n].folio)).join();
  verdict("the contents list every article, and lead to its page", listed === all && (await reader.shown()).includes(article.folio), String(await reader.shown()));
  await reader.page.click('[data-act="all"]');
  const folio = record.folios[Math.floor(record.folios.length / 2)];
  const thumbs = await reader.ask(() => document.querySelectorAll("dialog[open] .thumbs a").length);
  await reader.page.click(`dialog[open] .thumbs a[href="#page=${folio}"]`);
  await reader.drawn(folio);
  const open = await reader.ask(() => document.querySelector("dialog[open]") !== null);
  verdict("all pages are shown small, and lead to each", thumbs === record.folios.length && !open && (await reader.shown()).includes(folio), String(await reader.shown()));
  await reader.page.click('[data-act="contents"]');
  await reader.follow("dialog[open] a.aside");
  verdict("the contents lead to the texts", record.articles.some((a) => a.path === reader.where()), reader.where());
}

async function linksAndZoom(reader, record, known) {
  const contents = known.pages.pages.findIndex((page) => page.links.filter(([, , , , to]) => to.startsWith("#page=")).length > 3);
  await reader.go(`${readerOf(record)}#page=${record.folios[contents]}`);
  await reader.drawn();
  const target = await reader.ask((folio) => {
    const sheet = document.querySelector(`.sheet[data-folio="${folio}"]`);
    const link = [...sheet.querySelectorAll(".words a")].findLast((a) => a.getAttribute("href").startsWith("#page=") && a.tabIndex === 0);
    const box = link.getBoundingClientRect();
    return { to: link.getAttribute("href").slice(6), name: link.getAttribute("aria-label"), x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }, record.folios[contents]);
  await reader.page.mouse.click(target.x, target.y);
  await reader.drawn(target.to);
  verdict(`a link on the contents page leads to page ${target.to}`, (await reader.shown()).includes(target.to) && target.name.length > 0, String(await reader.shown()));
  const width = () => reader.ask(() => document.querySelector(".sheet.shown img").getBoundingClientRect().width);
  const before = await width();
  await reader.page.click('[data-act="in"]');
  await reader.page.click('[data-act="in"]');
  await rest(100);
  const [source, reach] = await reader.ask(() => {
    const list = document.querySelector(".sheets");
    list.scrollTo(99999, 99999);
    const last = [...document.querySelectorAll(".sheet.shown")].at(-1).getBoundingClientRect();
    const edges = [Math.abs(last.right - list.getBoundingClientRect().right) < 60];
    list.scrollTo(0, 0);
    const first = document.querySelector(".sheet.shown").getBoundingClientRect();
    edges.push(first.left >= list.getBoundingClientRect().left - 1);
    return [document.querySelector(".sheet.shown img").src, edges];
  });
  verdict("enlarged, a page is its drawing at twice the size, and all of it can be reached", (await width()) > 1.9 * before && source.endsWith(".svg") && reach.every(Boolean), `${before} → ${await width()} px, ${source}, edges ${reach}`);
}

async function selecting(reader, record, known) {
  const index = known.pages.pages.findIndex((page) => page.runs.filter((r) => r[6] !== null).length > 40);
  await reader.go(`${readerOf(record)}#page=${record.folios[index]}`);
  await reader.drawn();
  const { runs } = known.pages.pages[index];
  const start = runs.findIndex((r, n) => r[6] !== null && runs.slice(n, n + 3).every((s) => s[6] === r[6] && s[5] === r[5] && s[0] === r[0]));
  const boxes = await reader.ask(([folio, from]) => {
    const spans = [...document.querySelectorAll(`.sheet[data-folio="${folio}"] .words span`)];
    return [spans[from], spans[from + 2]].map((span) => { const b = span.getBoundingClientRect(); return { left: b.left, right: b.right, y: b.top + b.height / 2 }; });
  }, [record.folios[index], start]);
  const { mouse } = reader.page;
  await mouse.move(boxes[0].left + 1, boxes[0].y);
  await mouse.down();
  await mouse.move(boxes[1].right - 1, boxes[1].y, { steps: 8 });
  await mouse.up();
  const words = await reader.ask(() => getSelection().toString());
  const wanted = runs.slice(start, start + 3).map((r) => r[4]).join("");
  verdict("words that are selected over the page are its words", letters(words).includes(letters(wanted.slice(1, -2))), `“${words}” for “${wanted}”`);
  const copied = await reader.ask(() => {
    let text = null;
    addEventListener("copy", (event) => { text = event.clipboardData.getData("text/plain"); }, { once: true });
    document.execCommand("copy");
    return text;
  });
  const whole = known.search[runs[start][5]].find(([block]) => block === runs[start][6])[1];
  const flat = (text) => text.replace(/[\s\u00ad]+/g, " ").trim();
  verdict("and are copied as they stand in the text, without the lines' ends", copied.length > 20 && flat(whole).includes(flat(copied).slice(1, -1)), `“${copied}”`);
}

async function swiping(reader, record) {
  await reader.go(readerOf(record));
  await reader.drawn();
  const seen = [await reader.shown()];
  for (const [from, to] of [[320, 60], [320, 60], [60, 320]]) {
    const finger = await reader.page.touchscreen.touchStart(from, 420);
    for (let step = 1; step <= 6; step++) await finger.move(from + ((to - from) * step) / 6, 420 + step);
    await finger.end();
    await rest(150);
    await reader.drawn();
    seen.push(await reader.shown());
  }
  const [, second, third] = record.folios;
  verdict("a finger turns pages on and back", seen.slice(1).join("/") === [second, third, second].join("/"), seen.join("/"));
}

/** The same reader, bound on the right. */
async function rightToLeft(reader, record, known) {
  const html = known.html.replace('"rtl":false', '"rtl":true').replace(/(<html lang=")[^"]*(" dir=")ltr/, "$1ar$2rtl");
  await reader.page.setRequestInterception(true);
  reader.page.on("request", (request) => {
    const own = new URL(request.url()).pathname.endsWith(`/${readerOf(record)}`);
    if (own) request.respond({ status: 200, contentType: "text/html; charset=utf-8", body: html });
    else request.continue();
  });
  await reader.go(readerOf(record));
  await reader.drawn();
  await reader.press("ArrowLeft");
  await reader.drawn();
  const [, second, third] = record.folios;
  const spread = await reader.shown();
  const ahead = await reader.ask(() => document.querySelector('[data-act="next"]').getBoundingClientRect().left < innerWidth / 2);
  await reader.press("ArrowRight");
  await reader.drawn();
  verdict("bound on the right: arrows, spreads and buttons go the other way", spread.join() === [third, second].join() && ahead && (await reader.shown()).join() === record.folios[0], `${spread}; next on the left: ${ahead}`);
}
