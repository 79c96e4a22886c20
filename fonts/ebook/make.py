"""Makes the e-book faces of this folder from the whole faces one folder up.

Run it with Python 3 and fonttools 4.60.1 (`pip install fonttools==4.60.1`): `python3 fonts/ebook/make.py`.
The same version gives the same bytes. "Source" is a Reserved Font Name, so every name a reader or a program sees is
changed, and that of the others with it; copyright and licence records stay as they are.
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
# Latin, Latin-1, Extended-A, what English, German, French and Spanish need beyond; punctuation, arrows, a few signs.
LATIN = (
    [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x218, 0x219, 0x21A, 0x21B, 0x2BC, 0x2C6, 0x2C7, 0x2DA, 0x2DC, 0x1E9E]
    + [*range(0x2010, 0x2016), *range(0x2018, 0x2023), 0x2026, 0x2027, 0x202F, 0x2009, 0x200A, 0x2030, 0x2032, 0x2033]
    + [0x2039, 0x203A, 0x2044, 0x2070, *range(0x2074, 0x207A), *range(0x2080, 0x208A), 0x20AC, 0x2116, 0x2122, 0x2153]
    + [0x2154, *range(0x2190, 0x2194), 0x2212, 0x2215, 0x2248, 0x2260, 0x2264, 0x2265, 0x25A0, 0x25CF, 0x2610, 0x2611, 0x2713]
)
NASKH = (
    [0x20, 0x21, *range(0x28, 0x2F), *range(0x30, 0x3B), 0xA0, 0xAB, 0xBB, 0x200C, 0x200D, 0x200E, 0x200F, 0x2013]
    + [0x2014, 0x2026, 0x60C, 0x61B, 0x61F, *range(0x621, 0x653), *range(0x660, 0x66B), 0x66B, 0x66C, 0x670, 0x671]
)
LETTERS = ["onum", "lnum", "tnum", "pnum", "kern", "liga", "mark", "mkmk", "ccmp", "locl", "sups"]
CAPITALS = ["smcp", "c2sc", *LETTERS]  # small capitals in the text face alone: they double its size
ARABIC = ["init", "medi", "fina", "isol", "rlig", "calt", "liga", "ccmp", "locl", "kern", "mark", "mkmk", "curs", "rclt"]
# from, to, family, style, characters, features
FACES = [
    ("SourceSerif4-Regular.otf", "MastheadSerif-Regular.otf", "Masthead Serif", "Regular", LATIN, CAPITALS),
    ("SourceSerif4-It.otf", "MastheadSerif-Italic.otf", "Masthead Serif", "Italic", LATIN, LETTERS),
    ("SourceSerif4-Bold.otf", "MastheadSerif-Bold.otf", "Masthead Serif", "Bold", LATIN, LETTERS),
    ("SourceSans3-Regular.otf", "MastheadSans-Regular.otf", "Masthead Sans", "Regular", LATIN, LETTERS),
    ("SourceSans3-Semibold.otf", "MastheadSans-Bold.otf", "Masthead Sans", "Bold", LATIN, LETTERS),
    ("EBGaramond-Regular.ttf", "MastheadGaramond-Regular.ttf", "Masthead Garamond", "Regular", LATIN, CAPITALS),
    ("EBGaramond-Italic.ttf", "MastheadGaramond-Italic.ttf", "Masthead Garamond", "Italic", LATIN, LETTERS),
    ("EBGaramond-SemiBold.ttf", "MastheadGaramond-Bold.ttf", "Masthead Garamond", "Bold", LATIN, LETTERS),
    ("PlayfairDisplay-Black.ttf", "MastheadDisplay-Bold.ttf", "Masthead Display", "Bold", LATIN, LETTERS),
    ("PlayfairDisplay-Italic.ttf", "MastheadDisplay-Italic.ttf", "Masthead Display", "Italic", LATIN, LETTERS),
    ("Amiri-Regular.ttf", "MastheadNaskh-Regular.ttf", "Masthead Naskh", "Regular", NASKH, ARABIC),
]


def shrink(font, characters, features):
    """Leaves only the characters and features named."""
    options = subset.Options()
    options.layout_features = features
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 8, 9, 11, 12, 13, 14]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.glyph_names = False
    options.hinting = False
    options.desubroutinize = False
    options.drop_tables += ["DSIG", "meta", "STAT"]
    work = subset.Subsetter(options)
    work.populate(unicodes=characters)
    work.subset(font)


def rename(font, family, style):
    """Writes the new family into the name table, and into the CFF table where there is one."""
    whole = f"{family} {style}"
    postscript = f"{family.replace(' ', '')}-{style}"
    new = {1: family, 2: style, 3: f"1.0;{postscript}", 4: whole, 6: postscript}
    names = font["name"]
    for gone in (16, 17, 18, 21, 22, 25):
        names.removeNames(nameID=gone)
    for number, text in new.items():
        names.removeNames(nameID=number)
        names.setName(text, number, 3, 1, 0x409)
    if style == "Bold":  # made from a semibold or a black: an e-book asks for bold
        font["OS/2"].usWeightClass = 700
        font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0x40 | 0x20
        font["head"].macStyle |= 1
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [postscript]
        top = cff.topDictIndex[0]
        top.FamilyName, top.FullName = family, whole


def main():
    """Makes every face of FACES and says how big it is."""
    total = 0
    for source, target, family, style, characters, features in FACES:
        font = TTFont(HERE.parent / source, recalcTimestamp=False)
        shrink(font, characters, features)
        rename(font, family, style)
        font.save(HERE / target)
        size = (HERE / target).stat().st_size
        total += size
        # The same face for the web (WOFF2 needs the package `brotli`).
        font.flavor = "woff2"
        packed = (HERE / target).with_suffix(".woff2")
        font.save(packed)
        print(f"{target}: {size} bytes, packed {packed.stat().st_size}")
    print(f"together: {total} bytes")


if __name__ == "__main__":
    main()
