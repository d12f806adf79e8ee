//! Days, the year scale and the quarterly grid (Model 1.2 to 1.5).
//!
//! On the year scale every quarter is exactly 0.25 long, whatever its number of days, so that a date and a boundary of a
//! quarter compare exactly. A [`Day`] is a calendar day; differences of days are exact.
//!
//! ```
//! use clauseworth_kernel::calendar::Day;
//! let signing = Day::from_iso("2025-10-28").unwrap();
//! assert_eq!(signing.year(), 2025.75 + 0.25 * 27.0 / 92.0);
//! assert_eq!(Day::containing(2026.5).unwrap().to_string(), "2026-07-01");
//! ```

use std::fmt;

use time::{Date, Month};

/// The longest horizon: 160 quarters are 40 years (Model 1.3).
pub const MAX_QUARTERS: usize = 160;

/// A day of the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(Date);

impl Default for Day {
    /// The first day of the calendar: a placeholder where a day is not known yet.
    fn default() -> Self {
        Self(Date::MIN)
    }
}

impl Day {
    /// The day of a year, month (1 to 12) and day of the month, if there is one.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let month = Month::try_from(month).ok()?;
        Date::from_calendar_date(year, month, day).ok().map(Self)
    }

    /// The day written as `YYYY-MM-DD`; nothing else is accepted.
    #[must_use]
    pub fn from_iso(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(i, b)| match i {
                4 | 7 => *b == b'-',
                _ => b.is_ascii_digit(),
            });
        if !shaped {
            return None;
        }
        Self::new(
            text[..4].parse().ok()?,
            text[5..7].parse().ok()?,
            text[8..].parse().ok()?,
        )
    }

    /// The day that contains a moment of the year scale (Model 1.2), if the year is one of the calendar.
    ///
    /// A year that was computed from a day gives that day again: a moment within a millionth of a day before midnight
    /// belongs to the day that begins.
    #[must_use]
    pub fn containing(year: f64) -> Option<Self> {
        if !(0.0..10_000.0).contains(&year) {
            return None;
        }
        let quarters = (year * 4.0).floor();
        let days = days_of_quarter(quarters as i32);
        let into = (year * 4.0 - quarters) * f64::from(days) + 1e-6;
        let into = (into.floor() as i32).min(days - 1);
        let first = first_of_quarter(quarters as i32);
        Date::from_julian_day(first.to_julian_day() + into)
            .ok()
            .map(Self)
    }

    /// The day's beginning as a decimal year (Model 1.2).
    #[must_use]
    pub fn year(self) -> f64 {
        let quarter = self.quarter();
        let into = self.0.to_julian_day() - first_of_quarter(quarter).to_julian_day();
        f64::from(quarter) / 4.0 + 0.25 * (f64::from(into) / f64::from(days_of_quarter(quarter)))
    }

    /// The calendar quarter, counted from the first quarter of year 0.
    #[must_use]
    pub fn quarter(self) -> i32 {
        self.0.year() * 4 + (i32::from(u8::from(self.0.month())) - 1) / 3
    }

    /// Days from `earlier` to this day.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i32 {
        self.0.to_julian_day() - earlier.0.to_julian_day()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.0.to_calendar_date();
        write!(f, "{year:04}-{:02}-{day:02}", u8::from(month))
    }
}

fn first_of_quarter(quarter: i32) -> Date {
    let month =
        [Month::January, Month::April, Month::July, Month::October][quarter.rem_euclid(4) as usize];
    // Years of a `Day` and of `Day::containing` lie in the calendar's range, so this day exists.
    Date::from_calendar_date(quarter.div_euclid(4), month, 1).unwrap_or(Date::MIN)
}

fn days_of_quarter(quarter: i32) -> i32 {
    first_of_quarter(quarter + 1).to_julian_day() - first_of_quarter(quarter).to_julian_day()
}

/// The quarters of a deal (Model 1.3, 1.4): quarter 0 is what is left of the one that contains the effective date, the
/// last one contains the horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// The effective date as a decimal year; model time is counted from it.
    pub origin: f64,
    /// The effective date.
    pub effective: Day,
    /// Start of each quarter in model time, years: `s_k`, with the end of the last one as a further entry.
    pub start: Vec<f64>,
    /// Length of each quarter, years: `h_k`.
    pub length: Vec<f64>,
    /// Middle of each quarter in model time, years: `m_k`.
    pub middle: Vec<f64>,
    /// Payment date of each quarter.
    pub payment: Vec<Day>,
    /// Days from the effective date to each payment date.
    pub payment_days: Vec<i32>,
    /// Payment date of each quarter as a decimal year.
    pub payment_year: Vec<f64>,
    /// Calendar year of each quarter.
    pub calendar_year: Vec<i32>,
    first_quarter: i32,
}

impl Grid {
    /// The grid from the effective date to the quarter of the horizon, which must not lie before it nor 160 quarters
    /// or more after it.
    #[must_use]
    pub fn new(effective: Day, horizon: Day) -> Option<Self> {
        let first = effective.quarter();
        let count = usize::try_from(horizon.quarter() - first + 1).ok()?;
        if horizon < effective || count > MAX_QUARTERS {
            return None;
        }
        let origin = effective.year();
        let mut grid = Self {
            origin,
            effective,
            start: Vec::with_capacity(count + 1),
            length: Vec::with_capacity(count),
            middle: Vec::with_capacity(count),
            payment: Vec::with_capacity(count),
            payment_days: Vec::with_capacity(count),
            payment_year: Vec::with_capacity(count),
            calendar_year: Vec::with_capacity(count),
            first_quarter: first,
        };
        for quarter in first..first + count as i32 {
            let start = if quarter == first {
                0.0
            } else {
                f64::from(quarter) / 4.0 - origin
            };
            let length = if quarter == first {
                f64::from(quarter + 1) / 4.0 - origin
            } else {
                0.25
            };
            let month = (quarter.rem_euclid(4) * 3 + 2) as u8;
            let payment = Day::new(quarter.div_euclid(4), month, 15)?.max(effective);
            grid.start.push(start);
            grid.length.push(length);
            grid.middle.push(start + length / 2.0);
            grid.payment.push(payment);
            grid.payment_days.push(payment.days_since(effective));
            grid.payment_year.push(payment.year());
            grid.calendar_year.push(quarter.div_euclid(4));
        }
        grid.start
            .push(f64::from(first + count as i32) / 4.0 - origin);
        Some(grid)
    }

    /// Number of quarters, 1 to 160.
    #[must_use]
    pub fn len(&self) -> usize {
        self.length.len()
    }

    /// A grid has at least one quarter.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Year fraction of a day, Actual/365 Fixed (Model 1.4).
    #[must_use]
    pub fn year_fraction(&self, day: Day) -> f64 {
        f64::from(day.days_since(self.effective)) / 365.0
    }

    /// The quarter that contains a day, if it is on the grid.
    #[must_use]
    pub fn quarter_of(&self, day: Day) -> Option<usize> {
        usize::try_from(day.quarter() - self.first_quarter)
            .ok()
            .filter(|k| *k < self.len() && day >= self.effective)
    }

    /// Start of a quarter as a decimal year; that of quarter 0 is the effective date.
    #[must_use]
    pub fn start_year(&self, quarter: usize) -> f64 {
        if quarter == 0 {
            self.origin
        } else {
            f64::from(self.first_quarter + quarter as i32) / 4.0
        }
    }

    /// The calendar years of the grid, ascending.
    pub fn years(&self) -> impl Iterator<Item = i32> {
        let first = self.calendar_year[0];
        let last = self.calendar_year[self.len() - 1];
        first..=last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_and_its_year_are_each_others_inverse() {
        let mut day = Day::new(2019, 12, 28).unwrap();
        for _ in 0..1500 {
            assert_eq!(Day::containing(day.year()), Some(day));
            day = Day(day.0.next_day().unwrap());
        }
    }

    #[test]
    fn every_quarter_is_a_quarter_of_a_year_long() {
        for (text, year) in [
            ("2024-01-01", 2024.0),
            ("2024-04-01", 2024.25),
            ("2025-07-01", 2025.5),
            ("2025-10-01", 2025.75),
        ] {
            assert_eq!(Day::from_iso(text).unwrap().year(), year);
        }
    }

    #[test]
    fn what_is_not_an_iso_date_is_refused() {
        for text in [
            "2025-2-01",
            "2025-02-30",
            "25-02-01",
            "2025/02/01",
            "2025-02-01 ",
            "+025-02-01",
        ] {
            assert_eq!(Day::from_iso(text), None, "{text}");
        }
    }

    #[test]
    fn the_grid_of_the_october_2025_agreement() {
        let grid = Grid::new(
            Day::from_iso("2025-10-28").unwrap(),
            Day::from_iso("2035-12-31").unwrap(),
        )
        .unwrap();
        assert_eq!(grid.len(), 41);
        assert_eq!(grid.start[0], 0.0);
        assert!((grid.length[0] - 0.25 * 65.0 / 92.0).abs() < 1e-12);
        assert_eq!(grid.payment[0].to_string(), "2025-11-15");
        assert_eq!(grid.payment[1].to_string(), "2026-02-15");
        assert_eq!(grid.start_year(1), 2026.0);
    }

    #[test]
    fn a_payment_is_never_before_the_effective_date() {
        let grid = Grid::new(
            Day::from_iso("2026-02-20").unwrap(),
            Day::from_iso("2026-02-20").unwrap(),
        )
        .unwrap();
        assert_eq!(grid.payment_days, [0]);
    }

    #[test]
    fn a_horizon_before_the_start_or_beyond_forty_years_has_no_grid() {
        let start = Day::from_iso("2026-02-20").unwrap();
        assert!(Grid::new(start, Day::from_iso("2026-02-19").unwrap()).is_none());
        assert!(Grid::new(start, Day::from_iso("2065-12-31").unwrap()).is_some());
        assert!(Grid::new(start, Day::from_iso("2066-01-01").unwrap()).is_none());
    }
}
