//! Dual numbers: a value with its derivatives by several inputs at once, exact to rounding (Model 11.3).
//!
//! Forward differentiation: each operation carries the tangents along by the rules of calculus, so that one run over
//! [`Dual`] gives what a run gives and, beside each of its numbers, the derivative by every input that was seeded. Where
//! the model takes a turn, the derivative is that of the turn taken: at a kink it is the derivative for an increase of the
//! input, and a jump does not show in it. Quantities that count whole quarters have the derivative 0.
//!
//! ```
//! use clauseworth_kernel::{dual::Dual, real::Real};
//! let x = Dual::<1>::seeded(3.0, 0);
//! let y = x * x + x.ln().exp();
//! assert_eq!(y.tangents[0], 7.0); // 2 x + 1
//! ```

use std::ops::{Add, Div, Mul, Neg, Sub};

use crate::math;
use crate::real::Real;

/// A value and its derivatives by `N` inputs.
#[derive(Clone, Copy, Debug)]
pub struct Dual<const N: usize> {
    /// The value.
    pub value: f64,
    /// The derivatives.
    pub tangents: [f64; N],
}

impl<const N: usize> Dual<N> {
    /// An input that is the `index`-th by which is differentiated.
    #[must_use]
    pub fn seeded(value: f64, index: usize) -> Self {
        let mut tangents = [0.0; N];
        tangents[index] = 1.0;
        Self { value, tangents }
    }

    /// A value whose derivatives are those of `self` and of `other` weighted.
    #[inline(never)]
    fn chain(self, value: f64, by_self: f64, other: Self, by_other: f64) -> Self {
        let mut tangents = [0.0; N];
        for (i, tangent) in tangents.iter_mut().enumerate() {
            *tangent = by_self * self.tangents[i] + by_other * other.tangents[i];
        }
        Self { value, tangents }
    }

    /// The same value, with of both derivatives by each input the one that `of_two` takes: where two numbers are equal, the
    /// larger of them grows as the one that grows faster.
    fn tied(self, other: Self, of_two: fn(f64, f64) -> f64) -> Self {
        let mut tangents = self.tangents;
        for (tangent, other) in tangents.iter_mut().zip(other.tangents) {
            *tangent = of_two(*tangent, other);
        }
        Self {
            value: self.value,
            tangents,
        }
    }

    /// A value whose derivatives are those of `self`, times a factor.
    #[inline(never)]
    fn scaled(self, value: f64, factor: f64) -> Self {
        Self {
            value,
            tangents: self.tangents.map(|tangent| factor * tangent),
        }
    }
}

impl<const N: usize> Add for Dual<N> {
    type Output = Self;

    #[inline(never)]
    fn add(self, other: Self) -> Self {
        self.chain(self.value + other.value, 1.0, other, 1.0)
    }
}

impl<const N: usize> Sub for Dual<N> {
    type Output = Self;

    #[inline(never)]
    fn sub(self, other: Self) -> Self {
        self.chain(self.value - other.value, 1.0, other, -1.0)
    }
}

impl<const N: usize> Mul for Dual<N> {
    type Output = Self;

    #[inline(never)]
    fn mul(self, other: Self) -> Self {
        self.chain(self.value * other.value, other.value, other, self.value)
    }
}

impl<const N: usize> Div for Dual<N> {
    type Output = Self;

    #[inline(never)]
    fn div(self, other: Self) -> Self {
        let value = self.value / other.value;
        self.chain(value, 1.0 / other.value, other, -value / other.value)
    }
}

impl<const N: usize> Neg for Dual<N> {
    type Output = Self;

    #[inline(never)]
    fn neg(self) -> Self {
        self.scaled(-self.value, -1.0)
    }
}

impl<const N: usize> Real for Dual<N> {
    type Mask = bool;

    const LANES: usize = 1;
    const TANGENTS: bool = true;

    #[inline(always)]
    fn of(value: f64) -> Self {
        Self {
            value,
            tangents: [0.0; N],
        }
    }
    fn max(self, other: Self) -> Self {
        if self.value > other.value {
            self
        } else if self.value == other.value {
            other.tied(self, f64::max)
        } else {
            other
        }
    }
    fn min(self, other: Self) -> Self {
        if self.value < other.value {
            self
        } else if self.value == other.value {
            other.tied(self, f64::min)
        } else {
            other
        }
    }
    fn exp(self) -> Self {
        let value = math::exp(self.value);
        self.scaled(value, value)
    }
    fn ln(self) -> Self {
        self.scaled(math::ln(self.value), 1.0 / self.value)
    }
    #[inline(always)]
    fn lt(self, other: Self) -> bool {
        self.value < other.value
    }
    #[inline(always)]
    fn le(self, other: Self) -> bool {
        self.value <= other.value
    }
    #[inline(always)]
    fn and(a: bool, b: bool) -> bool {
        a && b
    }
    #[inline(always)]
    fn not(a: bool) -> bool {
        !a
    }
    #[inline(always)]
    fn any(mask: bool) -> bool {
        mask
    }
    #[inline(always)]
    fn select(mask: bool, a: Self, b: Self) -> Self {
        if mask { a } else { b }
    }
    #[inline(always)]
    fn lane(self, _: usize) -> f64 {
        self.value
    }
    #[inline(always)]
    fn add_lane(&mut self, _: usize, other: Self) {
        *self = *self + other;
    }
    fn implicit(self, value: Self, slope: Self) -> Self {
        value.scaled(self.value, -1.0 / slope.value)
    }
}
