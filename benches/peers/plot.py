#!/usr/bin/env python3
"""Prints the table of `growth` and draws it: time and memory over pages, both axes logarithmic.

    plot.py TIMES SVG MACHINE

TIMES/SCALE@SERIES holds a line "SECONDS MB ..." for each round, TIMES/SCALE@pages the pages of our screen PDF.
"""
import html
import math
import pathlib
import statistics
import sys

SERIES = [
    ("all", "all three editions, pictures kept", "#0072b2", ""),
    ("screen", "PDF for screens, pictures kept", "#009e73", ""),
    ("epub", "EPUB, pictures kept", "#d55e00", ""),
    ("first", "all three, every picture made (once)", "#0072b2", "5 4"),
    ("weasyprint", "WeasyPrint, PDF/X-4", "#888888", "2 3"),
]
WIDTH, PANEL, TOP, BOTTOM, LEFT, GAP, LEGEND = 900, 330, 40, 44, 70, 100, 96
PANEL_WIDTH = (WIDTH - LEFT - GAP - 20) / 2


def read(folder):
    values, pages = {}, {}
    for path in pathlib.Path(folder).iterdir():
        scale, _, series = path.name.partition("@")
        lines = path.read_text().splitlines()
        if series == "pages":
            pages[float(scale)] = int(lines[0])
        elif lines:
            pairs = [tuple(map(float, line.split())) for line in lines]
            values[series, float(scale)] = tuple(statistics.median(column) for column in zip(*pairs))
    return values, pages


def table(values, pages):
    print("| | " + " | ".join(f"x {scale:g}: {count} pages" for scale, count in sorted(pages.items())) + " | grows by |")
    print("|---" * (len(pages) + 2) + "|")
    for name, label, _, _ in SERIES:
        cells, known = [], []
        for scale, count in sorted(pages.items()):
            if (name, scale) in values:
                seconds, memory = values[name, scale][:2]
                cells.append(f"{seconds:.2f} s, {memory:.0f} MB")
                known.append((count, seconds, memory))
            else:
                cells.append("not measured")
        # The slope between the ends: 1 is in proportion to the pages.
        slope = ""
        if len(known) > 1:
            (p, s, m), (q, t, n) = known[0], known[-1]
            slope = f"pages^{math.log(t / s, q / p):.2f}, memory^{math.log(n / m, q / p):.2f}"
        print(f"| {label} | " + " | ".join(cells) + f" | {slope} |")


def ticks(low, high):
    """1, 2 and 5 times powers of ten from below LOW to above HIGH; fewer where there would be many."""
    every = [b * 10**e for e in range(-3, 7) for b in (1, 2, 5)]
    first = max(v for v in every if v <= low)
    last = min(v for v in every if v >= high)
    inside = [v for v in every if first <= v <= last]
    return inside if len(inside) <= 8 else [v for v in inside if str(f"{v:e}")[0] == "1" or v in (first, last)]


def panel(out, x0, title, unit, column, values, pages):
    points = {n: [(pages[s], values[n, s][column]) for s in sorted(pages) if (n, s) in values] for n, *_ in SERIES}
    every = [v for line in points.values() for _, v in line]
    rows = ticks(min(every), max(every))
    low_x, high_x = min(pages.values()) * 0.8, max(pages.values()) * 1.25

    def x(v):
        return x0 + PANEL_WIDTH * math.log(v / low_x) / math.log(high_x / low_x)

    def y(v):
        return TOP + PANEL - PANEL * math.log(v / rows[0]) / math.log(rows[-1] / rows[0])

    out.append(f'<text class="title" x="{x0}" y="{TOP - 14}">{title}</text>')
    for v in rows:
        out.append(f'<path class="grid" d="M{x0:.1f} {y(v):.1f}H{x0 + PANEL_WIDTH:.1f}"/>')
        out.append(f'<text x="{x0 - 8:.1f}" y="{y(v) + 4.5:.1f}" text-anchor="end">{v:,g} {unit}</text>')
    for v in sorted(pages.values()):
        out.append(f'<path class="grid" d="M{x(v):.1f} {TOP}V{TOP + PANEL}"/>')
        out.append(f'<text x="{x(v):.1f}" y="{TOP + PANEL + 20}" text-anchor="middle">{v:,}</text>')
    out.append(f'<text x="{x0 + PANEL_WIDTH / 2:.1f}" y="{TOP + PANEL + 38}" text-anchor="middle">A4 pages</text>')
    for name, _, colour, dashes in SERIES:
        if points[name]:
            path = "M" + "L".join(f"{x(p):.1f} {y(v):.1f}" for p, v in points[name])
            out.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dashes}"/>')
            out += [f'<circle cx="{x(p):.1f}" cy="{y(v):.1f}" r="4" fill="{colour}"/>' for p, v in points[name]]


def draw(values, pages, machine):
    height = TOP + PANEL + BOTTOM + LEGEND
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">',
        "<title>Time and memory over the number of pages, both axes logarithmic; the table beside this drawing has the figures</title>",
        # No background: on light and dark pages alike the grey stands out by more than 4 to 1, and the colours by 3 to 1.
        '<style>text{font:13px "Source Sans 3",system-ui,sans-serif;fill:#777777}.title{font-size:15px;font-weight:600}'
        ".grid{stroke:#777777;stroke-opacity:.35;fill:none}</style>",
    ]
    panel(out, LEFT, "Time", "s", 0, values, pages)
    panel(out, LEFT + PANEL_WIDTH + GAP, "Peak memory", "MB", 1, values, pages)
    shown = [s for s in SERIES if any(n == s[0] for n, _ in values)]
    for index, (_, label, colour, dashes) in enumerate(shown):
        x, y = LEFT + index % 3 * 285, TOP + PANEL + BOTTOM + 28 + index // 3 * 24
        out.append(f'<path d="M{x} {y - 4}h32" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dashes}"/><circle cx="{x + 16}" cy="{y - 4}" r="4" fill="{colour}"/>')
        out.append(f'<text x="{x + 40}" y="{y}">{html.escape(label)}</text>')
    out.append(f'<text x="{LEFT}" y="{height - 12}">{html.escape(machine)}</text></svg>')
    return "\n".join(out) + "\n"


def main(folder, svg, machine):
    values, pages = read(folder)
    table(values, pages)
    print(f"\non: {machine}")
    pathlib.Path(svg).write_text(draw(values, pages, machine))


main(*sys.argv[1:])
