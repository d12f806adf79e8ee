//! The normal distribution: its probabilities, its deviates, one by one and many at once, and the same conditioned on an
//! interval.

use std::f64::consts::FRAC_1_SQRT_2;

use crate::math;
use crate::real::Real;
use crate::widest::widest;

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
    if q.abs() <= CENTRAL {
        return central(q);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let deviate = if tail <= 0.0 {
        f64::INFINITY
    } else {
        let r = (-math::ln(tail)).sqrt();
        if r <= FAR {
            ratio(&NEAR_TAIL, r - 1.6)
        } else {
            ratio(&FAR_TAIL, r - FAR)
        }
    };
    if q < 0.0 { -deviate } else { deviate }
}

/// [`normal`] of each, the same bits: the central formula for all, as it has no branch, and after that the tails, which
/// are three of twenty, by themselves.
pub fn normal_each(p: &[f64], out: &mut [f64]) {
    debug_assert_eq!(p.len(), out.len());
    for (p, out) in p.chunks(GROUP).zip(out.chunks_mut(GROUP)) {
        for (p, out) in p.iter().zip(&mut *out) {
            let q = p - 0.5;
            *out = 0.180625 - q * q;
        }
        ratio_each(&CENTRE, out);
        for (p, out) in p.iter().zip(&mut *out) {
            *out *= p - 0.5;
        }
        // Where the tails are; the place after the last is written to and not read.
        let mut places = [0_u8; GROUP + 1];
        let mut count = 0;
        for (place, p) in p.iter().enumerate() {
            places[count] = place as u8;
            count += usize::from((p - 0.5).abs() > CENTRAL);
        }
        let places = &places[..count];
        // Whole groups of four are computed at once: what they lack is filled up with a harmless tail.
        let mut r = [0.01; GROUP];
        for (r, place) in r.iter_mut().zip(places) {
            let p = p[usize::from(*place)];
            *r = if p < 0.5 { p } else { 1.0 - p };
        }
        let mut deviates = [0.0; GROUP];
        let padded = count.next_multiple_of(4);
        for (r, deviate) in r[..padded].iter_mut().zip(&mut deviates) {
            *r = (-math::ln(*r)).sqrt();
            *deviate = *r - 1.6;
        }
        ratio_each(&NEAR_TAIL, &mut deviates[..padded]);
        for ((place, r), deviate) in places.iter().zip(r).zip(deviates) {
            let place = usize::from(*place);
            let p = p[place];
            out[place] = if r > FAR {
                normal(p)
            } else if p < 0.5 {
                -deviate
            } else {
                deviate
            };
        }
    }
}

/// Deviates that are computed at once.
const GROUP: usize = 64;

/// Up to this distance from a half the central formula holds.
const CENTRAL: f64 = 0.425;

/// Beyond this square root of minus the logarithm of a tail its formula is another.
const FAR: f64 = 5.0;

#[inline(always)]
fn central(q: f64) -> f64 {
    q * ratio(&CENTRE, 0.180625 - q * q)
}

#[inline(always)]
fn ratio((numerator, denominator): &Ratio, x: f64) -> f64 {
    polynomial(numerator, x) / polynomial(denominator, x)
}

#[inline(never)]
fn ratio_each(of: &Ratio, values: &mut [f64]) {
    widest(
        #[inline(always)]
        || {
            for x in values {
                *x = ratio(of, *x);
            }
        },
    );
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
#[inline(always)]
pub(super) fn polynomial<const N: usize>(coefficients: &[f64; N], x: f64) -> f64 {
    let [lower @ .., highest] = coefficients.as_slice() else {
        return 0.0;
    };
    let sum = |sum: f64, coefficient: &f64| sum * x + coefficient;
    lower.iter().rev().fold(*highest, sum)
}
/// An interval that a variable is conditioned on, and the standard normal deviate conditioned on the same.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Truncation {
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

    pub(super) fn new(min: Option<f64>, max: Option<f64>, deviate: impl Fn(f64) -> f64) -> Self {
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
    pub(super) fn at(&self, u: f64) -> f64 {
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

    /// [`Truncation::at`] of each, the same bits.
    pub(crate) fn at_each(&self, u: &[f64], out: &mut [f64]) {
        if self.from > Self::FAR || self.to < -Self::FAR {
            for (u, out) in u.iter().zip(out) {
                *out = self.at(*u);
            }
            return;
        }
        for (u, out) in u.chunks(GROUP).zip(out.chunks_mut(GROUP)) {
            // The probability of the smaller tail, and the sign of the deviate that it is the lower tail of.
            let (mut tail, mut sign) = ([0.5; GROUP], [1.0; GROUP]);
            for ((u, tail), sign) in u.iter().zip(&mut tail).zip(&mut sign) {
                let lower = self.below + u * self.within;
                let upper = self.above + (1.0 - u) * self.within;
                let is_lower = lower <= 0.5;
                *tail = if is_lower { lower } else { upper };
                *sign = if is_lower { 1.0 } else { -1.0 };
            }
            normal_each(&tail[..u.len()], out);
            for (out, sign) in out.iter_mut().zip(&sign) {
                *out *= sign;
            }
        }
    }

    /// Takes back what rounding put outside of the interval.
    #[inline(always)]
    pub(crate) fn hold(&self, x: f64) -> f64 {
        Real::min(Real::max(x, self.min), self.max)
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
