//! Dates in words: the day, the month, the year.

use super::Words;
use crate::data::Date;

/// How a language writes a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateStyle {
    /// 5 November 2026.
    Plain,
    /// November 5, 2026.
    MonthFirst,
    /// 5. November 2026.
    Ordinal,
    /// 1er novembre 2026, 5 novembre 2026.
    FirstOrdinal,
    /// 5 de noviembre de 2026.
    Of,
}

impl Words {
    /// The date in full: "5 November 2026".
    pub fn date(&self, date: Date) -> String {
        let Date { year, day, .. } = date;
        let month = self.month(date);
        match self.date_style {
            DateStyle::Plain => format!("{day}\u{a0}{month} {year}"),
            DateStyle::MonthFirst => format!("{month}\u{a0}{day}, {year}"),
            DateStyle::Ordinal => format!("{day}.\u{a0}{month} {year}"),
            DateStyle::FirstOrdinal if day == 1 => format!("1er\u{a0}{month} {year}"),
            DateStyle::FirstOrdinal => format!("{day}\u{a0}{month} {year}"),
            DateStyle::Of => format!("{day}\u{a0}de {month} de {year}"),
        }
    }

    /// Month and year within a sentence: "November 2026", "noviembre de 2026".
    pub fn month_year(&self, date: Date) -> String {
        let of = if self.date_style == DateStyle::Of { " de " } else { " " };
        format!("{}{of}{}", self.month(date), date.year)
    }

    /// Month and year standing alone, as on a cover: "Novembre 2026".
    pub fn month_year_title(&self, date: Date) -> String {
        let text = self.month_year(date);
        let mut rest = text.chars();
        rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
    }

    fn month(&self, date: Date) -> &'static str {
        usize::from(date.month).checked_sub(1).and_then(|m| self.months.get(m).copied()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_the_language_does() {
        let day = |d| Date { year: 2026, month: 11, day: d };
        for (tag, day, long, month) in [
            ("en-GB", day(5), "5\u{a0}November 2026", "November 2026"),
            ("en-US", day(5), "November\u{a0}5, 2026", "November 2026"),
            ("de", day(5), "5.\u{a0}November 2026", "November 2026"),
            ("fr", day(5), "5\u{a0}novembre 2026", "Novembre 2026"),
            ("fr", day(1), "1er\u{a0}novembre 2026", "Novembre 2026"),
            ("es", day(5), "5\u{a0}de noviembre de 2026", "Noviembre de 2026"),
            ("ar", day(5), "5\u{a0}نوفمبر 2026", "نوفمبر 2026"),
        ] {
            let (words, _) = Words::for_language(tag);
            assert_eq!(words.date(day), long);
            assert_eq!(words.month_year_title(day), month);
        }
    }
}
