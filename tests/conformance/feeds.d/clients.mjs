// What client libraries from npm find in a site's feeds, for comparison with the site's records.
//
//   node clients.mjs MODULES SITE
//
// Prints one JSON object: the libraries' versions, and for each list of feeds what was read from it.
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [modules, site] = process.argv.slice(2);
const require = createRequire(path.join(modules, "node_modules/"));
const opds = "r2-opds-js/dist/es8-es2017/src/opds";
const shared = "r2-shared-js/dist/es8-es2017/src";
require(`${opds}/init-globals`).initGlobalConverters_OPDS();
require(`${shared}/init-globals`).initGlobalConverters_SHARED();
require(`${shared}/init-globals`).initGlobalConverters_GENERIC();
const { OPDS } = require(`${opds}/opds1/opds`);
const { OPDSFeed } = require(`${opds}/opds2/opds2`);
const { convertOpds1ToOpds2 } = require(`${opds}/converter`);
const { Publication } = require(`${shared}/models/publication`);
const { XML } = require("r2-utils-js/dist/es8-es2017/src/_utils/xml-js-mapper");
const { TaJsonDeserialize } = require("r2-lcp-js/dist/es8-es2017/src/serializable");
const { DOMParser } = require("@xmldom/xmldom");

const text = (file) => fs.readFileSync(path.join(site, file), "utf8");
const exists = (file) => fs.existsSync(path.join(site, file));

// The site's address, as `latest.json` has it; none if its addresses are relative.
const latest = JSON.parse(text("latest.json"));
const base = /^https?:/.test(latest.url) ? new URL("../../", latest.url) : new URL("https://site.invalid/");
const resolve = (href, file) => decodeURIComponent(new URL(href, new URL(file, base)).href.slice(base.href.length));

const readers = {
  xml: (file) => convertOpds1ToOpds2(XML.deserialize(new DOMParser().parseFromString(text(file), "application/xml"), OPDS)),
  json: (file) => TaJsonDeserialize(JSON.parse(text(file)), OPDSFeed),
};

function walk(file, read, found = []) {
  const feed = read(file);
  for (const publication of feed.Publications) {
    const downloads = publication.Links.filter((l) => l.Rel?.some((r) => r === "http://opds-spec.org/acquisition/open-access"));
    found.push({
      title: publication.Metadata.Title,
      identifier: publication.Metadata.Identifier,
      downloads: downloads.map((l) => [l.TypeLink, resolve(l.Href, file)]),
      covers: (publication.Images ?? []).map((l) => resolve(l.Href, file)),
    });
  }
  const next = feed.Links.find((l) => l.Rel?.includes("next"));
  if (next && found.length < 100000) walk(resolve(next.Href, file), read, found);
  const years = [...(feed.Navigation ?? []), ...(feed.Facets ?? []).flatMap((f) => f.Links)];
  return { publications: found, years: years.map((l) => resolve(l.Href, file)) };
}

function catalogue(file, read) {
  if (!exists(file)) return null;
  const all = walk(file, read);
  return { all: all.publications, byYear: all.years.flatMap((year) => walk(year, read).publications) };
}

function manifest(file) {
  const read = TaJsonDeserialize(JSON.parse(text(file)), Publication);
  return {
    title: read.Metadata.Title,
    articles: read.Spine.map((l) => resolve(l.Href, file)),
    contents: (read.TOC ?? []).flatMap((l) => l.Children ?? [l]).map((l) => resolve(l.Href, file)),
    pages: (read.PageList ?? []).map((l) => resolve(l.Href, file)),
  };
}

const { parseFeed } = await import(pathToFileURL(require.resolve("feedsmith")));
const items = parseFeed(text("feeds/articles.json")).feed.items ?? [];
const names = fs.readdirSync(path.join(site, "issues")).filter((name) => exists(`issues/${name}/manifest.json`));
const version = (name) => `${name} ${JSON.parse(fs.readFileSync(path.join(modules, "node_modules", name, "package.json"))).version}`;
console.log(
  JSON.stringify({
    versions: { opds: version("r2-opds-js"), manifest: version("r2-shared-js"), feed: version("feedsmith") },
    opds1: catalogue("feeds/opds.xml", readers.xml),
    opds2: catalogue("feeds/opds2.json", readers.json),
    manifests: Object.fromEntries(names.map((name) => [name, manifest(`issues/${name}/manifest.json`)])),
    feed: items.map((item) => ({ id: item.id, url: resolve(item.url, "feeds/articles.json"), title: item.title })),
  }),
);
