// Figures of a site on a slow line, as Chromium measures them: three fresh visits each, and the median counts.

import { Reader, SCREENS } from "./browser.mjs";
import { verdict, rest } from "../preview.d/verdict.mjs";
import { readerOf } from "./site.mjs";

/** 1.6 Mbit/s down, 0.75 Mbit/s up, 150 ms: a slow 4G line. */
const SLOW = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };
const RUNS = 3;
/** A layout shift that nobody sees. */
const STILL = 0.01;

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** Keeps what the browser reports: the painting of pages, the largest thing painted, shifts. */
function observe() {
  window.figures = { page: null, largest: null, shift: 0, moved: [] };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      window.figures.largest = entry.startTime;
      if (entry.element?.closest(".paper")) window.figures.page ??= entry.startTime;
    }
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      window.figures.shift += entry.value;
      window.figures.moved.push(...entry.sources.map((s) => s.node?.className ?? s.node?.nodeName));
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/** One fresh visit; what was seen, and what came over the line. */
async function visit(browser, address, path, screen, slowdown = 1) {
  const reader = await Reader.come(browser, address, screen);
  const line = await reader.page.createCDPSession();
  await line.send("Network.enable");
  await line.send("Network.emulateNetworkConditions", SLOW);
  await line.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  const came = new Map();
  const names = new Map();
  line.on("Network.requestWillBeSent", (e) => names.set(e.requestId, e.request.url));
  line.on("Network.loadingFinished", (e) => came.set(names.get(e.requestId), (came.get(names.get(e.requestId)) ?? 0) + e.encodedDataLength));
  await reader.page.evaluateOnNewDocument(observe);
  await reader.page.goto(address + path, { waitUntil: "networkidle0", timeout: 60000 });
  await rest(300);
  const loaded = new Map(came);
  // The rest is looked at too: what comes late must not push anything.
  await reader.ask(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 400) {
      scrollTo({ top: y, behavior: "instant" });
      await new Promise((done) => setTimeout(done, 60));
    }
  });
  await reader.page.waitForNetworkIdle({ timeout: 60000 }).catch(() => {});
  const seen = await reader.ask(() => window.figures);
  await reader.leave();
  return { ...seen, loaded, came };
}

async function visits(...where) {
  const runs = [];
  for (let n = 0; n < RUNS; n++) runs.push(await visit(...where));
  return runs;
}

const kilobytes = (bytes) => `${Math.round(bytes / 1000)} kB`;
const milliseconds = (list) => `${Math.round(median(list))} ms (${list.map((t) => Math.round(t)).join(", ")})`;

/** All figures, printed; three of them have limits. */
export async function figures(browser, address, record) {
  const cover = new Set(record.cover.images.map((i) => new URL(i.path, address).href));
  const without = (came) => [...came].reduce((sum, [url, bytes]) => (cover.has(url) ? sum : sum + bytes), 0);
  for (const screen of ["phone", "desktop"]) {
    const place = SCREENS[screen];
    const landing = await visits(browser, address, "latest/", place);
    const size = median(landing.map((v) => without(v.loaded)));
    verdict(`${screen}: landing page without the cover under 300 kB: ${kilobytes(size)}`, size < 300e3, kinds(landing[0].loaded, cover));
    console.log(`      ${screen}: landing page scrolled to its end, without the cover: ${kilobytes(median(landing.map((v) => without(v.came))))}; largest thing painted after ${milliseconds(landing.map((v) => v.largest))}`);
    const reader = await visits(browser, address, readerOf(record), place);
    const first = reader.map((v) => v.page ?? Infinity);
    verdict(`${screen}: first spread visible under 1,000 ms: ${milliseconds(first)}`, median(first) < 1000);
    const slow = await visits(browser, address, readerOf(record), place, 4);
    console.log(`      ${screen}: the same on a processor four times as slow: ${milliseconds(slow.map((v) => v.page ?? Infinity))}`);
    const inner = await visits(browser, address, `${readerOf(record)}#page=${record.folios[5]}`, place);
    console.log(`      ${screen}: page ${record.folios[5]} visible, where a link asks for it: ${milliseconds(inner.map((v) => v.page ?? Infinity))}`);
    const article = await visits(browser, address, record.articles[Math.min(3, record.articles.length - 1)].path, place);
    console.log(`      ${screen}: article, largest thing painted after ${milliseconds(article.map((v) => v.largest))}`);
    for (const [name, runs] of Object.entries({ landing, article, reader, inner })) {
      const shift = Math.max(...runs.map((v) => v.shift));
      verdict(`${screen}: nothing moves (${name}): layout shift ${shift.toFixed(4)}`, shift < STILL, runs.flatMap((v) => v.moved).slice(0, 8).join(", "));
    }
    const shifts = [];
    for (const { path } of record.articles) shifts.push([(await visit(browser, address, path, place)).shift, path]);
    const [most, where] = shifts.sort(([a], [b]) => b - a)[0];
    verdict(`${screen}: nothing moves (${shifts.length} articles): layout shift at most ${most.toFixed(4)}`, most < STILL, where);
  }
}

/** What a page is made of, by ending. */
function kinds(came, cover) {
  const sums = {};
  for (const [url, bytes] of came) {
    const kind = cover.has(url) ? "cover" : new URL(url).pathname.split(".").at(-1).replace(/.*\/$/, "html");
    sums[kind] = (sums[kind] ?? 0) + bytes;
  }
  return Object.entries(sums).map(([kind, bytes]) => `${kind} ${kilobytes(bytes)}`).join(", ");
}
