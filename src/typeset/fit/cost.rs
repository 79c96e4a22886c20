//! What each fault of a layout costs, in lines of page depth left white: the unit in which an editor sees the loss.
//!
//! The table in `docs/layout.md` lists the same figures; a test keeps the two alike.

/// A fault and its price.
#[derive(Debug, Clone, Copy)]
pub(in crate::typeset) struct Price {
    /// What it is, as the documentation says it.
    #[cfg_attr(not(test), expect(dead_code, reason = "only the test that compares the documentation reads it"))]
    pub(in crate::typeset) fault: &'static str,
    /// Its cost.
    pub(in crate::typeset) cost: f64,
}

const fn price(fault: &'static str, cost: f64) -> Price {
    Price { fault, cost }
}

pub(in crate::typeset) const UNUSED: Price = price("a line of depth left white at an article's end", 1.0);
pub(in crate::typeset) const SHORT_LAST_PAGE: Price =
    price("a last page with text on less than a quarter of its depth and nothing at its foot", 40.0);
pub(in crate::typeset) const FEW_LAST_LINES: Price =
    price("a last page with fewer than five lines of text a column", 30.0);
pub(in crate::typeset) const LEAD: Price =
    price("a line by which a lead picture is taller or flatter than usual", 0.15);
pub(in crate::typeset) const PICTURE: Price = price("a line by which the pictures in columns are cut", 0.6);
pub(in crate::typeset) const TIGHT: Price = price("a step of tightening or loosening the text", 2.5);
pub(in crate::typeset) const PULL_QUOTE: Price = price("a pull quote left out", 4.0);
pub(in crate::typeset) const OPENER: Price = price("a feature that opens in a plainer way than the theme asks", 25.0);
pub(in crate::typeset) const SIDE: Price = price("a feature that opens on the wrong side", 15.0);
pub(in crate::typeset) const HOUSE_ADVERT: Price = price("an advert of the house", 1.5);
pub(in crate::typeset) const FILLER: Price = price("a short text at an article's foot", 0.5);
pub(in crate::typeset) const SHARED_PAGE: Price = price("a short article at the foot of another's last page", 1.0);
pub(in crate::typeset) const ELSEWHERE: Price = price("an advert away from the article it was booked after", 25.0);
pub(in crate::typeset) const ADVERT_PAGE: Price = price("a page of adverts that found no place by an article", 30.0);
pub(in crate::typeset) const UNEVEN: Price = price("an article between a full-page advert and its even place", 1.0);
pub(in crate::typeset) const COMPETITORS: Price = price("an advert in sight of its competitor's", 20.0);
pub(in crate::typeset) const SPLIT: Price = price("a double-page advert whose pages do not face each other", 200.0);
pub(in crate::typeset) const MORE_CONTENTS: Price = price("contents over two pages instead of one", 6.0);
pub(in crate::typeset) const BLANK: Price = price("a page that is missing to a multiple of four", 60.0);

/// Every price, for the documentation.
#[cfg(test)]
pub(in crate::typeset) const ALL: &[Price] = &[
    UNUSED,
    SHORT_LAST_PAGE,
    FEW_LAST_LINES,
    LEAD,
    PICTURE,
    TIGHT,
    PULL_QUOTE,
    OPENER,
    SIDE,
    HOUSE_ADVERT,
    FILLER,
    SHARED_PAGE,
    ELSEWHERE,
    ADVERT_PAGE,
    UNEVEN,
    COMPETITORS,
    SPLIT,
    MORE_CONTENTS,
    BLANK,
];

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn the_documentation_lists_every_price() {
        let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/layout.md")).unwrap();
        for price in ALL {
            let row = format!("| {} | {} |", price.fault, price.cost);
            assert!(page.contains(&row), "docs/layout.md lacks `{row}`");
        }
        let rows = page.lines().filter(|l| l.starts_with("| a") && l.matches('|').count() == 3).count();
        assert_eq!(rows, ALL.len(), "docs/layout.md lists a price that is none");
    }
}
