//! The number that the kernel computes with.
//!
//! The kernel is generic over [`Real`], so that one code serves a single run (`f64`), many runs side by side (lanes),
//! and derivatives (a value with its tangent). Where runs may take different turns the kernel computes both and
//! [`Real::select`]s; where a turn is a whole number of quarters it goes through the lanes one by one.

use std::fmt::Debug;
use std::ops::{Add, Div, Mul, Neg, Sub};

use crate::math;

/// A number, or several side by side.
pub trait Real:
    Copy
    + Debug
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + 'static
{
    /// The outcome of a comparison, lane by lane.
    type Mask: Copy + Debug;

    /// How many numbers stand side by side.
    const LANES: usize;
    /// Whether the number carries derivatives.
    const TANGENTS: bool = false;

    /// The same number in every lane.
    fn of(value: f64) -> Self;
    /// The larger of the two.
    #[must_use]
    fn max(self, other: Self) -> Self;
    /// The smaller of the two.
    #[must_use]
    fn min(self, other: Self) -> Self;
    /// The exponential function.
    #[must_use]
    fn exp(self) -> Self;
    /// The natural logarithm.
    #[must_use]
    fn ln(self) -> Self;
    /// Whether the number is below the other.
    fn lt(self, other: Self) -> Self::Mask;
    /// Whether the number is at most the other.
    fn le(self, other: Self) -> Self::Mask;
    /// Whether both hold.
    fn and(a: Self::Mask, b: Self::Mask) -> Self::Mask;
    /// Whether it does not hold.
    fn not(a: Self::Mask) -> Self::Mask;
    /// Whether it holds in any lane.
    fn any(mask: Self::Mask) -> bool;
    /// `a` where the mask holds, else `b`.
    fn select(mask: Self::Mask, a: Self, b: Self) -> Self;
    /// The value in a lane, for turns that are whole numbers.
    fn lane(self, lane: usize) -> f64;
    /// Adds one lane of another number to the same lane of this one.
    fn add_lane(&mut self, lane: usize, other: Self);

    /// This number as the root of an equation whose left side has the given value and slope there: the same number, with
    /// the derivatives that the implicit function theorem gives it.
    #[must_use]
    fn implicit(self, _value: Self, _slope: Self) -> Self {
        self
    }

    /// Runs a part of the kernel, with what instructions the processor has for such numbers.
    #[inline(always)]
    fn apart<T>(part: impl FnOnce() -> T) -> T {
        part()
    }

    /// Whether either holds.
    fn or(a: Self::Mask, b: Self::Mask) -> Self::Mask {
        Self::not(Self::and(Self::not(a), Self::not(b)))
    }
    /// Zero.
    #[must_use]
    fn zero() -> Self {
        Self::of(0.0)
    }
    /// One.
    #[must_use]
    fn one() -> Self {
        Self::of(1.0)
    }
    /// The number, but at least 0.
    #[must_use]
    fn positive(self) -> Self {
        self.max(Self::zero())
    }
    /// The number, but at least 0 and at most 1.
    #[must_use]
    fn unit(self) -> Self {
        self.positive().min(Self::one())
    }
    /// `a` / `b`, or `otherwise` where `b` is 0 or below.
    #[must_use]
    fn ratio(a: Self, b: Self, otherwise: f64) -> Self {
        Self::select(Self::zero().lt(b), a / b, Self::of(otherwise))
    }
    /// The number where the mask holds, else 0.
    #[must_use]
    fn only(self, mask: Self::Mask) -> Self {
        Self::select(mask, self, Self::zero())
    }
}

impl Real for f64 {
    type Mask = bool;

    const LANES: usize = 1;

    #[inline(always)]
    fn of(value: f64) -> Self {
        value
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        if self > other { self } else { other }
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        if self < other { self } else { other }
    }
    #[inline]
    fn exp(self) -> Self {
        math::exp(self)
    }
    #[inline]
    fn ln(self) -> Self {
        math::ln(self)
    }
    #[inline(always)]
    fn lt(self, other: Self) -> bool {
        self < other
    }
    #[inline(always)]
    fn le(self, other: Self) -> bool {
        self <= other
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
        self
    }
    #[inline(always)]
    fn add_lane(&mut self, _: usize, other: Self) {
        *self += other;
    }
}
