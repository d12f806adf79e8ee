//! A metric of one world or of several side by side: a value that not every world need have (Model 8.5, 14.1).

use crate::cashflow::{self, Schedule, Series};
use crate::real::Real;

/// A metric's value, and in which lanes it exists; elsewhere the value means nothing.
#[derive(Clone, Copy, Debug)]
pub struct Measure<R: Real> {
    /// The value where it exists.
    pub value: R,
    /// Where it exists.
    pub exists: R::Mask,
}

impl<R: Real> Measure<R> {
    /// A value that exists in every lane.
    #[must_use]
    pub fn some(value: R) -> Self {
        Self {
            value,
            exists: R::zero().le(R::zero()),
        }
    }

    /// No value in any lane.
    #[must_use]
    pub fn none() -> Self {
        Self {
            value: R::zero(),
            exists: R::zero().lt(R::zero()),
        }
    }

    /// A ratio, which is none where the denominator is 0.
    #[must_use]
    pub fn ratio(a: R, b: R) -> Self {
        let zero = R::and(b.le(R::zero()), R::zero().le(b));
        Self {
            value: R::select(zero, R::zero(), a / R::select(zero, R::one(), b)),
            exists: R::not(zero),
        }
    }
}

impl<R: Real> Measure<R> {
    /// Gives one lane another value, or none.
    pub(crate) fn set_lane(&mut self, lane: usize, value: Option<f64>) {
        let mut here = R::zero();
        here.add_lane(lane, R::one());
        let here = R::zero().lt(here);
        let exists = if value.is_some() { R::one() } else { R::zero() };
        self.value = R::select(here, R::of(value.unwrap_or(0.0)), self.value);
        let exists = R::select(here, exists, R::one().only(self.exists));
        self.exists = R::zero().lt(exists);
    }
}

impl Measure<f64> {
    /// The value, if there is one.
    #[must_use]
    pub fn get(self) -> Option<f64> {
        self.exists.then_some(self.value)
    }
}

/// Internal rates of return of one series of dated flows.
#[derive(Clone, Debug)]
pub(crate) struct Returns<R: Real> {
    /// The plausible root, where it is the only one.
    pub(crate) single: Measure<R>,
    /// The lowest root.
    pub(crate) first: Measure<R>,
    /// Every root, of one run alone; none of several side by side.
    pub(crate) roots: Vec<f64>,
}

/// Looks for rates of return, lane by lane: how many there are differs from one to the next.
pub(crate) fn rates_of_return<R: Real>(schedule: &Schedule, amounts: &[R]) -> Returns<R> {
    let mut returns = Returns {
        single: Measure::none(),
        first: Measure::none(),
        roots: Vec::new(),
    };
    if R::LANES == 1 {
        let alone: Vec<f64> = amounts.iter().map(|amount| amount.lane(0)).collect();
        returns.roots = Series::new(schedule, &alone).roots();
        let single = cashflow::single(&returns.roots);
        returns.single.set_lane(0, single);
        returns.first.set_lane(0, returns.roots.first().copied());
    } else {
        let rates = Series::new(schedule, amounts).rates();
        (returns.single, returns.first) = (rates.single, rates.first);
    }
    if R::TANGENTS {
        for measure in [&mut returns.single, &mut returns.first] {
            measure.value = differentiated(measure.value, schedule, amounts);
        }
    }
    returns
}

/// A rate of return with its derivatives.
fn differentiated<R: Real>(rate: R, schedule: &Schedule, amounts: &[R]) -> R {
    let log = (R::one() + rate).ln();
    let (mut value, mut slope) = (R::zero(), R::zero());
    for (years, amount) in schedule.years().zip(amounts) {
        let years = R::of(years);
        let present = *amount * (-(log * years)).exp();
        value = value + present;
        slope = slope - years * present / (R::one() + rate);
    }
    rate.implicit(value, slope)
}
