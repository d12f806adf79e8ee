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

use std::f64::consts::{FRAC_1_SQRT_2, TAU};

use crate::math;

/// The deviate below which a normal variable falls with probability 0.9, as Model 2.1 writes it.
const P90: f64 = 1.2815515655446004;

/// The inverse of the cumulative distribution function of a quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantile(Shape);

#[derive(Clone, Debug, PartialEq)]
enum Shape {
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
        /// Probability of a value below the mean.
        below_mean: f64,
        /// The tail below the mean, measured from `low`.
        lower: BetaTail,
        /// The tail above the mean, measured from `high`.
        upper: BetaTail,
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
        let lower = BetaTail::new(alpha, beta);
        Self(Shape::Pert {
            low,
            high,
            below_mean: math::exp(lower.ln_cdf(lower.mean).0),
            lower,
            upper: BetaTail::new(beta, alpha),
        })
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
            Shape::Uniform { low, high } => {
                let middle = low + 0.5 * (high - low);
                if u <= 0.5 {
                    (low + u * (high - low)).min(middle)
                } else {
                    (high - rest * (high - low)).max(middle)
                }
            }
            Shape::Triangular { low, mode, high } => {
                let width = high - low;
                if u * width <= mode - low {
                    (low + (u * width * (mode - low)).sqrt()).min(*mode)
                } else {
                    (high - (rest * width * (high - mode)).sqrt()).max(*mode)
                }
            }
            Shape::Pert {
                low,
                high,
                below_mean,
                lower,
                upper,
            } => {
                let width = high - low;
                let mean = low + width * lower.mean;
                if u <= *below_mean {
                    (low + width * lower.at(u)).min(mean)
                } else {
                    (high - width * upper.at(rest)).max(mean)
                }
            }
            Shape::Normal { mean, sd, within } => within.hold(mean + sd * within.at(u)),
            Shape::LogNormal { median, sd, within } => {
                within.hold(median * math::exp(sd * within.at(u)))
            }
            Shape::Cumulative(points) => cumulative(points, u),
            Shape::Bernoulli { zero } => {
                if u > *zero {
                    1.0
                } else {
                    0.0
                }
            }
        }
    }
}

/// The standard deviation of a normal variable whose P90 is `half` above its mean: not 0, however close P10 and P90 are.
fn deviation(half: f64) -> f64 {
    (half / P90).max(f64::MIN_POSITIVE)
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
    (x_before + (x - x_before) * ((u - p_before) / (p - p_before))).min(x)
}

/// The lower tail of a beta distribution on [0, 1] with alpha, beta >= 1, up to its mean.
///
/// The regularised incomplete beta function is `I_z(a, b) = z^a (1-z)^b / B(a, b) / c(z)` with a continued fraction `c`.
/// The power has its greatest value at the mean `m = a / (a + b)`; its logarithm is taken relative to that, as
/// `a ln(z/m) + b ln((1-z) / (1-m))`, so that large parameters cost no digits.
#[derive(Clone, Debug, PartialEq)]
struct BetaTail {
    a: f64,
    b: f64,
    mean: f64,
    /// `ln(m^a (1-m)^b / B(a, b))`.
    peak: f64,
    /// `ln(a B(a, b))`: near 0, I is `z^a` divided by the exponential of this.
    power: f64,
}

impl BetaTail {
    /// Within this distance of the logarithm of the probability sought, a step of Halley's method is the last.
    const NEAR: f64 = 1e-5;
    /// A bound on steps that are three at most for parameters up to 1001.
    const STEPS: usize = 60;
    /// A bound on terms of the continued fraction, which are some 80 at most for parameters up to 1001.
    const TERMS: u32 = 2000;

    fn new(a: f64, b: f64) -> Self {
        let sum = a + b;
        let mean = a / sum;
        let errors = stirling_error(sum) - stirling_error(a) - stirling_error(b);
        let peak = 0.5 * math::ln(a * b / (TAU * sum)) + errors;
        let ln_beta = a * math::ln(mean) + b * math::ln(b / sum) - peak;
        Self {
            a,
            b,
            mean,
            peak,
            power: math::ln(a) + ln_beta,
        }
    }

    /// `z` with `I_z(a, b) = p`, for a `p` up to `I_m(a, b)`.
    ///
    /// Since `ln I` is a concave function of `ln z` for a, b >= 1, a step of Newton's method for `ln I = ln p` never lands
    /// above the root, and one from below is always progress. Halley's method needs only the logarithmic derivative of the
    /// density in addition, and triples the digits with each step; where it leaves the bracket, Newton's takes its place.
    fn at(&self, p: f64) -> f64 {
        let Self { a, b, .. } = *self;
        if p <= 0.0 {
            return 0.0;
        }
        if a == 1.0 {
            return -math::exp_m1(math::ln_1p(-p) / b);
        }
        let ln_p = math::ln(p);
        if b == 1.0 {
            return math::exp(ln_p / a);
        }
        // The power law is below the root, and exact in the far tail.
        let power_law = math::exp((ln_p + self.power) / a);
        if power_law * b <= f64::EPSILON {
            return power_law;
        }
        let (mut below, mut above) = (power_law.min(self.mean), self.mean);
        let mut z = self.by_deviate(p).clamp(below, above);
        for _ in 0..Self::STEPS {
            let (ln_cdf, slope) = self.ln_cdf(z);
            let excess = ln_cdf - ln_p;
            let newton = -excess / slope;
            let bend = a - (b - 1.0) * z / (1.0 - z) - slope;
            let next = z * math::exp(newton / (1.0 + 0.5 * newton * bend));
            if excess.abs() <= Self::NEAR {
                return next;
            }
            if excess < 0.0 {
                below = z;
            } else {
                above = z;
            }
            z = if (below..=above).contains(&next) {
                next
            } else {
                (z * math::exp(newton)).clamp(below, above)
            };
        }
        z
    }

    /// `I^-1(p)` by way of a normal deviate, to two digits or three: Abramowitz and Stegun, 26.5.22.
    fn by_deviate(&self, p: f64) -> f64 {
        let deviate = -normal(p);
        let part_a = 1.0 / (2.0 * self.a - 1.0);
        let part_b = 1.0 / (2.0 * self.b - 1.0);
        let h = 2.0 / (part_a + part_b);
        let l = (deviate * deviate - 3.0) / 6.0;
        let w =
            deviate * (h + l).sqrt() / h - (part_b - part_a) * (l + 5.0 / 6.0 - 2.0 / (3.0 * h));
        self.a / (self.a + self.b * math::exp(2.0 * w))
    }

    /// `ln I_z(a, b)` and its derivative by `ln z`, for z up to the mean.
    fn ln_cdf(&self, z: f64) -> (f64, f64) {
        let fraction = self.continued_fraction(z);
        let short = self.mean - z;
        let ln_z = if z < 0.5 * self.mean {
            math::ln(z / self.mean)
        } else {
            math::ln_1p(-short / self.mean)
        };
        let ln_rest = math::ln_1p(short / (1.0 - self.mean));
        let ln_power = self.peak + self.a * ln_z + self.b * ln_rest;
        (ln_power - math::ln(fraction), fraction / (1.0 - z))
    }

    /// `c(z) = t_0 + s_1 / (t_1 + s_2 / (t_2 + ...))`: the even part of the continued fraction of NIST's Digital Library of
    /// Mathematical Functions, 8.17.22, as in Didonato and Morris, Algorithm 708 (ACM Transactions on Mathematical
    /// Software 18, 1992). Up to the mean it converges in a number of terms that grows with the square root of the
    /// parameters.
    fn continued_fraction(&self, z: f64) -> f64 {
        let Self { a, b, .. } = *self;
        let short = (a + b) * (self.mean - z);
        let mut per_last = 1.0 / (a + 1.0);
        // The last two convergents, scaled so that the denominator of the last is 1.
        let mut convergent = a * (short + 1.0) * per_last;
        let (mut before, mut denominator_before) = (1.0, 0.0);
        for term in 1..Self::TERMS {
            let n = f64::from(term);
            let per_next = 1.0 / (a + 2.0 * n + 1.0);
            let both = n * (b - n) * z * per_last;
            let s = (a + n - 1.0) * (a + b + n - 1.0) * z * per_last * both;
            let t = n + both + (a + n) * (short + 1.0 + n * (2.0 - z)) * per_next;
            let scale = 1.0 / (t + s * denominator_before);
            let next = (t * convergent + s * before) * scale;
            let change = (next - convergent).abs();
            before = convergent * scale;
            denominator_before = scale;
            convergent = next;
            per_last = per_next;
            if change <= f64::EPSILON * next {
                break;
            }
        }
        convergent
    }
}

/// What Stirling's formula lacks: `ln Gamma(x) - ((x - 1/2) ln x - x + ln(2 pi)/2)` for x >= 1, by its asymptotic series
/// (NIST's Digital Library of Mathematical Functions, 5.11.1), and below 10 from its value at x + 1.
fn stirling_error(mut x: f64) -> f64 {
    const SERIES: [f64; 6] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
    ];
    let mut error = 0.0;
    while x < 10.0 {
        error += (x + 0.5) * math::ln_1p(1.0 / x) - 1.0;
        x += 1.0;
    }
    error + polynomial(&SERIES, 1.0 / (x * x)) / x
}

/// An interval that a variable is conditioned on, and the standard normal deviate conditioned on the same.
#[derive(Clone, Debug, PartialEq)]
struct Truncation {
    /// The interval in the unit of the variable.
    min: f64,
    max: f64,
    /// The interval in standard deviations from the mean.
    from: f64,
    to: f64,
    /// Probabilities that the unconditioned deviate is below, within and above.
    below: f64,
    within: f64,
    above: f64,
}

impl Truncation {
    /// From here on a tail is taken relative to the density, since at 38 its probability underflows.
    const FAR: f64 = 30.0;

    fn new(min: Option<f64>, max: Option<f64>, deviate: impl Fn(f64) -> f64) -> Self {
        // An end that is given is finite, however many standard deviations it is away.
        let deviate = |x| deviate(x).clamp(f64::MIN, f64::MAX);
        let from = min.map_or(f64::NEG_INFINITY, deviate);
        let to = max.map_or(f64::INFINITY, deviate);
        let (below, above) = (normal_cdf(from), normal_cdf(-to));
        // The difference of two numbers near 1 would be rounding: the tail that both ends lie in is the smaller.
        let within = if from > 0.0 {
            normal_cdf(-from) - above
        } else if to < 0.0 {
            normal_cdf(to) - below
        } else {
            1.0 - below - above
        };
        let (min, max) = (
            min.unwrap_or(f64::NEG_INFINITY),
            max.unwrap_or(f64::INFINITY),
        );
        debug_assert!(min < max);
        Self {
            min,
            max,
            from,
            to,
            below,
            within,
            above,
        }
    }

    /// The conditioned deviate below which the part `u` of the probability is.
    fn at(&self, u: f64) -> f64 {
        let rest = 1.0 - u;
        if self.from > Self::FAR {
            return far_tail(self.from, self.to, u, rest);
        }
        if self.to < -Self::FAR {
            return -far_tail(-self.to, -self.from, rest, u);
        }
        let lower = self.below + u * self.within;
        if lower <= 0.5 {
            normal(lower)
        } else {
            -normal(self.above + rest * self.within)
        }
    }

    /// Takes back what rounding put outside of the interval.
    fn hold(&self, x: f64) -> f64 {
        x.max(self.min).min(self.max)
    }
}

/// Quantile at `u`, of which `rest` is left to 1, of the standard normal between `from` > 30 and `to`.
///
/// The upper tail is `exp(-z^2/2) mills(z)` but for a factor, and its ratio to that at `from` is sought, so that nothing
/// underflows. The distance from `from` is found by Newton's method from that for a constant Mills' ratio, which is
/// within a thousandth; every step squares this.
fn far_tail(from: f64, to: f64, u: f64, rest: f64) -> f64 {
    if rest <= 0.0 {
        return to;
    }
    let mills_from = mills(from);
    let ln_ratio = |distance: f64, mills: f64| {
        math::ln(mills / mills_from) - distance * (from + 0.5 * distance)
    };
    let all = ln_ratio(to - from, mills(to));
    let ln_left = math::ln(rest + u * math::exp(all));
    let mut distance = -2.0 * ln_left / (from + (from * from - 2.0 * ln_left).sqrt());
    for _ in 0..3 {
        let mills = mills(from + distance);
        distance += (ln_ratio(distance, mills) - ln_left) * mills;
    }
    from + distance
}

/// Mills' ratio of the standard normal, its upper tail over its density, for z >= 30: the asymptotic series of Abramowitz
/// and Stegun, 26.2.12.
fn mills(z: f64) -> f64 {
    const SERIES: [f64; 8] = [1.0, -1.0, 3.0, -15.0, 105.0, -945.0, 10_395.0, -135_135.0];
    polynomial(&SERIES, 1.0 / (z * z)) / z
}

/// The probability that a standard normal variable is below `x`.
///
/// In the lower tail its relative error is some 1e-16 times 1 + x², which is what one rounding of `x` amounts to.
#[must_use]
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * math::erfc(-x * FRAC_1_SQRT_2)
}

/// The deviate below which a standard normal variable falls with probability `p`: Wichura's PPND16, Algorithm AS 241
/// (Applied Statistics 37, 1988), with a relative error below 1e-15. At 0 it is minus infinity, at 1 infinity.
///
/// ```
/// use clauseworth_kernel::quantile::normal;
/// assert!((normal(0.9) - 1.2815515655446004).abs() < 1e-15);
/// assert_eq!(normal(0.25), -normal(0.75));
/// ```
#[must_use]
pub fn normal(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        return q * (polynomial(&CENTRE.0, r) / polynomial(&CENTRE.1, r));
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let deviate = if tail <= 0.0 {
        f64::INFINITY
    } else {
        let r = (-math::ln(tail)).sqrt();
        let (coefficients, r) = if r <= 5.0 {
            (&NEAR_TAIL, r - 1.6)
        } else {
            (&FAR_TAIL, r - 5.0)
        };
        polynomial(&coefficients.0, r) / polynomial(&coefficients.1, r)
    };
    if q < 0.0 { -deviate } else { deviate }
}

/// Numerator and denominator of a rational function.
type Ratio = ([f64; 8], [f64; 8]);

/// AS 241: the deviate over `q` by `0.425² - q²`.
const CENTRE: Ratio = (
    [
        3.3871328727963665,
        133.14166789178438,
        1971.5909503065513,
        13731.69376550946,
        45921.95393154987,
        67265.7709270087,
        33430.57558358813,
        2509.0809287301227,
    ],
    [
        1.0,
        42.31333070160091,
        687.1870074920579,
        5394.196021424751,
        21213.794301586597,
        39307.89580009271,
        28729.085735721943,
        5226.495278852854,
    ],
);

/// AS 241: the deviate by `r - 1.6`.
const NEAR_TAIL: Ratio = (
    [
        1.4234371107496835,
        4.630337846156546,
        5.769497221460691,
        3.6478483247632045,
        1.2704582524523684,
        0.2417807251774506,
        0.022723844989269184,
        0.0007745450142783414,
    ],
    [
        1.0,
        2.053191626637759,
        1.6763848301838038,
        0.6897673349851,
        0.14810397642748008,
        0.015198666563616457,
        0.0005475938084995345,
        1.0507500716444169e-9,
    ],
);

/// AS 241: the deviate by `r - 5`.
const FAR_TAIL: Ratio = (
    [
        6.657904643501103,
        5.463784911164114,
        1.7848265399172913,
        0.29656057182850487,
        0.026532189526576124,
        0.0012426609473880784,
        2.7115555687434876e-5,
        2.0103343992922881e-7,
    ],
    [
        1.0,
        0.599832206555888,
        0.1369298809227358,
        0.014875361290850615,
        0.0007868691311456133,
        1.8463183175100548e-5,
        1.421511758316446e-7,
        2.0442631033899397e-15,
    ],
);

/// A polynomial by its coefficients, the constant first.
fn polynomial<const N: usize>(coefficients: &[f64; N], x: f64) -> f64 {
    coefficients
        .iter()
        .rev()
        .fold(0.0, |sum, coefficient| sum * x + coefficient)
}
