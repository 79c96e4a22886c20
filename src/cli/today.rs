//! The day on which the program runs: the only clock, for the dates of a new publication. Editions never see it.

#![allow(clippy::disallowed_methods, reason = "a new publication begins with the next month")]

use crate::data::Date;
use std::time::{SystemTime, UNIX_EPOCH};

/// Today by the machine's clock, in UTC.
pub(super) fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    of_day(seconds / 86_400)
}

/// The date so many days after the first of January 1970.
fn of_day(days: u64) -> Date {
    let epoch = Date { year: 1970, month: 1, day: 1 };
    let start = epoch.day_number();
    let wanted = start + i64::try_from(days).unwrap_or(0);
    // The month before the wanted one is found by its mean length, the rest by walking.
    let months = u32::try_from(days / 31).unwrap_or(0);
    let mut first = epoch.plus_months(months);
    while first.plus_months(1).day_number() <= wanted {
        first = first.plus_months(1);
    }
    let day = wanted - first.day_number() + 1;
    Date { day: u8::try_from(day).unwrap_or(1), ..first }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        for (days, date) in [(0, "1970-01-01"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_781, "2026-11-24")] {
            assert_eq!(Some(of_day(days)), Date::parse(date), "{days}");
        }
    }
}
