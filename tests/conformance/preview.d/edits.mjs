// 200 edits in a row: each is shown, and memory is steady.
// The same text must give the same page again, so it is known which page each burst has to end with.

import { rest, until, verdict } from "./verdict.mjs";

const SINGLE = 100;
const BURSTS = 20;
const IN_BURST = 5;
const GROWTH = 1.15;
/** The burst after which memory has had its first growth. */
const WARM = 4;

const word = (i) => `Edit${String(i).padStart(3, "0")}`;
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];

/** No seconds are judged here: a busy machine may take this long. */
const PATIENCE = 60000;

/** Waits within the page until a frame shows another picture than these, or just this one; when, and which. */
function shown(browser, index, not, only) {
  return browser.ask(
    (index, not, only, patience) =>
      new Promise((done) => {
        const look = () => {
          const image = document.querySelector(`#pages figure[data-page="${index}"] img`);
          const hash = image?.complete && image.naturalWidth > 0 ? image.dataset.hash : null;
          return hash && hash !== not && (!only || hash === only) ? hash : null;
        };
        const finish = (hash) => {
          observer.disconnect();
          clearTimeout(late);
          // The second frame begins after the first was painted.
          requestAnimationFrame(() => requestAnimationFrame(() => done({ hash, at: Date.now() })));
        };
        const observer = new MutationObserver(() => look() && finish(look()));
        const late = setTimeout(() => (observer.disconnect(), done({ hash: null, at: 0 })), patience);
        observer.observe(document.querySelector("#pages"), { subtree: true, childList: true });
        if (look()) finish(look());
      }),
    index,
    not,
    only ?? null,
    PATIENCE,
  );
}

/** Judges. */
export async function judge(browser, program) {
  const before = await program.state();
  program.save(program.text(word(0)), 0);
  const after = await settled(program, word(0));
  const index = after.pages.findIndex(([i, page]) => page.hash !== before.pages[i]?.[1].hash);
  verdict("an edit changes a page", index >= 0 && after.number > before.number);
  if (index < 0) return;
  await browser.ask((i) => document.querySelectorAll("#thumbs button")[i].click(), index);
  let last = (await shown(browser, index, null, after.pages[index][1].hash)).hash;
  const known = await one(browser, program, index, last);
  await bursts(browser, program, index, known);
  await place(browser, program, index);
  program.save(program.original, 1);
  const back = await shown(browser, index, null, before.pages[index][1].hash);
  verdict("the first text brings the first page back", back.hash !== null);
}

async function one(browser, program, index, last) {
  const [times, known, missed] = [[], new Map([[word(0), last]]), []];
  let early = 0;
  for (let i = 1; i <= SINGLE; i++) {
    const waiting = shown(browser, index, last);
    const begun = Date.now();
    program.save(program.text(word(i)), i % 3);
    const { at } = await waiting;
    // A file that was read half written may show for a moment; the whole follows.
    const hash = (await settled(program, word(i)))?.pages[index]?.[1].hash;
    if (!hash || !(await shown(browser, index, null, hash)).hash || [...known.values()].includes(hash)) missed.push(i);
    else times.push(at - begun);
    known.set(word(i), hash);
    last = hash;
    if (i === 50) early = program.memory();
  }
  verdict(`${SINGLE} edits one by one are shown`, missed.length === 0, `not ${missed.join()}`);
  const took = (await program.state()).took_ms;
  console.log(`      from save to shown: median ${median(times)} ms, slowest ${Math.max(...times)} ms; the last look took ${took} ms`);
  return { pages: known, early };
}

/** The state that holds a word, once no other pages will follow; null if it does not come. */
async function settled(program, word) {
  const found = await until(async () => {
    const state = await program.state();
    const holds = (await program.get(`read/${program.slug}`)).text.includes(word);
    return holds && !state.provisional && (await program.state()).number === state.number && state;
  }, PATIENCE);
  return found || null;
}

async function bursts(browser, program, index, { pages, early }) {
  const missed = [];
  for (let burst = 0; burst < BURSTS; burst++) {
    let name;
    for (let i = 0; i < IN_BURST; i++) {
      name = word((burst * 37 + i * 11) % SINGLE + 1);
      program.save(program.text(name), (burst + i) % 3);
      await rest((burst * 13 + i * 7) % 60);
    }
    const wanted = pages.get(name);
    const last = (await settled(program, name))?.pages[index]?.[1].hash;
    const seen = (await shown(browser, index, null, last)).hash;
    await rest(burst % 4 === 0 ? 500 : 0);
    const still = (await program.state()).pages[index]?.[1].hash;
    if (seen !== wanted || still !== wanted) missed.push(`${burst} (${name} came to ${last}, was ${wanted}, seen ${seen})`);
    // A half-written file is laid out too, and the pages are then searched for anew: once that has happened, nothing may grow.
    if (burst === WARM) early = Math.max(early, program.memory());
  }
  verdict(`${BURSTS} bursts of ${IN_BURST} edits end with the last`, missed.length === 0, `not ${missed.join()}`);
  await rest(500);
  const late = program.memory();
  verdict("memory is steady", late < early * GROWTH, `${early} kB early, ${late} kB after 200 edits`);
  console.log(`      resident: ${early} kB early, ${late} kB after 200 edits`);
}

/** The view stays where it is while pages change. */
async function place(browser, program, index) {
  await browser.page.click('[data-zoom="2"]');
  await browser.ask(() => document.querySelector("#pages").scrollBy(0, 150));
  await rest(300);
  const at = () => browser.ask(() => [document.querySelector("#pages").scrollTop, document.querySelector("#pages").scrollLeft]);
  const before = await at();
  const was = (await program.state()).pages[index][1].hash;
  await browser.page.waitForSelector(`figure[data-page="${index}"] img`);
  // From now on: was the frame empty, even for a moment?
  await browser.ask((i) => {
    const sheet = document.querySelector(`figure[data-page="${i}"] .sheet`);
    window.gaps = 0;
    new MutationObserver(() => (window.gaps += sheet.querySelector("img")?.complete ? 0 : 1)).observe(sheet, { childList: true });
  }, index);
  program.save(program.text("Elsewhere"), 1);
  await shown(browser, index, was);
  verdict("an edit leaves the view where it is", String(await at()) === String(before), `${before} became ${await at()}`);
  verdict("a page is exchanged without a gap", (await browser.ask(() => window.gaps)) === 0);
  await browser.page.click('[data-zoom="page"]');
}
