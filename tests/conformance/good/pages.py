"""Run by Scribus: four pages as the standards that are named. Arguments: the folder to write to."""

import sys

import scribus

folder = sys.argv[1]
# Widths in millimetres: A4, margins of 15, facing pages off, unit 1 is the millimetre.
scribus.newDocument((210, 297), (15, 15, 15, 15), scribus.PORTRAIT, 1, 1, 0, 0, 4)
scribus.setInfo("The editors", "Gazette", "A test")
scribus.defineColorCMYK("Ink", 0, 0, 0, 255)
scribus.defineColorCMYK("Red", 0, 200, 150, 25)
scribus.defineColorCMYK("Pale", 50, 0, 0, 0)
for page in range(1, 5):
    scribus.gotoPage(page)
    frame = scribus.createText(20, 40, 120, 30)
    scribus.setText("The harbour was empty when the boats came in.", frame)
    scribus.setFont("DejaVu Serif Book", frame)
    scribus.setFontSize(10, frame)
    scribus.setTextColor("Ink", frame)
    tint = scribus.createRect(-4, 250, 218, 51)
    scribus.setFillColor("Pale", tint)
    scribus.setLineColor("None", tint)
    square = scribus.createRect(20, 100, 40, 40)
    scribus.setFillColor("Red", square)
    scribus.setLineColor("None", square)
scribus.setActiveLayer(scribus.getLayers()[0])
# Scribus' own numbers: 10 PDF/X-4, 11 PDF/X-1a, 12 PDF/X-3.
for name, version in (("x-4", 10), ("x-1a", 11), ("x-3", 12)):
    pdf = scribus.PDFfile()
    pdf.version = version
    pdf.outdst = 1
    pdf.solidpr = "ISO Coated v2 300% (basICColor)"
    pdf.printprofc = "ISO Coated v2 300% (basICColor)"
    pdf.info = "Offset printing on coated paper"
    pdf.useDocBleeds = False
    pdf.bleedt = pdf.bleedb = pdf.bleedl = pdf.bleedr = 4
    pdf.fontEmbedding = 0
    pdf.fonts = ["DejaVu Serif Book"]
    pdf.file = folder + "/scribus-" + name + ".pdf"
    pdf.save()
