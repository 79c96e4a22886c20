// Broken input, files that vanish, and a program that is started anew.

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { rest, until, verdict } from "./verdict.mjs";

const banner = (browser) => browser.ask(() => !document.querySelector("#banner").hidden && document.querySelector("#banner").textContent);
const clean = async (browser) => (await banner(browser)) === false;

/** Judges. */
export async function judge(browser, program) {
  await manifest(browser, program);
  await manuscript(browser, program);
  await passing(browser, program);
  await anew(browser, program);
}

/** A manifest that cannot be read: the last good pages stay, the finding stands on top. */
async function manifest(browser, program) {
  const file = join(program.edited.split("/")[0], "issue.toml");
  const good = readFileSync(program.path(file), "utf8");
  const before = await program.state();
  program.save(`= = =\n${good}`, 0, file);
  const words = await until(() => banner(browser));
  verdict("a broken manifest is said in a banner", words === "These pages show the last state that could be laid out.", words);
  const first = await browser.ask(() => document.querySelector("#list li")?.className);
  verdict("its finding is the first", first?.includes("error"), first);
  const images = await browser.ask(() => [...document.querySelectorAll("#pages img")].filter((i) => i.complete && i.naturalWidth).length);
  verdict("the last good pages stay", images > 0 && (await program.state()).count === before.count, images);
  await browser.ask(() => document.querySelector("#list button").click());
  await browser.page.waitForSelector("#lines [aria-selected=true]", { timeout: 5000 }).catch(() => {});
  const line = await browser.ask(() => document.querySelector("#lines [aria-selected=true] .text")?.textContent);
  verdict("the finding leads to its line", line === "= = =", line);
  await browser.axe("with a banner");
  await browser.shot("broken");
  program.save(good, 1, file);
  verdict("the banner goes with the fault", await until(() => clean(browser)));
  await browser.press("Escape");
}

/** Bytes that are no text. */
async function manuscript(browser, program) {
  const number = (await program.state()).number;
  program.save(Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xff, 0xfe, 0x00, 0x80]), 0);
  const after = await until(async () => {
    const state = await program.state();
    return state.number > number && state.findings.some((f) => f.file === program.edited && f.severity === "error") && state;
  });
  verdict("a manuscript that is not UTF-8 is a finding", Boolean(after));
  const images = await until(() => browser.ask(() => document.querySelectorAll("#pages img").length));
  verdict("and pages are still shown", images > 0 && after.count > 0, images);
  const shown = await until(() => browser.ask((file) => document.querySelector("#list").innerText.includes(file), program.edited));
  verdict("and it is shown beside them", shown);
  program.save(program.original, 0);
  verdict("a good text heals it", await until(async () => !(await program.state()).findings.some((f) => f.file === program.edited && f.severity === "error")));
}

/** Files and folders that are away for a moment, and what must not cause a look. */
async function passing(browser, program) {
  const path = program.path(program.edited);
  const hash = JSON.stringify((await program.state()).pages.map(([, p]) => p.hash));
  for (const [what, away] of [["file", path], ["folder", dirname(path)]]) {
    const number = (await program.state()).number;
    renameSync(away, `${program.root}/away`);
    await rest(400);
    renameSync(`${program.root}/away`, away);
    const same = await until(async () => {
      const state = await program.state();
      return state.number > number && !state.stale && JSON.stringify(state.pages.map(([, p]) => p.hash)) === hash;
    });
    verdict(`a ${what} that comes back shows the same pages`, same);
  }
  program.save(program.text("Returned"), 0);
  verdict("a folder that came back is still watched", await until(async () => (await program.get(`read/${program.slug}`)).text.includes("Returned")));
  program.save(program.original, 0);
  await until(async () => !(await program.get(`read/${program.slug}`)).text.includes("Returned"));
  await rest(400);
  const number = (await program.state()).number;
  mkdirSync(program.path("dist"), { recursive: true });
  for (const name of ["dist/a.epub", ".hidden", `${program.edited}~`, `${dirname(program.edited)}/.a.md.swp`]) writeFileSync(program.path(name), "x");
  await rest(500);
  for (const name of ["dist", ".hidden", `${program.edited}~`, `${dirname(program.edited)}/.a.md.swp`]) rmSync(program.path(name), { recursive: true });
  await rest(500);
  const now = (await program.state()).number;
  verdict("results, hidden files and backups cause no look", now === number, `${now - number} looks`);
  verdict("no banner is left", await clean(browser));
}

/** The page finds the program again, at the same place, and shows what was changed meanwhile. */
async function anew(browser, program) {
  await browser.page.focus("#pages");
  await browser.press("Home");
  await browser.press("ArrowRight");
  await rest(300);
  const place = () => browser.ask(() => document.querySelector("#place").value);
  const before = await place();
  const complaints = browser.complaints.length;
  await program.stop();
  const lost = await until(() => browser.ask(() => document.body.dataset.status === "lost"));
  verdict("a program that is gone is said", lost);
  await browser.shot("lost");
  program.save(program.text("Anew"), 0);
  await program.launch(program.port);
  const back = await until(() => browser.ask(() => document.body.dataset.status === "ready" && document.querySelector("#pages img")?.complete).catch(() => false), 20000);
  verdict("the page finds the program again by itself", back);
  verdict("at the same place", await until(async () => (await place().catch(() => "")) === before, 3000), await place());
  program.save(program.original, 0);
  const number = (await program.state()).number;
  verdict("and hears its news", await until(() => browser.ask((n) => Number(document.body.dataset.number) >= n, number).catch(() => false)));
  // That nobody answered was meant.
  const rests = browser.complaints.splice(complaints).filter((c) => !/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/.test(c));
  browser.complaints.push(...rests);
}
