//! What a quantity may be: one row holds a limit, its unit and its words for messages. The validator, the schema, the
//! sliders and the generators of random deals all read these rows.

use std::fmt;

use crate::written::Written;

/// The range that a quantity must lie in, and the unit that it is in unless the deal file says otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limit {
    /// Name of the row, as the schema has it.
    pub name: &'static str,
    /// Lowest value.
    pub low: f64,
    /// Highest value.
    pub high: f64,
    /// Whether the lowest value itself is excluded.
    pub low_open: bool,
    /// Whether the highest value itself is excluded.
    pub high_open: bool,
    /// Unit, for labels.
    pub unit: &'static str,
    /// What kind of number it is.
    pub kind: Kind,
}

/// What kind of number a quantity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any number of the range.
    Real,
    /// A whole number; it cannot be uncertain.
    Whole,
    /// 0 or 1.
    Flag,
    /// A moment on the year scale.
    Year,
    /// A moment on the year scale, or never.
    YearOrNever,
}

impl Kind {
    /// Whether this is a moment on the year scale.
    #[must_use]
    pub fn is_year(self) -> bool {
        matches!(self, Self::Year | Self::YearOrNever)
    }
}

const fn closed(low: f64, high: f64, unit: &'static str) -> Limit {
    Limit {
        name: "",
        low,
        high,
        low_open: false,
        high_open: false,
        unit,
        kind: Kind::Real,
    }
}

const fn above(low: f64, high: f64, unit: &'static str) -> Limit {
    let mut limit = closed(low, high, unit);
    limit.low_open = true;
    limit
}

/// No amount of money, power or people on Earth comes near; beyond it a number is a slip of the keyboard.
const HUGE: f64 = 1e9;

/// Declares the limits, each under its name, and the list of them all.
macro_rules! limits {
    ($( $(#[doc = $doc:literal])+ $name:ident = $limit:expr; )+) => {
        $(
            $(#[doc = $doc])+
            pub(crate) static $name: Limit = Limit { name: stringify!($name), ..$limit };
        )+

        /// Every limit of the format.
        #[cfg(feature = "schema")]
        pub(crate) static ALL: &[&Limit] = &[$(&$name),+];
    };
}

limits! {
    /// An amount of money that cannot be negative.
    MONEY = closed(0.0, HUGE, "bn");
    /// An amount of money of either sign.
    BALANCE = closed(-HUGE, HUGE, "bn");
    /// An amount of money above zero.
    VALUE = above(0.0, HUGE, "bn");
    /// Money a year.
    RUN_RATE = closed(0.0, HUGE, "bn a year");
    /// Growth a year; a level cannot shrink by all of itself.
    GROWTH = above(-1.0, 1e3, "a year");
    /// A discount rate, yield or drift a year.
    RATE = above(-1.0, 1e2, "a year");
    /// Half-lives divide, so zero is excluded.
    HALF_LIFE = above(0.0, 1e3, "years");
    /// A part of a whole.
    FRACTION = closed(0.0, 1.0, "");
    /// A part of a whole that must leave something.
    PART = {
        let mut limit = closed(0.0, 1.0, "");
        limit.high_open = true;
        limit
    };
    /// A premium over a price, or a boost; negative is a discount, which cannot reach the whole price.
    PREMIUM = above(-1.0, 1e3, "");
    /// A profit margin on revenue; a loss may exceed the revenue.
    MARGIN = closed(-10.0, 1.0, "");
    /// A factor without upper limit of its own.
    FACTOR = closed(0.0, 1e3, "");
    /// Dollars of cost per dollar of revenue.
    RATIO = closed(0.0, 1e3, "per dollar of revenue");
    /// A price/earnings multiple.
    MULTIPLE = closed(0.0, 1e4, "times earnings");
    /// A span of time.
    SPAN = closed(0.0, 200.0, "years");
    /// The useful life of an asset.
    LIFE = above(0.0, 200.0, "years");
    /// Standard deviation of the logarithm over a year.
    VOLATILITY = closed(0.0, 10.0, "a year");
    /// Quarters from the first payment to service, rounded to whole ones.
    LEAD = closed(0.5, 160.0, "quarters");
    /// A whole number of quarters.
    QUARTERS = Limit {
        kind: Kind::Whole,
        ..closed(1.0, 160.0, "quarters")
    };
    /// 0 or 1.
    FLAG = Limit {
        kind: Kind::Flag,
        ..closed(0.0, 1.0, "0 or 1")
    };
    /// A moment.
    YEAR = Limit {
        kind: Kind::Year,
        ..closed(1900.0, 2200.0, "year")
    };
    /// A moment, or never.
    YEAR_OR_NEVER = Limit {
        kind: Kind::YearOrNever,
        ..closed(1900.0, 2200.0, "year")
    };
    /// Price of a gigawatt-year of compute.
    GW_YEAR_PRICE = above(0.0, 1e6, "bn per GW-year");
    /// Running cost of a gigawatt-year.
    GW_YEAR_COST = closed(0.0, 1e6, "bn per GW-year");
    /// Capital cost of a gigawatt.
    GW_COST = closed(0.0, 1e6, "bn per GW");
    /// IT power.
    POWER = closed(0.0, 1e6, "GW");
    /// IT power added a year.
    BUILD_RATE = closed(0.0, 1e6, "GW a year");
    /// Accelerators a year.
    CHIP_SUPPLY = closed(0.0, 1e6, "million a year");
    /// Power of one accelerator with its share of the rack.
    CHIP_POWER = above(0.0, 1e3, "kW");
    /// Facility power over IT power.
    PUE = closed(1.0, 10.0, "");
    /// Price of energy; it can be negative for an hour, not for a contract.
    ENERGY_PRICE = closed(0.0, 1e5, "$ per MWh");
    /// Carbon intensity of electricity.
    GRID_INTENSITY = closed(0.0, 1e4, "g CO2 per kWh");
    /// Water per unit of energy.
    WATER = closed(0.0, 1e3, "litres per kWh");
    /// Land per unit of power.
    LAND = closed(0.0, 1e6, "ha per GW");
    /// Units sold.
    UNITS = closed(0.0, 1e6, "million units");
    /// Price of one device.
    UNIT_PRICE = closed(0.0, 1e7, "$ a unit");
    /// Price of a service.
    MONTHLY_PRICE = closed(0.0, 1e6, "$ a month");
    /// The coefficient of innovation of Bass diffusion divides, so zero is excluded.
    INNOVATION = above(0.0, 1e2, "a year");
    /// The coefficient of imitation of Bass diffusion.
    IMITATION = closed(0.0, 1e2, "a year");
    /// The exponent of a commitment's ramp; 1 is a straight line.
    RAMP = closed(1.0, 1e2, "");
    /// A correlation; at 1 or -1 two quantities would be one.
    CORRELATION = Limit {
        low_open: true,
        high_open: true,
        ..closed(-1.0, 1.0, "")
    };
    /// The version of the format.
    FORMAT = closed(1.0, 1.0, "");
    /// A figure to compare with; shares are taken of it.
    REFERENCE = above(0.0, 1e15, "");
}

impl Limit {
    /// Whether a value is allowed; infinity stands for never.
    #[must_use]
    pub fn allows(&self, value: f64) -> bool {
        if value == f64::INFINITY {
            return self.kind == Kind::YearOrNever;
        }
        let above = if self.low_open {
            value > self.low
        } else {
            value >= self.low
        };
        let below = if self.high_open {
            value < self.high
        } else {
            value <= self.high
        };
        above
            && below
            && match self.kind {
                Kind::Whole | Kind::Flag => value == value.trunc(),
                Kind::Real | Kind::Year | Kind::YearOrNever => true,
            }
    }

    /// A required quantity with this limit.
    pub(crate) const fn required(&'static self) -> Spec {
        Spec {
            limit: self,
            default: None,
        }
    }

    /// A quantity with this limit that has a value where the file gives none.
    pub(crate) const fn or(&'static self, default: f64) -> Spec {
        Spec {
            limit: self,
            default: Some(default),
        }
    }
}

impl fmt::Display for Limit {
    /// The words for what is allowed: "a number above 0 and at most 1 (bn)".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Flag => return f.write_str("0 or 1"),
            Kind::Year | Kind::YearOrNever => {
                write!(
                    f,
                    "a date or a year from {} to {}",
                    Written(self.low),
                    Written(self.high)
                )?;
                if self.kind == Kind::YearOrNever {
                    f.write_str(", or \"never\"")?;
                }
                return Ok(());
            }
            _ if self.low == self.high => return write!(f, "{}", Written(self.low)),
            Kind::Whole => f.write_str("a whole number")?,
            Kind::Real => f.write_str("a number")?,
        }
        let (low, high) = (self.low > -HUGE, self.high < HUGE);
        if low && high && !self.low_open && !self.high_open {
            write!(f, " from {} to {}", Written(self.low), Written(self.high))?;
        } else {
            if low {
                let word = if self.low_open { "above" } else { "at least" };
                write!(f, " {word} {}", Written(self.low))?;
            }
            if low && high {
                f.write_str(" and")?;
            }
            if high {
                let word = if self.high_open { "below" } else { "at most" };
                write!(f, " {word} {}", Written(self.high))?;
            }
        }
        if !low && !high {
            f.write_str(" of at most a billion either way")?;
        }
        if !self.unit.is_empty() {
            write!(f, " ({})", self.unit)?;
        }
        Ok(())
    }
}

/// A quantity as a table of the format wants it: its limit and, where it need not be given, its value then.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spec {
    pub(crate) limit: &'static Limit,
    pub(crate) default: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_says_what_it_allows() {
        assert_eq!(FRACTION.to_string(), "a number from 0 to 1");
        assert_eq!(
            GROWTH.to_string(),
            "a number above -1 and at most 1000 (a year)"
        );
        assert_eq!(PART.to_string(), "a number at least 0 and below 1");
        assert_eq!(MONEY.to_string(), "a number at least 0 (bn)");
        assert_eq!(
            QUARTERS.to_string(),
            "a whole number from 1 to 160 (quarters)"
        );
        assert_eq!(
            YEAR_OR_NEVER.to_string(),
            "a date or a year from 1900 to 2200, or \"never\""
        );
    }

    #[test]
    fn what_is_not_a_number_is_never_allowed() {
        for limit in [&MONEY, &BALANCE, &GROWTH, &FLAG, &QUARTERS, &YEAR_OR_NEVER] {
            assert!(!limit.allows(f64::NAN));
            assert!(!limit.allows(f64::NEG_INFINITY));
        }
        assert!(YEAR_OR_NEVER.allows(f64::INFINITY));
        assert!(!YEAR.allows(f64::INFINITY));
        assert!(!MONEY.allows(f64::INFINITY));
        assert!(!FLAG.allows(0.5));
        assert!(!QUARTERS.allows(1.5));
        assert!(!GROWTH.allows(-1.0));
    }
}
