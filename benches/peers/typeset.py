"""The page engine as PyPI has it, called the way its command-line program is: typeset.py compile [--root R] [--pdf-standard S] IN OUT.

pandoc calls it as its `--pdf-engine`; the bench calls it for the plain engine. (The program itself comes from none of the registries
that the bench uses; starting Python and loading the library costs it about 0.1 s.)
"""
import argparse
import sys

import typst

parser = argparse.ArgumentParser()
parser.add_argument("command", choices=["compile"])
parser.add_argument("input")
parser.add_argument("output")
parser.add_argument("--root")
parser.add_argument("--font-path", action="append", default=[])
parser.add_argument("--pdf-standard", action="append", default=[])
args = parser.parse_args()
try:
    typst.compile(args.input, output=args.output, root=args.root, font_paths=args.font_path, pdf_standards=args.pdf_standard)
except typst.TypstError as error:
    sys.exit(f"{error.message} {error.hints}")
