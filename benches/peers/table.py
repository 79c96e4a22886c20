#!/usr/bin/env python3
"""Prints the bench's table as Markdown.

    table.py ROWS TIMES VERDICTS FACTS BASE

ROWS: tab-separated name, program, output, judge, file. TIMES/NAME: a line "SECONDS MB ..." for each round. VERDICTS/NAME: what the judge
said; VERDICTS/NAME.missing: why there is no measurement. FACTS: what a whole document has. BASE: the row whose time and memory are 1.
A document with fewer than 98 of 100 words, or without one of the pictures, is called incomplete, and the exit status is 1.
"""
import html
import json
import pathlib
import re
import statistics
import subprocess
import sys
import zipfile


def of_epub(path):
    words = pictures = 0
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.lower().endswith((".jpg", ".jpeg")):
                pictures += 1
            elif name.endswith((".xhtml", ".html", ".htm")):
                text = archive.read(name).decode()
                words += len(html.unescape(re.sub(r"<[^>]*>", " ", re.sub(r"(?s)<head>.*?</head>", "", text))).split())
    return None, words, pictures


def of_pdf(path):
    def said(*command):
        return subprocess.run([*command], capture_output=True, text=True, check=True).stdout

    pages = int(re.search(r"^Pages: *(\d+)", said("pdfinfo", path), re.M)[1])
    words = len(said("pdftotext", path, "-").split())
    # Places where a picture stands, however often the file holds it; masks are none.
    return pages, words, sum(line.split()[2] == "image" for line in said("pdfimages", "-list", path).splitlines()[2:])


def main(rows, times, verdicts, facts, base):
    facts = json.loads(pathlib.Path(facts).read_text())
    median = {}
    for path in pathlib.Path(times).iterdir():
        pairs = [tuple(map(float, line.split())) for line in path.read_text().splitlines()]
        median[path.name] = tuple(statistics.median(column) for column in zip(*pairs))
    unit = median.get(base)
    incomplete = False
    print("| program | output | time | ratio | peak memory | ratio | size | pages | judge |")
    print("|---|---|---|---|---|---|---|---|---|")
    for line in pathlib.Path(rows).read_text().splitlines():
        name, program, output, judge, file = line.split("\t")
        missing = pathlib.Path(verdicts, name + ".missing")
        if missing.exists():
            print(f"| {program} | {output} | not measured: {missing.read_text().strip()} | | | | | | |")
            continue
        seconds, memory = median[name][:2]
        path = pathlib.Path(file)
        files = [] if file == "-" else sorted(p for p in path.rglob("*") if p.suffix in (".epub", ".pdf", ".jpg")) if path.is_dir() else [path]
        size = sum(p.stat().st_size for p in files) / 1e6
        pages, remarks = "", []
        for document in files:
            if document.suffix == ".jpg":
                continue
            count, words, pictures = (of_epub if document.suffix == ".epub" else of_pdf)(document)
            pages = count or pages
            share = words / facts["words"]
            if share < 0.98 or pictures < facts["pictures"]:
                incomplete = True
                remarks.append(f"**incomplete: {share:.0%} of the words, {pictures} of {facts['pictures']} pictures**")
        verdict = pathlib.Path(verdicts, name)
        if verdict.exists():
            remarks.append(verdict.read_text().strip())
        ratio = (f"{seconds / unit[0]:.2f}", f"{memory / unit[1]:.2f}") if unit else ("", "")
        print(f"| {program} | {output} | {seconds:.2f} s | {ratio[0]} | {memory:.0f} MB | {ratio[1]} | {f'{size:.1f} MB' if files else ''} | {pages} | {'; '.join(remarks)} |")
    return incomplete


sys.exit(main(*sys.argv[1:]))
