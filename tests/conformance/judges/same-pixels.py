"""Whether the pictures that were made of PNGs have the pixels that Pillow reads from them.

Reads the verdicts of `tests/conformance/hostile` (a file named on the command line); prints a line for each that differs. Both
are laid on white first, as the files say nothing of their ground, and deep gray is shortened as the other side does it.
"""

import sys
from PIL import Image, ImageChops

NEAR = 2  # of 255


def on_white(image):
    if image.mode.startswith("I"):
        image = image.point(lambda v: v / 257).convert("L") if image.getextrema()[1] > 255 else image.convert("L")
    image = image.convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image).convert("RGB")


def main(path):
    for line in open(path, encoding="utf-8"):
        verdict, _, _, file, *rest = line.rstrip("\n").split("\t")
        if verdict != "sound":
            continue
        with Image.open(file) as theirs, Image.open(rest[-1]) as ours:
            theirs, ours = on_white(theirs), on_white(ours)
        if theirs.size != ours.size:
            print(f"another size than Pillow's\t{file}\t{theirs.size} {ours.size}")
            continue
        most = max(high for _, high in ImageChops.difference(theirs, ours).getextrema())
        if most > NEAR:
            print(f"other pixels than Pillow's\t{file}\tdifference {most}")


main(sys.argv[1])
