//! Quantiles of an uncertain quantity: the inverse of its cumulative distribution function F (Model 2.1, 2.2).
//!
//! A [`Quantile`] is made once per quantity, from the numbers that a deal file gives, and then asked many times: the
//! answer to `u` in [0, 1] is the smallest x with F(x) >= u, in the quantity's own unit. Nothing is allocated per call.
//!
//! | distribution | inverse of F | error |
//! | --- | --- | --- |
//! | uniform, triangular, cumulative | closed form | rounding |
//! | PERT | Halley's method on the logarithm of the incomplete beta function | below 1e-14 of high - low |
//! | normal, lognormal | Wichura's rational functions | below 1e-15 of the deviate |
//! | the same, truncated | of the smaller tail; from 30 standard deviations on Newton's method | the same |
//!
//! The code is our own because a draw must have the same bits in native code and in WebAssembly. puruspe calls the ln and
//! exp of the standard library, which differ there; so does statrs, unless it is built without its feature `std` and no
//! other crate of the build turns on that of num-traits.
//!
//! ```
//! use clauseworth_kernel::quantile::Quantile;
//! // Growth a year: 80 % is the most likely, and it is between 40 % and 140 %.
//! let growth = Quantile::pert(0.4, 0.8, 1.4, 4.0);
//! let percent = [0.1, 0.5, 0.9].map(|u| (100.0 * growth.at(u)).round());
//! assert_eq!(percent, [59.0, 83.0, 109.0]);
//! // A regulator that acts with a probability of 30 % does so in the upper 30 % of the draws.
//! assert_eq!([0.6, 0.8].map(|u| Quantile::bernoulli(0.3).at(u)), [0.0, 1.0]);
//! ```

mod beta;
mod normal;

pub use normal::{normal, normal_cdf, normal_each};

use crate::math;
use crate::real::Real;

pub(crate) use beta::{Beta, End};
pub(crate) use normal::Truncation;

/// The deviate below which a normal variable falls with probability 0.9, as Model 2.1 writes it.
const P90: f64 = 1.2815515655446004;

/// The inverse of the cumulative distribution function of a quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantile(pub(crate) Shape);

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    Uniform {
        low: f64,
        high: f64,
    },
    Triangular {
        low: f64,
        mode: f64,
        high: f64,
    },
    Pert {
        low: f64,
        high: f64,
        /// The distribution of `(x - low) / (high - low)`.
        beta: Beta,
    },
    Normal {
        mean: f64,
        sd: f64,
        within: Truncation,
    },
    LogNormal {
        median: f64,
        /// Standard deviation of the logarithm.
        sd: f64,
        within: Truncation,
    },
    Cumulative(Box<[(f64, f64)]>),
    Bernoulli {
        zero: f64,
    },
}

impl Quantile {
    /// Even between `low` < `high`.
    #[must_use]
    pub fn uniform(low: f64, high: f64) -> Self {
        debug_assert!(low < high);
        Self(Shape::Uniform { low, high })
    }

    /// A triangle over `low` < `high` with its tip at `mode`, which may be either end.
    #[must_use]
    pub fn triangular(low: f64, mode: f64, high: f64) -> Self {
        debug_assert!(low < high && low <= mode && mode <= high);
        Self(Shape::Triangular { low, mode, high })
    }

    /// A beta distribution over `low` < `high` with its mode at `mode`, which may be either end, and the weight `shape`
    /// of the mode in [0, 1000]: alpha = 1 + shape (mode - low) / (high - low), beta = 1 + shape (high - mode) / (high - low).
    #[must_use]
    pub fn pert(low: f64, mode: f64, high: f64, shape: f64) -> Self {
        debug_assert!(low < high && low <= mode && mode <= high && shape >= 0.0);
        if shape == 0.0 {
            return Self::uniform(low, high);
        }
        let width = high - low;
        let alpha = 1.0 + shape * ((mode - low) / width);
        let beta = 1.0 + shape * ((high - mode) / width);
        let beta = Beta::new(alpha, beta);
        Self(Shape::Pert { low, high, beta })
    }

    /// Normal with P10 and P90 at `low` < `high`, conditioned on the interval from `min` to `max` where they are given.
    #[must_use]
    pub fn normal(low: f64, high: f64, min: Option<f64>, max: Option<f64>) -> Self {
        debug_assert!(low < high);
        let mean = 0.5 * (low + high);
        let sd = deviation(0.5 * (high - low));
        let within = Truncation::new(min, max, |x| (x - mean) / sd);
        Self(Shape::Normal { mean, sd, within })
    }

    /// The logarithm is normal; P10 and P90 of the variable itself at 0 < `low` < `high`, conditioned on the interval from
    /// `min` to `max` where they are given.
    #[must_use]
    pub fn lognormal(low: f64, high: f64, min: Option<f64>, max: Option<f64>) -> Self {
        debug_assert!(0.0 < low && low < high);
        // Roots first, so that neither product nor quotient overflows.
        let median = low.sqrt() * high.sqrt();
        let sd = deviation(math::ln(high.sqrt() / low.sqrt()));
        let within = Truncation::new(min, max, |x| math::ln((x / median).max(0.0)) / sd);
        Self(Shape::LogNormal { median, sd, within })
    }

    /// F linear between points (x, F(x)), at least one, x ascending and F not falling. What F is at the first point is
    /// the probability of its x. What it lacks of 1 at the last is the probability of infinity: of a year, "never".
    #[must_use]
    pub fn cumulative(points: Vec<(f64, f64)>) -> Self {
        debug_assert!(!points.is_empty());
        debug_assert!(points.is_sorted_by(|a, b| a.0 < b.0 && a.1 <= b.1));
        Self(Shape::Cumulative(points.into_boxed_slice()))
    }

    /// 1 with probability `p`, else 0.
    #[must_use]
    pub fn bernoulli(p: f64) -> Self {
        debug_assert!((0.0..=1.0).contains(&p));
        Self(Shape::Bernoulli { zero: 1.0 - p })
    }

    /// The smallest x with F(x) >= `u`, for `u` in [0, 1]; at 0 and 1 the ends of the support, which may be infinite.
    ///
    /// It ascends with `u` but for rounding, and never leaves the support. A value is measured from the end of its own
    /// tail, so that both tails are equally exact.
    #[must_use]
    pub fn at(&self, u: f64) -> f64 {
        debug_assert!((0.0..=1.0).contains(&u));
        let rest = 1.0 - u;
        match &self.0 {
            Shape::Uniform { low, high } => uniform(*low, *high, u),
            Shape::Triangular { low, mode, high } => triangular(*low, *mode, *high, u),
            Shape::Pert { low, high, beta } => {
                let width = high - low;
                let mean = low + width * beta.mean();
                match beta.at(u, rest) {
                    (End::Lower, distance) => Real::min(low + width * distance, mean),
                    (End::Upper, distance) => Real::max(high - width * distance, mean),
                }
            }
            Shape::Normal { mean, sd, within } => within.hold(mean + sd * within.at(u)),
            Shape::LogNormal { median, sd, within } => {
                within.hold(median * math::exp(sd * within.at(u)))
            }
            Shape::Cumulative(points) => cumulative(points, u),
            Shape::Bernoulli { zero } => bernoulli(*zero, u),
        }
    }
}

/// The standard deviation of a normal variable whose P90 is `half` above its mean: not 0, however close P10 and P90 are.
fn deviation(half: f64) -> f64 {
    (half / P90).max(f64::MIN_POSITIVE)
}

/// Without branches, so that many are computed at once.
#[inline(always)]
pub(crate) fn uniform(low: f64, high: f64, u: f64) -> f64 {
    let width = high - low;
    let middle = low + 0.5 * width;
    let from_low = Real::min(low + u * width, middle);
    let from_high = Real::max(high - (1.0 - u) * width, middle);
    if u <= 0.5 { from_low } else { from_high }
}

/// Without branches, so that many are computed at once.
#[inline(always)]
pub(crate) fn triangular(low: f64, mode: f64, high: f64, u: f64) -> f64 {
    let width = high - low;
    let is_lower = u * width <= mode - low;
    let (part, side) = if is_lower {
        (u, mode - low)
    } else {
        (1.0 - u, high - mode)
    };
    let distance = (part * width * side).sqrt();
    let from_low = Real::min(low + distance, mode);
    let from_high = Real::max(high - distance, mode);
    if is_lower { from_low } else { from_high }
}

/// 0 up to `zero`, then 1.
#[inline(always)]
pub(crate) fn bernoulli(zero: f64, u: f64) -> f64 {
    if u > zero { 1.0 } else { 0.0 }
}

/// Where the line through the points reaches `u`; at a level stretch, its beginning.
fn cumulative(points: &[(f64, f64)], u: f64) -> f64 {
    let next = points.partition_point(|point| point.1 < u);
    let Some(&(x, p)) = points.get(next) else {
        return f64::INFINITY;
    };
    let Some(&(x_before, p_before)) = next.checked_sub(1).and_then(|i| points.get(i)) else {
        return x;
    };
    Real::min(
        x_before + (x - x_before) * ((u - p_before) / (p - p_before)),
        x,
    )
}
