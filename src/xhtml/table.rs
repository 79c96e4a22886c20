//! Tables: header cells with their scope, alignment as a class.

use super::Writer;
use crate::manuscript::{Align, Inline, Table};

impl Writer<'_> {
    pub(super) fn table(&mut self, table: &Table, more: &str) {
        // A page that begins in a table begins before it when its first word does.
        self.breaks_at_start();
        self.out.push_str(&format!("<table{more}>\n"));
        if let Some(caption) = &table.caption {
            self.out.push_str("<caption>");
            // The caption's words are not among those that are counted.
            let here = self.pause();
            self.inlines(caption);
            self.resume(here);
            self.out.push_str("</caption>\n");
        }
        let has_head = table.head.iter().any(|cell| !cell.is_empty());
        self.end_part();
        if has_head {
            self.out.push_str("<thead>\n");
            self.row("th scope=\"col\"", "th", &table.head, &table.align);
            self.out.push_str("</thead>\n");
        }
        if !table.rows.is_empty() {
            self.out.push_str("<tbody>\n");
            let last = table.rows.len() - 1;
            for (index, row) in table.rows.iter().enumerate() {
                self.row("td", "td", row, &table.align);
                if index == last {
                    // What is left goes into the last cell: nothing but rows may stand between rows.
                    self.leave_in_last_cell();
                }
            }
            self.out.push_str("</tbody>\n");
        }
        self.out.push_str("</table>\n");
        self.leave();
    }

    fn row(&mut self, open: &str, close: &str, cells: &[Vec<Inline>], align: &[Align]) {
        self.out.push_str("<tr>");
        for (index, cell) in cells.iter().enumerate() {
            let class = match align.get(index) {
                Some(Align::Left) => " class=\"left\"",
                Some(Align::Center) => " class=\"center\"",
                Some(Align::Right) => " class=\"right\"",
                _ => "",
            };
            // An empty cell above a column of row names is no header.
            match cell.is_empty() && close == "th" {
                true => self.out.push_str("<td></td>"),
                false => {
                    self.out.push_str(&format!("<{open}{class}>"));
                    self.inlines(cell);
                    self.out.push_str(&format!("</{close}>"));
                }
            }
            self.end_part();
        }
        self.out.push_str("</tr>\n");
    }

    fn leave_in_last_cell(&mut self) {
        const END: &str = "</td></tr>\n";
        if self.out.ends_with(END) {
            self.out.truncate(self.out.len() - END.len());
            self.leave();
            self.out.push_str(END);
        }
    }
}
