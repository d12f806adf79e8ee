//! Runs side by side: the number of the simulation.
//!
//! [`Lanes`] is a plain array, and every operation a loop of fixed length without a branch, which the compiler turns into
//! the vector instructions of whatever it compiles for. Each lane has the bits that `f64` would have alone: the same
//! operations in the same order, no fused multiply-add, and exp and ln from `math`, which has no branches either.

use std::array;
use std::ops::{Add, Div, Mul, Neg, Sub};

use crate::math;
use crate::real::Real;
use crate::widest::widest;

/// `N` numbers side by side.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub struct Lanes<const N: usize>(pub [f64; N]);

/// The outcome of a comparison: all bits of a lane set, or none.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub struct LaneMask<const N: usize>([u64; N]);

impl<const N: usize> Lanes<N> {
    #[inline(always)]
    fn each(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        Self(array::from_fn(|lane| f(self.0[lane], other.0[lane])))
    }

    #[inline(always)]
    fn test(self, other: Self, f: impl Fn(f64, f64) -> bool) -> LaneMask<N> {
        LaneMask(array::from_fn(|lane| {
            if f(self.0[lane], other.0[lane]) {
                u64::MAX
            } else {
                0
            }
        }))
    }
}

impl<const N: usize> LaneMask<N> {
    #[inline(always)]
    fn each(self, other: Self, f: impl Fn(u64, u64) -> u64) -> Self {
        Self(array::from_fn(|lane| f(self.0[lane], other.0[lane])))
    }

    /// Whether it holds in a lane.
    #[must_use]
    pub fn lane(self, lane: usize) -> bool {
        self.0[lane] != 0
    }
}

macro_rules! operators {
    ($($trait:ident $method:ident $f:expr;)+) => { $(
        impl<const N: usize> $trait for Lanes<N> {
            type Output = Self;

            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                self.each(other, $f)
            }
        }
    )+ };
}

operators! {
    Add add |a, b| a + b;
    Sub sub |a, b| a - b;
    Mul mul |a, b| a * b;
    Div div |a, b| a / b;
}

impl<const N: usize> Neg for Lanes<N> {
    type Output = Self;

    #[inline(always)]
    fn neg(self) -> Self {
        Self(self.0.map(|value| -value))
    }
}

impl<const N: usize> Real for Lanes<N> {
    type Mask = LaneMask<N>;

    const LANES: usize = N;

    #[inline(always)]
    fn of(value: f64) -> Self {
        Self([value; N])
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        self.each(other, |a, b| if a > b { a } else { b })
    }
    #[inline(always)]
    fn min(self, other: Self) -> Self {
        self.each(other, |a, b| if a < b { a } else { b })
    }
    #[inline(always)]
    fn exp(self) -> Self {
        Self(self.0.map(math::exp))
    }
    #[inline(always)]
    fn ln(self) -> Self {
        Self(self.0.map(math::ln))
    }
    #[inline(always)]
    fn lt(self, other: Self) -> LaneMask<N> {
        self.test(other, |a, b| a < b)
    }
    #[inline(always)]
    fn le(self, other: Self) -> LaneMask<N> {
        self.test(other, |a, b| a <= b)
    }
    #[inline(always)]
    fn and(a: LaneMask<N>, b: LaneMask<N>) -> LaneMask<N> {
        a.each(b, |a, b| a & b)
    }
    #[inline(always)]
    fn not(a: LaneMask<N>) -> LaneMask<N> {
        a.each(a, |a, _| !a)
    }
    #[inline(always)]
    fn any(mask: LaneMask<N>) -> bool {
        mask.0.iter().fold(0, |all, lane| all | lane) != 0
    }
    #[inline(always)]
    fn select(mask: LaneMask<N>, a: Self, b: Self) -> Self {
        Self(array::from_fn(|lane| {
            let held = mask.0[lane];
            f64::from_bits((a.0[lane].to_bits() & held) | (b.0[lane].to_bits() & !held))
        }))
    }
    #[inline(always)]
    fn apart<T>(part: impl FnOnce() -> T) -> T {
        widest(part)
    }
    #[inline(always)]
    fn lane(self, lane: usize) -> f64 {
        self.0[lane]
    }
    #[inline(always)]
    fn add_lane(&mut self, lane: usize, other: Self) {
        self.0[lane] += other.0[lane];
    }
}
