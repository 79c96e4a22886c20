#!/usr/bin/env python3
"""Time from saving a changed word to the moment at which a running `masthead preview` has told the browser of the new page.

    refresh.py RESULT MASTHEAD PUBLICATION ISSUE ARTICLE [COUNT [sentence]]

Changes one word of the article's longest line COUNT times (30 unless named), never the same twice, or ends that line with another sentence
of one to ten words each time, which moves where later pages begin; waits after each until nothing more follows. Appends "SECONDS MB
PROCESSOR-SECONDS" to the file RESULT as watch.py does: the median, the process's greatest resident set, and its processor time for one change.
The article is as it was afterwards. What the browser then takes to show the page is measured in tests/conformance/preview. Linux only.
"""
import http.client
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time
from urllib.parse import urlsplit


def states(response):
    """What the server tells, whenever it tells something."""
    while line := response.readline():
        if line.startswith(b"data:"):
            try:
                told = json.loads(line[5:])
            except ValueError:
                continue  # that it is looking
            if isinstance(told, dict) and "number" in told:
                yield told


def main(result, masthead, publication, issue, article, count="30", change="word"):
    path = pathlib.Path(article)
    text = path.read_text()
    lines = text.split("\n")
    longest = max(range(len(lines)), key=lambda n: len(lines[n]))
    words = lines[longest].split(" ")
    preview = subprocess.Popen([masthead, "preview", publication, issue], stdout=subprocess.PIPE, text=True)
    try:
        address = urlsplit(preview.stdout.readline().strip())
        connection = http.client.HTTPConnection(address.hostname, address.port)
        connection.request("GET", "/events")
        told = states(connection.getresponse())
        next(told)
        times = []
        ticks = os.sysconf("SC_CLK_TCK")

        def used():
            fields = pathlib.Path(f"/proc/{preview.pid}/stat").read_text().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / ticks

        for n in range(-3, int(count)):
            if n == 0:
                before = used()
            if change == "word":
                words[5] = f"Refreshed{n + 3}"
            sentence = [f"Refreshed{n + 3}"] * ((n + 3) * 7 % 10 + 1) if change == "sentence" else []
            lines[longest] = " ".join(words + sentence)
            begun = time.perf_counter()
            path.write_text("\n".join(lines))
            state = next(told)
            if n >= 0:  # the first ones fill the engine's memory
                times.append(time.perf_counter() - begun)
            while state.get("provisional"):
                state = next(told)
            time.sleep(0.1)
        status = pathlib.Path(f"/proc/{preview.pid}/status").read_text()
        peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
        with open(result, "a") as file:
            file.write(f"{statistics.median(times):.3f} {peak * 1024 / 1e6:.1f} {(used() - before) / len(times):.2f}\n")
    finally:
        preview.kill()
        path.write_text(text)


main(*sys.argv[1:])
