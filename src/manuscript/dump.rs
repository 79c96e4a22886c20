//! A tree as compact text, one block a line, for tests and for looking at.

use super::tree::*;

/// The tree as nested lists: `(p "text" (em "word"))`. Blocks inside blocks are indented by two spaces.
pub fn dump(blocks: &[Block]) -> String {
    let mut out = String::new();
    add_blocks(&mut out, blocks, 0);
    out
}

fn open(out: &mut String, depth: usize, name: &str) {
    out.push_str(&"  ".repeat(depth));
    out.push('(');
    out.push_str(name);
}

fn add_blocks(out: &mut String, blocks: &[Block], depth: usize) {
    for block in blocks {
        add_block(out, block, depth);
    }
}

fn add_block(out: &mut String, block: &Block, depth: usize) {
    let mut head = name(&block.kind);
    if let Some(id) = &block.id {
        head.push_str(&format!(" #{}", id.value));
    }
    if let Some(language) = &block.language {
        head.push_str(&format!(" lang={}", language.value));
    }
    open(out, depth, &head);
    match &block.kind {
        BlockKind::Paragraph(inlines) | BlockKind::Heading(_, inlines) => add_inlines(out, inlines),
        BlockKind::Code(info, text) => out.push_str(&format!(" {info:?} {text:?}")),
        BlockKind::Html(raw) => out.push_str(&format!(" {raw:?}")),
        BlockKind::Figure(figure) => add_figure(out, figure),
        BlockKind::PullQuote(quote) => {
            out.push_str(if quote.wrap { " wrap" } else { "" });
            add_inlines(out, &quote.text);
            add_group(out, "by", quote.by.as_deref());
        }
        kind => add_parts(out, kind, depth + 1),
    }
    out.push_str(")\n");
}

fn name(kind: &BlockKind) -> String {
    match kind {
        BlockKind::Paragraph(_) => "p".to_owned(),
        BlockKind::Heading(level, _) => format!("h{level}"),
        BlockKind::List(list) => {
            let start = list.start.map(|n| format!(" start={n}")).unwrap_or_default();
            format!("list{start}{}", if list.tight { "" } else { " loose" })
        }
        BlockKind::Quote(_) => "quote".to_owned(),
        BlockKind::Code(..) => "code".to_owned(),
        BlockKind::Table(_) => "table".to_owned(),
        BlockKind::Rule => "rule".to_owned(),
        BlockKind::Definitions(_) => "definitions".to_owned(),
        BlockKind::Figure(_) => "figure".to_owned(),
        BlockKind::Gallery(g) => if g.essay { "photo-essay" } else { "gallery" }.to_owned(),
        BlockKind::PullQuote(_) => "pull-quote".to_owned(),
        BlockKind::Sidebar(_) => "sidebar".to_owned(),
        BlockKind::FactBox(_) => "fact-box".to_owned(),
        BlockKind::Brief(_) => "brief".to_owned(),
        BlockKind::Interview(_) => "interview".to_owned(),
        BlockKind::Timeline(_) => "timeline".to_owned(),
        BlockKind::Listings(_) => "listings".to_owned(),
        BlockKind::Letter(_) => "letter".to_owned(),
        BlockKind::Passage(_) => "passage".to_owned(),
        BlockKind::Html(_) => "html".to_owned(),
    }
}

/// The parts of a block that holds blocks, each on lines of its own.
fn add_parts(out: &mut String, kind: &BlockKind, depth: usize) {
    let part = |out: &mut String, label: &str, blocks: &[Block]| {
        out.push('\n');
        open(out, depth, label);
        out.push('\n');
        add_blocks(out, blocks, depth + 1);
        out.pop();
        out.push(')');
    };
    match kind {
        BlockKind::List(list) => {
            for item in &list.items {
                let label = match item.task {
                    None => "item",
                    Some(false) => "item todo",
                    Some(true) => "item done",
                };
                part(out, label, &item.blocks);
            }
        }
        BlockKind::Definitions(list) => {
            for entry in list {
                out.push('\n');
                open(out, depth, "term");
                add_inlines(out, &entry.term);
                out.push(')');
                entry.meanings.iter().for_each(|blocks| part(out, "meaning", blocks));
            }
        }
        BlockKind::Interview(list) => {
            for exchange in list {
                part(out, "question", &exchange.question);
                part(out, "answer", &exchange.answer);
            }
        }
        BlockKind::Timeline(list) | BlockKind::Listings(list) => {
            for moment in list {
                out.push('\n');
                open(out, depth, "when");
                add_inlines(out, &moment.when);
                out.push(')');
                part(out, "what", &moment.blocks);
            }
        }
        BlockKind::Table(table) => add_table(out, table, depth),
        BlockKind::Gallery(gallery) => {
            add_title(out, gallery.title.as_ref().map(|t| t.value.as_str()));
            for figure in &gallery.figures {
                out.push('\n');
                open(out, depth, "figure");
                add_figure(out, figure);
                out.push(')');
            }
        }
        BlockKind::Sidebar(boxed) | BlockKind::FactBox(boxed) | BlockKind::Brief(boxed) => {
            add_title(out, boxed.title.as_ref().map(|t| t.value.as_str()));
            add_inner(out, &boxed.blocks, depth);
        }
        BlockKind::Letter(letter) => {
            add_title(out, letter.title.as_ref().map(|t| t.value.as_str()));
            add_inner(out, &letter.blocks, depth);
            add_group(out, "from", letter.from.as_deref());
        }
        BlockKind::Quote(blocks) | BlockKind::Passage(blocks) => add_inner(out, blocks, depth),
        _ => {}
    }
}

fn add_inner(out: &mut String, blocks: &[Block], depth: usize) {
    out.push('\n');
    add_blocks(out, blocks, depth);
    out.pop();
}

fn add_title(out: &mut String, title: Option<&str>) {
    if let Some(title) = title {
        out.push_str(&format!(" title={title:?}"));
    }
}

fn add_group(out: &mut String, label: &str, inlines: Option<&[Inline]>) {
    if let Some(inlines) = inlines.filter(|i| !i.is_empty()) {
        out.push_str(&format!(" ({label}"));
        add_inlines(out, inlines);
        out.push(')');
    }
}

fn add_table(out: &mut String, table: &Table, depth: usize) {
    out.push_str(&format!(" {:?}", table.align));
    add_group(out, "caption", table.caption.as_deref());
    for (label, row) in std::iter::once(("head", &table.head)).chain(table.rows.iter().map(|row| ("row", row))) {
        out.push('\n');
        open(out, depth, label);
        for cell in row {
            out.push_str(" (cell");
            add_inlines(out, cell);
            out.push(')');
        }
        out.push(')');
    }
}

fn add_figure(out: &mut String, figure: &Figure) {
    out.push_str(&format!(" {:?} alt={:?}", figure.file.value, figure.alt.value));
    match figure.width {
        Width::Column => {}
        Width::Wide => out.push_str(" wide"),
        Width::Page => out.push_str(" page"),
        Width::Wrap => out.push_str(" wrap"),
    }
    if figure.decorative {
        out.push_str(" decorative");
    }
    add_group(out, "caption", Some(&figure.caption));
    if let Some(credit) = &figure.credit {
        out.push_str(&format!(" credit={:?}", credit.value));
    }
}

fn add_inlines(out: &mut String, inlines: &[Inline]) {
    for inline in inlines {
        out.push(' ');
        match &inline.kind {
            InlineKind::Text(text) => out.push_str(&quoted(text)),
            InlineKind::Code(text) => out.push_str(&format!("(code {})", quoted(text))),
            InlineKind::SoftBreak => out.push('/'),
            InlineKind::HardBreak => out.push_str("//"),
            InlineKind::NoteMark(label) => out.push_str(&format!("(mark {label:?})")),
            InlineKind::Html(raw) => out.push_str(&format!("(html {raw:?})")),
            InlineKind::Styled(style, content) => {
                out.push_str(&format!("({}", style_name(style)));
                add_inlines(out, content);
                out.push(')');
            }
            InlineKind::Link(link) => {
                out.push_str(&format!("(link {:?}", link.target.value));
                add_title(out, link.title.as_deref());
                add_inlines(out, &link.content);
                out.push(')');
            }
            InlineKind::Image(image) => {
                out.push_str(&format!("(image {:?}", image.file.value));
                add_title(out, image.title.as_deref());
                out.push_str(if image.decorative { " decorative" } else { "" });
                add_inlines(out, &image.alt);
                out.push(')');
            }
        }
    }
}

/// Text in quotation marks; spaces that cannot be seen are written out.
fn quoted(text: &str) -> String {
    format!("{text:?}").replace("\\u{202f}", "\u{202F}").replace('\u{202F}', "\\u{202f}").replace('\u{A0}', "\\u{a0}")
}

fn style_name(style: &Style) -> String {
    match style {
        Style::Emphasis => "em".to_owned(),
        Style::Strong => "strong".to_owned(),
        Style::Strikethrough => "strike".to_owned(),
        Style::Superscript => "sup".to_owned(),
        Style::Subscript => "sub".to_owned(),
        Style::Small => "small".to_owned(),
        Style::Mark => "highlight".to_owned(),
        Style::Keyboard => "kbd".to_owned(),
        Style::Cite => "cite".to_owned(),
        Style::Inserted => "ins".to_owned(),
        Style::Abbreviation(None) => "abbr".to_owned(),
        Style::Abbreviation(Some(long)) => format!("abbr {long:?}"),
        Style::Language(tag) => format!("lang {}", tag.value),
        Style::Anchor(id) => format!("anchor #{}", id.value),
    }
}
