//! A PERT quantile as a table of polynomials, for draws by the million.
//!
//! Solving for the quantile takes 300 ns and more, a look-up some 5. The specification allows an error of 1e-7 of
//! high - low (Model 2.2); the table stays below 2e-9.
//!
//! With t the probability of the nearer tail, `w = sqrt(2 t)` is cut at all powers of two, and four times evenly between
//! them, so that the first bits of w are the number of its piece. The pieces shrink towards the end of the tail, where the
//! quantile behaves as a power of t; taking the root first halves their number. On each piece the polynomial of degree 7
//! has the quantile's value and first three derivatives at both ends (Hermite's interpolation): its error is that of
//! halves of the piece to the eighth power. Its eight coefficients are one cache line, the whole table 8 kB and 130
//! quantiles. What is beyond 2^-33, the last draw, is solved for.

use super::RUN;
use crate::math;
use crate::quantile::{Beta, End};
use crate::real::Real;

/// Pieces between two powers of two, as a power of two.
const SPLITS: u32 = 2;
/// Powers of two from 1 down to the root of 2^-32.
const OCTAVES: u32 = 16;
const PIECES: usize = (OCTAVES << SPLITS) as usize;
/// Bits of a number that are beyond its piece.
const WITHIN: u32 = 52 - SPLITS;
/// The piece that begins at 2^-16, among all numbers.
const FIRST: u64 = (1023 - OCTAVES as u64) << SPLITS;

/// A tail probability below this one is not in the table.
const LEAST: f64 = 0.5 / (1_u64 << 32) as f64;

/// The quantile of `low + (high - low) X`, for X of a beta distribution.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Table {
    low: f64,
    high: f64,
    /// Of the way from an end to the quantile, the coefficients of powers of the distance from a piece's beginning: those of
    /// the lower tail, then of the upper.
    pieces: Box<[[f64; 8]; 2 * PIECES]>,
}

impl Table {
    pub(super) fn new(low: f64, high: f64, beta: &Beta) -> Self {
        let mut pieces = Box::new([[0.0; 8]; 2 * PIECES]);
        let (lower, upper) = pieces.split_at_mut(PIECES);
        let width = high - low;
        for (end, scale, pieces) in [(End::Lower, width, lower), (End::Upper, -width, upper)] {
            let mut w = beginning(0);
            let mut before = node(beta, end, w, None);
            for (i, piece) in pieces.iter_mut().enumerate() {
                let next = beginning(i + 1);
                let after = node(beta, end, next, Some(extrapolate(&before, w, next)));
                *piece = hermite(&before, &after, next - w).map(|c| scale * c);
                (w, before) = (next, after);
            }
        }
        Self { low, high, pieces }
    }

    /// The quantiles at each `u`, `exact` where the table ends.
    #[cfg_attr(target_arch = "x86_64", inline(always))]
    pub(super) fn at_each(&self, u: &[f64], out: &mut [f64], exact: impl Fn(f64) -> f64) {
        let (mut pieces, mut distances, mut ends) = ([0; RUN], [0.0; RUN], [0.0; RUN]);
        for (u, out) in u.chunks(RUN).zip(out.chunks_mut(RUN)) {
            let mut within = true;
            let places = pieces.iter_mut().zip(&mut distances).zip(&mut ends);
            for (u, ((piece, distance), end)) in u.iter().zip(places) {
                let is_upper = *u > 0.5;
                let tail = if is_upper { 1.0 - u } else { *u };
                within &= tail >= LEAST;
                let w = Real::min((2.0 * tail).sqrt(), BELOW_ONE);
                let bits = w.to_bits();
                *distance = w - f64::from_bits(bits >> WITHIN << WITHIN);
                let place = (bits >> WITHIN).wrapping_sub(FIRST) % PIECES as u64;
                *piece = place + if is_upper { PIECES as u64 } else { 0 };
                *end = if is_upper { self.high } else { self.low };
            }
            let places = pieces.iter().zip(&distances).zip(&ends);
            for (out, ((piece, d), end)) in out.iter_mut().zip(places) {
                let [lower @ .., highest] = self.pieces[*piece as usize % (2 * PIECES)];
                let x = end + lower.iter().rev().fold(highest, |sum, c| sum * d + c);
                *out = Real::min(Real::max(x, self.low), self.high);
            }
            if !within {
                for (u, out) in u.iter().zip(out) {
                    if u.min(1.0 - u) < LEAST {
                        *out = exact(*u);
                    }
                }
            }
        }
    }
}

/// The largest number below 1: at the middle of the distribution w is 1, which is the end of the last piece.
const BELOW_ONE: f64 = 1.0 - f64::EPSILON / 2.0;

/// Where a piece begins.
fn beginning(piece: usize) -> f64 {
    f64::from_bits((FIRST + piece as u64) << WITHIN)
}

/// The distance from an end at the tail probability `w^2 / 2`, and its first three derivatives by w.
fn node(beta: &Beta, end: End, w: f64, guess: Option<f64>) -> [f64; 4] {
    let [z, first, second, third] = beta.distance(end, 0.5 * w * w, guess);
    let square = w * w;
    [
        z,
        first * w,
        second * square + first,
        (third * square + 3.0 * second) * w,
    ]
}

/// About what the distance at `next` is, from that at `w`: the logarithm by that of w is almost a line.
fn extrapolate(&[z, first, second, third]: &[f64; 4], w: f64, next: f64) -> f64 {
    let slope = first * w / z;
    let bend = (second * w + first) * w / z - slope * slope;
    let turn =
        ((third * w + 3.0 * second) * w + first) * w / z - slope * (3.0 * bend + slope * slope);
    let step = math::ln(next / w);
    z * math::exp(step * (slope + step * (bend / 2.0 + step * turn / 6.0)))
}

/// The polynomial that has the values and first three derivatives `from` at 0 and `to` at `h`.
///
/// With s the part of the way, it is Taylor's at 0 up to s^3 plus `s^4 q(s - 1)`, and q is what the former lacks of
/// Taylor's at h, divided by `s^4 = (1 + (s - 1))^4`.
fn hermite(from: &[f64; 4], to: &[f64; 4], h: f64) -> [f64; 8] {
    let taylor = |at: &[f64; 4]| {
        [
            at[0],
            at[1] * h,
            at[2] * h * h / 2.0,
            at[3] * h * h * h / 6.0,
        ]
    };
    let (a, b) = (taylor(from), taylor(to));
    let lack = [
        b[0] - (a[0] + a[1] + a[2] + a[3]),
        b[1] - (a[1] + 2.0 * a[2] + 3.0 * a[3]),
        b[2] - (a[2] + 3.0 * a[3]),
        b[3] - a[3],
    ];
    let q = [
        lack[0],
        lack[1] - 4.0 * lack[0],
        lack[2] - 4.0 * lack[1] + 10.0 * lack[0],
        lack[3] - 4.0 * lack[2] + 10.0 * lack[1] - 20.0 * lack[0],
    ];
    let mut coefficients = [
        a[0],
        a[1],
        a[2],
        a[3],
        q[0] - q[1] + q[2] - q[3],
        q[1] - 2.0 * q[2] + 3.0 * q[3],
        q[2] - 3.0 * q[3],
        q[3],
    ];
    let mut power = 1.0;
    for coefficient in &mut coefficients {
        *coefficient /= power;
        power *= h;
    }
    coefficients
}
