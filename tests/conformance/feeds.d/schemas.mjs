// JSON documents of a site against JSON Schemas: our own, and the published ones if a folder with them is named.
//
//   node schemas.mjs MODULES SITE [PUBLISHED]
//
// One line a schema; exit status 1 if a document does not conform.
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";

const [modules, site, published] = process.argv.slice(2);
const require = createRequire(path.join(modules, "node_modules/"));
const Ajv = require("ajv").default;
const addFormats = require("ajv-formats").default;
const version = `ajv ${require("ajv/package.json").version}`;
const here = path.dirname(new URL(import.meta.url).pathname);
const read = (file) => JSON.parse(fs.readFileSync(file, "utf8"));

function below(folder, ending) {
  if (!fs.existsSync(folder)) return [];
  const found = fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(ending));
  return found.sort().map((name) => path.join(folder, name));
}

const feeds = path.join(site, "feeds");
const documents = {
  opds2: [...below(feeds, "opds2.json"), ...below(path.join(feeds, "opds2"), ".json")],
  readium: below(path.join(site, "issues"), "manifest.json"),
  feed: below(feeds, "articles.json"),
};

function validator(schemas) {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  for (const schema of schemas) ajv.addSchema(schema);
  return ajv;
}

let failed = false;
function judge(name, ajv, id, files) {
  const complaints = [];
  for (const file of files) {
    if (!ajv.validate(id, read(file))) {
      const errors = ajv.errors.map((e) => `${e.instancePath || "/"} ${e.message}`);
      complaints.push(`${path.relative(site, file)}: ${errors.slice(0, 3).join("; ")}`);
    }
  }
  const verdict = complaints.length ? "FAIL" : "pass";
  console.log(`${verdict}  ${`${version}, ${name}`.padEnd(44)} ${files.length} documents`);
  for (const line of complaints.slice(0, 15)) console.log(`        ${line.slice(0, 200)}`);
  if (complaints.length) failed = true;
}

const own = ["readium", "opds2", "json-feed"].map((name) => read(path.join(here, `${name}.schema.json`)));
const ours = validator(own);
judge("our OPDS 2.0", ours, "masthead:opds2", documents.opds2);
judge("our Readium manifest", ours, "masthead:readium", documents.readium);
judge("our JSON Feed", ours, "masthead:json-feed", documents.feed);

if (published) {
  const folders = ["specs/schema", "drafts/schema", "webpub-manifest/schema"];
  const all = validator(folders.flatMap((f) => below(path.join(published, f), ".schema.json")).map(read));
  judge("published OPDS 2.0", all, "https://specs.opds.io/schema/feed.schema.json", documents.opds2);
  const manifest = "https://readium.org/webpub-manifest/schema/publication.schema.json";
  judge("published Readium manifest", all, manifest, documents.readium);
}
process.exit(failed ? 1 : 0);
