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

/** Waits within the page until a frame shows another picture than these, or just this one; when, and which. */
function shown(browser, index, not, only) {
  return browser.ask(
    (index, not, only) =>
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
        const late = setTimeout(() => (observer.disconnect(), done({ hash: null, at: 0 })), 15000);
        observer.observe(document.querySelector("#pages"), { subtree: true, childList: true });
        if (look()) finish(look());
      }),
    index,
    not,
    only ?? null,
  );
}

/** Judges. */
export async function judge(browser, program) {
  const before = await program.state();
  program.save(program.text(word(0)), 0);
  await until(async () => (await program.state()).number > before.number && (await current(program, word(0))));
  const after = await program.state();
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
    let { hash, at } = await waiting;
    const took = at - begun;
    // A file that was read half written shows for a moment; the whole follows.
    for (let again = 0; again < 20 && hash && !(await current(program, word(i))); again++) await rest(50);
    hash = (await program.state()).pages[index]?.[1].hash ?? null;
    const settled = hash && (await shown(browser, index, null, hash)).hash;
    if (!settled || [...known.values()].includes(hash) || !(await current(program, word(i)))) missed.push(i);
    else times.push(took);
    known.set(word(i), hash);
    last = hash;
    if (i === 50) early = program.memory();
  }
  verdict(`${SINGLE} edits one by one are shown`, missed.length === 0, `not ${missed.join()}`);
  const took = (await program.state()).took_ms;
  console.log(`      from save to shown: median ${median(times)} ms, slowest ${Math.max(...times)} ms; the last look took ${took} ms`);
  return { pages: known, early };
}

/** Whether the state holds a word. */
async function current(program, word) {
  return (await program.get(`read/${program.slug}`)).text.includes(word);
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
    const { hash } = await shown(browser, index, null, pages.get(name));
    await rest(burst % 4 === 0 ? 500 : 0);
    const still = await shown(browser, index, null, pages.get(name));
    if (!hash || !still.hash) missed.push(burst);
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
