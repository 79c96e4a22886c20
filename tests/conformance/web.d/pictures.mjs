// Pictures of a site: SITE, TOOLS and BROWSER in the environment; node pictures.mjs all|documentation FOLDER.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SCREENS, Reader, start } from "./browser.mjs";
import { serve } from "./server.mjs";
import { pathOf, readerOf, records } from "./site.mjs";

/** No picture of the documentation is longer than this, in bytes. */
const LIMIT = 60e3;
const [kind, folder] = process.argv.slice(2);
const [record] = records(process.env.SITE);
const article = record.articles.find((a) => a.image && a.words > 1000) ?? record.articles[0];
const spread = record.folios.findIndex((folio) => folio === article.folio);
const word = article.headline.split(" ").at(-1);

const VIEWS = {
  landing: (reader) => reader.go(pathOf(record)),
  article: (reader) => reader.go(article.path),
  "article-middle": async (reader) => {
    await reader.go(article.path);
    await reader.ask(() => scrollTo({ top: document.documentElement.scrollHeight * 0.45, behavior: "instant" }));
  },
  reader: (reader) => reader.go(`${readerOf(record)}#page=${record.folios[spread]}`),
  cover: (reader) => reader.go(readerOf(record)),
  contents: async (reader) => { await VIEWS.reader(reader); await reader.page.click('[data-act="contents"]'); },
  pages: async (reader) => { await VIEWS.reader(reader); await reader.page.click('[data-act="all"]'); },
  search: async (reader) => {
    await VIEWS.reader(reader);
    await reader.page.click('[data-act="search"]');
    await reader.page.type("dialog[open] input", word);
    await reader.until(() => document.querySelector(".found a"));
  },
  found: async (reader) => {
    await VIEWS.search(reader);
    await reader.press("Enter");
    await reader.until(() => document.activeElement.closest(".found"));
    await reader.press("Enter");
  },
  archive: (reader) => reader.go(""),
  credits: (reader) => reader.go(`${pathOf(record)}credits/`),
  embed: (reader) => reader.go("embed/"),
};
/** What the documentation shows. */
const CHOSEN = ["desktop landing light", "phone landing dark", "desktop reader light", "desktop reader dark", "phone reader light", "tablet article light", "phone article dark", "desktop search light"];

async function settle(reader) {
  await reader.ask(() => document.fonts.ready.then(() => true));
  if (await reader.ask(() => document.body.classList.contains("turning"))) await reader.drawn();
  // Pictures in sight, and thumbnails.
  await reader.until(() => [...document.images].every((i) => i.complete || i.getBoundingClientRect().top > innerHeight || i.getBoundingClientRect().height === 0));
}

/** A picture as small as the limit asks for. */
async function photograph(reader, small) {
  if (!small) return { bytes: await reader.page.screenshot({ type: "png" }), ending: "png" };
  let bytes;
  for (let quality = 85; quality >= 40; quality -= 5) {
    bytes = await reader.page.screenshot({ type: "jpeg", quality });
    if (bytes.length <= LIMIT) return { bytes, ending: "jpg" };
  }
  throw new Error(`a picture of ${bytes.length} bytes is longer than ${LIMIT}`);
}

const small = kind === "documentation";
mkdirSync(folder, { recursive: true });
const browser = await start();
const server = await serve(process.env.SITE);
try {
  for (const [screen, size] of Object.entries(SCREENS)) {
    // The documentation's are shown small.
    const scale = screen === "phone" ? 0.9 : 0.72;
    const reader = await Reader.come(browser, server.address, small ? { ...size, deviceScaleFactor: scale } : size);
    // Faces that are not there at once are kept for the next page: they are fetched first.
    for (const view of ["landing", "article", "reader"]) {
      await VIEWS[view](reader);
      await reader.ask(() => Promise.all([...document.fonts].map((face) => face.load())).then(() => true));
    }
    for (const scheme of ["light", "dark"]) {
      await reader.colours(scheme);
      for (const [view, go] of Object.entries(VIEWS)) {
        const name = `${screen} ${view} ${scheme}`;
        if (small && !CHOSEN.includes(name)) continue;
        await go(reader);
        await settle(reader);
        const { bytes, ending } = await photograph(reader, small);
        const file = join(folder, `${name.replaceAll(" ", "-")}.${ending}`);
        writeFileSync(file, bytes);
        if (small) console.log(`${file}: ${bytes.length} bytes`);
      }
    }
    await reader.leave();
  }
} finally {
  await browser.close();
  await server.stop();
}
