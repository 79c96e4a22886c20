// A site without its scripts: what a reader reaches by following links from "latest", and whether everything that is named exists.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { verdict } from "../preview.d/verdict.mjs";
import { SCREENS } from "./browser.mjs";
import { fileOf } from "./server.mjs";
import { documents, pathOf, readerData, readerOf } from "./site.mjs";

/** All verdicts about links. */
export async function links(browser, address, root, records) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.setViewport(SCREENS.desktop);
  await page.setJavaScriptEnabled(false);
  const site = new Site(root, address, records[0].publication.address);
  await crawl(page, site);
  reached(site, records);
  for (const record of records) await pagesInOrder(page, site, record);
  for (const record of records) data(site, record);
  sheets(site);
  feeds(site, records);
  verdict(`whatever the site names is there: ${site.named.size} addresses`, site.lost.size === 0, [...site.lost].slice(0, 10).join("; "));
  await context.close();
}

/** Addresses that were named, and those at which nothing is. */
class Site {
  named = new Set();
  lost = new Set();
  /** Documents by their address, with the ids in them and the addresses that they name. */
  pages = new Map();
  reached = new Set();

  constructor(root, address, published) {
    Object.assign(this, { root, address, published });
  }

  /** Notes that a place names an address; the address within this site, or nothing if it is another's. */
  name(value, from) {
    let url;
    try {
      url = new URL(value, from);
    } catch {
      this.lost.add(`${value} (no address, on ${from})`);
      return null;
    }
    if (this.published && url.href.startsWith(this.published)) url = new URL(url.href.slice(this.published.length), this.address);
    if (!["http:", "https:"].includes(url.protocol) || url.origin !== new URL(this.address).origin) return null;
    this.named.add(url.href);
    const file = fileOf(this.root, url.pathname);
    if (!file || file === "folder") this.lost.add(`${url.pathname} (on ${from.replace(this.address, "")})`);
    return url;
  }
}

async function crawl(page, site) {
  const queue = [new URL("latest/", site.address).href];
  const fragments = [];
  while (queue.length) {
    const here = queue.shift();
    if (site.pages.has(here)) continue;
    await page.goto(here, { waitUntil: "domcontentloaded" });
    const found = await page.evaluate(() => {
      const all = (selector, attribute) => [...document.querySelectorAll(selector)].map((e) => e.getAttribute(attribute));
      const sets = all("[srcset]", "srcset").flatMap((set) => set.split(",").map((part) => part.trim().split(/\s+/)[0]));
      return {
        follow: all("a[href]", "href"),
        load: [...all("link[href]", "href"), ...all("[src]", "src"), ...sets, ...all('meta[property="og:url"], meta[property="og:image"]', "content")],
        ids: all("[id]", "id"),
      };
    });
    site.pages.set(here, { ids: new Set(found.ids), load: found.load });
    found.load.forEach((value) => site.name(value, here));
    for (const value of found.follow) {
      const url = site.name(value, here);
      if (!url) continue;
      if (url.hash) fragments.push([url.href, here]);
      url.hash = "";
      site.reached.add(url.href);
      if (url.pathname.endsWith("/")) queue.push(url.href);
    }
  }
  const dangling = fragments.filter(([href]) => {
    const [path, id] = href.split("#");
    return !site.pages.get(path)?.ids.has(decodeURIComponent(id));
  });
  verdict(`every link to a place in a page finds it: ${fragments.length}`, dangling.length === 0 && fragments.length > 0, dangling.slice(0, 6).map(([href, from]) => `${href} (on ${from})`).join("; "));
}

function reached(site, records) {
  const wanted = [
    ...documents(site.root, records),
    ...records.map(readerOf),
    ...records.flatMap((record) => record.downloads.map((d) => d.path)),
    ...records.flatMap((record) => drawings(site, record)),
    ...readdirSync(join(site.root, "feeds")).filter((name) => name.endsWith(".xml")).map((name) => `feeds/${name}`),
  ];
  const missed = wanted.filter((path) => !site.reached.has(new URL(path, site.address).href));
  verdict(`without scripts, links lead from latest/ to every page, text, drawing, download and feed: ${wanted.length}`, missed.length === 0, missed.slice(0, 8).join("; "));
}

const drawings = (site, record) => readerData(site.root, record).pages.pages.map(({ svg }) => new URL(svg, new URL(readerOf(record), site.address)).href.replace(site.address, ""));

async function pagesInOrder(page, site, record) {
  await page.goto(new URL(readerOf(record), site.address).href);
  const seen = [];
  for (const sheet of await page.$$(".sheet")) {
    await sheet.scrollIntoView();
    // Pictures come when they are near.
    for (let n = 0; n < 100 && !(await sheet.evaluate((e) => e.querySelector("img").naturalWidth > 0)); n++) await new Promise((done) => setTimeout(done, 30));
    seen.push(await sheet.evaluate((e) => (e.querySelector("img").naturalWidth > 0 && e.getBoundingClientRect().height > 100 ? e.dataset.folio : "blank")));
  }
  verdict(`without scripts, the reader of ${record.name} shows every page in order: ${seen.length}`, seen.join() === record.folios.join(), seen.join(" "));
}

/** What scripts will ask for. */
function data(site, record) {
  const reader = new URL(readerOf(record), site.address).href;
  const { facts, pages } = readerData(site.root, record);
  for (const value of [facts.pages, facts.search, facts.offline, ...pages.pages.map((p) => p.svg), ...pages.articles.map((a) => a[1])]) site.name(value, reader);
  const worker = new URL(facts.offline, reader);
  const kept = JSON.parse(/^const FILES = (.*);$/m.exec(readFileSync(fileOf(site.root, worker.pathname), "utf8"))[1]);
  kept.forEach((value) => site.name(value, worker.href));
  record.files.forEach((value) => site.name(value.replace(/(^|\/)index\.html$/, "$1"), site.address));
  const loose = record.files.filter((path) => !existsSync(join(site.root, path)));
  const all = new Set(kept.map((value) => new URL(value, worker).href));
  const needed = [...site.pages].filter(([href]) => href.startsWith(new URL(pathOf(record), site.address).href)).flatMap(([href, { load }]) => [href, ...load.map((v) => new URL(v, href).href)]);
  const unkept = needed.filter((href) => href.startsWith(site.address) && !href.includes("/feeds/") && !all.has(href));
  verdict(`whatever the pages of ${record.name} show is kept for reading without a network: ${all.size}`, loose.length === 0 && unkept.length === 0, [...loose, ...new Set(unkept)].slice(0, 6).join("; "));
}

function sheets(site) {
  for (const name of readdirSync(join(site.root, "assets")).filter((n) => n.endsWith(".css"))) {
    const text = readFileSync(join(site.root, "assets", name), "utf8");
    for (const [, value] of text.matchAll(/url\(["']?([^"')]+)["']?\)/g)) site.name(value, new URL(`assets/${name}`, site.address).href);
  }
}

/** Feeds, catalogues, manifests and the map for search engines: every address of this site in them. */
function feeds(site, records) {
  const names = ["latest.json", ...records.map((r) => `${pathOf(r)}manifest.json`), ...readdirSync(join(site.root, "feeds"), { recursive: true }).map((n) => `feeds/${n}`)];
  names.push(...readdirSync(site.root).filter((n) => /^sitemap.*\.xml$/.test(n)));
  let count = 0;
  for (const name of names.filter((n) => /\.(json|xml)$/.test(n))) {
    const text = readFileSync(join(site.root, name), "utf8");
    const found = site.published ? text.match(/https?:\/\/[^"'<>\s\\]+/g) ?? [] : [];
    const own = found.filter((value) => value.startsWith(site.published ?? "\0"));
    own.forEach((value) => site.name(value.replaceAll("&amp;", "&"), new URL(name, site.address).href));
    count += own.length;
  }
  verdict(`feeds and manifests name what the site has: ${count}`, !site.published || count > 0);
}
