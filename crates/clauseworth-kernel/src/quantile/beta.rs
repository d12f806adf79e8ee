//! The inverse of the incomplete beta function, from either end.

use std::f64::consts::TAU;

use super::normal::{normal, polynomial};
use crate::math;

/// An end of the unit interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Lower,
    Upper,
}

/// A beta distribution on [0, 1] with alpha, beta >= 1, seen from both ends.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Beta {
    /// Probability of a value below the mean.
    below_mean: f64,
    lower: BetaTail,
    upper: BetaTail,
}

impl Beta {
    pub(super) fn new(alpha: f64, beta: f64) -> Self {
        let lower = BetaTail::new(alpha, beta);
        Self {
            below_mean: math::exp(lower.ln_cdf(lower.mean).0),
            lower,
            upper: BetaTail::new(beta, alpha),
        }
    }

    pub(super) fn mean(&self) -> f64 {
        self.lower.mean
    }

    /// The quantile at `u`, of which `rest` is left to 1, as its distance from the end whose tail it lies in.
    pub(super) fn at(&self, u: f64, rest: f64) -> (End, f64) {
        if u <= self.below_mean {
            (End::Lower, self.lower.at(u))
        } else {
            (End::Upper, self.upper.at(rest))
        }
    }

    /// The distance from an end within which the probability is `p`, and its first three derivatives by `p`: for tables,
    /// of which the neighbour says about what it is.
    pub(crate) fn distance(&self, end: End, p: f64, guess: Option<f64>) -> [f64; 4] {
        let solve = |tail: &BetaTail, p: f64, guess: Option<f64>| match guess {
            Some(guess) => tail.solve(p, BetaTail::NEAR_FOR_TABLES, || guess),
            None => tail.at(p),
        };
        let (tail, opposite, in_tail) = match end {
            End::Lower => (&self.lower, &self.upper, p <= self.below_mean),
            End::Upper => (&self.upper, &self.lower, 1.0 - p > self.below_mean),
        };
        tail.derivatives(if in_tail {
            solve(tail, p, guess)
        } else {
            1.0 - solve(opposite, 1.0 - p, guess.map(|guess| 1.0 - guess))
        })
    }
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
    /// The same where an error of 1e-11 of the probability does not matter.
    const NEAR_FOR_TABLES: f64 = 3e-4;
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
        self.solve(p, Self::NEAR, || self.by_deviate(p))
    }

    /// The same from a first guess, until a step is the last from a logarithm that is `near`.
    fn solve(&self, p: f64, near: f64, guess: impl FnOnce() -> f64) -> f64 {
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
        let mut z = guess().clamp(below, above);
        for _ in 0..Self::STEPS {
            let (ln_cdf, slope) = self.ln_cdf(z);
            let excess = ln_cdf - ln_p;
            let newton = -excess / slope;
            let bend = a - (b - 1.0) * z / (1.0 - z) - slope;
            let next = z * math::exp(newton / (1.0 + 0.5 * newton * bend));
            if excess.abs() <= near {
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
        (self.ln_power(z) - math::ln(fraction), fraction / (1.0 - z))
    }

    /// `ln(z^a (1-z)^b / B(a, b))`.
    fn ln_power(&self, z: f64) -> f64 {
        let short = self.mean - z;
        let ln_z = if z < 0.5 * self.mean {
            math::ln(z / self.mean)
        } else {
            math::ln_1p(-short / self.mean)
        };
        let ln_rest = math::ln_1p(short / (1.0 - self.mean));
        self.peak + self.a * ln_z + self.b * ln_rest
    }

    /// `z` and its first three derivatives by `p = I_z(a, b)`: the first is 1 over the density f, and with the density's
    /// logarithmic derivative `g` the others are `-g / f^2` and `(2 g^2 - g') / f^3`.
    fn derivatives(&self, z: f64) -> [f64; 4] {
        let rest = 1.0 - z;
        let per_density = z * rest * math::exp(-self.ln_power(z));
        let (left, right) = ((self.a - 1.0) / z, (self.b - 1.0) / rest);
        let g = left - right;
        let g_slope = -left / z - right / rest;
        [
            z,
            per_density,
            -g * per_density * per_density,
            (2.0 * g * g - g_slope) * per_density * per_density * per_density,
        ]
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
