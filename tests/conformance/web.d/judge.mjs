// Judges one site: node judge.mjs PART... with SITE, TOOLS and BROWSER in the environment.

import { closing, verdict } from "../preview.d/verdict.mjs";
import { start } from "./browser.mjs";
import { serve } from "./server.mjs";
import { records } from "./site.mjs";

const root = process.env.SITE;
const parts = process.argv.slice(2);
const wants = (part) => parts.length === 0 || parts.includes(part);
const all = records(root);
const browser = await start();
const server = await serve(root);
const readers = [];
try {
  if (wants("journey")) {
    const { journey } = await import("./journey.mjs");
    const { keyboard, offline } = await import("./keyboard.mjs");
    readers.push(...(await journey(browser, server.address, root, all[0])));
    readers.push(...(await keyboard(browser, server.address, all[0])));
    readers.push(...(await offline(browser, serve, root, all[0])));
  }
  if (wants("axe")) readers.push(...(await (await import("./axe.mjs")).axe(browser, server.address, all)));
  if (wants("links")) await (await import("./links.mjs")).links(browser, server.address, root, all);
  if (wants("figures")) await (await import("./figures.mjs")).figures(browser, server.address, all[0]);
  if (readers.length) {
    const complaints = readers.flatMap((r) => r.complaints);
    const foreign = readers.flatMap((r) => [...r.foreign]);
    verdict("no error or warning in the console, no failed request", complaints.length === 0, complaints.slice(0, 8).join(" | "));
    verdict("no request to another host", foreign.length === 0, foreign.slice(0, 8).join(" "));
  }
} finally {
  await browser.close();
  await server.stop();
}
process.exit(closing());
