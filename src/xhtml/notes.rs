//! Footnotes: numbered marks in the text, the notes after it, and links back.

use super::Writer;
use super::escape::{add_text, attribute};

impl Writer<'_> {
    /// A mark in the text.
    pub(super) fn mark(&mut self, label: &str) {
        let Some(index) = self.context.notes.iter().position(|note| note.label == label) else { return };
        let number = index + 1;
        self.marks[index] += 1;
        let id = mark_id(number, self.marks[index]);
        if self.in_link {
            // A link within a link is none; the number stays.
            self.out.push_str(&format!("<sup>{number}</sup>"));
            self.marks[index] -= 1;
            return;
        }
        let kind = self.epub_type("noteref");
        self.out.push_str(&format!(
            "<sup><a{kind} role=\"doc-noteref\" id=\"{id}\" href=\"#_note-{number}\">{number}</a></sup>"
        ));
    }

    /// The notes after the text.
    pub(super) fn notes(&mut self) {
        let notes = self.context.notes;
        if notes.is_empty() {
            return;
        }
        let level = self.context.level + 1;
        (self.level, self.shift) = (level, level as i8 - 1);
        let kind = self.epub_type("footnotes");
        self.out
            .push_str(&format!("<section class=\"notes\"{kind} aria-labelledby=\"_notes\">\n<h{level} id=\"_notes\">"));
        add_text(&mut self.out, self.context.words.notes);
        self.out.push_str(&format!("</h{level}>\n"));
        for (index, note) in notes.iter().enumerate() {
            let number = index + 1;
            let kind = self.epub_type("footnote");
            self.out.push_str(&format!("<aside{kind} role=\"doc-footnote\" id=\"_note-{number}\">\n"));
            self.lead = format!("<span class=\"note-number\">{number}.</span> ");
            self.blocks(&note.blocks);
            self.lead.clear();
            self.back_links(index);
            self.out.push_str("</aside>\n");
        }
        self.out.push_str("</section>\n");
    }

    /// Links back to the marks of a note, at the end of its last paragraph.
    fn back_links(&mut self, index: usize) {
        let back = attribute(self.context.words.back_to_text);
        let links: Vec<String> = (1..=self.marks[index])
            .map(|nth| {
                let target = mark_id(index + 1, nth);
                let label = if nth == 1 { back.clone() } else { format!("{back} ({nth})") };
                format!(" <a role=\"doc-backlink\" href=\"#{target}\" aria-label=\"{label}\">↩</a>")
            })
            .collect();
        let links = links.concat();
        match self.out.strip_suffix("</p>\n").map(str::len) {
            Some(length) => {
                self.out.truncate(length);
                self.out.push_str(&format!("{links}</p>\n"));
            }
            None if links.is_empty() => {}
            None => self.out.push_str(&format!("<p>{}</p>\n", links.trim_start())),
        }
    }
}

/// The id of a note's nth mark.
fn mark_id(number: usize, nth: usize) -> String {
    match nth {
        1 => format!("_mark-{number}"),
        _ => format!("_mark-{number}-{nth}"),
    }
}
