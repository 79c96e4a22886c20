#!/usr/bin/env python3
"""The benchmark issue: 32 articles of about 900 words and 60 photographs, the same for every program.

    benches/peers/make.py PICTURES FOLDER

PICTURES holds 60 JPEGs, `00.jpg` to `59.jpg`. Makes FOLDER/gazette (a publication for Masthead) and FOLDER/pages.html with its
style (for programs that set HTML on pages). Sentences are the sample issues' own, shuffled by a fixed seed.
"""
import pathlib
import random
import re
import sys

ARTICLES, WORDS, PHOTOGRAPHS = 32, 900, 60
SAMPLE = pathlib.Path(__file__).resolve().parents[2] / "issues"


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
    while words < WORDS:
        text = " ".join(rng.choice(pool) for _ in range(rng.randint(3, 6)))
        words += len(text.split())
        out.append(text)
    return out


STYLE = """
@page { size: A4; bleed: 3mm; margin: 18mm 15mm 20mm; @bottom-right { content: counter(page); font: 8pt sans-serif } }
body { font: 9pt/12pt serif; text-align: justify; hyphens: auto; margin: 0; color: device-cmyk(0 0 0 1) }
h1 { font: bold 30pt/34pt sans-serif; margin: 0 0 6pt; text-align: left; column-span: all }
article { break-before: page; columns: 3; column-gap: 5mm }
article > p.standfirst { font: 13pt/17pt serif; column-span: all; margin: 0 0 8pt; text-align: left }
p { margin: 0; text-indent: 1em }
figure { margin: 0 0 8pt; break-inside: avoid } figure.lead { column-span: all } img { width: 100%; display: block }
figcaption { font: 7.5pt/9pt sans-serif }
"""


def main(pictures, folder):
    rng = random.Random(20261126)
    pool = sentences()
    root = folder / "gazette"
    issue = root / "2026-12"
    (issue / "articles").mkdir(parents=True)
    (issue / "pictures").mkdir()
    for n in range(PHOTOGRAPHS):
        (issue / "pictures" / f"{n:02}.jpg").hardlink_to(pictures / f"{n:02}.jpg")
    (root / "masthead.toml").write_text(
        'title = "The Benchmark"\nlanguage = "en-GB"\ntheme = "trade"\ntrim = "A4"\n'
        'own-pictures = "The Benchmark"\n[publisher]\nname = "Nobody"\n[print]\nshop = "fogra39-x4"\n'
    )
    names, html, used = [], [], 1
    for n in range(ARTICLES):
        title = " ".join(rng.choice(pool).split()[:4]).strip(".,;:!?“”‘’") + f" {n + 1}"
        standfirst = rng.choice(pool)
        body = paragraphs(pool, rng)
        lead, figure = used, used + 1 if used + 1 < PHOTOGRAPHS and n % 8 != 7 else None
        used = min(used + (2 if figure else 1), PHOTOGRAPHS - 1)
        picture = lambda i, alt: f"![{alt}]({i:02}.jpg)"
        at = len(body) // 2
        parts = body[:at] + ([picture(figure, "A photograph from the sample") + "\n: A photograph. Photo: The Benchmark"] if figure else []) + body[at:]
        text = "\n\n".join(parts)
        (issue / "articles" / f"a{n:02}.md").write_text(
            f"---\nheadline: \"{title}\"\nbyline: [Nobody]\nstandfirst: \"{standfirst.replace(chr(34), '')}\"\nlead:\n  picture: {lead:02}.jpg\n"
            f"  alt: A photograph from the sample\n  credit: The Benchmark\n---\n\n{text}\n"
        )
        names.append(f"articles/a{n:02}.md")
        image = lambda i, c="": f'<figure{c}><img src="gazette/2026-12/pictures/{i:02}.jpg" alt="A photograph"><figcaption>A photograph. Photo: The Benchmark</figcaption></figure>'
        flow = [f"<p>{p}</p>" for p in body]
        if figure:
            flow.insert(at, image(figure))
        html.append(f'<article><h1>{title}</h1><p class="standfirst">{standfirst}</p>{image(lead, " class=lead")}{"".join(flow)}</article>')
    listed = ", ".join(f'"{n}"' for n in names)
    (issue / "issue.toml").write_text(
        'number = 1\ndate = 2026-12-03\nstatus = "draft"\n[cover]\npicture = "pictures/00.jpg"\nalt = "A photograph"\n'
        'credit = "The Benchmark"\n[[cover.line]]\nheadline = "Thirty-two articles"\n'
        f'[[section]]\ntitle = "All"\narticles = [{listed}]\n'
    )
    cover = '<div style="break-after: page"><img src="gazette/2026-12/pictures/00.jpg" alt="A photograph"></div>'
    (folder / "pages.html").write_text(f'<!DOCTYPE html><html lang="en-GB"><meta charset="utf-8"><title>The Benchmark</title><style>{STYLE}</style><body>{cover}{"".join(html)}')


main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve())
