//! What a shop's file may hold, and how it is taken over.

use super::{Binding, Cover, Inks, Intent, Shop, Standard};
use crate::data::{Field, Shape, Table, Value};
use crate::manifest::Mm;

const PERCENT: Shape = Shape::Number(0.0, 100.0);

/// What a shop's file may hold; a shipped profile says everything but the paper.
pub static SHOP: Shape = Shape::Table(&[
    Field::optional("inherits", Shape::Text, "the shipped profile that says the rest"),
    Field::optional("about", Shape::Text, "one line about it, for `masthead shops`"),
    Field::optional(
        "standard",
        Shape::OneOf(&["PDF/X-4", "PDF/X-3:2003", "PDF/X-1a:2003"]),
        "the standard of the file",
    ),
    Field::optional("output", OUTPUT, "paper and press").also(&["colour", "color"]),
    Field::optional("page", PAGE, "the pages").also(&["pages"]),
    Field::optional("ink", INK, "the inks").also(&["inks"]),
    Field::optional("picture", PICTURE, "pixels per inch of pictures at the size at which they stand")
        .also(&["pictures", "image", "images"]),
    Field::optional("type", TYPE, "type and lines").also(&["text", "font"]),
    Field::optional("paper", PAPER, "the paper's thickness, from which the spine is reckoned"),
    Field::optional("marks", MARKS, "marks outside the bleed").also(&["mark"]),
]);

const OUTPUT: Shape = Shape::Table(&[
    Field::optional("condition", Shape::Text, "the printing condition's registered name, such as `FOGRA39`"),
    Field::optional("info", Shape::Text, "the printing condition in words"),
    Field::optional("registry", Shape::Text, "where it is registered; empty if nowhere"),
    Field::optional("profile", Shape::Text, "the ICC profile: a shipped one, or a file beside this one")
        .also(&["icc", "icc-profile"]),
    Field::optional("intent", Shape::OneOf(&["relative", "perceptual"]), "how photographs are converted"),
]);

const PAGE: Shape = Shape::Table(&[
    Field::optional("bleed", Shape::Number(0.0, 30.0), "millimetres beyond the trim"),
    Field::optional("safe", Shape::Number(0.0, 30.0), "millimetres inside the trim in which no text stands")
        .also(&["safety", "safe-margin"]),
    Field::optional("multiple-of", Shape::Integer(1, 64), "the extent is a multiple of it"),
    Field::optional("cover", Shape::OneOf(&["with-pages", "separate", "wrap-around"]), "how the cover is handed over"),
    Field::optional("as", Shape::OneOf(&["single", "spreads"]), "single pages, or facing pages as one"),
    Field::optional("binding", Shape::OneOf(&["saddle", "perfect"]), "stapled, or glued at a spine"),
]);

const INK: Shape = Shape::Table(&[
    Field::optional("limit", Shape::Number(100.0, 400.0), "the most ink in one place: the sum of all, in per cent")
        .also(&["tac", "max", "total"]),
    Field::optional("rich-black", Shape::Exactly(4, &PERCENT), "the inks of large black areas, in per cent"),
    Field::optional("spots", Shape::OneOf(&["keep", "fold"]), "spot colours stay inks of their own, or become CMYK")
        .also(&["spot"]),
    Field::optional("rgb", Shape::OneOf(&["convert", "keep"]), "photographs become CMYK, or stay ICC-based RGB"),
]);

const PICTURE: Shape = Shape::Table(&[
    Field::optional("minimum", Shape::Number(30.0, 1200.0), "under it a picture is refused").also(&["min"]),
    Field::optional("warning", Shape::Number(30.0, 1200.0), "under it a picture is warned of").also(&["warn"]),
    Field::optional("line-art", Shape::Number(30.0, 2400.0), "the same for pictures of black and white alone"),
]);

const TYPE: Shape = Shape::Table(&[
    Field::optional("smallest", Shape::Number(1.0, 20.0), "the smallest type in points").also(&["min"]),
    Field::optional("reversed", Shape::Number(1.0, 20.0), "the smallest white type on several inks, in points"),
    Field::optional("hairline", Shape::Number(0.0, 5.0), "the thinnest line in points"),
]);

const PAPER: Shape = Shape::Table(&[
    Field::optional("leaf", Shape::Number(0.02, 2.0), "thickness of an inner leaf in millimetres (0.1 is usual)")
        .also(&["bulk", "thickness", "caliper"]),
    Field::optional("board", Shape::Number(0.02, 3.0), "thickness of the cover's board in millimetres"),
]);

const MARKS: Shape = Shape::Table(&[
    Field::optional("crop", Shape::Bool, "where to cut").also(&["cut", "trim"]),
    Field::optional("registration", Shape::Bool, "by which the plates are laid over each other"),
    Field::optional("fold", Shape::Bool, "where to fold"),
    Field::optional("bars", Shape::Bool, "patches of the inks").also(&["colour-bars", "color-bars"]),
    Field::optional("slug", Shape::Bool, "a line that says what the sheet is"),
]);

/// Takes over what a file says; what does not fit its shape has been reported. The ICC profile's bytes are the caller's.
pub(super) fn apply(shop: &mut Shop, root: &Table) {
    let word = |table: &Table, key: &str| table.text(key).map(|t| t.value);
    if let Some(about) = word(root, "about") {
        shop.about = about;
    }
    match word(root, "standard").as_deref() {
        Some("PDF/X-4") => shop.standard = Standard::X4,
        Some("PDF/X-3:2003") => shop.standard = Standard::X3,
        Some("PDF/X-1a:2003") => shop.standard = Standard::X1a,
        _ => {}
    }
    if let Some(output) = root.table("output") {
        if let Some(name) = word(output, "condition") {
            shop.condition.identifier = name;
        }
        if let Some(info) = word(output, "info") {
            shop.condition.info = info;
        }
        if output.get("registry").is_some() {
            shop.condition.registry = word(output, "registry");
        }
        match word(output, "intent").as_deref() {
            Some("relative") => shop.condition.intent = Intent::Relative,
            Some("perceptual") => shop.condition.intent = Intent::Perceptual,
            _ => {}
        }
    }
    root.table("page").into_iter().for_each(|t| page(shop, t));
    root.table("ink").into_iter().for_each(|t| ink(shop, t));
    if let Some(picture) = root.table("picture") {
        set(&mut shop.ppi_minimum, picture, "minimum");
        set(&mut shop.ppi_warning, picture, "warning");
        set(&mut shop.ppi_line_art, picture, "line-art");
    }
    if let Some(text) = root.table("type") {
        set(&mut shop.type_smallest, text, "smallest");
        set(&mut shop.type_reversed, text, "reversed");
        set(&mut shop.hairline, text, "hairline");
    }
    if let Some(paper) = root.table("paper") {
        shop.leaf = paper.number("leaf").map(|n| Mm(n.value)).or(shop.leaf);
        shop.board = paper.number("board").map(|n| Mm(n.value)).or(shop.board);
    }
    if let Some(marks) = root.table("marks") {
        let take = |slot: &mut bool, key: &str| *slot = marks.bool(key).unwrap_or(*slot);
        take(&mut shop.marks.crop, "crop");
        take(&mut shop.marks.registration, "registration");
        take(&mut shop.marks.fold, "fold");
        take(&mut shop.marks.bars, "bars");
        take(&mut shop.marks.slug, "slug");
    }
}

fn set(slot: &mut f64, table: &Table, key: &str) {
    *slot = table.number(key).map_or(*slot, |n| n.value);
}

fn page(shop: &mut Shop, table: &Table) {
    set(&mut shop.bleed.0, table, "bleed");
    set(&mut shop.safe.0, table, "safe");
    shop.multiple_of = table.count("multiple-of").map_or(shop.multiple_of, |n| n.value.max(1));
    let word = |key: &str| table.text(key).map(|t| t.value);
    match word("cover").as_deref() {
        Some("with-pages") => shop.cover = Cover::WithPages,
        Some("separate") => shop.cover = Cover::Separate,
        Some("wrap-around") => shop.cover = Cover::WrapAround,
        _ => {}
    }
    shop.spreads = word("as").map_or(shop.spreads, |w| w == "spreads");
    match word("binding").as_deref() {
        Some("saddle") => shop.binding = Binding::Saddle,
        Some("perfect") => shop.binding = Binding::Perfect,
        _ => {}
    }
}

fn ink(shop: &mut Shop, table: &Table) {
    set(&mut shop.ink_limit, table, "limit");
    let inks: Vec<f64> = match table.get("rich-black").map(|n| &n.value) {
        Some(Value::List(items)) => items.iter().filter_map(|n| n.number()).collect(),
        _ => Vec::new(),
    };
    if let Ok(inks) = Inks::try_from(inks) {
        shop.rich_black = inks;
    }
    let word = |key: &str| table.text(key).map(|t| t.value);
    shop.spots = word("spots").map_or(shop.spots, |w| w == "keep");
    shop.keep_rgb = word("rgb").map_or(shop.keep_rgb, |w| w == "keep");
}
