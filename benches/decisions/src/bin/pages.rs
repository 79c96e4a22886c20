//! What `printpdf` 0.12.8 writes: `pages OUT` makes its files, `pages OUT FILE.pdf` also sends a finished file through it.
//! Prints one line a fact; everything is read back from the written files with another library.

use lopdf::{Document, Object};
use printpdf::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

static FONT: &[u8] = include_bytes!("../../../../fonts/SourceSerif4-Regular.otf");
type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let mut args = env::args_os().skip(1);
    let out = args.next().ok_or("usage: pages OUT [FILE.pdf]")?;
    let out = Path::new(&out);
    fs::create_dir_all(out)?;
    by_hand(out)?;
    from_html(out)?;
    if let Some(file) = args.next() {
        through(out, Path::new(&file))?;
    }
    Ok(())
}

/// One A4 page with 3 mm of bleed, placed by hand, asked to be PDF/X-4.
fn by_hand(out: &Path) -> Outcome {
    println!("-- a page placed by hand, 3 mm bleed, PDF/X-4 asked for");
    let bytes = bleed_page()?;
    fs::write(out.join("by-hand.pdf"), &bytes)?;
    let file = Document::load_mem(&bytes)?;
    println!("header                    {}", String::from_utf8_lossy(&bytes[..8]));
    boxes(&file)?;
    catalogue(&file)?;
    let intents = file.catalog()?.get(b"OutputIntents")?.as_array()?;
    for (key, _) in intents[0].as_dict()?.iter().filter(|(k, _)| k.starts_with(b"Dest")) {
        println!("output intent's profile   under `{}` (the standard's key is `DestOutputProfile`)", String::from_utf8_lossy(key));
    }
    let metadata = file.catalog()?.get(b"Metadata")?.as_reference()?;
    let metadata = file.get_object(metadata)?.as_stream()?.get_plain_content()?;
    let metadata = String::from_utf8_lossy(&metadata);
    let date = metadata.lines().find(|l| l.contains("xmp:CreateDate")).unwrap_or("none");
    println!("date in XMP               {}", date.trim());
    println!("same bytes twice          {}", bytes == bleed_page()?);
    Ok(())
}

fn bleed_page() -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut doc = PdfDocument::new("Bleed");
    let font = ParsedFont::from_bytes(FONT, 0, &mut Vec::new()).ok_or("the font does not parse")?;
    let font = doc.add_font(&font);
    let ops = vec![
        Op::StartTextSection,
        Op::SetTextCursor { pos: Point::new(Mm(20.0), Mm(270.0)) },
        Op::SetFont { font: PdfFontHandle::External(font), size: Pt(24.0) },
        Op::ShowText { items: vec![TextItem::Text("A headline".to_owned())] },
        Op::EndTextSection,
    ];
    let mut page = PdfPage::new(Mm(216.0), Mm(303.0), ops);
    page.trim_box = Rect::from_xywh(Mm(3.0).into(), Mm(3.0).into(), Mm(210.0).into(), Mm(297.0).into());
    doc.metadata.info.conformance = PdfConformance::X4_2010_PDF_1_4;
    Ok(doc.with_pages(vec![page]).save(&PdfSaveOptions::default(), &mut Vec::new()))
}

/// A narrow measure through its HTML mode, with hyphens, justification and two columns asked for.
fn from_html(out: &Path) -> Outcome {
    println!("-- its HTML mode: justified, hyphenated, two columns and a language asked for");
    let text = "Responsibility for extraordinarily uncharacteristic misunderstandings of incomprehensible administrative \
                documentation lies with the interdepartmental representatives. ";
    let html = format!(
        "<html lang=\"en\"><head><style>p {{ font-size: 14px; text-align: justify; hyphens: auto; }}
         div {{ width: 340px; column-count: 2; column-gap: 20px; }}</style></head>
         <body><h1>A heading</h1><div><p>{}</p></div></body></html>",
        text.repeat(6)
    );
    let mut options = GeneratePdfOptions::default();
    options.page_width = Some(210.0);
    let none = BTreeMap::new();
    let doc = PdfDocument::from_html(&html, &none, &BTreeMap::new(), &options, &mut Vec::new())?;
    let bytes = doc.save(&PdfSaveOptions::default(), &mut Vec::new());
    fs::write(out.join("html.pdf"), &bytes)?;
    catalogue(&Document::load_mem(&bytes)?)
}

/// A finished file parsed and saved again, nothing changed.
fn through(out: &Path, file: &Path) -> Outcome {
    println!("-- {} parsed and saved again", file.file_name().unwrap_or_default().display());
    let doc = PdfDocument::parse(&fs::read(file)?, &PdfParseOptions::default(), &mut Vec::new())?;
    let bytes = doc.save(&PdfSaveOptions::default(), &mut Vec::new());
    fs::write(out.join("through.pdf"), &bytes)?;
    catalogue(&Document::load_mem(&bytes)?)
}

fn boxes(file: &Document) -> Outcome {
    let page = file.get_pages().into_values().next().ok_or("no page")?;
    let page = file.get_dictionary(page)?;
    for name in ["MediaBox", "TrimBox", "BleedBox"] {
        let numbers = page.get(name.as_bytes()).and_then(Object::as_array);
        match numbers {
            Ok(list) => println!("{name:<25} {:?}", list.iter().filter_map(|n| n.as_float().ok()).collect::<Vec<_>>()),
            Err(_) => println!("{name:<25} none"),
        }
    }
    println!("{:<25} [8.5, 8.5, 603.8, 850.4]", "TrimBox as it should be");
    Ok(())
}

/// What a reader's software looks for.
fn catalogue(file: &Document) -> Outcome {
    for name in ["StructTreeRoot", "MarkInfo", "Lang"] {
        let there = file.catalog()?.has(name.as_bytes());
        println!("{name:<25} {}", if there { "there" } else { "none" });
    }
    Ok(())
}
