//! Figures: the picture, its caption, and the credit in an element of its own.

use super::escape::add_text;
use super::inlines::img;
use super::{Shown, Writer};
use crate::manuscript::{Figure, Width};

impl Writer<'_> {
    /// A figure of the text.
    pub(super) fn figure(&mut self, figure: &Figure, more: &str) {
        let class = match figure.width {
            Width::Column => "",
            Width::Wide => "wide",
            Width::Page => "page",
            Width::Wrap => "wrap",
        };
        match (self.context.picture)(&figure.file) {
            Some(shown) => self.figure_of(&shown, class, more),
            None => {
                self.out.push_str(&format!("<p class=\"stand-in\"{more}>"));
                add_text(&mut self.out, self.context.words.picture_to_come);
                self.out.push_str("</p>\n");
            }
        }
    }

    /// A figure from what is shown of it.
    pub(super) fn shown(&mut self, shown: &Shown, class: &str) {
        self.figure_of(shown, class, "");
    }

    fn figure_of(&mut self, shown: &Shown, class: &str, more: &str) {
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        self.out.push_str(&format!("<figure{class}{more}>\n{}\n", img(shown, "")));
        if !shown.caption.is_empty() || shown.credit.is_some() {
            self.out.push_str("<figcaption>");
            if !shown.caption.is_empty() {
                self.out.push_str("<span class=\"caption\">");
                let here = self.pause();
                self.inlines(shown.caption);
                self.resume(here);
                self.out.push_str("</span>");
            }
            if let Some(credit) = &shown.credit {
                let space = if shown.caption.is_empty() { "" } else { " " };
                self.out.push_str(&format!("{space}<span class=\"credit\">"));
                add_text(&mut self.out, credit);
                self.out.push_str("</span>");
            }
            self.out.push_str("</figcaption>\n");
        }
        self.out.push_str("</figure>\n");
    }
}
