// Weighs what vnu says: node markup.mjs REPORT KIND COUNT SITE. Errors fail, and so do warnings but for these.

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { closing, verdict } from "../preview.d/verdict.mjs";

/** What is said and is no fault. */
const ALLOWED = [
  // Pages are well-formed XML too.
  /^Trailing slash on void elements has no effect/,
  // Data in a `script` element (`application/ld+json`, `application/json`) is never run, and no policy blocks it.
  /^Inline script violates Content Security Policy/,
  // Files on a disk have no origin, so that `'self'` says nothing there; on a server the journey shows that no policy is violated.
  /^Resource violates Content Security Policy .*external script “[^:”]+” blocked/,
  // Two roles on purpose: the second is for whoever does not know the first (WAI-ARIA 1.2, 9.1).
  /^Discarding superfluous token “separator”/,
];

const [report, kind, count, site] = process.argv.slice(2);
let messages = null;
let version = "";
try {
  ({ messages, version } = JSON.parse(readFileSync(report, "utf8")));
} catch {
  // No verdict is a failure too.
}
const faults = (messages ?? []).filter(({ message }) => !ALLOWED.some((allowed) => allowed.test(message)));
const words = faults.slice(0, 12).map(({ url = "", lastLine, message }) => `${url.replace(`file:${resolve(site)}/`, "")}:${lastLine}: ${message}`);
verdict(`vnu ${version.split(" ")[0]}: ${count} files of ${kind} are valid`, messages !== null && faults.length === 0 && count > 0, messages === null ? "no verdict" : words.join(" | "));
process.exitCode = closing();
