// axe on every page of a site: light and dark, on a phone's screen and a desk's, and the reader in all its states.

import { Reader, SCREENS } from "./browser.mjs";
import { verdict } from "../preview.d/verdict.mjs";
import { documents, readerOf } from "./site.mjs";

const NARROW = { width: 390, height: 844, deviceScaleFactor: 1, isMobile: true, hasTouch: true };

/** One verdict a state of a screen; the readers that looked. */
export async function axe(browser, address, records) {
  const reader = await Reader.come(browser, address);
  let count = 0;
  const found = [];
  for (const path of documents(address, records)) {
    await reader.go(path);
    for (const [screen, scheme] of states()) {
      await dress(reader, screen, scheme);
      count += 1;
      for (const violation of await reader.axe()) found.push(`${path || "./"} ${scheme} ${screen.width}: ${violation}`);
    }
  }
  verdict(`axe finds nothing on any page but the readers: ${count} looks`, found.length === 0, found.slice(0, 10).join("; "));
  for (const record of records) await readerStates(reader, record);
  await reader.leave();
  return [reader];
}

function states() {
  return [NARROW, SCREENS.desktop].flatMap((screen) => ["light", "dark"].map((scheme) => [screen, scheme]));
}

async function dress(reader, screen, scheme) {
  await reader.page.setViewport(screen);
  await reader.colours(scheme);
  // Lines may have moved, and what is in the way of animations is done with.
  await reader.ask(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

async function readerStates(reader, record) {
  const found = [];
  let count = 0;
  const look = async (what) => {
    for (const [screen, scheme] of states()) {
      await dress(reader, screen, scheme);
      await reader.drawn();
      count += 1;
      for (const violation of await reader.axe()) found.push(`${what} ${scheme} ${screen.width}: ${violation}`);
    }
    await reader.page.setViewport(SCREENS.desktop);
  };
  await reader.go(readerOf(record));
  await reader.drawn();
  await look("cover");
  for (const [what, folio] of [["a spread", record.folios[3]], ["contents page", record.folios[2]], ["last pages", record.folios.at(-2)]]) {
    await reader.go(`${readerOf(record)}#page=${folio}`);
    await reader.drawn(folio);
    await look(what);
  }
  await reader.page.click('[data-act="in"]');
  await look("enlarged");
  await reader.page.click('[data-act="out"]');
  for (const name of ["contents", "all", "search"]) {
    await reader.page.click(`[data-act="${name}"]`);
    if (name === "search") {
      await reader.page.type("dialog[open] input", record.articles[0].headline.split(" ").at(-1));
      await reader.until(() => document.querySelector(".found a"));
    }
    await look(`dialog ${name}`);
    await reader.press("Escape");
  }
  verdict(`axe finds nothing in the reader of ${record.name}: ${count} looks`, found.length === 0, found.slice(0, 10).join("; "));
}
