// The page in quiet times: spreads, zoom, keys, clicks, e-reader.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { rest, until, verdict } from "./verdict.mjs";

const place = (browser) => browser.ask(() => document.querySelector("#place").value);
const scale = (browser) => browser.ask(() => parseInt(document.querySelector("#scale").value, 10));

/** Judges. */
export async function judge(browser, program) {
  const state = await program.state();
  const shown = await browser.ask(() => document.querySelectorAll("#pages figure").length);
  verdict("every page has its frame", shown === state.count && shown > 3, `${shown} of ${state.count}`);
  await spreads(browser, state);
  await exchanged(browser, state);
  await keys(browser, state);
  await zoom(browser);
  await source(browser, program, state);
  await reader(browser, program, state);
  await looks(browser);
}

async function spreads(browser, state) {
  const sizes = await browser.ask(() => [...document.querySelectorAll("#pages .spread")].map((s) => s.children.length));
  verdict("the cover stands alone, then pairs", sizes[0] === 1 && sizes.slice(1, -1).every((n) => n === 2), sizes.join());
  const folios = await browser.ask(() => [...document.querySelectorAll("#pages figcaption .folio")].map((f) => f.textContent));
  verdict("each page has its folio", folios.join() === state.pages.map(([, p]) => p.folio).join());
  await browser.shot("pages");
}

/** A page that was wanted, given up before it came, and wanted again is shown: two edits that follow a third quickly. */
async function exchanged(browser, state) {
  const hashes = state.pages.slice(0, 2).map(([, page]) => page.hash);
  const last = await browser.ask(async ([first, second]) => {
    const { Plates } = await import("/assets/plates.js");
    const scroller = document.body.appendChild(document.createElement("div"));
    scroller.style.position = "fixed";
    const element = scroller.appendChild(document.createElement("div"));
    element.textContent = "a frame";
    const plates = new Plates(null, "10000px");
    const shown = () => element.querySelector("img")?.dataset.hash;
    const come = async (hash) => {
      for (let i = 0; i < 100 && shown() !== hash; i++) await new Promise((done) => setTimeout(done, 30));
    };
    plates.want(element, first);
    await come(first);
    for (const hash of [second, first]) plates.want(element, hash);
    await new Promise((done) => setTimeout(done, 300));
    plates.want(element, second);
    await come(second);
    const last = shown();
    plates.drop(element);
    scroller.remove();
    return last;
  }, hashes);
  verdict("a page given up and wanted again is shown", last === hashes[1], `${last} instead of ${hashes[1]}`);
}

async function keys(browser, state) {
  await browser.page.focus("#pages");
  const [first, second] = [state.pages[0][1].folio, `${state.pages[1][1].folio}–${state.pages[2][1].folio}`];
  verdict("it begins at the cover", (await place(browser)) === first, await place(browser));
  await browser.press("ArrowRight");
  verdict("→ turns to the next spread", await until(async () => (await place(browser)) === second, 2000), await place(browser));
  await browser.press("ArrowLeft");
  verdict("← turns back", await until(async () => (await place(browser)) === first, 2000), await place(browser));
  await browser.press("End");
  const last = state.pages.at(-1)[1].folio;
  verdict("End shows the last page", await until(async () => (await place(browser)).endsWith(last), 2000), await place(browser));
  const marked = await browser.ask(() => document.querySelector("#thumbs [aria-current=page]")?.innerText.trim());
  verdict("the thumbnail of that spread is marked", (await place(browser)).includes(marked?.split("\n").at(-1)), marked);
  await browser.press("Home");
  verdict("Home shows the cover", await until(async () => (await place(browser)) === first, 2000), await place(browser));
  await small(browser, first, second, last);
  await browser.press("f");
  verdict("f hides the findings", await browser.ask(() => document.querySelector("#side").hidden));
  await browser.press("f");
  verdict("f shows them again", await browser.ask(() => !document.querySelector("#side").hidden));
  await browser.page.click("#help-open");
  await browser.page.click("#single-keys");
  await browser.page.click("#help-close");
  await browser.press("f");
  verdict("keys of one character can be switched off", await browser.ask(() => !document.querySelector("#side").hidden));
  await browser.page.click("#help-open");
  await browser.page.click("#single-keys");
  await browser.shot("keys");
  await browser.page.click("#help-close");
}

/** Where many spreads are in view at once, each turn is still one spread; and a window of another size shows the same page. */
async function small(browser, first, second, last) {
  for (let i = 0; i < 8; i++) await browser.press("-");
  await rest(200);
  const spreads = await browser.ask(() => {
    const view = document.querySelector("#pages").getBoundingClientRect();
    return [...document.querySelectorAll("#pages .spread")].filter((s) => s.getBoundingClientRect().bottom < view.bottom).length;
  });
  verdict("many spreads are in view", spreads > 3, spreads);
  const seen = [await place(browser)];
  for (const key of ["ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft", "End", "Home"]) {
    await browser.press(key);
    await rest(100);
    seen.push(await place(browser));
  }
  const right = seen[0] === first && seen[1] === second && seen[3] === second && seen[4] === first && seen[6] === first;
  verdict("each turn is one spread", right && new Set(seen.slice(0, 3)).size === 3 && seen[5].endsWith(last), seen.join());
  await browser.page.click('[data-zoom="page"]');
  await browser.press("End");
  await rest(100);
  const places = new Set([await place(browser)]);
  for (const height of [400, 1200, 800]) {
    await browser.page.setViewport({ width: 1280, height });
    places.add(await place(browser));
    await rest(300);
    places.add(await place(browser));
  }
  verdict("a window of another size shows the same page", places.size === 1, [...places].join());
  await browser.press("Home");
  await rest(100);
  // There and back in one leap each.
  const scrolled = async (to) => {
    await browser.ask((y) => document.querySelector("#pages").scrollTo(0, y), to);
    await rest(200);
    return place(browser);
  };
  const away = await scrolled(5000);
  verdict("scrolling shows where it leads", away !== first, away);
  verdict("and back", await until(async () => (await scrolled(0)) === first, 2000), await place(browser));
}

async function zoom(browser) {
  await browser.page.focus("#pages");
  await browser.press("ArrowRight");
  await rest(200);
  const at = await place(browser);
  const before = await scale(browser);
  await browser.press("+");
  const after = await scale(browser);
  verdict("+ enlarges", after > before, `${before} ${after}`);
  await browser.press("-");
  await browser.press("-");
  verdict("- makes smaller", (await scale(browser)) < after, await scale(browser));
  for (const [button, wanted] of [["1", 100], ["2", 200]]) {
    await browser.page.click(`[data-zoom="${button}"]`);
    verdict(`${wanted} % is exact`, (await scale(browser)) === wanted, await scale(browser));
  }
  await rest(200);
  verdict("zoom keeps the place", (await place(browser)) === at, `${at} became ${await place(browser)}`);
  await browser.shot("zoom-200");
  await browser.page.click('[data-zoom="width"]');
  const fits = await browser.ask(() => document.querySelector("#pages").scrollWidth <= document.querySelector("#pages").clientWidth);
  verdict("fit width needs no scrolling across", fits);
  await rest(300);
  await browser.shot("fit-width");
  await browser.page.click('[data-zoom="page"]');
}

/** A click on a page opens the manuscript at the smallest block under it. */
async function source(browser, program, state) {
  const index = state.pages.findIndex(([, p]) => p.spots.some((s) => s.file === program.edited));
  verdict("the edited manuscript stands on a page", index >= 0);
  if (index < 0) return;
  const page = state.pages[index][1];
  const spots = page.spots.filter((s) => s.file === program.edited);
  const spot = spots.at(-1);
  const [x, y] = [spot.x + spot.width / 2, spot.y + spot.height / 2];
  const under = page.spots.filter((s) => x >= s.x && x <= s.x + s.width && y >= s.y && y <= s.y + s.height);
  const smallest = under.sort((a, b) => a.width * a.height - b.width * b.height)[0];
  await browser.ask((i) => document.querySelectorAll("#thumbs button")[i].click(), index);
  await browser.page.waitForSelector(`figure[data-page="${index}"] img`);
  const box = await browser.ask((i) => {
    const { left, top, width, height } = document.querySelector(`figure[data-page="${i}"] .sheet`).getBoundingClientRect();
    return { left, top, width, height };
  }, index);
  await browser.page.mouse.click(box.left + (x / page.width) * box.width, box.top + (y / page.height) * box.height);
  await browser.page.waitForSelector("#lines [aria-selected=true]", { timeout: 5000 }).catch(() => {});
  const opened = await browser.ask(() => {
    const line = document.querySelector("#lines [aria-selected=true]");
    const view = document.querySelector("#lines").getBoundingClientRect();
    const box = line?.getBoundingClientRect();
    return { file: document.querySelector("#file").textContent, number: Number(line?.querySelector(".number").textContent),
      text: line?.querySelector(".text").textContent, seen: box && box.bottom > view.top && box.top < view.bottom };
  });
  verdict("a click opens the manuscript", opened.file === smallest.file, `${opened.file}`);
  verdict("at the line of the block", opened.number === smallest.line && opened.seen, `${opened.number}, not ${smallest.line}; in view: ${opened.seen}`);
  const line = program.original.split("\n")[smallest.line - 1];
  verdict("with its text", smallest.file !== program.edited || opened.text === line, opened.text);
  await browser.page.waitForSelector("#pages .spot.chosen");
  await browser.shot("manuscript");
  await browser.axe("with the manuscript");
  await browser.page.click("#open");
  verdict("a button opens it in the editor", await until(() => existsSync(join(process.env.WORK, `opened-${smallest.line}`)), 3000));
  await browser.page.focus("#lines");
  await browser.press("ArrowDown");
  const next = await browser.ask(() => Number(document.querySelector("#lines [aria-selected=true] .number").textContent));
  verdict("↓ chooses the next line", next === smallest.line + 1, next);
  await browser.press("Escape");
  verdict("Esc closes the manuscript", await browser.ask(() => document.querySelector("#manuscript").hidden));
  await browser.page.focus("#pages");
  await browser.press("Enter");
  const byKey = await until(() => browser.ask(() => document.activeElement.id === "lines" && !document.querySelector("#manuscript").hidden), 3000);
  verdict("Enter on a page opens its manuscript", byKey);
  await browser.press("Escape");
}

async function reader(browser, program, state) {
  await browser.page.click("#view-reader");
  const names = await browser.ask(() => [...document.querySelectorAll("#article option")].map((o) => o.value));
  verdict("every article can be chosen", names.join() === state.articles.map((a) => a.slug).join() && names.length > 0, names.join());
  await browser.page.select("#article", program.slug);
  const frame = () => browser.page.waitForSelector(`#screen iframe[data-slug="${program.slug}"]:not(.coming)`);
  for (const [device, width, height] of [["eink", 379, 512], ["tablet", 820, 1180], ["phone", 390, 844]]) {
    await browser.page.click(`button[data-device=${device}]`);
    const size = await (await (await frame()).contentFrame()).evaluate(() => [innerWidth, innerHeight]);
    verdict(`${device} is ${width} by ${height}`, Math.abs(size[0] - width) < 2 && Math.abs(size[1] - height) < 2, size.join());
    await rest(250);
    await browser.shot(`reader-${device}`);
  }
  const look = async () =>
    (await (await frame()).contentFrame()).evaluate(() => {
      const ground = getComputedStyle(document.documentElement).backgroundColor;
      return { ground, size: parseFloat(getComputedStyle(document.documentElement).fontSize), words: document.body.innerText.length };
    });
  const plain = await look();
  verdict("the article has its words", plain.words > 500, plain.words);
  await browser.page.click("#dark");
  await browser.page.click("#large");
  const changed = await until(async () => {
    // A frame may be exchanged while it is asked.
    const now = await look().catch(() => plain);
    return now.size >= plain.size * 1.9 && now.ground !== plain.ground;
  }, 5000);
  verdict("dark and 200 % are shown", changed, JSON.stringify(await look().catch(String)));
  await browser.shot("reader-dark-large");
  await browser.axe("e-reader");
  await browser.page.click("#dark");
  await browser.page.click("#large");
  await browser.page.click("#view-pages");
}

async function looks(browser) {
  for (const scheme of ["light", "dark"]) {
    await browser.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await rest(150);
    await browser.axe(`pages, ${scheme}`);
    await browser.shot(`pages-${scheme}`);
  }
  await browser.page.setViewport({ width: 1920, height: 1080 });
  await rest(400);
  await browser.shot("pages-wide");
  await browser.page.setViewport({ width: 1280, height: 800 });
  await browser.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
}
