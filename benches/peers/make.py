#!/usr/bin/env python3
"""The benchmark issue, the same for every program: 32 articles of about 900 words, 60 photographs, 4 adverts, 6 partners.

    benches/peers/make.py PICTURES FOLDER [SCALE]     SCALE: 1 unless named; 0.25, 4 and 16 are the issue's growth
    benches/peers/make.py --count SCALE               how many photographs such an issue has

PICTURES holds the JPEGs, `00.jpg` and so on (benches/peers/photographs makes them). In FOLDER it makes

    gazette/                 a publication for Masthead; its issue is 2026-12
    pages.html, pages.css    for programs that set HTML on pages; print.html, print.css: the same for a press
    book.html, book.css      for programs that make an e-book of one HTML file
    articles/, book.config.js           the same for Vivliostyle, a file for each article
    cover.md, pages.md, pandoc.css       for pandoc
    pages.adoc, page-theme.yml           for Asciidoctor
    pages.typ                for the plain engine
    fonts/                   the fonts that all of them get
    facts.json               how many words, pictures and articles a whole document has

Sentences, adverts and partners are the sample issues' own; a fixed seed shuffles the sentences.
"""
import html
import itertools
import json
import math
import os
import pathlib
import random
import re
import shutil
import sys
from dataclasses import dataclass

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = REPOSITORY / "issues"
ARTICLES, WORDS, ADVERTS, PARTNERS = 32, 900, 4, 6
# So many of the articles are columns of one page with one photograph; the others have two and take two pages. With the cover's, that is
# 60 photographs, and with cover, contents, partners, imprint and the back cover's advert 64 pages in Masthead's theme `trade`.
COLUMNS = 5
TITLE, ALT, CAPTION = "The Benchmark", "A photograph from the sample", "A photograph."
CREDIT = "The Benchmark"
ISSUE = "gazette/2026-12"  # where the pictures lie, seen from FOLDER

# Adverts that every program can show: no PDF. File, booked size, width and height in millimetres, partner, place, alternative text.
# Copies for a larger issue go after articles, as they come.
BOOKED = [
    ("ember-full.svg", "full", 210, 297, "ember", "back-cover", "Ember Mutual: slow money for old places"),
    ("lapwing-half.jpg", "half-horizontal", 180, 124, "lapwing", None, "Lapwing Optics: Nearer"),
    ("fingerpost-quarter.svg", "quarter", 87, 124, "fingerpost", None, "Fingerpost Foundry: cast once"),
    ("marram-third.svg", "third", 180, 83, "marram", None, "Marram Pathworks: most of it is underneath"),
]
HOUSES = [
    ("ember", "Ember Mutual", "Slow money for old places"),
    ("lapwing", "Lapwing Optics", "Binoculars, and the mending of them"),
    ("fingerpost", "Fingerpost Foundry", "Cast signs for paths that mean to stay"),
    ("marram", "Marram Pathworks", "Stone, water and patience, by contract"),
    ("penumbra", "Penumbra", "Lanterns that know which way is down"),
    ("sallow", "Sallow & Daughter", "Street trees, grown slowly"),
]
# Prawn, beneath Asciidoctor PDF, takes no OpenType fonts with PostScript outlines and so uses its own.
FONTS = ["SourceSerif4-Regular.otf", "SourceSerif4-It.otf", "SourceSans3-Regular.otf", "SourceSans3-Bold.otf"]


@dataclass
class Article:
    name: str
    title: str
    standfirst: str
    paragraphs: list
    lead: str | None  # a photograph across the page; a column has none
    figure: str  # a photograph in the text, before paragraph `middle`
    advert: "Advert | None" = None

    @property
    def middle(self):
        return len(self.paragraphs) // 2


@dataclass
class Advert:
    id: str
    file: str
    size: str
    width: int
    height: int
    partner: str
    alt: str
    back: bool  # on the back cover


@dataclass
class Partner:
    id: str
    name: str
    text: str
    logo: str

    @property
    def link(self):
        return f"https://{self.id}.example"


@dataclass
class Issue:
    articles: list
    back: list  # adverts that no article carries
    partners: list
    cover: str = "00.jpg"

    @property
    def photographs(self):
        return [self.cover] + [p for a in self.articles for p in (a.lead, a.figure) if p]


def sentences():
    found = []
    for path in sorted(SAMPLE.glob("2026-1*/articles/*.md")):
        body = re.split(r"^(?:---|\+\+\+)$", path.read_text(), maxsplit=2, flags=re.M)[-1]
        for line in body.splitlines():
            if line and line[0].isalpha():
                plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|[*_`\[\]^{}<>&|]", r"\1", line)
                found += [s for s in re.split(r"(?<=[.!?]) ", plain) if 4 < len(s.split()) < 40 and s[0].isupper() and s[-1] in ".!?"]
    return found


def paragraphs(pool, rng):
    words, out = 0, []
    while words < WORDS - 40:  # the last one goes beyond: about 900 on average
        text = " ".join(rng.choice(pool) for _ in range(rng.randint(3, 6)))
        words += len(text.split())
        out.append(text)
    return out


def invent(scale):
    """The issue, before any program's language."""
    rng = random.Random(20261126)
    pool = sentences()
    count = round(ARTICLES * scale)
    photograph = (f"{n:02}.jpg" for n in itertools.count(1))  # the first is the cover's
    articles = []
    for n in range(count):
        title = " ".join(rng.choice(pool).split()[:4]).strip(".,;:!?“”‘’") + f" {n + 1}"
        standfirst = rng.choice(pool).replace('"', "")
        column = (n + 1) * COLUMNS // ARTICLES > n * COLUMNS // ARTICLES
        lead = None if column else next(photograph)
        articles.append(Article(f"a{n:02}", title.replace('"', ""), standfirst, paragraphs(pool, rng), lead, next(photograph)))
    # A copy of an advert or partner is booked under a number of its own, but shows the same drawing.
    adverts, partners = [], []
    for n in range(math.ceil(PARTNERS * scale)):
        house, name, text = HOUSES[n % len(HOUSES)]
        copy = n // len(HOUSES)
        partners.append(Partner(f"{house}{copy or ''}", name + (f" {copy + 1}" if copy else ""), text, f"{house}.svg"))
    for n in range(math.ceil(ADVERTS * scale)):
        file, size, width, height, house, place, alt = BOOKED[n % len(BOOKED)]
        copy = n // len(BOOKED)
        adverts.append(Advert(f"advert{n}", file, size, width, height, f"{house}{copy or ''}", alt, place is not None and not copy))
    back = [a for a in adverts if a.back]
    carried = [a for a in adverts if not a.back]
    for n, advert in enumerate(carried):
        articles[(2 * n + 1) * count // (2 * len(carried))].advert = advert
    return Issue(articles, back, partners)


# ------------------------------------------------------------------------------------------------ Masthead


def masthead(issue, folder):
    quote = json.dumps  # TOML's and YAML's quoted strings understand JSON's
    (folder / "gazette/masthead.toml").write_text(
        f'title = "{TITLE}"\nlanguage = "en-GB"\ntheme = "trade"\ntrim = "A4"\n'
        f'own-pictures = "{CREDIT}"\n[publisher]\nname = "Nobody"\n[print]\nshop = "bench"\n'
    )
    # As fogra39-x4, but any number of pages will do: no program here is told to fill sheets.
    (folder / "gazette/shops").mkdir()
    (folder / "gazette/shops/bench.toml").write_text('inherits = "fogra39-x4"\nabout = "The bench"\n[page]\nmultiple-of = 1\n')
    for article in issue.articles:
        body = list(article.paragraphs)
        body.insert(article.middle, f"![{ALT}]({article.figure})\n{CAPTION}\nPhoto: {CREDIT}")
        (folder / ISSUE / "articles" / f"{article.name}.md").write_text(
            f"---\nheadline: {quote(article.title, ensure_ascii=False)}\nbyline: [Nobody]\n"
            f"standfirst: {quote(article.standfirst, ensure_ascii=False)}\n"
            + (f"lead:\n  picture: {article.lead}\n  alt: {ALT}\n  credit: {CREDIT}\n" if article.lead else "kind: column\n")
            + "---\n\n"
            + "\n\n".join(body)
            + "\n"
        )
    listed = ", ".join(f'"articles/{a.name}.md"' for a in issue.articles)
    out = [
        f'number = 1\ndate = 2026-12-03\nstatus = "draft"\n[cover]\npicture = "pictures/{issue.cover}"\nalt = "{ALT}"\n'
        f'credit = "{CREDIT}"\n[[cover.line]]\nheadline = "{len(issue.articles)} articles"\n'
        f'[[section]]\ntitle = "All"\narticles = [{listed}]\n'
    ]
    placed = [(a, '"back-cover"') for a in issue.back]
    # A full page stands between articles, wherever that suits best.
    placed += [(a.advert, '"run-of-book"' if a.advert.size == "full" else f'{{ after = "articles/{a.name}.md" }}') for a in issue.articles if a.advert]
    for advert, place in placed:
        out.append(
            f'[[advert]]\nid = "{advert.id}"\npartner = "{advert.partner}"\nfile = "adverts/{advert.file}"\nsize = "{advert.size}"\n'
            f'place = {place}\nalt = "{advert.alt}"\nlink = "https://{advert.partner}.example"\n'
        )
    for partner in issue.partners:
        out.append(
            f'[[partner]]\nid = "{partner.id}"\nname = "{partner.name}"\nlogo = "partners/{partner.logo}"\n'
            f'link = "{partner.link}"\ntext = "{partner.text}"\n'
        )
    (folder / ISSUE / "issue.toml").write_text("".join(out))


# ------------------------------------------------------------------------------------------------ HTML

FACES = """
@font-face { font-family: "Source Serif 4"; src: url(fonts/SourceSerif4-Regular.otf) }
@font-face { font-family: "Source Serif 4"; font-style: italic; src: url(fonts/SourceSerif4-It.otf) }
@font-face { font-family: "Source Sans 3"; src: url(fonts/SourceSans3-Regular.otf) }
@font-face { font-family: "Source Sans 3"; font-weight: bold; src: url(fonts/SourceSans3-Bold.otf) }
"""
# The measures of the theme `trade`: three columns, 9 on 12 points.
PAGES = (
    FACES
    + """
@page { size: A4; margin: 21.2mm 15mm 19.5mm; @bottom-right { content: counter(page); font: 8pt "Source Sans 3" } }
@page advert { margin: 0; @bottom-right { content: none } }
body { font: 9pt/12pt "Source Serif 4"; text-align: justify; hyphens: auto; margin: 0 }
h1, .standfirst, .lead, .advert { column-span: all }
h1 { font: bold 29pt/31pt "Source Sans 3"; margin: 0 0 6pt; text-align: left; hyphens: manual }
article, section { break-before: page; columns: 3; column-gap: 14pt }
.standfirst { font: 12.5pt/16pt "Source Serif 4"; margin: 0 0 8pt; text-align: left }
p { margin: 0; text-indent: 1em } .standfirst { text-indent: 0 }
figure { margin: 0 0 8pt; break-inside: avoid } img { width: 100%; display: block }
figcaption { font: 7.5pt/9pt "Source Sans 3"; text-align: left }
.lead img { height: 120mm; object-fit: cover }
.full { page: advert; break-before: page; margin: 0 } .full img { width: 210mm; height: 297mm; object-fit: cover }
.half-horizontal img { width: 180mm } .quarter img { width: 87mm } .third img { width: 180mm }
section p img { width: 40mm }
"""
)
# What a press needs besides the PDF/X variant: the press's profile, colours in inks, bleed; and no links.
PRINT = """
@color-profile device-cmyk { src: url(press.icc); components: cyan, magenta, yellow, black }
@page { bleed: 3mm; @bottom-right { color: device-cmyk(0 0 0 1) } }
body { color: device-cmyk(0 0 0 1) }
.full img { width: 216mm; height: 303mm; margin: -3mm }
"""
BOOK = FACES + 'body { font-family: "Source Serif 4" } h1, h2 { font-family: "Source Sans 3" } img { max-width: 100% } .standfirst { font-size: 1.2em }\n'


def html_picture(place, file, alt, caption, kind=""):
    shown = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure{kind and f" class={json.dumps(kind)}"}><img src="{place}{file}" alt="{html.escape(alt)}" />{shown}</figure>'


def html_advert(root, advert):
    return html_picture(f"{root}{ISSUE}/adverts/", advert.file, advert.alt, "", f"advert {advert.size}")


def html_article(article, root=""):
    at = f"{root}{ISSUE}/pictures/"
    flow = [f"<p>{html.escape(p, quote=False)}</p>" for p in article.paragraphs]
    flow.insert(article.middle, html_picture(at, article.figure, ALT, f"{CAPTION} Photo: {CREDIT}"))
    return (
        f'<article id="{article.name}"><h1>{html.escape(article.title)}</h1>\n<p class="standfirst">{html.escape(article.standfirst)}</p>\n'
        + (html_picture(at, article.lead, ALT, f"Photo: {CREDIT}", "lead") if article.lead else "")
        + "\n".join(flow)
        + "</article>\n"
        + (html_advert(root, article.advert) if article.advert else "")
    )


def html_partners(issue, root=""):
    each = "\n".join(
        f'<p><img src="{root}{ISSUE}/partners/{p.logo}" alt="{html.escape(p.name)}" /> <a href="{p.link}">{html.escape(p.name)}</a>: {p.text}</p>' for p in issue.partners
    )
    return f'<section><h1>Partners</h1>\n{each}</section>\n' + "".join(html_advert(root, a) for a in issue.back)


def html_file(title, style, body):
    return (
        f'<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB" xml:lang="en-GB"><head><meta charset="utf-8" />'
        f"<title>{html.escape(title)}</title>{style}</head><body>\n{body}</body></html>\n"
    )


def web(issue, folder):
    cover = html_picture(f"{ISSUE}/pictures/", issue.cover, ALT, "", "full")
    body = cover + "".join(html_article(a) for a in issue.articles) + html_partners(issue)
    (folder / "pages.html").write_text(html_file(TITLE, '<link rel="stylesheet" href="pages.css" />', body))
    (folder / "print.html").write_text(
        html_file(TITLE, '<link rel="stylesheet" href="pages.css" /><link rel="stylesheet" href="print.css" />', re.sub(r"</?a\b[^>]*>", "", body))
    )
    (folder / "pages.css").write_text(PAGES)
    (folder / "print.css").write_text(PRINT)
    (folder / "book.css").write_text(BOOK)
    (folder / "book.html").write_text(html_file(TITLE, '<link rel="stylesheet" href="book.css" />', body.removeprefix(cover)))
    (folder / "articles").mkdir()
    link = '<link rel="stylesheet" href="../book.css" />'
    for article in issue.articles:
        (folder / "articles" / f"{article.name}.html").write_text(html_file(article.title, link, html_article(article, "../")))
    (folder / "articles/partners.html").write_text(html_file("Partners", link, html_partners(issue, "../")))
    names = [f"articles/{a.name}.html" for a in issue.articles] + ["articles/partners.html"]
    (folder / "book.config.js").write_text(
        "export default "
        + json.dumps(
            {
                "title": TITLE,
                "author": "Nobody",
                "language": "en-GB",
                "entry": names,
                "toc": {"title": "Contents"},
                "cover": {"src": f"{ISSUE}/pictures/{issue.cover}", "name": ALT},
                # Else every picture and style in FOLDER would come into the book, used or not.
                "copyAsset": {"excludes": ["gazette/dist/**", "gazette/.cache/**", "out/**", "pages.css", "print.css", "pandoc.css", "as-they-are.css"]},
                "output": ["out/vivliostyle.epub"],
            },
            indent=1,
        )
    )


# ------------------------------------------------------------------------------------------------ Markdown for pandoc


def markdown(issue, folder):
    def plain(text):
        return re.sub(r"([\\@#$~'\"])", r"\\\1", text)

    def advert(advert):
        return f':::: {{.advert .{advert.size}}}\n![]({ISSUE}/adverts/{advert.file}){{alt="{advert.alt}"}}\n::::'

    out = [f"---\ntitle: {TITLE}\nauthor: Nobody\nlang: en-GB\n---\n"]
    for article in issue.articles:
        out += [f"# {plain(article.title)}", f"::: standfirst\n{plain(article.standfirst)}\n:::"]
        if article.lead:
            out.append(f'::: lead\n![Photo: {CREDIT}]({ISSUE}/pictures/{article.lead}){{alt="{ALT}"}}\n:::')
        body = [plain(p) for p in article.paragraphs]
        body.insert(article.middle, f'![{CAPTION} Photo: {CREDIT}]({ISSUE}/pictures/{article.figure}){{alt="{ALT}"}}')
        out += body
        if article.advert:
            out.append(advert(article.advert))
    out.append("# Partners")
    out += [f'![]({ISSUE}/partners/{p.logo}){{alt="{p.name}" width=40mm}} [{p.name}]({p.link}): {p.text}' for p in issue.partners]
    out += [advert(a) for a in issue.back]
    (folder / "pandoc.css").write_text(BOOK.replace("url(fonts/", "url(../fonts/"))  # where pandoc puts them
    # An e-book's cover is an option of pandoc's; on pages it is a picture like others.
    (folder / "cover.md").write_text(f'::: full\n![]({ISSUE}/pictures/{issue.cover}){{alt="{ALT}"}}\n:::\n')
    (folder / "pages.md").write_text("\n\n".join(out) + "\n")


# ------------------------------------------------------------------------------------------------ AsciiDoc


def asciidoc(issue, folder):
    def plain(text):
        # Marks are few in these sentences; a pass keeps the line as it is.
        return f"+++{html.escape(text, quote=False)}+++"

    out = [
        f"= {TITLE}\nNobody\n:lang: en-GB\n:front-cover-image: image:{ISSUE}/pictures/{issue.cover}[]\n:revdate: 2026-12-03\n:figure-caption!:\n"
        ":pdf-theme: page-theme.yml\n:imagesdir: .\n"
    ]
    for article in issue.articles:
        out += [f"[#{article.name}]\n== {plain(article.title)}", f"[.lead]\n{plain(article.standfirst)}"]
        if article.lead:
            out.append(f".Photo: {CREDIT}\nimage::{ISSUE}/pictures/{article.lead}[{ALT},pdfwidth=100%]")
        body = [plain(p) for p in article.paragraphs]
        body.insert(article.middle, f".{CAPTION} Photo: {CREDIT}\nimage::{ISSUE}/pictures/{article.figure}[{ALT},pdfwidth=100%]")
        out += body
        if article.advert:
            out.append(f'image::{ISSUE}/adverts/{article.advert.file}["{article.advert.alt}",pdfwidth=100%]')
    out.append("== Partners")
    out += [f"image:{ISSUE}/partners/{p.logo}[{p.name},pdfwidth=40mm] {p.link}[{plain(p.name)}]: {p.text}" for p in issue.partners]
    out += [f'image::{ISSUE}/adverts/{a.file}["{a.alt}",pdfwidth=100%]' for a in issue.back]
    (folder / "pages.adoc").write_text("\n\n".join(out) + "\n")
    (folder / "page-theme.yml").write_text(
        "extends: default\npage:\n  size: A4\n  columns: 3\n  column-gap: 14\n  margin: [21.2mm, 15mm, 19.5mm, 15mm]\n"
        "base:\n  font-size: 9\n  line-height: 1.33\n  text-align: justify\n"
        "heading:\n  h2-font-size: 20\ncaption:\n  font-size: 7.5\n"
    )


# ------------------------------------------------------------------------------------------------ the plain engine


def typst(issue, folder):
    def plain(text):
        return re.sub(r"([\\#$@*_<>~`\[\]/\"'=+-])", r"\\\1", text)

    out = [
        f"""#set document(title: "{TITLE}", author: "Nobody")
#set text(font: "Source Serif 4", size: 9pt, lang: "en", region: "GB", hyphenate: true)
#set page(paper: "a4", columns: 3, margin: (top: 21.2mm, bottom: 19.5mm, x: 15mm), numbering: "1")
#set columns(gutter: 14pt)
#set par(justify: true, leading: 0.55em, spacing: 0.55em, first-line-indent: 1em)
#show heading: set text(font: "Source Sans 3", size: 29pt, hyphenate: false)
#show heading: set par(justify: false, leading: 0.2em)
#show figure.caption: set text(font: "Source Sans 3", size: 7.5pt)
#let photo(file, caption, height: auto) = figure(
  image("{ISSUE}/pictures/" + file, alt: "{ALT}", width: 100%, height: height, fit: "cover"),
  caption: caption,
  numbering: none,
)
#let advert(file, alt, width) = figure(image("{ISSUE}/adverts/" + file, alt: alt, width: width), numbering: none)
#let article(title, standfirst, lead) = {{
  pagebreak(weak: true)
  place(top, scope: "parent", float: true, clearance: 8pt, {{
    heading(level: 1, title)
    block(spacing: 8pt, par(justify: false, first-line-indent: 0pt, text(size: 12.5pt, standfirst)))
    lead
  }})
}}
#let whole(body) = page(columns: 1, margin: 0pt, numbering: none, body)
#whole(image("{ISSUE}/pictures/{issue.cover}", alt: "{ALT}", width: 100%, height: 100%, fit: "cover"))
"""
    ]
    for article in issue.articles:
        lead = f'photo("{article.lead}", [Photo: {CREDIT}], height: 120mm)' if article.lead else "none"
        out.append(f"#article([{plain(article.title)}], [{plain(article.standfirst)}], {lead})")
        body = [plain(p) for p in article.paragraphs]
        body.insert(article.middle, f'#photo("{article.figure}", [{CAPTION} Photo: {CREDIT}])')
        out += body
        if advert := article.advert:
            shown = f'advert("{advert.file}", "{advert.alt}", {advert.width}mm)'
            out.append(f"#whole({shown})" if advert.size == "full" else f'#place(bottom, scope: "parent", float: true, {shown})')
    out.append("#pagebreak(weak: true)\n= Partners")
    out += [f'#image("{ISSUE}/partners/{p.logo}", alt: "{p.name}", width: 40mm) #link("{p.link}")[{plain(p.name)}]: {p.text}' for p in issue.partners]
    out += [f'#whole(advert("{a.file}", "{a.alt}", {a.width}mm))' for a in issue.back]
    (folder / "pages.typ").write_text("\n\n".join(out) + "\n")


def main(pictures, folder, scale):
    issue = invent(scale)
    for name in ["articles", "pictures", "adverts", "partners"]:
        (folder / ISSUE / name).mkdir(parents=True)
    (folder / "fonts").mkdir()
    for name in FONTS:
        shutil.copy(REPOSITORY / "fonts" / name, folder / "fonts")
    shutil.copy(REPOSITORY / "profiles/FOGRA39L_coated.icc", folder / "press.icc")
    for name in issue.photographs:
        os.link(pictures / name, folder / ISSUE / "pictures" / name)
    for kind, files in (("adverts", [b[0] for b in BOOKED]), ("partners", [f"{h[0]}.svg" for h in HOUSES])):
        for file in files:
            shutil.copy(SAMPLE / "2026-11" / kind / file, folder / ISSUE / kind)
    for write in (masthead, web, markdown, asciidoc, typst):
        write(issue, folder)
    # Each program shows the JPEG among the adverts too, and may hold copies of it once.
    pictures = len(issue.photographs) + any(a.advert and a.advert.file.endswith(".jpg") for a in issue.articles)
    words = sum(len(" ".join([a.title, a.standfirst, *a.paragraphs]).split()) for a in issue.articles)
    (folder / "facts.json").write_text(json.dumps({"articles": len(issue.articles), "words": words, "pictures": pictures}))


if sys.argv[1] == "--count":
    print(len(invent(float(sys.argv[2])).photographs))
else:
    main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve(), float(sys.argv[3]) if len(sys.argv) > 3 else 1)
