"""Reads a site's feeds with client libraries, and compares what they find with the site's records.

    python3 clients.py SITE FROM_NODE     (FROM_NODE: what clients.mjs printed)

One line a library and format; exit status 1 if anything is missing, too much, or not where it should be.
"""

import json
import logging
import sys
from importlib.metadata import version
from pathlib import Path
from urllib.parse import unquote, urljoin

import feedparser
from webpub_manifest_parser.opds2 import OPDS2FeedParserFactory
from webpub_manifest_parser.rwpm import RWPMManifestParserFactory

logging.disable(logging.CRITICAL)
SITE = Path(sys.argv[1])
NODE = json.loads(Path(sys.argv[2]).read_text())
LATEST = json.loads((SITE / "latest.json").read_text())
OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"
ARTICLES_OF = 6
PALACE = "palace_webpub_manifest_parser"
# The site's address, as `latest.json` has it; a stand-in if its addresses are relative.
KNOWN = LATEST["url"].startswith("http")
BASE = urljoin(LATEST["url"], "../../") if KNOWN else "https://site.invalid/"
failed = False


def records():
    """Issues that are out, newest first: those under embargo are later than the latest."""
    found = [json.loads(path.read_text()) for path in SITE.glob("issues/*/issue.json")]
    return sorted((r for r in found if r["date"] <= LATEST["date"]), key=lambda r: (r["date"], r["name"]), reverse=True)


RECORDS = records()
HAD = [r for r in RECORDS if r["downloads"]]


def resolve(href, file):
    """The path in the site that a reference in one of its files means."""
    address = urljoin(urljoin(BASE, file), href)
    if not address.startswith(BASE):
        raise ValueError(f"{file} leads away from the site: {href}")
    return unquote(address[len(BASE) :])


def verdict(judge, complaints, remark):
    global failed
    failed = failed or bool(complaints)
    print(f"{'FAIL' if complaints else 'pass'}  {judge:44} {remark}")
    for line in complaints[:15]:
        print(f"        {line[:200]}")


def compare(what, found, expected):
    if found == expected:
        return []
    missing = [e for e in expected if e not in found][:2]
    return [f"{what}: {len(found)} found, {len(expected)} expected; missing {missing}, found {found[:1]}"]


def downloads(record):
    return [[d["media_type"], d["path"]] for d in record["downloads"]]


def covers(record, old=False):
    images = record["cover"]["images"]
    if not old:
        return [i["path"] for i in images]
    images = [i["path"] for i in images if i["media_type"] in ("image/gif", "image/jpeg", "image/png")]
    return [images[-1], images[0]] if images else []


def check_catalogue(judge, read, old):
    """Every issue, in order, with its downloads and covers; once by paging, once by year."""
    expected = [{"downloads": downloads(r), "covers": covers(r, old)} for r in HAD]
    if read is None:
        return verdict(judge, ["no catalogue"] if HAD else [], "no catalogue, and nothing to download")
    strip = lambda list: [{"downloads": p["downloads"], "covers": p["covers"]} for p in list]
    complaints = compare("by paging", strip(read["all"]), expected)
    if len(HAD) > 50:
        complaints += compare("by year", strip(read["byYear"]), expected)
    if len({p["identifier"] for p in read["all"]}) != len(read["all"]):
        complaints.append("identifiers are not unique")
    complaints += [f"no title: {p}" for p in read["all"] if not p["title"]]
    verdict(judge, complaints, f"{len(read['all'])} issues")


def with_palace(parser, file):
    """A document and the library's complaints. It insists on absolute addresses, which a site without one cannot have."""
    result = parser.parse_file(str(SITE / file))
    errors = [str(e.error_message) for e in result.errors]
    return result.root, [f"{file}: {e}" for e in errors if KNOWN or "'self' link" not in e]


def palace_catalogue():
    """The OPDS 2.0 catalogue as palace reads it, and its complaints."""
    parser, complaints, years = OPDS2FeedParserFactory().create(), [], []

    def walk(file):
        found = []
        while file:
            feed, errors = with_palace(parser, file)
            complaints.extend(errors)
            for p in feed.publications:
                links = [[l.type, resolve(l.href, file)] for l in p.links if OPEN_ACCESS in l.rels]
                images = [resolve(l.href, file) for l in p.images.links]
                found.append({"title": p.metadata.title, "identifier": p.metadata.identifier, "downloads": links, "covers": images})
            if feed.navigation:
                years.extend(resolve(l.href, file) for l in feed.navigation.links)
            following = [l for l in feed.links if "next" in l.rels]
            file = resolve(following[0].href, file) if following else None
        return found

    if not (SITE / "feeds/opds2.json").exists():
        return None, complaints
    everything = walk("feeds/opds2.json")
    return {"all": everything, "byYear": [p for year in list(years) for p in walk(year)]}, complaints


def feed_entries(file):
    """The entries of a feed and of those that follow it, with the file each is in."""
    found = []
    while file:
        feed = feedparser.parse(str(SITE / file))
        if feed.bozo or feed.version != "atom10":
            raise ValueError(f"{file}: {feed.get('bozo_exception', feed.version)}")
        found += [(entry, file) for entry in feed.entries]
        following = [l.href for l in feed.feed.links if l.rel == "next"]
        file = resolve(following[0], file) if following else None
    return found


def linked(entry, file, rel):
    return [[l.get("type"), resolve(l.href, file)] for l in entry.links if l.rel == rel]


def feedparser_catalogue():
    if not (SITE / "feeds/opds.xml").exists():
        return None

    def publication(entry, file):
        images = [i[1] for rel in ("image", "image/thumbnail") for i in linked(entry, file, f"http://opds-spec.org/{rel}")]
        return {"title": entry.title, "identifier": entry.id, "downloads": linked(entry, file, OPEN_ACCESS), "covers": images}

    root = feedparser.parse(str(SITE / "feeds/opds.xml"))
    years = [resolve(l.href, "feeds/opds.xml") for l in root.feed.links if l.rel == "http://opds-spec.org/facet"]
    read = lambda file: [publication(*pair) for pair in feed_entries(file)]
    return {"all": read("feeds/opds.xml"), "byYear": [p for year in years for p in read(year)]}


def check_atom():
    judge = f"feedparser {version('feedparser')}"
    entries = feed_entries("feeds/issues.xml")
    pages = [linked(*pair, "alternate") for pair in entries]
    complaints = compare("issues", pages, [[["text/html", f"issues/{r['name']}/"]] for r in RECORDS])
    complaints += compare("enclosures", [linked(*pair, "enclosure") for pair in entries], [downloads(r) for r in RECORDS])
    verdict(f"{judge}, Atom of issues", complaints, f"{len(entries)} entries")

    entries = feed_entries("feeds/articles.xml")
    pages = [linked(*pair, "alternate") for pair in entries]
    articles = [a for r in RECORDS[:ARTICLES_OF] for a in r["articles"]]
    complaints = compare("articles", pages, [[["text/html", a["path"]]] for a in articles])
    named = [[a.name for a in entry.get("authors", [])] for entry, _ in entries]
    complaints += compare("authors", named, [[n.strip() for n in a["authors"] if n.strip()] for a in articles])
    if len({entry.id for entry, _ in entries}) != len(entries):
        complaints.append("identifiers are not unique")
    verdict(f"{judge}, Atom of articles", complaints, f"{len(entries)} entries")

    complaints = compare("identifiers", [i["id"] for i in NODE["feed"]], [entry.id for entry, _ in entries])
    complaints += compare("articles", [i["url"] for i in NODE["feed"]], [a["path"] for a in articles])
    verdict(f"{NODE['versions']['feed']}, JSON Feed", complaints, f"{len(NODE['feed'])} items")


def check_manifests():
    parser, read, complaints = RWPMManifestParserFactory().create(), {}, []
    for record in RECORDS:
        file = f"issues/{record['name']}/manifest.json"
        root, errors = with_palace(parser, file)
        complaints += errors
        read[record["name"]] = [resolve(l.href, file) for l in root.reading_order.links]
    articles = {r["name"]: [a["path"] for a in r["articles"]] or [f"issues/{r['name']}/"] for r in RECORDS}
    complaints += compare("articles", sorted(read.items()), sorted(articles.items()))
    verdict(f"{PALACE[:6]} {version(PALACE)}, Readium manifest", complaints, f"{len(read)} manifests")

    complaints = []
    for record in RECORDS:
        found = NODE["manifests"].get(record["name"])
        if found is None:
            complaints.append(f"no manifest of {record['name']}")
            continue
        pages = [f"issues/{record['name']}/pages/#page={folio}" for folio in record["folios"]]
        complaints += compare("articles", found["articles"], articles[record["name"]])
        complaints += compare("contents", sorted(found["contents"]), sorted(a["path"] for a in record["articles"]))
        complaints += compare("pages", found["pages"], pages)
    verdict(f"{NODE['versions']['manifest']}, Readium manifest", complaints, f"{len(RECORDS)} manifests")


def hrefs(value):
    """Every reference in a JSON document, but those to authors' own pages."""
    if isinstance(value, dict):
        for key, member in value.items():
            if key in ("href", "url", "image", "record") and isinstance(member, str):
                yield member
            elif key != "authors":
                yield from hrefs(member)
    elif isinstance(value, list):
        for item in value:
            yield from hrefs(item)


def check_targets():
    """Whatever a JSON document names is in the site; on a finished one, which has its pages, it is really there."""
    files = [*SITE.glob("feeds/**/*.json"), SITE / "latest.json", *SITE.glob("issues/*/manifest.json")]
    targets, complaints = {}, []
    for path in sorted(files):
        file = path.relative_to(SITE).as_posix()
        for href in hrefs(json.loads(path.read_text())):
            try:
                targets.setdefault(resolve(href, file).split("#")[0], file)
            except ValueError as error:
                complaints.append(str(error))
    finished = (SITE / "latest/index.html").exists()
    for target, file in sorted(targets.items()):
        here = SITE / target
        page = target == "" or target.endswith("/")
        if finished and not (here / "index.html" if page else here).is_file():
            complaints.append(f"{file} names what is not there: {target}")
    verdict("our own, links", complaints, f"{len(targets)} targets{'' if finished else ', not looked for'}")


check_catalogue(f"{NODE['versions']['opds']}, OPDS 1.2", NODE["opds1"], True)
check_catalogue(f"feedparser {version('feedparser')}, OPDS 1.2", feedparser_catalogue(), True)
check_catalogue(f"{NODE['versions']['opds']}, OPDS 2.0", NODE["opds2"], False)
palace, errors = palace_catalogue()
check_catalogue(f"{PALACE[:6]} {version(PALACE)}, OPDS 2.0", palace, False)
if errors:
    verdict(f"{PALACE[:6]} {version(PALACE)}, OPDS 2.0 syntax", errors, "")
check_atom()
check_manifests()
check_targets()
sys.exit(1 if failed else 0)
