// What a site says of itself: its issues' records, the newest first, and the data of a reader.

import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const json = (...path) => JSON.parse(readFileSync(join(...path), "utf8"));

/** The records of a site's issues; the first is the one that "latest" shows. */
export function records(root) {
  const newest = json(root, "latest.json").issue;
  const names = readdirSync(join(root, "issues")).filter((name) => statSync(join(root, "issues", name, "issue.json"), { throwIfNoEntry: false }));
  names.sort((a, b) => (b === newest) - (a === newest) || (a < b ? 1 : -1));
  return names.map((name) => json(root, "issues", name, "issue.json"));
}

/** Where a record's pages stand. */
export const pathOf = (record) => `issues/${record.name}/`;
export const readerOf = (record) => `issues/${record.name}/pages/`;

/** What the reader's page hands to its script, and the files that it names. */
export function readerData(root, record) {
  const place = join(root, readerOf(record));
  const html = readFileSync(join(place, "index.html"), "utf8");
  const facts = JSON.parse(/<script type="application\/json" id="facts">(.*?)<\/script>/s.exec(html)[1]);
  return { html, facts, pages: json(place, facts.pages), search: json(place, facts.search) };
}

/** Every page of a site, relative to it; folders alone, as links name them. */
export function documents(root, records) {
  const shared = ["", "latest/", "embed/"];
  const own = records.flatMap((r) => [pathOf(r), `${pathOf(r)}credits/`, ...r.articles.map((a) => a.path)]);
  return [...shared, ...own];
}
