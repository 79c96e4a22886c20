//! Number, volume and date of the next issue, carried on from those before it.

use crate::data::Date;
use crate::manifest::IssueGlance;

/// What the next issue is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Next {
    pub(super) number: u32,
    pub(super) volume: Option<u32>,
    pub(super) date: Date,
}

/// Carries on from `issues` (oldest first) to an issue of this name.
pub(super) fn next(issues: &[IssueGlance], name: &str) -> Next {
    let date = date(issues, name);
    let number = issues.iter().filter_map(|i| i.number).max().map_or(1, |n| n.saturating_add(1));
    Next { number, volume: volume(issues, date), date }
}

/// The last volume, one up for each new year if the volumes have gone with the years so far.
fn volume(issues: &[IssueGlance], date: Date) -> Option<u32> {
    let known: Vec<(u32, u16)> = issues.iter().filter_map(|i| Some((i.volume?, i.date?.year))).collect();
    let last = issues.iter().rev().find_map(|i| i.volume)?;
    let Some(&(volume, year)) = known.last() else { return Some(last) };
    let with_years = known.iter().all(|(v, y)| i64::from(*v) - i64::from(*y) == i64::from(volume) - i64::from(year));
    let years = u32::from(date.year.saturating_sub(year));
    Some(if with_years { volume.saturating_add(years) } else { last })
}

/// The day that the name says; in the month that it says, the day by the rhythm so far; else the rhythm alone.
fn date(issues: &[IssueGlance], name: &str) -> Date {
    let dates: Vec<Date> = issues.iter().filter_map(|i| i.date).collect();
    if let Some(date) = Date::parse(name) {
        return date;
    }
    let first = name.get(..7).and_then(|month| Date::parse(&format!("{month}-01")));
    match (first, dates.as_slice()) {
        (Some(first), []) => first,
        (Some(first), [.., last]) => in_month(first, &dates, *last),
        (None, []) => Date { year: 2000, month: 1, day: 1 },
        (None, [.., before, last]) if before < last => {
            let days = last.day_number() - before.day_number();
            // Months differ by a day or two: a monthly stays on its day.
            if (28..=31).contains(&days) { last.plus_months(1) } else { last.plus_days(days.min(3660) as u32) }
        }
        (None, [.., last]) => last.plus_months(1),
    }
}

/// "The first Thursday" if the last two issues agree on it, else the last issue's day of the month.
fn in_month(first: Date, dates: &[Date], last: Date) -> Date {
    let ordinal = |d: Date| ((d.day - 1) / 7, d.day_number().rem_euclid(7));
    let same_day = dates.len() < 2 || dates.iter().rev().take(2).all(|d| d.day == last.day);
    let same_weekday = dates.iter().rev().take(2).all(|d| ordinal(*d) == ordinal(last));
    if same_weekday && !same_day {
        let (week, weekday) = ordinal(last);
        let wanted =
            (0..31).map(|n| first.plus_days(n)).find(|d| d.month == first.month && ordinal(*d) == (week, weekday));
        // A fifth Thursday is not in every month.
        if let Some(day) = wanted {
            return day;
        }
    }
    let months = u32::from(first.year) * 12 + u32::from(first.month);
    let before = u32::from(last.year) * 12 + u32::from(last.month);
    match months.checked_sub(before) {
        Some(later) => last.plus_months(later),
        None => Date::new(first.year, first.month, last.day).unwrap_or(first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issue(number: u32, volume: Option<u32>, date: &str) -> IssueGlance {
        IssueGlance { folder: date.to_owned(), number: Some(number), volume, date: Date::parse(date), status: None }
    }

    fn told(issues: &[IssueGlance], name: &str) -> (u32, Option<u32>, String) {
        let next = next(issues, name);
        (next.number, next.volume, next.date.to_string())
    }

    #[test]
    fn a_weekly_day_of_the_month_is_kept() {
        let issues = [issue(34, Some(3), "2026-10-01"), issue(35, Some(3), "2026-11-05")];
        assert_eq!(told(&issues, "2026-12"), (36, Some(3), "2026-12-03".to_owned()));
        assert_eq!(told(&issues, "2027-01"), (36, Some(4), "2027-01-07".to_owned()));
        assert_eq!(told(&issues, "2026-12-24"), (36, Some(3), "2026-12-24".to_owned()));
    }

    #[test]
    fn a_day_of_the_month_is_kept() {
        let issues = [issue(1, Some(1), "2026-11-30"), issue(2, Some(1), "2026-12-30")];
        assert_eq!(told(&issues, "2027-02"), (3, Some(2), "2027-02-28".to_owned()));
        assert_eq!(told(&issues[..1], "2026-12"), (2, Some(1), "2026-12-30".to_owned()));
        assert_eq!(told(&[], "2026-12"), (1, None, "2026-12-01".to_owned()));
    }

    #[test]
    fn volumes_that_do_not_follow_the_years_stay() {
        let issues = [issue(5, Some(1), "2026-06-01"), issue(6, Some(2), "2026-09-01")];
        assert_eq!(told(&issues, "2027-01").1, Some(2));
    }

    #[test]
    fn other_names_follow_the_interval() {
        let issues = [issue(1, None, "2026-03-01"), issue(2, None, "2026-06-01")];
        assert_eq!(told(&issues, "autumn"), (3, None, "2026-09-01".to_owned()));
        let weekly = [issue(1, None, "2026-03-02"), issue(2, None, "2026-03-09")];
        assert_eq!(told(&weekly, "week-12").2, "2026-03-16");
        let monthly = [issue(1, None, "2026-01-15"), issue(2, None, "2026-02-15")];
        assert_eq!(told(&monthly, "spring").2, "2026-03-15");
    }
}
