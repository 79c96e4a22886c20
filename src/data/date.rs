//! Dates and times of day as manifests write them; every [`Date`] is a day that exists.

/// A calendar date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year of the Common Era.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31; always a day that the month has.
    pub day: u8,
}

/// A date and a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateTime {
    /// The date.
    pub date: Date,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
    /// Minutes east of Greenwich; none when the author wrote no zone.
    pub offset: Option<i16>,
}

impl Date {
    /// The date, if the calendar has it.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        (1..=days_of(year, month)).contains(&day).then_some(Date { year, month, day })
    }

    /// Reads `2026-11-05`. `None` when it is written otherwise or there is no such day.
    pub fn parse(text: &str) -> Option<Date> {
        let (year, month, day) = parts(text)?;
        Date::new(year, month, day)
    }

    /// Whether a text is written like a date, even if there is no such day (`2026-02-30`).
    pub fn looks_like(text: &str) -> bool {
        parts(text).is_some()
    }

    /// The same day next month, or the month's last day if it is shorter.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Date {
        let index = u32::from(self.year) * 12 + u32::from(self.month) - 1 + months;
        let year = u16::try_from(index / 12).unwrap_or(u16::MAX);
        let month = (index % 12 + 1) as u8;
        Date { year, month, day: self.day.min(days_of(year, month)) }
    }

    /// Days since the first of March of the year 0, to reckon with.
    pub fn day_number(self) -> i64 {
        let shifted = i64::from(self.year) - i64::from(self.month <= 2);
        let month = (i64::from(self.month) + 9) % 12;
        shifted * 365 + shifted.div_euclid(4) - shifted.div_euclid(100)
            + shifted.div_euclid(400)
            + (month * 153 + 2) / 5
            + i64::from(self.day)
            - 1
    }

    /// The date so many days later.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Date {
        (0..days).fold(self, |d, _| {
            Date::new(d.year, d.month, d.day + 1).or_else(|| Date::new(d.year, d.month + 1, 1)).unwrap_or(Date {
                year: d.year.saturating_add(1),
                month: 1,
                day: 1,
            })
        })
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl DateTime {
    /// Midnight in Greenwich.
    pub fn midnight(date: Date) -> DateTime {
        DateTime { date, hour: 0, minute: 0, second: 0, offset: Some(0) }
    }

    /// Reads RFC 3339 (`2026-10-28T09:00:00Z`), with a space for the `T`, without seconds or without a zone too.
    pub fn parse(text: &str) -> Option<DateTime> {
        let date = Date::parse(text.get(..10)?)?;
        let rest = text.get(10..)?.strip_prefix(['T', 't', ' '])?;
        let zone_at = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
        let (time, zone) = rest.split_at(zone_at);
        let offset = match zone {
            "" => None,
            "Z" | "z" => Some(0),
            _ => {
                let (hours, minutes) = zone.get(1..)?.split_once(':')?;
                let size = i16::from(number(hours, 2, 23)?) * 60 + i16::from(number(minutes, 2, 59)?);
                Some(if zone.starts_with('-') { -size } else { size })
            }
        };
        let time = time.split_once('.').map_or(time, |(whole, _)| whole);
        let mut fields = time.split(':');
        let hour = number(fields.next()?, 2, 23)?;
        let minute = number(fields.next()?, 2, 59)?;
        let second = fields.next().map_or(Some(0), |s| number(s, 2, 59))?;
        fields.next().is_none().then_some(DateTime { date, hour, minute, second, offset })
    }

    /// The same moment in UTC, `2026-10-28T09:00:00Z` (RFC 3339); a time without a zone counts as UTC.
    pub fn to_utc(self) -> String {
        let minutes = i32::from(self.hour) * 60 + i32::from(self.minute) - i32::from(self.offset.unwrap_or(0));
        let date = match minutes.div_euclid(1440) {
            -1 => before(self.date),
            0 => self.date,
            _ => self.date.plus_days(1),
        };
        let minutes = minutes.rem_euclid(1440);
        format!("{date}T{:02}:{:02}:{:02}Z", minutes / 60, minutes % 60, self.second)
    }
}

fn before(d: Date) -> Date {
    match (d.month, d.day) {
        (1, 1) => Date { year: d.year.saturating_sub(1), month: 12, day: 31 },
        (month, 1) => Date { year: d.year, month: month - 1, day: days_of(d.year, month - 1) },
        (_, day) => Date { day: day - 1, ..d },
    }
}

fn days_of(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

fn parts(text: &str) -> Option<(u16, u8, u8)> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' || !text.is_ascii() {
        return None;
    }
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let (year, month, day) = (&text[..4], &text[5..7], &text[8..]);
    if !(digits(year) && digits(month) && digits(day)) {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

fn number(text: &str, digits: usize, max: u8) -> Option<u8> {
    let fits = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|n| fits && *n <= max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        assert!(Date::parse("2028-02-29").is_some());
        for bad in ["2026-02-29", "2026-13-01", "2026-00-10", "2026-1-05", "1900-02-29", "2026/11/05", "२०२६-11-05"]
        {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
        assert!(Date::looks_like("2026-02-30"));
        assert!(!Date::looks_like("5 November"));
    }

    #[test]
    fn moments_are_told_in_utc() {
        let utc = |text: &str| DateTime::parse(text).map(DateTime::to_utc);
        assert_eq!(utc("2026-10-28T09:00:00Z").as_deref(), Some("2026-10-28T09:00:00Z"));
        assert_eq!(utc("2026-01-01T00:30:00+02:00").as_deref(), Some("2025-12-31T22:30:00Z"));
        assert_eq!(utc("2026-12-31 23:30-01:00").as_deref(), Some("2027-01-01T00:30:00Z"));
        assert_eq!(utc("2026-10-28T09:00:00.25Z").as_deref(), Some("2026-10-28T09:00:00Z"));
        assert_eq!(utc("2026-10-28T25:00:00Z"), None);
        assert_eq!(utc("2026-10-28"), None);
    }

    #[test]
    fn dates_can_be_reckoned_with() {
        let day = |text: &str| Date::parse(text).unwrap_or(Date { year: 1, month: 1, day: 1 });
        assert_eq!(day("2026-11-05").plus_months(1), day("2026-12-05"));
        assert_eq!(day("2026-12-31").plus_months(2), day("2027-02-28"));
        assert_eq!(day("2026-12-30").plus_days(3), day("2027-01-02"));
        assert_eq!(day("2028-03-01").day_number() - day("2028-02-01").day_number(), 29);
        assert_eq!(day("2027-01-01").day_number() - day("2026-12-31").day_number(), 1);
    }
}
